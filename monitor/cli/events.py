"""`events`: which there are, what is in them, and what people decide about them."""

import getpass
import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from monitor.cli.exits import Exit
from monitor.cli.options import DataOption, Lines, LinesOption, lines_for, moment, settings_for
from monitor.cli.store import setup_for, store

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from monitor.pipeline.deciding import Decided, Ground
    from monitor.pipeline.setup import Setup
    from monitor.queries.events import EventPage

app = typer.Typer(help="List events, and decide which figures belong together.", no_args_is_help=True)

EventArgument = Annotated[str, typer.Argument(metavar="EVENT", help="The event's id, as `events list` shows it.")]
FIGURES = "A figure's id as `events show` has it (six letters of it do), or a post as source/id."
ReasonOption = Annotated[str, typer.Option(help="Why; it is kept with the decision.")]
ByOption = Annotated[str | None, typer.Option(help="Who decides; your user name where not given.")]


@app.command("list")
def list_events(
    form: LinesOption = None,
    since: Annotated[str | None, typer.Option(help="Begun since: 7d, or a time.")] = None,
    place: Annotated[str | None, typer.Option(help="A part of the place's name.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="How many at most.")] = 50,
    data: DataOption = None,
) -> int:
    """Print events, the newest first.

    \b
    counterclaim events list --since 7d
    counterclaim events list --place Makiivka --format jsonl
    """
    from monitor.cli.tables import console, table
    from monitor.queries.event_lines import event_lines

    from_when = None if since is None else moment(since, datetime.now(UTC))
    with store(settings_for(data), "counterclaim events") as sessions, sessions() as session:
        found = event_lines(session, since=from_when, place=place, limit=limit)
    if lines_for(form) is Lines.JSONL:
        _print([asdict(line) for line in found])
        return Exit.FINE
    columns = ["Id", "Event", "Kind", "Figures", "Suggested", "Alerts"]
    rows = ([each.id, each.title, each.kind, each.figures, each.suggested, each.alerts] for each in found)
    console().print(table(columns, rows))
    return Exit.FINE


@app.command()
def show(event: EventArgument, form: LinesOption = None, data: DataOption = None) -> int:
    """Print an event's figures with their ids and links, and what was decided about it.

    \b
    counterclaim events show e1b2c3d4e5f6
    """
    from monitor.errors import BadInputError
    from monitor.queries import event_page, heir_of

    with store(settings_for(data), "counterclaim events") as sessions, sessions() as session:
        found = event_page(session, event) or event_page(session, heir_of(session, event) or "")
    if found is None:
        raise BadInputError(f"there is no event {event}")
    if lines_for(form) is Lines.JSONL:
        _print(_lines(found))
    else:
        _show(found)
    return Exit.FINE


@app.command()
def merge(
    event: EventArgument,
    other: Annotated[str, typer.Argument(metavar="OTHER", help="The event that it is one with.")],
    reason: ReasonOption,
    by: ByOption = None,
    data: DataOption = None,
) -> int:
    """Say that two events are one.

    \b
    counterclaim events merge e1b2c3d4e5f6 e6f5d4c3b2a1 --reason 'the same strike under the old name'
    """
    from monitor.pipeline import deciding

    return _decide(
        data, reason, by, lambda session, setup, ground: deciding.merge(session, setup, event, other, ground)
    )


@app.command()
def split(
    event: EventArgument,
    figures: Annotated[list[str], typer.Argument(metavar="FIGURE...", help=FIGURES)],
    reason: ReasonOption,
    by: ByOption = None,
    data: DataOption = None,
) -> int:
    """Give figures of an event one of their own.

    \b
    counterclaim events split e1b2c3d4e5f6 rybar/4711 --reason 'the second strike of that night'
    """
    from monitor.pipeline import deciding

    return _decide(
        data, reason, by, lambda session, setup, ground: deciding.split(session, setup, event, figures, ground)
    )


@app.command()
def move(
    figures: Annotated[list[str], typer.Argument(metavar="FIGURE...", help=FIGURES)],
    reason: ReasonOption,
    to: Annotated[str, typer.Option(metavar="EVENT", help="Where they belong.")],
    by: ByOption = None,
    data: DataOption = None,
) -> int:
    """Move figures or whole posts to another event.

    \b
    counterclaim events move rybar/4711 --to e1b2c3d4e5f6 --reason 'says it of Makiivka in the next post'
    """
    from monitor.pipeline import deciding

    return _decide(data, reason, by, lambda session, setup, ground: deciding.move(session, setup, figures, to, ground))


@app.command()
def confirm(
    event: EventArgument,
    reason: ReasonOption,
    figures: Annotated[list[str] | None, typer.Argument(metavar="[FIGURE]...", help=FIGURES)] = None,
    by: ByOption = None,
    data: DataOption = None,
) -> int:
    """Make suggested links firm: those of the figures named, or all of the event.

    \b
    counterclaim events confirm e1b2c3d4e5f6 --reason 'read both posts'
    """
    from monitor.pipeline import deciding

    named = figures or []
    return _decide(
        data, reason, by, lambda session, setup, ground: deciding.confirm(session, setup, event, named, ground)
    )


@app.command()
def undo(
    decision: Annotated[int, typer.Argument(help="Its number, as `events show` has it.")],
    reason: ReasonOption,
    by: ByOption = None,
    data: DataOption = None,
) -> int:
    """Take a decision back. Both stay on record.

    \b
    counterclaim events undo 7 --reason 'two towns of that name'
    """
    from monitor.pipeline import deciding

    return _decide(data, reason, by, lambda session, setup, ground: deciding.undo(session, setup, decision, ground))


def _decide(data: Any, reason: str, by: str | None, decide: "Callable[[Session, Setup, Ground], Decided]") -> int:
    """Written first, then joined: should joining be interrupted, the workers do it."""
    from monitor.pipeline.deciding import Ground
    from monitor.pipeline.join import join_these

    with setup_for(settings_for(data), "counterclaim events") as setup:
        ground = Ground(getpass.getuser() if by is None else by, reason)
        with setup.transaction() as session:
            decided = decide(session, setup, ground)
        join_these(setup, decided.posts)
    typer.echo(f"decision {decided.id} is on record, {len(decided.posts)} posts are joined anew")
    return Exit.FINE


def _lines(found: "EventPage") -> list[dict[str, Any]]:
    figures = [
        {
            "figure": each.id, "post": {"source": each.post.source, "id": each.post.external_id},
            "speaker": {"key": each.voice.key, "name": each.voice.name}, "measure": each.said.measure,
            "object": each.said.object, "quote": each.said.quote, "low": each.said.low, "high": each.said.high,
            "link": "suggested" if each.suggested else "confirmed", "score": each.score, "reasons": each.joined_by,
            "verdict": each.verdict, "said": each.said_at,
        }
        for group in found.groups
        for each in group.statements
    ]  # fmt: skip
    return [*figures, *({"decision": line.id} | asdict(line) for line in found.decisions)]


def _show(found: "EventPage") -> None:
    from monitor.cli.tables import console, table

    figures = [each for group in found.groups for each in group.statements]
    rows = [
        [
            each.id[:10], f"{each.post.source}/{each.post.external_id}", each.voice.name,
            f"{each.said.quote} {each.said.measure}", "suggested" if each.suggested else "confirmed",
            "; ".join(each.joined_by), each.verdict or "",
        ]
        for each in figures
    ]  # fmt: skip
    shown = console()
    shown.print(f"{found.event.title} ({found.event.id})", markup=False)
    shown.print(table(["Figure", "Post", "Speaker", "Said", "Link", "Why", "Verdict"], rows))
    if found.decisions:
        lines = (
            [each.id, each.kind, each.by, f"{each.at:%Y-%m-%d %H:%M}", each.reason, each.undone_by or ""]
            for each in found.decisions
        )
        shown.print(table(["Decision", "What", "Who", "When", "Why", "Taken back by"], lines))


def _print(lines: list[dict[str, Any]]) -> None:
    sys.stdout.writelines(json.dumps(line, ensure_ascii=False, default=_plain) + "\n" for line in lines)


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
