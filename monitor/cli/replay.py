"""`replay`: a past case through the whole pipeline, into a scratch database."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from monitor.cli.desk import show_alerts
from monitor.cli.exits import Exit, say
from monitor.cli.options import LinesOption, lines_for, moment, settings_for
from monitor.cli.progress import progress
from monitor.errors import BadInputError

if TYPE_CHECKING:
    from config.entries import SourcesFile
    from monitor.posts import PostLine

SOURCES: Final = "sources.yaml"
POSTS: Final = "posts.jsonl"


def replay(
    folder: Annotated[Path, typer.Argument(help=f"Holds {SOURCES} and {POSTS}.")],
    until: Annotated[str | None, typer.Option(metavar="TIME", help="Leave out what was said later.")] = None,
    shuffle: Annotated[
        int | None, typer.Option(metavar="SEED", help="Let the posts come in a random order; the alerts are the same.")
    ] = None,
    form: LinesOption = None,
) -> int:
    """Run the posts of a past case through the whole pipeline, and print the alerts that are open at its end.

    Works in a scratch database, on the server of DATABASE_URL or on one of its own; the desk's is not touched. The time
    of the last post is taken for now. A malformed line is reported with its number, the rest goes on, and the exit
    status is 1.

    \b
    counterclaim replay cases/makiivka
    counterclaim replay cases/makiivka --until 2023-01-03T00:00+03:00 --format jsonl
    """
    from models.session import sessions_for
    from monitor.pipeline.replaying import case_of
    from monitor.pipeline.replaying import replay as run
    from monitor.pipeline.setup import Setup
    from monitor.queries import alerts
    from monitor.scratch import scratch_database

    limit = None if until is None else moment(until, datetime.now(UTC))
    settings = settings_for()
    sources = _sources(folder / SOURCES)
    lines = _Lines(folder / POSTS, sources)
    case = case_of(sources, lines, until=limit, shuffle=shuffle)
    with scratch_database(settings) as url, progress("Replaying", len(case.posts)) as advance:
        setup = Setup(sessions_for(url), settings, now=lambda: case.now)
        run(case, setup, advance)
        with setup.transaction() as session:
            found = alerts(session)
    show_alerts(found, lines_for(form))
    return Exit.FINE if lines.fine else Exit.BAD


def _sources(path: Path) -> "SourcesFile":
    """The case's own sources, and all parties, speakers and sides that are known."""
    from config.sources import known_with, load_sources

    return known_with(load_sources(path))


class _Lines:
    """The posts of a file; what is wrong with a line is said, and remembered in `fine`."""

    def __init__(self, path: Path, sources: "SourcesFile") -> None:
        self._path, self._sources, self.fine = path, sources, True

    def __iter__(self) -> Iterator["PostLine"]:
        with self._path.open("rb") as file:
            for number, line in enumerate(file, 1):
                if not line.strip():
                    continue
                try:
                    yield self._known(line)
                except BadInputError as error:
                    say(f"{self._path}:{number}: {error}")
                    self.fine = False

    def _known(self, line: bytes) -> "PostLine":
        from monitor.posts import parse_post_line

        found = parse_post_line(line)
        if found.source not in self._sources.sources:
            raise BadInputError(f"source: {SOURCES} has no source {found.source!r}")
        return found
