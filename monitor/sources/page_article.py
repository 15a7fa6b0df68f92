"""One article page: its headline, text, author and times. The text is found by trafilatura."""

import json
import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from selectolax.lexbor import LexborHTMLParser

from monitor.sources.dates import read_time
from monitor.sources.errors import UnreadableError
from monitor.sources.loose_json import people_in, text_in
from monitor.sources.markup import parsed, plain, plain_lines

MOST_TAGS: Final = 50_000  # trafilatura takes some 80 us a tag; an article has hundreds, its page a few thousand
LEAST_TEXT: Final = 200  # letters that make an article of what does not call itself one
_ARTICLES: Final = (
    "article",
    "blogposting",
    "newsarticle",
    "reportagenewsarticle",
    "socialmediaposting",
    "analysisnewsarticle",
)
_PUBLISHED: Final = (
    'meta[property="article:published_time"]', 'meta[itemprop="datePublished"]', 'meta[name="article:published_time"]',
    'meta[property="og:published_time"]', 'meta[name="pubdate"]', 'meta[name="publishdate"]', 'meta[name="date"]',
    'meta[name="DC.date.issued"]', '[itemprop="datePublished"]', "article time[datetime]", "main time[datetime]",
)  # fmt: skip
_MODIFIED: Final = (
    'meta[property="article:modified_time"]',
    'meta[itemprop="dateModified"]',
    '[itemprop="dateModified"]',
)
_MOST_NODES: Final = 2_000

for _noisy in ("trafilatura", "htmldate", "courlan", "charset_normalizer"):
    logging.getLogger(_noisy).setLevel(logging.CRITICAL)  # a page that they dislike is a problem of the batch


@dataclass(frozen=True, slots=True)
class Article:
    title: str
    text: str
    author: str | None = None
    published: datetime | None = None
    modified: datetime | None = None


def read_article(html: str, url: str, seen_at: datetime) -> Article:
    """Raises UnreadableError where this is no article."""
    if html.count("<") > MOST_TAGS:
        raise UnreadableError("far more tags than an article has")
    tree = parsed(html)
    told = _linked_data(tree)
    found = _extracted(html, url, seen_at)
    text = "" if found is None else plain_lines(found.text or "")
    if found is None or not text:
        raise UnreadableError("no text of an article found")
    published = (
        read_time(text_in(told, "datePublished")) or _first_time(tree, _PUBLISHED) or read_time(found.date or "")
    )
    if not (told or published or _calls_itself(tree, "article")) and len(text) < LEAST_TEXT:
        raise UnreadableError("neither a date nor the length of an article")
    return Article(
        title=plain(found.title or text_in(told, "headline")),
        text=text,
        author=plain(found.author or people_in(told, "author"))[:200] or None,
        published=published,
        modified=read_time(text_in(told, "dateModified")) or _first_time(tree, _MODIFIED),
    )


def _extracted(html: str, url: str, seen_at: datetime) -> Any:
    from trafilatura import bare_extraction  # half a second that only who parses pages should pay

    latest = (seen_at + timedelta(days=1)).date().isoformat()
    dates = {"original_date": True, "extensive_search": False, "max_date": latest}
    try:
        return bare_extraction(
            html,
            url=url,
            with_metadata=True,
            include_comments=False,
            favor_precision=True,
            date_extraction_params=dates,
        )
    except Exception as error:  # on hostile input it raises whatever its parts raise
        raise UnreadableError(f"{type(error).__name__} while looking for the text: {str(error)[:200]}") from error


def _linked_data(tree: LexborHTMLParser) -> Mapping[str, Any]:
    """What the page says of itself as an article in JSON-LD."""
    for node in tree.css('script[type="application/ld+json"]')[:10]:
        try:
            told = json.loads(node.text(strip=True))
        except (ValueError, RecursionError):
            continue
        for each in _objects(told):
            if _is_article(each.get("@type")):
                return each
    return {}


def _objects(told: Any) -> Iterator[Mapping[str, Any]]:
    """All objects at any depth, level by level."""
    level, count = [told], 0
    while level and count < _MOST_NODES:
        each = level.pop(0)
        count += 1
        if isinstance(each, Mapping):
            yield each
            level.extend(each.values())
        elif isinstance(each, list):
            level.extend(each)


def _is_article(kind: object) -> bool:
    kinds = kind if isinstance(kind, list) else [kind]
    return any(isinstance(each, str) and each.lower().rpartition("/")[2] in _ARTICLES for each in kinds)


def _first_time(tree: LexborHTMLParser, selectors: tuple[str, ...]) -> datetime | None:
    for selector in selectors:
        node = tree.css_first(selector)
        if node is None:
            continue
        told = read_time(node.attributes.get("content") or node.attributes.get("datetime") or "")
        if told is not None:
            return told
    return None


def _calls_itself(tree: LexborHTMLParser, kind: str) -> bool:
    node = tree.css_first('meta[property="og:type"]')
    return node is not None and (node.attributes.get("content") or "").strip().lower() == kind
