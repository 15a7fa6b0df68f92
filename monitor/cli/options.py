"""Options that several commands share, and how they are understood."""

import sys
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from config.settings import Settings


class Lines(StrEnum):
    JSONL = "jsonl"
    TABLE = "table"


DataOption = Annotated[
    Path | None,
    typer.Option(
        "--data", metavar="FOLDER", help="The data folder (COUNTERCLAIM_DATA; ./data where neither is given)."
    ),
]
LinesOption = Annotated[
    Lines | None,
    typer.Option("--format", help="jsonl for programs, table for people; by default the one that standard output is."),
]


def lines_for(given: Lines | None) -> Lines:
    return given or (Lines.TABLE if sys.stdout.isatty() else Lines.JSONL)


def settings_for(data: Path | None = None) -> "Settings":
    """The settings of this run, and logs set up by them."""
    from config.logs import configure_logs
    from config.settings import load_settings

    settings = load_settings() if data is None else load_settings(data=data)
    configure_logs("warning" if settings.log_level == "info" else settings.log_level, settings.log_format)
    return settings


def moment(text: str, now: datetime) -> datetime:
    """`24h`, `7d` before now, or a time as it stands; raises a usage error."""
    from config.durations import parse_duration

    try:
        return now - parse_duration(text)
    except (ValueError, OverflowError):
        pass
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter(f"{text!r} is neither a length of time (24h, 7d) nor a time") from error
    return found if found.tzinfo else found.replace(tzinfo=now.tzinfo)


def length(text: str) -> timedelta:
    from config.durations import parse_duration

    try:
        return parse_duration(text)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error
