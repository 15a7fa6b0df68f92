"""Whether a speaker is a side as such: 'Kyiv', 'Russia'. That is nobody in particular, and no outsider either."""

import re
from functools import lru_cache
from typing import Final

from models.enums import OTHER_SIDE, UNKNOWN_SIDE, Lang
from monitor.figures.marked import Marked
from monitor.figures.text import document

SHORT: Final = 3  # articles
_NAME: Final = re.compile(r"side\.(\w+)\.name")
_VOICE: Final = re.compile(r"side\.(\w+)\.(?:adjective|people)")


@lru_cache(maxsize=10_000)
def side_at_large(quote: str, lang: Lang | None = None) -> str | None:
    """The side's key; None where anything is named beside it: 'Ukrainian officials' may be one body or another."""
    marked = Marked(document(quote, lang))
    sides: set[str] = set()
    for word, classes in zip(marked.words, marked.classes, strict=True):
        found = {match[1] for name in classes if (match := _NAME.fullmatch(name)) is not None}
        if not found and len(word) > SHORT:
            return None
        sides |= found
    return sides.pop() if len(sides) == 1 and not sides & {OTHER_SIDE, UNKNOWN_SIDE} else None


@lru_cache(maxsize=10_000)
def side_of_voice(quote: str, lang: Lang | None = None) -> str | None:
    """Of somebody of a side, whoever it is: 'Ukrainian officials', 'the Russians'. None where two are named."""
    classes = Marked(document(quote, lang)).classes
    sides = {match[1] for names in classes for name in names if (match := _VOICE.fullmatch(name)) is not None}
    return sides.pop() if len(sides) == 1 and not sides & {OTHER_SIDE, UNKNOWN_SIDE} else None
