"""`alerts` and `digest`: what a desk looks at."""

import json
import sys
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from models.enums import AlertKind, AlertState
from monitor.cli.exits import Exit
from monitor.cli.options import DataOption, Lines, LinesOption, lines_for, moment, settings_for
from monitor.cli.store import store

if TYPE_CHECKING:
    from monitor.digests import Digest

EVER: Final = "ever"


class Shape(StrEnum):
    TERMINAL = "terminal"
    TEXT = "text"
    HTML = "html"


def alerts(
    form: LinesOption = None,
    state: Annotated[
        list[AlertState] | None, typer.Option(help="Only this state, may be given again; open where not given.")
    ] = None,
    kind: Annotated[list[AlertKind] | None, typer.Option(help="Only this kind; may be given again.")] = None,
    since: Annotated[str | None, typer.Option(help="Updated since: 24h, 7d, or a time.")] = None,
    *,
    every: Annotated[bool, typer.Option("--all", help="In whatever state.")] = False,
    example: Annotated[bool | None, typer.Option(help="Of the example alone, or all but the example.")] = None,
    data: DataOption = None,
) -> int:
    """Print alerts, one a line, oldest first.

    \b
    counterclaim alerts
    counterclaim alerts --format jsonl --kind contradiction | jq -r .reason
    counterclaim alerts --all --since 7d
    """
    from monitor.queries import alerts as found

    states = None if every else state or [AlertState.OPEN]
    from_when = None if since is None else moment(since, datetime.now(UTC))
    with store(settings_for(data), "counterclaim alerts") as sessions, sessions() as session:
        show_alerts(found(session, states=states, kinds=kind, since=from_when, example=example), lines_for(form))
    return Exit.FINE


def digest(
    since: Annotated[str, typer.Option(help="24h, 7d, a time, or `ever`.")] = "24h",
    form: Annotated[
        Shape | None, typer.Option("--format", help="terminal where standard output is one, else text.")
    ] = None,
    data: DataOption = None,
) -> int:
    """Say what contradicts what, by event, and how far the sources were read.

    \b
    counterclaim digest --since 24h
    counterclaim digest --since 2023-01-01T00:00+03:00 --format html > digest.html
    """
    from zoneinfo import ZoneInfo

    from monitor.queries import digest as compose

    settings, now = settings_for(data), datetime.now(UTC)
    from_when = None if since == EVER else moment(since, now)
    with store(settings, "counterclaim digest") as sessions, sessions() as session:
        found = compose(session, from_when, now)
    show_digest(found, ZoneInfo(settings.time_zone), form)
    return Exit.FINE


def show_digest(found: "Digest", zone: Any, form: Shape | None = None) -> None:
    from monitor.delivery.digest_html import digest_html
    from monitor.delivery.digest_terminal import digest_terminal
    from monitor.delivery.digest_text import digest_text

    match form or (Shape.TERMINAL if sys.stdout.isatty() else Shape.TEXT):
        case Shape.TERMINAL:
            from monitor.cli.tables import console

            console().print(digest_terminal(found, zone))
        case Shape.TEXT:
            sys.stdout.write(digest_text(found, zone))
        case Shape.HTML:
            sys.stdout.write(digest_html(found, zone))


def show_alerts(lines: Iterable[Mapping[str, Any]], form: Lines) -> None:
    if form is Lines.JSONL:
        sys.stdout.writelines(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
        return
    from monitor.cli.tables import alert_table, console

    console().print(alert_table(list(lines)))
