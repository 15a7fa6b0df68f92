"""`up`, `migrate`, `version`: the program itself."""

import typer

from config.version import VERSION


def version() -> None:
    """Print the version.

    \b
    counterclaim version
    """
    typer.echo(f"counterclaim {VERSION}")
