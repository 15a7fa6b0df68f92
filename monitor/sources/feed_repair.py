"""What an XML feed must lose before a parser sees it: document types, bad characters, torn entries, excess."""

import re
from typing import Final

from monitor.sources.errors import UnreadableError
from monitor.values import Problem

MOST_ENTRIES: Final = 5_000
MOST_TAGS: Final = 200_000  # feedparser takes some 40 us a tag, and far longer where they are nested without end
_COMMENT_OR_ELEMENT: Final = re.compile(r"<!--.*?-->|<[A-Za-z]", re.DOTALL)
_ENTRY_START: Final = re.compile(r"<(?:\w{1,20}:)?(?:item|entry)[\s>]", re.IGNORECASE)
_ENTRY_END: Final = re.compile(r"</(?:\w{1,20}:)?(?:item|entry)\s*>", re.IGNORECASE)
_ROOT_END: Final = re.compile(r"</(?:\w{1,20}:)?(?:rss|feed|rdf)\s*>", re.IGNORECASE)
_ROOT_END_WITHIN: Final = 5_000
_NOT_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_REFERENCE: Final = re.compile(r"&#(?:x([0-9a-f]+)|([0-9]+));?", re.IGNORECASE)


def without_prolog(text: str) -> str:
    """From the first element on: what a document type declares (entities that unfold without end) is never seen."""
    found = (found for found in _COMMENT_OR_ELEMENT.finditer(text) if not found[0].startswith("<!"))
    start = next(found, None)
    return "" if start is None else text[start.start() :]


def without_bad_letters(text: str) -> str:
    return _REFERENCE.sub(_good_reference, _NOT_XML.sub("", text))


def without_torn_entry(text: str) -> tuple[str, Problem | None]:
    """Where a feed breaks off inside an entry, that entry is left out: half of it might hold half a number."""
    if _ROOT_END.search(text, max(0, len(text) - _ROOT_END_WITHIN)):
        return text, None
    last = max((found.end() for found in _ENTRY_END.finditer(text)), default=0)
    torn = _ENTRY_START.search(text, last)
    if torn is None:
        return text, Problem("the end", "the feed breaks off")
    return text[: torn.start()], Problem("the end", "the feed breaks off inside an entry, which is left out")


def without_excess(text: str) -> tuple[str, Problem | None]:
    """Raises UnreadableError where even one entry is too much."""
    starts = [found.start() for found in _ENTRY_START.finditer(text)]
    limit = _position_of_tag(text, MOST_TAGS)
    if len(starts) <= MOST_ENTRIES and limit is None:
        return text, None
    fitting = [start for start in starts[1 : MOST_ENTRIES + 1] if limit is None or start <= limit]
    if not fitting:
        raise UnreadableError("not a feed: far more tags than text")
    return text[: fitting[-1]], Problem("the end", f"too long a feed: only its first {len(fitting)} entries are read")


def head_of(text: str) -> str:
    """What stands before the first entry."""
    return _ENTRY_START.split(text, maxsplit=1)[0]


def _position_of_tag(text: str, number: int) -> int | None:
    if text.count("<") <= number:
        return None
    position = -1
    for _ in range(number):
        position = text.find("<", position + 1)
    return position


def _good_reference(found: re.Match[str]) -> str:
    """As it is, if it means a letter that may stand in XML."""
    digits = (found[1] or found[2]).lstrip("0")
    code = int(digits, 16 if found[1] else 10) if 0 < len(digits) < 8 else 0
    allowed = code in (9, 10, 13) or 0x20 <= code < 0xD800 or 0xE000 <= code < 0xFFFE or 0x10000 <= code < 0x110000
    return f"&#{code};" if allowed else ""
