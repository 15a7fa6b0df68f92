"""Data that comes with the program: words, places."""

from typing import Any


def packaged_text(package: str, *path: str) -> str:
    from importlib.resources import files  # see below

    return files(package).joinpath(*path).read_text(encoding="utf-8")


def packaged_yaml(package: str, *path: str) -> Any:
    """Imports what it needs when it is first called: that is a third of what importing the reader would cost."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(packaged_text(package, *path), Loader=loader)  # noqa: S506  (both loaders are safe ones)
