"""`gaps` and `backfill`: where posts may be missing, and older ones fetched."""

import json
import sys
import time
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from monitor.cli.exits import Exit, say
from monitor.cli.options import DataOption, Lines, LinesOption, lines_for, moment, settings_for
from monitor.cli.progress import progress
from monitor.cli.store import setup_for, store

if TYPE_CHECKING:
    from collections.abc import Callable

    from monitor.pipeline.setup import Setup
    from monitor.queries.accounts import BackfillLine, GapLine

LOOK_EVERY_S: Final = 0.5


def gaps(
    key: Annotated[str | None, typer.Argument(help="Of this source alone.")] = None,
    *,
    everything: Annotated[bool, typer.Option("--all", help="Also those that were closed.")] = False,
    form: LinesOption = None,
    data: DataOption = None,
) -> int:
    """Show where posts of Telegram channels may be missing: news not read yet, numbers without a post, blind times.

    \b
    counterclaim gaps
    counterclaim gaps rybar --all
    counterclaim gaps --format jsonl
    """
    from monitor.queries.accounts import list_gaps

    with store(settings_for(data), "counterclaim gaps") as sessions, sessions() as session:
        found = list_gaps(session, source=key, everything=everything)
    if lines_for(form) is Lines.JSONL:
        sys.stdout.writelines(json.dumps(asdict(each), ensure_ascii=False, default=_plain) + "\n" for each in found)
        return Exit.FINE
    from monitor.cli.tables import console, table

    columns = ["Source", "Kind", "State", "From", "To", "Posts found", "Noticed", "Closed"]
    console().print(table(columns, map(_row, found)))
    return Exit.FINE


def backfill(
    key: Annotated[str, typer.Argument(help="The source; an account must read it.")],
    since: Annotated[str | None, typer.Option(help="Back to this date, or so long ago (30d).")] = None,
    *,
    stop: Annotated[bool, typer.Option("--stop", help="End the one under way; what it brought stays.")] = False,
    wait: Annotated[bool, typer.Option(help="Show the progress until it is done; Ctrl-C leaves it running.")] = True,
    data: DataOption = None,
) -> int:
    """Fetch older posts of a channel. It runs in the account's process, behind fresh posts, and goes on after a stop.

    \b
    counterclaim backfill rybar --since 2023-01-01
    counterclaim backfill rybar --since 90d --no-wait
    counterclaim backfill rybar --stop
    """
    from monitor.pipeline.backfills import ask_backfill, stop_backfill

    with setup_for(settings_for(data), "counterclaim backfill") as setup:
        if stop:
            with setup.transaction() as session:
                stopped = stop_backfill(session, key, setup.now())
            typer.echo(f"{key}: stopped" if stopped else f"{key}: none is under way")
            return Exit.FINE
        if since is None:
            raise typer.BadParameter("--since says how far back")
        with setup.transaction() as session:
            ask_backfill(session, key, moment(since, setup.now()), setup.now())
        return _follow(setup, key) if wait else _told(setup, key)


def _told(setup: "Setup", key: str) -> int:
    typer.echo(f"{key}: {_words(_newest(setup, key))}")
    return Exit.FINE


def _follow(setup: "Setup", key: str) -> int:
    with progress(f"Reading {key} backwards", None) as advance:
        line = _until_ended(setup, key, advance)
    typer.echo(f"{key}: {_words(line)}")
    return Exit.FINE


def _until_ended(setup: "Setup", key: str, advance: "Callable[[int], None]") -> "BackfillLine":
    seen = 0
    while (line := _newest(setup, key)).ended is None:
        if line.posts > seen:
            say(f"{key}: {_words(line)}")
            advance(line.posts - seen)
            seen = line.posts
        time.sleep(LOOK_EVERY_S)
    return line


def _newest(setup: "Setup", key: str) -> "BackfillLine":
    from monitor.queries.accounts import list_backfills

    with setup.transaction() as session:
        return list_backfills(session, source=key)[0]


def _words(line: "BackfillLine") -> str:
    reached = "" if line.reached is None else f", back to {line.reached:%Y-%m-%d %H:%M}"
    return f"{line.state}: {line.posts} posts read, {line.new_posts} new{reached}; wanted since {line.since:%Y-%m-%d}"


def _row(line: "GapLine") -> list[object]:
    low, high = (line.low, line.high) if line.low is not None else (_minute(line.since), _minute(line.until))
    return [line.source, line.kind, line.state, low, high, line.found, _minute(line.opened), _minute(line.closed)]


def _minute(when: datetime | None) -> str:
    return "" if when is None else f"{when.astimezone(UTC):%Y-%m-%d %H:%M}"


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
