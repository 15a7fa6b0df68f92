"""Posts from a file of people's own: those of known sources go in, whatever else is told of."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.tables import Source
from monitor.pipeline.setup import Setup
from monitor.pipeline.store import Arrival, Stored, lock_source, store_posts
from monitor.sources.archive_entries import Chat, Entry
from monitor.values import Problem, RawPost

CHUNK: Final = 500


@dataclass(frozen=True, slots=True)
class Imported:
    """`read`: posts that were understood; `strange`: those of them whose source nobody knows."""

    read: int = 0
    stored: Stored = field(default_factory=Stored)
    bad: int = 0
    strange: int = 0


def import_posts(
    setup: Setup,
    entries: Iterable[Entry | Problem],
    *,
    into: str | None = None,
    tell: Callable[[str], None],
    advance: Callable[[int], None] = lambda _: None,
) -> Imported:
    """`into`: the key of the source of posts that name none. `tell` hears of each bad line, and of each source that is
    not known once. Importing a file twice changes nothing."""
    importing = _Importing(setup, into, tell)
    each = iter(entries)
    try:
        while chunk := list(islice(each, CHUNK)):
            importing.take(chunk)
            advance(len(chunk))
    finally:
        importing.tell_strange()
    return importing.done()


class _Importing:
    def __init__(self, setup: Setup, into: str | None, tell: Callable[[str], None]) -> None:
        self._setup, self._into, self._tell = setup, into, tell
        self._read = self._bad = 0
        self._stored = Stored()
        self._strange: Counter[str] = Counter()
        with setup.transaction() as session:
            self._keys, self._chats = _known(session)

    def take(self, chunk: Sequence[Entry | Problem]) -> None:
        for key, posts in self._by_source(chunk).items():
            with self._setup.transaction() as session:
                source = lock_source(session, self._keys[key])
                self._stored += store_posts(session, posts, Arrival(source, self._setup.now(), archived=True))

    def tell_strange(self) -> None:
        for name, count in self._strange.items():
            if count > 1:
                self._tell(f"{name}: {count:,} posts in all were left out")

    def done(self) -> Imported:
        return Imported(self._read, self._stored, self._bad, self._strange.total())

    def _by_source(self, chunk: Sequence[Entry | Problem]) -> Mapping[str, list[RawPost]]:
        found: dict[str, list[RawPost]] = defaultdict(list)
        for each in chunk:
            if isinstance(each, Problem):
                self._bad += 1
                self._tell(f"{each.place}: {each.reason}")
            else:
                self._read += 1
                if (key := self._source_of(each)) is not None:
                    found[key].append(each.post)
        return found

    def _source_of(self, entry: Entry) -> str | None:
        key = self._chats.get(_id_of(entry.chat)) or self._into if entry.source is None else entry.source
        if key in self._keys:
            return key
        name = _name_of(entry, key)
        self._strange[name] += 1
        if self._strange[name] == 1:
            self._tell(f"{entry.place}: {name}" if entry.place else name)
        return None


def _known(session: Session) -> tuple[dict[str, int], dict[int | None, str]]:
    rows = session.execute(select(Source.key, Source.id, Source.telegram_id)).all()
    return {row.key: row.id for row in rows}, {row.telegram_id: row.key for row in rows if row.telegram_id is not None}


def _id_of(chat: Chat | None) -> int | None:
    return None if chat is None else chat.channel_id


def _name_of(entry: Entry, key: str | None) -> str:
    if key is not None:
        return f"source: {key!r} is not known"
    if entry.chat is not None:
        return f"chat {entry.chat.name or entry.chat.telegram_id!r}: no source has its id; name one with --source"
    return "no source is named; name one with --source"
