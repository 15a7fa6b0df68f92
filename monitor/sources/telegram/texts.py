"""Texts with their entities: as the preview page shows them, as safe HTML, and where their words lead.

Offsets of entities count UTF-16 units; they may overlap, run out of the text, or carry a hostile address.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from itertools import groupby, pairwise
from typing import Any, Final
from urllib.parse import urlsplit

import nh3

Given = Mapping[str, Any]

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SPACES = re.compile(r"[ \t\r\f]+")
_AROUND_BREAK = re.compile(r" *\n *")
_MANY_BREAKS = re.compile(r"\n{3,}")
_SCHEME = re.compile(r"[a-z][a-z0-9+-]*:(?![0-9])", re.IGNORECASE)  # and no host with its port
_TAGS: Final = {
    "MessageEntityBold": "b",
    "MessageEntityItalic": "i",
    "MessageEntityUnderline": "u",
    "MessageEntityStrike": "s",
    "MessageEntityCode": "code",
    "MessageEntityPre": "pre",
    "MessageEntityBlockquote": "blockquote",
}
_ALLOWED: Final = {*_TAGS.values(), "a", "br"}
_SCHEMES: Final = {"http", "https", "tg", "mailto"}


def shown_text(text: str) -> str:
    """Spaces and empty lines as a browser leaves them: the preview page gives the same text."""
    plain = _SPACES.sub(" ", _CONTROLS.sub("", text))
    return _MANY_BREAKS.sub("\n\n", _AROUND_BREAK.sub("\n", plain)).strip(" \n")


def words_of(given: Any) -> str:
    """A text that may come with entities of its own, as in polls."""
    return shown_text(str(given.get("text") or "") if isinstance(given, Mapping) else str(given or ""))


def html_of(text: str, entities: Sequence[Given]) -> str | None:
    """None where nothing is marked up."""
    marked = [each for each in entities if _tags(each, "")]
    if not marked:
        return None
    units = text.encode("utf-16-le", "surrogatepass")
    size = len(units) // 2
    cuts = sorted({0, size, *(min(max(0, edge), size) for each in marked for edge in _edges(each))})
    pieces = []
    for start, end in pairwise(cuts):
        words = _slice(units, start, end)
        over = [each for each in marked if _edges(each)[0] <= start and end <= _edges(each)[1]]
        pieces.append((tuple(tag for each in over for tag in _tags(each, words)), words))
    html = "".join(_wrapped(tags, "".join(words for _, words in run)) for tags, run in groupby(pieces, key=_first))
    return nh3.clean(html.replace("\n", "<br>"), tags=_ALLOWED, attributes={"a": {"href"}}, url_schemes=_SCHEMES)


def links_of(text: str, entities: Iterable[Given]) -> list[str]:
    """Where words lead that do not say so themselves."""
    units = text.encode("utf-16-le", "surrogatepass")
    found = []
    for each in entities:
        if each.get("_") == "MessageEntityTextUrl" and each.get("url"):
            address = str(each["url"])[:2000]
            if address != _slice(units, *_edges(each)).strip():
                found.append(address)
    return list(dict.fromkeys(found))


def _first(piece: tuple[tuple[str, ...], str]) -> tuple[str, ...]:
    return piece[0]


def _edges(entity: Given) -> tuple[int, int]:
    start = int(entity.get("offset") or 0)
    return start, start + int(entity.get("length") or 0)


def _slice(units: bytes, start: int, end: int) -> str:
    return units[2 * max(0, start) : 2 * max(0, end)].decode("utf-16-le", "replace")


def _tags(entity: Given, words: str) -> tuple[str, ...]:
    kind = str(entity.get("_"))
    if kind in _TAGS:
        return (f"<{_TAGS[kind]}>",)
    if kind == "MessageEntityTextUrl":
        return _link(str(entity.get("url") or ""))
    return _link(words) if kind == "MessageEntityUrl" else ()


def _link(address: str) -> tuple[str, ...]:
    whole = address if _SCHEME.match(address) else f"https://{address}"
    try:
        known = urlsplit(whole).scheme in _SCHEMES
    except ValueError:
        return ()
    return (f'<a href="{escape(whole, quote=True)}">',) if known else ()


def _wrapped(tags: Sequence[str], words: str) -> str:
    closing = "".join(f"</{tag[1:].partition(' ')[0].rstrip('>')}>" for tag in reversed(tags))
    return f"{''.join(tags)}{escape(words)}{closing}"
