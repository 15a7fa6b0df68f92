"""Sitemaps: which articles a site has, and which other sitemaps. Only dated entries of the last days count."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from html import unescape
from typing import Final
from urllib.parse import urlsplit

from monitor.sources.charset import decode
from monitor.sources.dates import read_time
from monitor.sources.errors import SourceError
from monitor.sources.inflate import inflate
from monitor.sources.links import host_of, whole_link
from monitor.values import Fetched

LARGEST: Final = 20_000_000
MOST_CHILDREN: Final = 2
_GZIP: Final = b"\x1f\x8b"
LONGEST_ENTRY: Final = 8_000
_ELEMENT: Final = r"<(?:[\w-]{{1,20}}:)?{name}\b[^<>]{{0,200}}>\s*(?:<!\[CDATA\[)?([^<\]]{{0,2000}})(?:\]\]>)?\s*</"
_LOC, _LASTMOD, _PUBLISHED = (re.compile(_ELEMENT.format(name=name)) for name in ("loc", "lastmod", "publication_date"))
_NEWS: Final = re.compile(r"news", re.IGNORECASE)
_NO_ARTICLES: Final = re.compile(r"categor|tag|author|user|image|video|taxonom|static|page-sitemap", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Listed:
    """`published` only where a news sitemap tells it; `changed`: when the entry was last touched."""

    url: str
    changed: datetime
    published: datetime | None = None


def articles_in(answer: Fetched, page: str, since: datetime) -> list[Listed]:
    """Newest first, those below the folder that the blog's page stands in."""
    found = [listed for entry in _entries(answer, "url") if (listed := _listed(entry, answer.url)) is not None]
    fitting = [each for each in found if each.changed >= since and _below(each.url, page)]
    return sorted(fitting, key=lambda each: each.changed, reverse=True)


def children_in(answer: Fetched) -> list[str]:
    """The sitemaps to go on with: those of news, else those last touched."""
    found = [(address, _time(_LASTMOD, entry)) for entry in _entries(answer, "sitemap")
             if (address := whole_link(_first(_LOC, entry), answer.url)) is not None]  # fmt: skip
    fitting = [each for each in found if not _NO_ARTICLES.search(urlsplit(each[0]).path)]
    news = [address for address, _ in fitting if _NEWS.search(urlsplit(address).path)]
    newest = sorted(fitting, key=lambda each: each[1].isoformat() if each[1] is not None else "", reverse=True)
    return (news or [address for address, _ in newest])[:MOST_CHILDREN]


def _listed(entry: str, base: str) -> Listed | None:
    url = whole_link(_first(_LOC, entry), base)
    published = _time(_PUBLISHED, entry)
    changed = published or _time(_LASTMOD, entry)
    return None if url is None or changed is None else Listed(url, changed, published)


def _entries(answer: Fetched, name: str) -> Iterator[str]:
    """Between its tags, in time that grows with the length alone."""
    for piece in _text(answer).split(f"</{name}>")[:-1]:
        yield piece[max(piece.rfind(f"<{name}"), len(piece) - LONGEST_ENTRY, 0) :]


def _text(answer: Fetched) -> str:
    """Sitemaps may be gzip files, which is not the encoding of the answer."""
    body = answer.body
    if body.startswith(_GZIP):
        try:
            body = inflate(_chunks(body), "gzip", LARGEST)
        except SourceError:
            return ""
    return decode(body, answer.headers)


def _chunks(body: bytes) -> Iterator[bytes]:
    return (body[start : start + 65536] for start in range(0, len(body), 65536))


def _below(url: str, page: str) -> bool:
    folder = urlsplit(page).path.rpartition("/")[0] + "/"
    return host_of(url) == host_of(page) and urlsplit(url).path.startswith(folder) and urlsplit(url).path != folder


def _first(pattern: re.Pattern[str], entry: str) -> str:
    found = pattern.search(entry)
    return unescape(found[1]).strip() if found is not None else ""


def _time(pattern: re.Pattern[str], entry: str) -> datetime | None:
    return read_time(_first(pattern, entry))
