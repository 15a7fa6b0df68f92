"""`reread`: what is stored, through the current reader again."""

import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from monitor.cli.exits import Exit, say
from monitor.cli.options import DataOption, moment, settings_for
from monitor.cli.progress import progress
from monitor.cli.store import setup_for

if TYPE_CHECKING:
    from monitor.pipeline.reread import Asked, Reread


def reread(
    source: Annotated[list[str] | None, typer.Option(help="Only this source's posts; may be given again.")] = None,
    since: Annotated[str | None, typer.Option(help="Only posts published since: 30d, or a time.")] = None,
    *,
    rejoin: Annotated[
        bool, typer.Option("--rejoin", help="Also join anew what reads as before: the rules of joining have changed.")
    ] = False,
    data: DataOption = None,
) -> int:
    """Read stored posts again with the reader of this program, and bring events and alerts up to date.

    What people decided stays, and nobody is told anew what they were told before. A rereading that was interrupted goes
    on where it stopped when the command is given again; workers of `counterclaim up` help.

    \b
    counterclaim reread
    counterclaim reread --source rybar --since 30d
    """
    from monitor.pipeline.reread import ask, go_on

    from_when = None if since is None else moment(since, datetime.now(UTC))
    with setup_for(settings_for(data), "counterclaim reread") as setup:
        asked = ask(setup, sources=source or (), since=from_when, rejoin=rejoin)
        _tell_begin(asked)
        with progress("reading again", asked.total) as step:
            step(asked.done)
            reread = go_on(setup, asked, step=step, wait=lambda length: time.sleep(length.total_seconds()))
    _tell_end(reread)
    return Exit.FINE


def _tell_begin(asked: "Asked") -> None:
    if asked.resumed:
        when = f"{asked.asked_at:%Y-%m-%d %H:%M} UTC"
        say(f"the rereading of {when} goes on: {asked.done} of {asked.total} texts were done")


def _tell_end(reread: "Reread") -> None:
    changes = ", ".join(f"{count} {what}" for what, count in reread.changes.items()) or "none changed"
    typer.echo(f"{reread.versions} texts read again; alerts: {changes}")
