"""What is known of a blog's pages between two polls."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import blake2b
from typing import Any, Final, Self

from models.enums import Health
from monitor.sources.links import canonical
from monitor.sources.robots import Rules
from monitor.sources.validators import Validators
from monitor.values import JSON, Cursor

MOST_KNOWN: Final = 3_000
MOST_WANTED: Final = 200
MOST_RECENT: Final = 200


@dataclass(frozen=True, slots=True)
class Wanted:
    """An article still to be fetched. `published`: by what pointed to it. `fresh`: that came since the poll before."""

    url: str
    published: datetime | None = None
    tries: int = 0
    fresh: bool = False

    @classmethod
    def of(cls, given: Mapping[str, Any]) -> Self:
        return cls(given["url"], _time(given["published"]), given["tries"], given["fresh"])

    def json(self) -> dict[str, JSON]:
        return {"url": self.url, "published": _iso(self.published), "tries": self.tries, "fresh": self.fresh}


@dataclass(frozen=True, slots=True)
class Recent:
    """A known article that is looked at again for a while. `missing_since`: its page was not there."""

    seen_at: datetime
    checked_at: datetime
    missing_since: datetime | None = None

    @classmethod
    def of(cls, given: Mapping[str, Any]) -> Self:
        read = datetime.fromisoformat
        return cls(read(given["seen_at"]), read(given["checked_at"]), _time(given["missing_since"]))

    def json(self) -> dict[str, JSON]:
        return {
            "seen_at": self.seen_at.isoformat(),
            "checked_at": self.checked_at.isoformat(),
            "missing_since": _iso(self.missing_since),
        }


@dataclass(frozen=True, slots=True)
class PageState:
    """`listed_at`: when the front page was last read; `fault`: why it gave nothing then; `front`: its first articles,
    of which a feed must know some. `feed`: read instead of the pages, with its own cursor. `refused`: feeds that were
    none, until when. `roots`: sitemaps that may list others, to be asked once; `maps`: those that list articles.
    `known`: digests of all articles.
    """

    listed_at: datetime | None = None
    fault: tuple[Health, str] | None = None
    front: tuple[str, ...] = ()
    feed: str | None = None
    feed_cursor: Mapping[str, Any] = field(default_factory=dict)
    feed_failures: int = 0
    refused: Mapping[str, datetime] = field(default_factory=dict)
    rules: Rules = field(default_factory=Rules)
    roots: tuple[str, ...] = ()
    maps: tuple[str, ...] = ()
    validators: Mapping[str, Validators] = field(default_factory=dict)
    wanted: tuple[Wanted, ...] = ()
    recent: Mapping[str, Recent] = field(default_factory=dict)
    known: tuple[str, ...] = ()

    @classmethod
    def of(cls, cursor: Mapping[str, Any]) -> Self:
        """A cursor that a collector of another kind has left is none."""
        if "listed_at" not in cursor:
            return cls()
        return cls(
            listed_at=_time(cursor["listed_at"]),
            fault=None if cursor["fault"] is None else (Health(cursor["fault"][0]), cursor["fault"][1]),
            front=tuple(cursor["front"]),
            feed=cursor["feed"],
            feed_cursor=cursor["feed_cursor"],
            feed_failures=cursor["feed_failures"],
            refused={url: datetime.fromisoformat(until) for url, until in cursor["refused"].items()},
            rules=Rules.of(cursor["rules"]),
            roots=tuple(cursor["roots"]),
            maps=tuple(cursor["maps"]),
            validators={url: Validators.of(each) for url, each in cursor["validators"].items()},
            wanted=tuple(Wanted.of(each) for each in cursor["wanted"]),
            recent={url: Recent.of(each) for url, each in cursor["recent"].items()},
            known=tuple(cursor["known"]),
        )

    def cursor(self) -> Cursor:
        newest = sorted(self.recent.items(), key=lambda each: each[1].seen_at)[-MOST_RECENT:]
        return {
            "listed_at": _iso(self.listed_at),
            "fault": None if self.fault is None else list(self.fault),
            "front": list(self.front),
            "feed": self.feed,
            "feed_cursor": dict(self.feed_cursor),
            "feed_failures": self.feed_failures,
            "refused": {url: until.isoformat() for url, until in self.refused.items()},
            "rules": self.rules.json(),
            "roots": list(self.roots),
            "maps": list(self.maps),
            "validators": {url: each.json() for url, each in self.validators.items()},
            "wanted": [each.json() for each in self.wanted],
            "recent": {url: each.json() for url, each in newest},
            "known": list(self.known[-MOST_KNOWN:]),
        }

    def knowing(self, urls: Iterable[str]) -> Self:
        """These come last, so that they are forgotten last."""
        new = dict.fromkeys(map(digest, urls))
        return replace(self, known=(*(each for each in self.known if each not in new), *new))


def digest(url: str) -> str:
    return blake2b(canonical(url).encode("utf-8", "replace"), digest_size=8).hexdigest()


def _time(given: str | None) -> datetime | None:
    return None if given is None else datetime.fromisoformat(given)


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()
