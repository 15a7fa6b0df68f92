"""The feeds that a web page names as its own."""

import re
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from monitor.sources.links import whole_link
from monitor.sources.markup import parsed

_FEED_TYPES: Final = frozenset(
    {"application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml", "text/rss+xml"}
)
_VAGUE_TYPES: Final = frozenset({"", "text/xml", "application/xml", "application/json"})
_NAMES_FEED: Final = re.compile(r"\b(?:rss|atom|feed)\b", re.IGNORECASE)
_OF_COMMENTS: Final = re.compile(r"comments?\b|/comment|replies", re.IGNORECASE)
_PAGE: Final = re.compile(r"\s*<!doctype\s+html\b", re.IGNORECASE)
_PAGE_ELEMENTS: Final = frozenset(
    {"html", "head", "body", "meta", "title", "div", "p", "script", "center", "table", "h1", "h2", "main"}
)
_FIRST_ELEMENT: Final = re.compile(r"<(?!\?|!--|!doctype)\s*(?:\w{1,20}:)?(\w{1,40})", re.IGNORECASE)
_COMMENT: Final = re.compile(r"<!--.*?-->", re.DOTALL)
_LOOKED_AT: Final = 5_000
MOST_NAMED: Final = 50


def is_page(text: str) -> bool:
    """A web page, as far as its beginning tells; feeds may hold pages, but do not begin like one."""
    first = _FIRST_ELEMENT.search(_COMMENT.sub("", text[:_LOOKED_AT]))
    return _PAGE.match(text) is not None or (first is not None and first[1].lower() in _PAGE_ELEMENTS)


def feeds_named(html: str, url: str) -> list[str]:
    """In the order in which they are best asked: those of comments only are left out."""
    tree = parsed(html)
    base = _base(tree, url)
    nodes = [node for node in tree.css("link[rel][href], a[rel][type][href]") if _is_feed(node)][:MOST_NAMED]
    found = [whole_link(node.attributes.get("href") or "", base) for node in nodes if not _is_of_comments(node)]
    return list(dict.fromkeys(link for link in found if link is not None and link != url))


def _base(tree: LexborHTMLParser, url: str) -> str:
    node = tree.css_first("base[href]")
    given = None if node is None else whole_link(node.attributes.get("href") or "", url)
    return given or url


def _is_feed(node: LexborNode) -> bool:
    relation = (node.attributes.get("rel") or "").lower().split()
    kind = (node.attributes.get("type") or "").partition(";")[0].strip().lower()
    named = kind in _FEED_TYPES or (kind in _VAGUE_TYPES and _NAMES_FEED.search(node.attributes.get("href") or ""))
    return bool(named) and not {"alternate", "feed"}.isdisjoint(relation)


def _is_of_comments(node: LexborNode) -> bool:
    return _OF_COMMENTS.search(f"{node.attributes.get('href') or ''} {node.attributes.get('title') or ''}") is not None
