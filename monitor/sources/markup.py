"""HTML to the text that a reader sees. Walks without recursion: depth is the page's choice, not ours."""

import re
from collections.abc import Iterator, Set
from html import unescape
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

_BLOCKS: Final = frozenset(
    {"address", "article", "aside", "blockquote", "body", "dd", "details", "div", "dl", "dt", "fieldset",
     "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main",
     "nav", "ol", "p", "pre", "section", "summary", "table", "td", "th", "tr", "ul"}
)  # fmt: skip
_PARAGRAPHS: Final = frozenset(
    {"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "blockquote", "figure"}
)  # fmt: skip
_SILENT: Final = frozenset(
    {"script", "style", "noscript", "template", "iframe", "object", "embed", "svg", "canvas", "video", "audio",
     "select", "textarea", "button", "form", "head", "title"}
)  # fmt: skip
DEEPEST: Final = 2_000  # elements inside each other; pages have dozens, careless ones hundreds
_NESTING: Final = re.compile(
    r"<(/?)(?:div|section|article|main|aside|nav|header|footer|address|blockquote|center|details|figure|fieldset|form|pre"
    r"|ul|ol|dl|menu|table|a|b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u|span|h[1-6])(?:\s[^>]{0,1000})?>",
    re.IGNORECASE,
)
_SPACE = re.compile(r"[ \t\n\r\f]+")
_AROUND_BREAK = re.compile(r" *\n *")
_MANY_BREAKS = re.compile(r"\n{3,}")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def parsed(html: str) -> LexborHTMLParser:
    """The one way to parse hostile HTML: its time grows with the square of the depth, so that endless depth is cut."""
    return LexborHTMLParser(_NESTING.sub("\n", html) if _is_bottomless(html) else html)


def html_text(html: str, *, paragraphs: bool = True) -> str:
    """The text of a fragment."""
    body = parsed(html).body
    return "" if body is None else node_text(body, paragraphs=paragraphs)


def node_text(root: LexborNode, *, paragraphs: bool = False, without: Set[str] = frozenset()) -> str:
    """The text under a node. `paragraphs`: an empty line between them; `without`: classes whose nodes are left out."""
    found = "".join(_pieces(root, paragraphs=paragraphs, without=without))
    return _MANY_BREAKS.sub("\n\n", _AROUND_BREAK.sub("\n", found)).strip(" \n")


def plain(text: str) -> str:
    """Text without markup: spaces as one, no control characters."""
    return _SPACE.sub(" ", _CONTROLS.sub("", text)).strip()


def plain_lines(text: str) -> str:
    """Text without markup whose lines mean something: spaces as one within a line."""
    lines = (plain(line) for line in text.splitlines())
    return _MANY_BREAKS.sub("\n\n", "\n".join(lines)).strip("\n")


def link_target(href: str | None) -> str:
    """Some pages escape their links twice ('&amp;amp;'): the parser undoes one, this the other."""
    return unescape(href or "").strip()


def _is_bottomless(html: str) -> bool:
    if html.count("<") <= DEEPEST:
        return False
    depth = 0
    for found in _NESTING.finditer(html):
        depth = max(0, depth - 1) if found[1] else depth + 1
        if depth > DEEPEST:
            return True
    return False


def _pieces(root: LexborNode, *, paragraphs: bool, without: Set[str]) -> Iterator[str]:
    preformatted, line_is_empty = 0, True
    for node, entering in _walk(root, without):
        if node.tag == "-text":
            piece = _text_piece(node, preformatted=preformatted > 0, at_line_start=line_is_empty)
        elif node.tag == "pre":
            preformatted += 1 if entering else -1
            piece = "" if line_is_empty else "\n"
        elif node.tag == "img":
            piece = _emoji(node) if entering else ""
        else:
            piece = _break(node.tag or "", entering=entering, line_is_empty=line_is_empty, paragraphs=paragraphs)
        if piece:
            line_is_empty = piece.endswith("\n")
            yield piece


def _text_piece(node: LexborNode, *, preformatted: bool, at_line_start: bool) -> str:
    text = _CONTROLS.sub("", node.text_content or "").replace("\r\n", "\n")
    if preformatted:
        return text
    text = _SPACE.sub(" ", text)
    return text.lstrip(" ") if at_line_start else text


def _break(tag: str, *, entering: bool, line_is_empty: bool, paragraphs: bool) -> str:
    if tag == "br":
        return "\n" if entering else ""
    if tag not in _BLOCKS:
        return ""
    if paragraphs and tag in _PARAGRAPHS:
        return "\n\n"
    return "" if line_is_empty else "\n"


def _emoji(node: LexborNode) -> str:
    """Emoji that a page shows as pictures; other pictures say nothing."""
    name = node.attributes.get("class") or ""
    return (node.attributes.get("alt") or "")[:20] if "emoji" in name or "smiley" in name else ""


def _walk(root: LexborNode, without: Set[str]) -> Iterator[tuple[LexborNode, bool]]:
    """Nodes in document order, elements twice: entering and leaving."""
    node, entering = root.child, True
    depth = 1
    while node is not None and depth > 0:
        hidden = entering and (node.tag in _SILENT or _is_left_out(node, without))
        if not hidden and node.tag != "-comment":
            yield node, entering
        if entering and not hidden and node.child is not None:
            node, depth = node.child, depth + 1
        elif entering and not hidden and node.tag != "-text":
            entering = False
        elif node.next is not None:
            node, entering = node.next, True
        else:
            node, entering, depth = node.parent, False, depth - 1


def _is_left_out(node: LexborNode, without: Set[str]) -> bool:
    return bool(without) and not without.isdisjoint((node.attributes.get("class") or "").split())
