"""`sources`: what is followed, and how well that goes."""

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from models.enums import SourceKind
from monitor.cli import watching
from monitor.cli.exits import Exit
from monitor.cli.options import DataOption, LinesOption, lines_for, settings_for
from monitor.cli.store import setup_for, store

if TYPE_CHECKING:
    from monitor.queries.sources import Condition

app = typer.Typer(help="List, add, import, export, test, pause and resume what is followed.", no_args_is_help=True)


@app.command("list")
def list_(
    form: LinesOption = None,
    group: Annotated[str | None, typer.Option(help="Only those of this group.")] = None,
    state: Annotated[
        str | None, typer.Option(help="Only those that are failing, late, read, quiet, unverified, paused or example.")
    ] = None,
    data: DataOption = None,
) -> int:
    """Show the sources with their health, its reason, and when each was read last.

    \b
    counterclaim sources list
    counterclaim sources list --state failing
    counterclaim sources list --format jsonl --group officials
    """
    from monitor.queries import list_sources

    condition = None if state is None else _condition(state)
    with store(settings_for(data), "counterclaim sources list") as sessions, sessions() as session:
        found = list_sources(session, datetime.now(UTC), condition=condition, group=group)
    watching.show_lines(found.lines, lines_for(form))
    return Exit.FINE


@app.command()
def add(
    address: Annotated[str, typer.Argument(help="A handle or link of a channel, a feed, a page, or a file of posts.")],
    kind: Annotated[SourceKind | None, typer.Option(help="Guessed from the address where not given.")] = None,
    key: Annotated[str | None, typer.Option(help="Its name here; made from the address where not given.")] = None,
    title: Annotated[str | None, typer.Option(help="The name that people see.")] = None,
    party: Annotated[str | None, typer.Option(help="The official party whose own channel it is.")] = None,
    speaker: Annotated[str | None, typer.Option(help="The listed speaker whose own channel it is.")] = None,
    side: Annotated[str | None, typer.Option(help="The side it belongs to.")] = None,
    lang: Annotated[str | None, typer.Option(help="ru, uk or en.")] = None,
    group: Annotated[list[str] | None, typer.Option(help="May be given again.")] = None,
    interval: Annotated[str | None, typer.Option(help="How often to poll: 90s, 15m; adapted where not given.")] = None,
    grade: Annotated[str | None, typer.Option(help="How reliable it is held to be, A to F.")] = None,
    note: Annotated[str | None, typer.Option(help="For people.")] = None,
    data: DataOption = None,
) -> int:
    """Follow one more source. It counts as not verified until it was fetched; `sources test` looks at it before.

    \b
    counterclaim sources add https://t.me/s/rybar --side ru --lang ru
    counterclaim sources add https://example.org/feed.xml --key some_blog --group blogs --interval 15m
    """
    from monitor.pipeline.looking import key_for, kinds_for

    entry = {
        "key": key or key_for(address), "kind": (kind or kinds_for(address)[0]).value, "address": address,
        "title": title, "party": party, "speaker": speaker, "side": side, "lang": lang, "groups": group,
        "interval": interval, "grade": grade, "note": note,
    }  # fmt: skip
    with setup_for(settings_for(data), "counterclaim sources add") as setup:
        from monitor.pipeline.following import follow_one

        with setup.transaction() as session:
            follow_one(session, {name: value for name, value in entry.items() if value is not None}, setup)
    typer.echo(f"{entry['key']} is followed, and polled as soon as workers run")
    return Exit.FINE


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="YAML: sides, parties, speakers, sources.")],
    *,
    check: Annotated[bool, typer.Option("--check", help="Only look for faults; needs no store.")] = False,
    data: DataOption = None,
) -> int:
    """Take over what a sources file says. Any fault is told with file, line and key, and then nothing changes.

    What the file does not name stays as it is; what the desk has paused stays paused.

    \b
    counterclaim sources import desk.yaml
    counterclaim sources import desk.yaml --check
    """
    from config.sources import load_sources

    if check:
        found = load_sources(file)
        typer.echo(f"{file} is fine: {len(found.sources)} sources, {len(found.parties)} parties")
        return Exit.FINE
    with setup_for(settings_for(data), "counterclaim sources import") as setup, setup.transaction() as session:
        from monitor.pipeline.following import follow
        from monitor.pipeline.known import known_file

        done = follow(session, load_sources(file, known_file(session)), setup)
    typer.echo(
        f"sources: {len(done.added)} added, {len(done.changed)} changed, {len(done.unchanged)} as before; "
        f"sides, parties and speakers: {done.named} added or changed"
    )
    return Exit.FINE


@app.command()
def export(data: DataOption = None) -> int:
    """Print all sides, parties, speakers and sources as a sources file that loads to the same. Without the example.

    \b
    counterclaim sources export > desk.yaml
    """
    from config.sources import dump_sources
    from monitor.pipeline.known import known_file

    with store(settings_for(data), "counterclaim sources export") as sessions, sessions() as session:
        sys.stdout.write(dump_sources(known_file(session)))
    return Exit.FINE


def _condition(given: str) -> "Condition":
    from monitor.queries.sources import Condition

    try:
        return Condition(given)
    except ValueError as error:
        raise typer.BadParameter(f"--state {given}: none of {', '.join(Condition)}") from error


app.command("test")(watching.try_out)
app.command()(watching.pause)
app.command()(watching.resume)
