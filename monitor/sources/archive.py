"""Files of posts: JSON Lines, or what Telegram Desktop exports. Either may be gzipped; content tells, not names.

A poll reads one window of the file, so that an archive of any size goes in piece by piece; a file that has grown is
read on, one that has changed is read anew. Lines of other sources are left to those.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final, Self

from models.enums import Health, SourceKind
from monitor.errors import BadInputError
from monitor.sources.archive_entries import Chunk, Entry, State
from monitor.sources.archive_export import is_export, read_export
from monitor.sources.archive_file import WINDOW, Place, Window, read_window
from monitor.sources.archive_lines import read_lines
from monitor.sources.errors import SourceError, UnreadableError
from monitor.sources.http import Client
from monitor.values import JSON, Batch, Cursor, Fetched, Haul, Limits, Problem, Target, Trouble

_TOLD: Final = 20  # problems carried on to the end of the file
_OTHERS: Final = 50  # other sources counted by name
_SOUND: Final = frozenset({Health.OK, Health.EMPTY})


class ArchiveCollector:
    """Also of the example's posts, which are stored once and never fetched."""

    def __init__(self, limits: Limits, window: int = WINDOW) -> None:  # noqa: ARG002  (a window is limit enough)
        self._window = window

    def address(self, given: str) -> str:
        path = given.strip()
        if not path or "\x00" in path:
            raise BadInputError(f"{given!r} is no path of a file")
        return path

    def host(self, target: Target) -> str:  # noqa: ARG002
        return ""

    def fetch(self, target: Target, cursor: Cursor, client: Client, now: datetime) -> Haul:  # noqa: ARG002
        if target.kind is SourceKind.EXAMPLE:
            return Haul()
        reading = _Reading.of(cursor)
        try:
            window = read_window(Path(target.address), reading.place, self._window)
        except SourceError as error:
            return Haul(trouble=error.trouble)
        if window is None:
            return Haul(trouble=reading.standing_trouble)
        return Haul(_fetched(target, window, now), None if window.trouble is None else window.trouble.trouble)

    def parse(self, target: Target, cursor: Cursor, fetched: Sequence[Fetched]) -> Batch:
        batch = Batch(cursor=cursor)
        for each in fetched:
            batch = _batch(target, _Reading.of(batch.cursor), _window(each), self._window)
        return batch


def read_archive(path: Path, window_size: int = WINDOW) -> Iterator[Entry | Problem]:
    """All posts of a file, whosever they are. Raises SourceError where it cannot go on; what came before is good."""
    reading = _Reading()
    while not reading.place.done and (window := read_window(path, reading.place, window_size)) is not None:
        reading, chunk = reading.after(window, window_size)
        yield from chunk.entries
        yield from chunk.problems
        if chunk.fault is not None:
            raise UnreadableError(chunk.fault)
        if window.trouble is not None:
            raise window.trouble


@dataclass(frozen=True, slots=True)
class _Tally:
    """What a file has brought so far: posts of the source, lines of others by key, problems (the first few told)."""

    taken: int = 0
    others: Mapping[str, int] = field(default_factory=dict)
    problems: tuple[tuple[str, str], ...] = ()
    untold: int = 0

    def plus(self, taken: int, others: Sequence[str], problems: Sequence[Problem]) -> Self:
        counts = dict(self.others)
        for key in others:
            if key in counts or len(counts) < _OTHERS:
                counts[key] = counts.get(key, 0) + 1
        told = [*self.problems, *((each.place, each.reason) for each in problems)]
        untold = self.untold + max(0, len(told) - _TOLD)
        return replace(self, taken=self.taken + taken, others=counts, problems=tuple(told[:_TOLD]), untold=untold)

    @property
    def all_problems(self) -> tuple[Problem, ...]:
        told = [Problem(place, reason) for place, reason in self.problems]
        more = [Problem("further on", f"{self.untold} more could not be read")] if self.untold else []
        return (*told, *more)


@dataclass(frozen=True, slots=True)
class _Reading:
    """The cursor: where we are in the file, what its parser must know there, what came of it."""

    place: Place = field(default_factory=Place)
    export: bool | None = None
    state: State = field(default_factory=dict)
    tally: _Tally = field(default_factory=_Tally)
    health: Health = Health.OK
    reason: str | None = None

    @classmethod
    def of(cls, cursor: Mapping[str, Any]) -> Self:
        if not cursor:
            return cls()
        tally = cursor["tally"]
        problems = tuple((place, reason) for place, reason in tally["problems"])
        return cls(
            Place.of(cursor["place"]),
            cursor["export"],
            cursor["state"],
            _Tally(tally["taken"], tally["others"], problems, tally["untold"]),
            Health(cursor["health"]),
            cursor["reason"],
        )

    def cursor(self) -> Cursor:
        tally = self.tally
        problems = [list(each) for each in tally.problems]
        return {
            "place": self.place.json(),
            "export": self.export,
            "state": self.state,
            "tally": {"taken": tally.taken, "others": tally.others, "problems": problems, "untold": tally.untold},
            "health": str(self.health),
            "reason": self.reason,
        }

    @property
    def standing_trouble(self) -> Trouble | None:
        """A file that did not change is as good or bad as it was."""
        return None if self.health in _SOUND else Trouble(self.health, self.reason or self.health)

    def after(self, window: Window, size: int) -> tuple["_Reading", Chunk]:
        """A window from the start begins anew, whatever was read of an older file."""
        before = self if window.offset else _Reading()
        export = before.export if before.export is not None else is_export(window.data)
        read = read_export if export else read_lines
        chunk = read(window.data, before.state, end=window.end, longest=size)
        place = self.place.after(window, chunk.consumed, done=window.end or chunk.fault is not None)
        return replace(before, place=place, export=export, state=chunk.state), chunk


def _batch(target: Target, reading: _Reading, window: Window, size: int) -> Batch:
    reading, chunk = reading.after(window, size)
    own = [entry for entry in chunk.entries if entry.source in (None, target.key)]
    others = [entry.source for entry in chunk.entries if entry.source not in (None, target.key)]
    tally = reading.tally.plus(len(own), [key for key in others if key is not None], chunk.problems)
    health, reason = _verdict(tally, target.key, chunk.fault, done=reading.place.done)
    chat = next((entry.chat for entry in own if entry.chat is not None and entry.chat.alone), None)
    return Batch(
        posts=tuple(entry.post for entry in own),
        cursor=replace(reading, tally=tally, health=health, reason=reason).cursor(),
        state=health,
        reason=reason,
        telegram_id=None if chat is None else chat.channel_id,
        title=None if chat is None else chat.name,
        problems=tally.all_problems,
        more=not reading.place.done,
    )


def _verdict(tally: _Tally, key: str, fault: str | None, *, done: bool) -> tuple[Health, str | None]:
    others = ", ".join(sorted(tally.others))[:200]
    if fault is not None:
        return Health.BROKEN, f"the file {fault}"
    if not tally.taken and tally.problems:
        place, reason = tally.problems[0]
        return Health.BROKEN, f"nothing of the file could be read; {place}: {reason}"
    if done and not tally.taken and others:
        return Health.BROKEN, f"the file holds no post of {key}, only of {others}"
    if done and not tally.taken:
        return Health.EMPTY, "the file holds no posts"
    return Health.OK, f"{sum(tally.others.values()):,} lines of other sources left to them" if others else None


def _fetched(target: Target, window: Window, now: datetime) -> tuple[Fetched, ...]:
    if window.trouble is not None and not window.data:
        return ()
    requested: dict[str, JSON] = {"offset": window.offset, "end": window.end, "stamp": list(window.stamp)}
    return (Fetched(target.address, 200, {}, window.data, now, requested),)


def _window(fetched: Fetched) -> Window:
    note: Mapping[str, Any] = fetched.requested
    return Window(fetched.body, note["offset"], tuple(note["stamp"]), end=note["end"])
