"""robots.txt: which article pages may be fetched, and how slowly. Feeds and the page that was given are meant to be."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, Final, Self

from protego import Protego

from monitor.sources.charset import decode
from monitor.values import JSON, Fetched

AGENT: Final = "counterclaim"
STANDS_FOR: Final = timedelta(days=1)
RETRY: Final = timedelta(hours=1)
LONGEST_DELAY: Final = timedelta(minutes=10)  # who wants us to go away can say so by 'Disallow'
KEPT: Final = 60_000  # letters; what comes later is rules for others


@dataclass(frozen=True, slots=True)
class Rules:
    """`closed`: why no rules could be read; nothing is fetched until they are."""

    read_at: datetime | None = None
    text: str = ""
    closed: str | None = None

    @classmethod
    def told_by(cls, answer: Fetched) -> Self:
        """An error of ours (4xx) means that there are no rules; an error of theirs, that they are not known."""
        if 200 <= answer.status < 300:
            return cls(answer.fetched_at, decode(answer.body, answer.headers)[:KEPT])
        if 400 <= answer.status < 500 and answer.status != 429:
            return cls(answer.fetched_at)
        error = answer.requested.get("error")
        return cls(answer.fetched_at, closed=f"robots.txt could not be read: {error or f'answered {answer.status}'}")

    @classmethod
    def of(cls, given: Mapping[str, Any]) -> Self:
        if not given:
            return cls()
        return cls(datetime.fromisoformat(given["read_at"]), given["text"], given["closed"])

    def json(self) -> dict[str, JSON]:
        if self.read_at is None:
            return {}
        return {"read_at": self.read_at.isoformat(), "text": self.text, "closed": self.closed}

    def stand(self, now: datetime) -> bool:
        return self.read_at is not None and now - self.read_at < (STANDS_FOR if self.closed is None else RETRY)

    def allow(self, url: str) -> bool:
        return self.closed is None and _parsed(self.text).can_fetch(url, AGENT)

    @property
    def delay(self) -> timedelta:
        told = _parsed(self.text).crawl_delay(AGENT) or 0.0
        return timedelta(seconds=min(told, LONGEST_DELAY.total_seconds()))

    @property
    def sitemaps(self) -> tuple[str, ...]:
        return tuple(_parsed(self.text).sitemaps)


@lru_cache(maxsize=8)
def _parsed(text: str) -> Protego:
    return Protego.parse(text)
