"""`read` and `explain`: what a text says, without database or network."""

import logging
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from io import BufferedReader, FileIO
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from models.enums import Lang
from monitor.cli.exits import Exit, say
from monitor.cli.progress import progress
from monitor.errors import BadInputError

if TYPE_CHECKING:
    from config.entries import SourcesFile
    from monitor.posts import PostLine
    from monitor.values import NamedSpeaker, ReadingContext

CHUNK_BYTES: Final = 1 << 18

SourcesOption = Annotated[
    Path | None,
    typer.Option("--sources", metavar="FILE", help="A sources file: its parties, speakers and sides are known too."),
]


def read(
    file: Annotated[
        Path | None, typer.Argument(help="Posts as JSON Lines; standard input where none is given.")
    ] = None,
    sources: SourcesOption = None,
) -> int:
    """Read figures from posts: a line of JSON in, a line of JSON out.

    Touches no database and needs no network. A malformed line is reported with its number, the rest is read, and the
    exit status is 1. `source` and `published` may be missing.

    \b
    counterclaim read posts.jsonl > figures.jsonl
    tail -f posts.jsonl | counterclaim read | jq .figures
    """
    name = "standard input" if file is None else str(file)
    with ExitStack() as stack:
        stream = _standard_input() if file is None else stack.enter_context(file.open("rb"))
        size = os.fstat(stream.fileno()).st_size if file is not None else None
        advance = stack.enter_context(progress("Reading", size, shown=not sys.stdout.isatty()))
        return Exit.FINE if _read_all(stream, name, _known(sources), advance) else Exit.BAD


def explain(
    text: Annotated[str, typer.Argument(help="The text of a post; `-` takes it from standard input.")],
    lang: Annotated[Lang | None, typer.Option(help="Guessed where not given.")] = None,
    side: Annotated[str, typer.Option(help="The channel's own side: who 'we' and 'the enemy' are.")] = "unknown",
    published: Annotated[
        datetime | None, typer.Option(help="When it was published, for words such as 'today'.")
    ] = None,
    sources: SourcesOption = None,
) -> int:
    """Show step by step how a text is read, and why something in it is no figure.

    \b
    counterclaim explain 'Ukraine claims up to 400 were killed, the ministry said 63'
    counterclaim explain --side ru 'Наши сбили 12 беспилотников'
    """
    from monitor.cli.tables import console, table
    from monitor.figures.explain import explain as explained

    given = sys.stdin.read() if text == "-" else text
    lines = explained(given, _context_of(_known(sources), lang, side, published))
    console().print(table(["Step", "Text", "What it is"], ((line.what, line.quote, line.said) for line in lines)))
    return Exit.FINE


def _context_of(known: "SourcesFile", lang: Lang | None, side: str, published: datetime | None) -> "ReadingContext":
    from monitor.speakers import named_speakers
    from monitor.values import ReadingContext

    opponents = {each.key: each.opponents for each in known.sides.values()}
    moment = published if published is None or published.tzinfo else published.replace(tzinfo=UTC)
    return ReadingContext(lang, side, moment, named_speakers(known), opponents)


def _read_all(stream: BufferedReader, name: str, known: "SourcesFile", advance: Callable[[int], None]) -> bool:
    """Flushes after each piece of input: whoever waits at the other end of a pipe gets what is there."""
    write, flush = sys.stdout.buffer.write, sys.stdout.buffer.flush
    reader, fine, number = _PostReader(known), True, 0
    for lines in _pieces(stream):
        for line in lines:
            number += 1
            advance(len(line) + 1)
            if not line.strip():
                continue
            try:
                write(reader.line(line))
            except BadInputError as error:
                say(f"{name}:{number}: {error}")
                fine = False
            except BrokenPipeError:
                raise
            except Exception:
                logging.exception("%s:%s: could not be read", name, number)
                fine = False
        flush()
    return fine


class _PostReader:
    """Reads lines with one context for each source that is known."""

    def __init__(self, known: "SourcesFile") -> None:
        from monitor.speakers import named_speakers

        self._speakers: tuple[NamedSpeaker, ...] = named_speakers(known)
        self._opponents = {side.key: side.opponents for side in known.sides.values()}
        self._sides = {source.key: known.side_of(source) for source in known.sources.values()}

    def line(self, line: bytes) -> bytes:
        from monitor.figures import read_figures
        from monitor.figures.text import lang_of
        from monitor.posts import parse_post_line
        from monitor.readings import reading_line

        given = parse_post_line(line, bare=True)
        figures = read_figures(given.post.text, self._context(given))
        lang = given.post.lang or lang_of(given.post.text)
        return reading_line(given.post.external_id, lang, figures).encode() + b"\n"

    def _context(self, given: "PostLine") -> "ReadingContext":
        from monitor.values import ReadingContext

        side = self._sides.get(given.source or "", "unknown")
        return ReadingContext(given.post.lang, side, given.post.published, self._speakers, self._opponents)


def _standard_input() -> BufferedReader:
    return BufferedReader(FileIO(0, closefd=False))


def _pieces(stream: BufferedReader) -> Iterator[Iterable[bytes]]:
    """The lines of each piece of input as it comes; a line that is not yet whole waits for the next piece."""
    begun: list[bytes] = []
    while piece := stream.read1(CHUNK_BYTES):
        head, newline, rest = piece.rpartition(b"\n")
        if not newline:
            begun.append(piece)
            continue
        yield b"".join([*begun, head]).split(b"\n")
        begun = [rest]
    if last := b"".join(begun):
        yield [last]


def _known(sources: Path | None) -> "SourcesFile":
    from config.sources import default_sources, load_sources, merge_sources

    known = default_sources()
    return known if sources is None else merge_sources(known, load_sources(sources))
