"""What an operator does with single sources: look at one, poll one, stop and resume."""

import json
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from models.enums import SourceKind
from monitor.cli.exits import Exit, say
from monitor.cli.options import DataOption, Lines, settings_for
from monitor.cli.store import setup_for, store

if TYPE_CHECKING:
    from config.settings import Settings
    from models.tables import Source
    from monitor.pipeline.looking import Look
    from monitor.pipeline.setup import Setup
    from monitor.queries.sources import SourceLine
    from monitor.values import Target

KeysArgument = Annotated[list[str], typer.Argument(metavar="KEY...", help="As `sources list` shows them.")]
SHOWN: Final = 10
NEVER: Final = datetime.min.replace(tzinfo=UTC)


def try_out(
    source: Annotated[str, typer.Argument(metavar="ADDRESS", help="An address, or the key of a source.")],
    kind: Annotated[SourceKind | None, typer.Option(help="Guessed from the address where not given.")] = None,
    data: DataOption = None,
) -> int:
    """Fetch a source once, as its first poll would, and show what was found. Nothing is stored.

    \b
    counterclaim sources test https://t.me/rybar
    counterclaim sources test https://example.org/ --kind page
    """
    from monitor.pipeline.health import SOUND
    from monitor.pipeline.looking import kinds_for, look, look_at

    settings = settings_for(data)
    setup = _bare_setup(settings)
    target = None if kind is not None else _known(settings, source)
    found = look_at(setup, target) if target else look(setup, source, (kind,) if kind else kinds_for(source))
    _show_look(found)
    return Exit.FINE if found.health in SOUND else Exit.BAD


def poll(key: Annotated[str, typer.Argument(help="The source's key.")], data: DataOption = None) -> int:
    """Poll a source now, without the queue, and say how that went. What it brings is stored.

    \b
    counterclaim poll rybar
    """
    from monitor.digests.hygiene import one_line
    from monitor.pipeline.health import SOUND
    from monitor.pipeline.polling import poll_now

    with setup_for(settings_for(data), "counterclaim poll") as setup:
        done = poll_now(setup, key)
    reason = f" ({one_line(done.reason)})" if done.reason else ""
    typer.echo(f"{key}: {done.health}{reason}, {done.new_posts} new posts, {done.new_versions} new versions")
    return Exit.FINE if done.health in SOUND else Exit.BAD


def pause(keys: KeysArgument, data: DataOption = None) -> int:
    """Stop polling sources. What they have said stays.

    \b
    counterclaim sources pause rybar topwar
    """
    from monitor.pipeline import following

    with setup_for(settings_for(data), "counterclaim sources pause") as setup:
        return _with_each(setup, keys, following.pause, "is paused")


def resume(keys: KeysArgument, data: DataOption = None) -> int:
    """Poll sources again, at once. One that was stopped as an impostor is taken as it is now: look at it before.

    \b
    counterclaim sources resume rybar
    """
    from monitor.pipeline import following

    with setup_for(settings_for(data), "counterclaim sources resume") as setup:
        return _with_each(setup, keys, lambda source: following.resume(source, setup.now()), "is polled again")


def show_lines(lines: Sequence["SourceLine"], form: Lines) -> None:
    if form is Lines.JSONL:
        sys.stdout.writelines(json.dumps(asdict(line), ensure_ascii=False, default=_plain) + "\n" for line in lines)
        return
    from monitor.cli.tables import console, table

    columns = ["Key", "Kind", "Side", "State", "Last read", "Every", "Posts a day", "Why"]
    console().print(table(columns, map(_row, lines)))


def _row(line: "SourceLine") -> list[object]:
    state = line.condition if line.condition in (line.health, "read") else f"{line.condition}: {line.health}"
    rate = f"{line.posts_a_day:.1f}" if line.posts_a_day else ""
    every = "" if line.delay_s is None else f"{line.delay_s:.0f} s"
    return [line.key, line.kind, line.side, state, _minute(line.last_success), every, rate, line.reason or ""]


def _minute(moment: datetime | None) -> str:
    return "" if moment is None else f"{moment:%Y-%m-%d %H:%M}"


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def _with_each(setup: "Setup", keys: Iterable[str], do: Callable[["Source"], None], told: str) -> int:
    from sqlalchemy import select

    from models.tables import Source

    fine = True
    for key in keys:
        with setup.transaction() as session:
            source = session.scalar(select(Source).where(Source.key == key, ~Source.example).with_for_update())
            if source is not None:
                do(source)
        fine = fine and source is not None
        say(f"{key}: no such source") if source is None else typer.echo(f"{key} {told}")
    return Exit.FINE if fine else Exit.BAD


def _bare_setup(settings: "Settings") -> "Setup":
    """Without a store: whoever asks for it makes a mistake."""
    from sqlalchemy.orm import sessionmaker

    from monitor.pipeline.setup import Setup

    return Setup(sessionmaker(), settings)


def _known(settings: "Settings", key: str) -> "Target | None":
    """The source of this key, where there is a store already, else of those that come with the program."""
    from config.sources import default_sources
    from monitor.values import Target

    if settings.database_url is not None or (settings.data / "postgres").exists():
        from sqlalchemy import select

        from models.tables import Source
        from monitor.pipeline.outcome import target_of

        with store(settings, "counterclaim sources test") as sessions, sessions() as session:
            source = session.scalar(select(Source).where(Source.key == key))
            if source is not None:
                return target_of(source)
    entry = default_sources().sources.get(key)
    return None if entry is None else Target(entry.key, entry.kind, entry.address, entry.lang)


def _show_look(look: "Look") -> None:
    from monitor.cli.tables import console, table
    from monitor.digests.hygiene import one_line

    posts = sorted(look.batch.posts, key=lambda post: post.published or NEVER, reverse=True)
    title, reason = f" ({look.batch.title})" if look.batch.title else "", f", {look.reason}" if look.reason else ""
    typer.echo(one_line(f"{look.target.kind} {look.target.address}{title}: {look.health}{reason}"))
    typer.echo(f"{look.requests} requests, {len(posts)} posts, {len(look.batch.problems)} could not be read")
    for problem in look.batch.problems[:SHOWN]:
        say(one_line(f"{problem.place}: {problem.reason}"))
    if posts:
        rows = ([post.external_id, _minute(post.published), post.text[:100]] for post in posts[:SHOWN])
        console().print(table(["Id", "Published", "Text"], rows))
