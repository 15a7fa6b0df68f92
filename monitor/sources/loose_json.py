"""Values out of JSON that others wrote: of another type than they should be, they are not there."""

from collections.abc import Mapping
from typing import Any

from monitor.sources.markup import plain


def text_in(item: Mapping[str, Any], name: str) -> str:
    """Some write ids and sizes as numbers. Half a pair of surrogates is no letter."""
    value = item.get(name)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value) if abs(value) < 10**18 else ""
    return value.strip().encode("utf-8", "replace").decode("utf-8") if isinstance(value, str) else ""


def objects_in(item: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    """One alone may stand without its list."""
    value = item.get(name)
    return [each for each in (value if isinstance(value, list) else [value]) if isinstance(each, Mapping)]


def people_in(item: Mapping[str, Any], *names: str) -> str:
    named = [plain(text_in(each, "name")) for name in names for each in objects_in(item, name)]
    return ", ".join(dict.fromkeys(name for name in named if name))[:200]
