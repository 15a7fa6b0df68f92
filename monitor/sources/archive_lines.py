"""JSON Lines (docs/formats.md) in windows. A broken line is a problem with its number; the others go in."""

from collections.abc import Iterator, Sequence

from monitor.errors import BadInputError
from monitor.posts import parse_post_line
from monitor.sources.archive_entries import Chunk, Entry, State
from monitor.values import Problem

_BOM = b"\xef\xbb\xbf"


def read_lines(data: bytes, state: State, *, end: bool, longest: int) -> Chunk:
    """`end`: the file ends with this window. A line that fills a window of `longest` bytes is passed over.

    A last line that lacks its line break and is no post may still be written to: it is told of, but not consumed.
    """
    number, begun = int(state.get("line", 0)), bool(state.get("begun"))
    whole = data.rfind(b"\n") + 1
    if whole == 0 and not end and len(data) >= longest:
        told = () if begun else (Problem(f"line {number + 1}", f"longer than {longest:,} bytes"),)
        return Chunk(len(data), {"line": number, "begun": True}, problems=told)
    lines = data[:whole].split(b"\n")[:-1]
    found = list(_read(lines, number, begun=begun))
    number, begun, rest = number + len(lines), begun and not lines, data[whole:]
    last = list(_read([rest], number, begun=begun)) if end else []
    if end and not any(isinstance(each, Problem) for each in last):
        whole, begun = len(data), begun or bool(rest)
    return _chunk(whole, {"line": number, "begun": begun}, [*found, *last])


def _read(lines: Sequence[bytes], number: int, *, begun: bool) -> Iterator[Entry | Problem]:
    """`begun`: the first is the rest of a line that was read or passed over."""
    for position, line in enumerate(lines, start=1):
        bare = line.removeprefix(_BOM if number + position == 1 else b"").strip()
        if not bare or (begun and position == 1):
            continue
        try:
            told = parse_post_line(bare)
            yield Entry(told.post, source=told.source, place=f"line {number + position}")
        except BadInputError as error:
            yield Problem(f"line {number + position}", str(error))


def _chunk(consumed: int, state: State, found: Sequence[Entry | Problem]) -> Chunk:
    entries = tuple(each for each in found if isinstance(each, Entry))
    return Chunk(consumed, state, entries, tuple(each for each in found if isinstance(each, Problem)))
