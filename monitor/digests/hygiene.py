"""Hostile text made fit to show: no controls, no reordering, no endless accents, links to the web only."""

import re
import unicodedata
from itertools import groupby
from urllib.parse import urlsplit

from monitor.digests.values import Excerpt

LINE_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f"  # terminal sequences start here
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # bidirectional controls turn '36' into '63'
    "\u200b\u2060\ufeff\u00ad\U000e0000-\U000e007f]"
)
SURROGATES = re.compile("[\ud800-\udfff]")
MOST_MARKS = 4  # a letter carries two accents at most; dozens of them paint over the lines above
WEB = frozenset({"http", "https"})
NO_LINK = re.compile("[\\s\"'<>`\\\\\x00-\x1f\x7f-\x9f]")
ELLIPSIS = "…"
WORD_SLACK = 24


def clean(text: str) -> str:
    """The text without what cannot be seen, keeps its line breaks."""
    text = SURROGATES.sub("\ufffd", UNSEEN.sub("", LINE_BREAKS.sub("\n", text)))
    return text if text.isascii() else _fewer_marks(text)


def one_line(text: str) -> str:
    return " ".join(clean(text).split())


def cut(text: str, limit: int) -> str:
    """At most `limit` characters and an ellipsis, cut between words where one ends near."""
    head = _head(text, limit)
    return text if head == text else head.rstrip() + ELLIPSIS


def excerpt(text: str, start: int, end: int, room: int = 160) -> Excerpt:
    """The span in up to `room` characters of its own paragraph on either side; offsets are those of the raw text."""
    left = text[text.rfind("\n", 0, start) + 1 : start]
    stop = text.find("\n", end)
    right = text[end : len(text) if stop < 0 else stop]
    left, right = clean(left), clean(right)
    before, after = _tail(left, room), _head(right, room)
    return Excerpt(before, one_line(text[start:end]), after, cut_before=before != left, cut_after=after != right)


def web_link(address: str | None) -> str | None:
    """The address if a reader may follow it: http(s) with a host, without a password, safe inside an attribute."""
    if address is None or NO_LINK.search(address):
        return None
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        return None
    return address if parts.scheme in WEB and host and "@" not in parts.netloc else None


def _head(text: str, room: int) -> str:
    if len(text) <= room:
        return text
    head = text[:room]
    space = head.rfind(" ", max(0, room - WORD_SLACK))
    return head[:space] if space > 0 else _without_torn_end(head, text)


def _tail(text: str, room: int) -> str:
    if len(text) <= room:
        return text
    tail = text[-room:]
    space = tail.find(" ", 0, WORD_SLACK)
    return tail[space + 1 :].lstrip() if space >= 0 else tail


def _without_torn_end(head: str, text: str) -> str:
    """Never part a letter from its accent or an emoji from its joiner."""
    while (
        head and len(head) < len(text) and (unicodedata.combining(text[len(head)]) or text[len(head)] in "\u200d\ufe0f")
    ):
        head = head[:-1]
    return head


def _fewer_marks(text: str) -> str:
    runs = groupby(text, key=lambda letter: unicodedata.category(letter) in ("Mn", "Me"))
    return "".join("".join(run if not marks else list(run)[:MOST_MARKS]) for marks, run in runs)
