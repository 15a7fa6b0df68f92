"""The requests of one poll of a preview page. Looks into a body only for where to go on."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Final, Self
from urllib.parse import quote, urlsplit

import httpx

from monitor.sources.errors import UnreachableError
from monitor.sources.gathering import Gathering
from monitor.sources.http import Answer
from monitor.sources.preview_cursor import Gap, Progress
from monitor.sources.states import good
from monitor.values import Haul, Limits

_POST: Final = re.compile(rb"data-post\s*=\s*[\"'][^\"'/]{1,64}/([0-9]{1,18})")
_SINGLE: Final = re.compile(rb"/([0-9]{1,18})\?single")
_OLDER: Final = re.compile(rb"rel\s*=\s*[\"']prev[\"']|data-before\s*=")
_TIME: Final = re.compile(rb"<time\s[^>]{0,80}?datetime\s*=\s*[\"']([0-9T:+.Z-]{10,40})")
_HANDLE: Final = re.compile(r"/s/(\w+)/?")
_LATER: Final = frozenset({403, 429})


class Asked(StrEnum):
    """What a body is the answer to. `single`: one post's own page, to see whether it is there."""

    PAGE = "page"
    LANDING = "landing"
    SINGLE = "single"


@dataclass(frozen=True, slots=True)
class Glimpse:
    """`first_end`: the last id of the oldest block, which may be the end of an album that begins a page earlier."""

    ids: tuple[int, ...]
    first_end: int
    older: bool
    oldest: datetime | None

    @classmethod
    def of(cls, body: bytes) -> Self:
        posts = list(_POST.finditer(body))
        ids = sorted({int(post[1]) for post in posts})
        singles = [int(found) for found in _SINGLE.findall(body, posts[0].end(), posts[1].start())] if posts[1:] else []
        return cls(tuple(ids), max([*ids[:1], *singles], default=0), _OLDER.search(body) is not None, _oldest(body))

    def rest(self, asked: Gap) -> Gap | None:
        """What is still to be asked for after this page, the oldest block once more."""
        if not self.ids or not self.older or self.ids[0] <= asked.down_to:
            return None
        left = None if asked.left is None else asked.left - len(self.ids) + 1
        if (left is not None and left <= 0) or _reaches(self.oldest, asked.since):
            return None
        top = asked.before if asked.before is not None else self.ids[-1] + 1
        if self.ids[-1] >= top:  # another page than was asked for
            return None
        before = self.first_end + 1 if self.first_end + 1 < top else self.ids[0]
        return replace(asked, before=before, left=left)


@dataclass(slots=True)
class Visit:
    handle: str
    gathering: Gathering
    limits: Limits
    _pages: int = 0
    _present: set[int] = field(default_factory=set)

    def haul(self, progress: Progress, now: datetime) -> Haul:
        return self.gathering.haul(lambda: self._go(progress, now))

    def _go(self, progress: Progress, now: datetime) -> None:
        newest = Gap(down_to=progress.last) if progress.last is not None else _first(self.limits, now)
        for walk, gap in enumerate([newest, *progress.gaps]):
            if not self._walk(walk, gap):
                return
        self._look_for(progress.missing, now)

    def _walk(self, walk: int, gap: Gap) -> bool:
        """Read a gap downwards as far as the pages of this poll go. False: there is no preview page."""
        rest: Gap | None = gap
        while rest is not None and self._pages < self.limits.pages:
            asked, answer = rest, self._page(rest.before)
            if answer is None:
                return False
            seen = Glimpse.of(answer.body)
            self._present.update(seen.ids, map(int, _SINGLE.findall(answer.body)))
            rest = seen.rest(asked)
            self.gathering.keep(
                answer, Asked.PAGE, walk=walk, asked=asked.json(), rest=None if rest is None else rest.json()
            )
        return True

    def _page(self, before: int | None) -> Answer | None:
        self._pages += 1
        query = "" if before is None else f"?before={before}"
        answer = self.gathering.client.get(self._url("s", self.handle) + query, follow=self._is_preview)
        if answer.location is not None:
            if before is not None:
                raise UnreachableError(f"the page of posts before {before} led elsewhere")
            self.gathering.keep(
                self._good(self.gathering.client.get(self._url(self.handle), follow=self._is_here)), Asked.LANDING
            )
            return None
        self._follow(answer)
        return self._good(answer)

    def _look_for(self, missing: Mapping[int, datetime], now: datetime) -> None:
        """Ask for each missing post by itself, when it has been missing for long enough."""
        waited = now - self.limits.confirm_deletion_after
        due = [each for each, since in missing.items() if since <= waited and each not in self._present]
        for number in due[: self.limits.checks]:
            url = f"{self._url(self.handle, str(number))}?embed=1&mode=tme"
            answer = self.gathering.client.get(url, follow=self._is_here)
            if answer.status in _LATER or answer.status >= 500:
                self._good(answer)
            self.gathering.keep(answer, Asked.SINGLE, id=number)

    def _good(self, answer: Answer) -> Answer:
        if not good(answer).body.strip():
            raise UnreachableError("answered with an empty page")
        return answer

    def _follow(self, answer: Answer) -> None:
        """A handle may lead to another one, for good or for now."""
        found = _HANDLE.search(urlsplit(answer.url).path)
        if found is None or found[1].lower() == self.handle.lower():
            return
        self.handle = found[1]
        if answer.moved_to is not None:
            self.gathering.moved_to = f"https://t.me/{self.handle}"

    def _url(self, *path: str) -> str:
        return "/".join([self.limits.preview_base.rstrip("/"), *(quote(part, safe="") for part in path)])

    def _is_here(self, url: httpx.URL) -> bool:
        return url.host == httpx.URL(self.limits.preview_base).host

    def _is_preview(self, url: httpx.URL) -> bool:
        return self._is_here(url) and _HANDLE.search(url.path) is not None


def _first(limits: Limits, now: datetime) -> Gap:
    return Gap(left=limits.first_posts, since=now - limits.first_age)


def _oldest(body: bytes) -> datetime | None:
    found = _TIME.search(body)
    try:
        told = datetime.fromisoformat(found[1].decode("ascii")) if found is not None else None
    except ValueError:
        return None
    return told.replace(tzinfo=UTC) if told is not None and told.tzinfo is None else told


def _reaches(oldest: datetime | None, since: datetime | None) -> bool:
    return oldest is not None and since is not None and oldest < since
