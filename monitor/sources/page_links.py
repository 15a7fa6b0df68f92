"""Which links of a front page lead to articles: told by where they stand, how they read and what they name."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final, TypeAlias
from urllib.parse import unquote, urlsplit

from selectolax.lexbor import LexborNode

from monitor.sources.dates import read_time
from monitor.sources.links import canonical, host_of, whole_link
from monitor.sources.markup import parsed, plain

Shape: TypeAlias = tuple[str, ...]

MOST_LINKS: Final = 3_000
DEEPEST: Final = 30
ENOUGH: Final = 3
OFTEN: Final = 3
_LONG, _LONGER, _SHORT = 25, 45, 12
_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4"})
_ASIDE_TAGS: Final = frozenset({"nav", "header", "footer", "aside", "form", "noscript", "template"})
_ASIDE: Final = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|footer|sidebar|breadcrumbs?|pagination|pager|paginator|share|social"
    r"|comments?|related|popular|tags?|cookie|banner|widget)(?:$|[\s_-])",
    re.IGNORECASE,
)
_ENTRY: Final = re.compile(r"(?:^|[\s_-])(?:post|entry|article|news|story|item|card|teaser|h-?entry)", re.IGNORECASE)
_NO_ARTICLE: Final = re.compile(
    r"/(?:tags?|categor(?:y|ies)|rubrics?|authors?|users?|profile|page|search|login|logout|signin|register|signup|rss"
    r"|feed|about|contacts?|privacy|terms|archives?|wp-login\.php|wp-admin|cart|subscribe|advert\w*)(?:[/.?]|$)",
    re.IGNORECASE,
)
_FILE: Final = re.compile(
    r"\.(?:jpe?g|png|gif|webp|svg|pdf|zip|rar|7z|mp[34]|avi|mov|docx?|xlsx?|pptx?|exe|apk|css|js|xml)$", re.IGNORECASE
)
_NAMES_ONE: Final = re.compile(r"\d{3,}|/\d{4}/\d\d?/|(?:[^\W_]+[-_]){2,}[^\W_]+|\.html?$|[?&](?:p|id)=\d+")


@dataclass(frozen=True, slots=True)
class Link:
    url: str
    published: datetime | None = None


@dataclass(frozen=True, slots=True)
class _Anchor:
    url: str
    score: int
    shape: Shape
    published: datetime | None


def article_links(html: str, url: str) -> list[Link]:
    """In the order of the page."""
    tree = parsed(html)
    anchors = [anchor for node in tree.css("a[href]")[:MOST_LINKS] if (anchor := _anchor(node, url)) is not None]
    often = Counter(shape for shape, _ in {(anchor.shape, canonical(anchor.url)) for anchor in anchors})
    found: dict[str, list[_Anchor]] = {}
    for anchor in anchors:
        found.setdefault(canonical(anchor.url), []).append(anchor)
    return [_link(alike) for alike in found.values() if _is_article(alike, often)]


def page_title(html: str) -> str:
    tree = parsed(html)
    site = tree.css_first('meta[property="og:site_name"]')
    title = tree.css_first("title")
    named = site.attributes.get("content") if site is not None else None
    return plain(named or (title.text() if title is not None else ""))[:200]


def _is_article(alike: list[_Anchor], often: Counter[Shape]) -> bool:
    """Links of one look that stand there often are a list; a single link must look like an article by itself."""
    best = max(alike, key=lambda anchor: anchor.score)
    return best.score + (often[best.shape] >= OFTEN) >= ENOUGH


def _link(alike: list[_Anchor]) -> Link:
    times = [anchor.published for anchor in alike if anchor.published is not None]
    return Link(alike[0].url, times[0] if times else None)


def _anchor(node: LexborNode, page: str) -> _Anchor | None:
    url = whole_link(node.attributes.get("href") or "", page)
    if url is None or not _may_be_article(url, page):
        return None
    above = list(_above(node))
    if any(each.tag in _ASIDE_TAGS or _ASIDE.search(_names(each)) for each in above):
        return None
    text = plain(node.text() or node.attributes.get("title") or "")
    entry = next((each for each in [node, *above] if each.tag == "article" or _ENTRY.search(_names(each))), None)
    shape = tuple(f"{each.tag}.{_names(each).split(' ')[0]}" for each in [node, *above[:3]])
    return _Anchor(url, _score(node, above, text, url, within=entry is not None), shape, _time_in(entry))


def _may_be_article(url: str, page: str) -> bool:
    path = urlsplit(url).path
    if host_of(url) != host_of(page) or canonical(url) == canonical(page):
        return False
    if path in ("", "/") and not urlsplit(url).query:
        return False
    return not _FILE.search(path) and not _NO_ARTICLE.search(path)


def _score(node: LexborNode, above: list[LexborNode], text: str, url: str, *, within: bool) -> int:
    heads = any(each.tag in _HEADINGS for each in above) or node.css_first("h1, h2, h3, h4") is not None
    parts = urlsplit(url)
    names_one = _NAMES_ONE.search(unquote(f"{parts.path}?{parts.query}")) is not None
    reads = (len(text) >= _LONG) + (len(text) >= _LONGER) - (len(text) < _SHORT)
    return 2 * heads + within + names_one + reads


def _above(node: LexborNode) -> Iterator[LexborNode]:
    each = node.parent
    for _ in range(DEEPEST):
        if each is None or each.tag in ("body", "html"):
            return
        yield each
        each = each.parent


def _names(node: LexborNode) -> str:
    return f"{node.attributes.get('class') or ''} {node.attributes.get('id') or ''} {node.attributes.get('role') or ''}"


def _time_in(entry: LexborNode | None) -> datetime | None:
    """Of the entry that the link stands in, if it names one time."""
    times = entry.css("time[datetime]") if entry is not None else []
    return read_time(times[0].attributes.get("datetime") or "") if len(times) == 1 else None
