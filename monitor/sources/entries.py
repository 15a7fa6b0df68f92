"""What a feed holds, in whatever form it is written, and the posts that its entries are."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from monitor.sources.article_text import article_text
from monitor.sources.dates import EARLIEST, believed
from monitor.sources.links import canonical
from monitor.sources.waits import Pause
from monitor.values import Media, Problem, RawPost

LONGEST_ID: Final = 500
SAVED_TWICE: Final = timedelta(minutes=1)  # publishing and saving are two moments in most blogs


@dataclass(frozen=True, slots=True)
class Entry:
    """Texts are plain. `pieces`: lead and body in their order, possibly alike. Times are told, not yet believed."""

    guid: str | None = None
    link: str | None = None
    title: str = ""
    pieces: tuple[str, ...] = ()
    published: datetime | None = None
    updated: datetime | None = None
    author: str | None = None
    media: tuple[Media, ...] = ()

    @property
    def says_something(self) -> bool:
        return bool(self.title or any(self.pieces) or self.link or self.media)


@dataclass(frozen=True, slots=True)
class Feed:
    """`whole`: it came to its end. `pause`: when it asks not to be read."""

    title: str = ""
    entries: tuple[Entry, ...] = ()
    problems: tuple[Problem, ...] = ()
    whole: bool = True
    pause: Pause = field(default_factory=Pause)


def posts_of(feed: Feed, seen_at: datetime, *, known: bool) -> list[RawPost]:
    """Oldest first. `known`: the feed was read before, so that what is new in it has come since then."""
    newest: dict[str, Entry] = {}
    for name, entry in zip(names_of(feed.entries), feed.entries, strict=True):
        if name not in newest or _latest(entry) > _latest(newest[name]):
            newest[name] = entry
    return [_post(name, entry, feed, seen_at, known=known) for name, entry in reversed(newest.items())]


def names_of(entries: Sequence[Entry]) -> Iterator[str]:
    """The id of each: its guid, else its address, else what it says; each only where it tells entries apart."""
    linked: defaultdict[str | None, set[str]] = defaultdict(set)
    titled: defaultdict[str, set[str]] = defaultdict(set)
    for entry in entries:
        address = canonical(entry.link or "")
        linked[entry.guid].add(address)
        titled[address].add(entry.title)
    for entry in entries:
        address = canonical(entry.link or "")
        if entry.guid and len(linked[entry.guid]) == 1:
            yield fitting_id(entry.guid)
        elif address and len(titled[address]) == 1:
            yield fitting_id(address)
        else:
            yield _digest(entry)


def _post(name: str, entry: Entry, feed: Feed, seen_at: datetime, *, known: bool) -> RawPost:
    told = entry.published or entry.updated
    edited = told is not None and entry.updated is not None and entry.updated > told + SAVED_TWICE
    return RawPost(
        external_id=name,
        published=believed(told, seen_at, fresh=known),
        text=article_text(entry.title, entry.pieces, feed.title),
        url=entry.link,
        edited=edited,
        edited_at=believed(entry.updated, seen_at, fresh=False) if edited else None,
        author=entry.author,
        media=entry.media,
    )


def _latest(entry: Entry) -> datetime:
    return max((told for told in (entry.published, entry.updated) if told is not None), default=EARLIEST)


def _digest(entry: Entry) -> str:
    """Title and date; an entry without a title is told apart by its text."""
    told = entry.published or entry.updated
    said = entry.title or "\n".join(entry.pieces)
    parts = f"{said}\n{'' if told is None else told.isoformat()}"
    return f"sha256:{sha256(parts.encode('utf-8', 'replace')).hexdigest()[:40]}"


def fitting_id(name: str) -> str:
    return name if len(name) <= LONGEST_ID else f"sha256:{sha256(name.encode('utf-8', 'replace')).hexdigest()[:40]}"
