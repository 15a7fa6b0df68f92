"""The cheap look before a text is laid out: without a number, or without an outcome, there is no figure in it."""

import re
from typing import Final

from models.enums import Lang
from monitor.figures.lexicon import Lexicon, lexicon
from monitor.figures.number_words import number_words
from monitor.figures.text import fold, lang_of

_WORDS: Final = re.compile(r"[^\W\d_](?:[^\W\d_\u00ad]|'(?=[^\W\d_]))*")
_DIGIT: Final = re.compile(r"\d")
_SLANG: Final = re.compile(r"(?<!\d)[23]00(?!\d)")  # the killed and the wounded, in soldiers' talk


def may_hold_figures(text: str, lang: Lang | None) -> bool:
    spoken = lang if lang is not None else lang_of(text)
    known = lexicon(spoken)
    folded = fold(text)
    words = set(_WORDS.findall(folded))
    telling, counting = _telling(known), number_words(spoken)
    if "(+" in folded:
        return True
    told = _SLANG.search(folded) is not None
    counted = _DIGIT.search(folded) is not None
    for word in words:
        entry = known[word]
        if not told and not (telling.isdisjoint(entry.classes) and not any(each.name in telling for each in entry.phrases)):
            told = True
        if not counted and (word in counting or not _zeros(known).isdisjoint(entry.classes) or entry.phrases):
            counted = True
        if told and counted:
            return True
    return False


def _telling(known: Lexicon) -> frozenset[str]:
    names = known.cached.get("telling")
    if names is None:
        names = known.cached["telling"] = known.under("outcomes", "victims")
    found: frozenset[str] = names
    return found


def _zeros(known: Lexicon) -> frozenset[str]:
    names = known.cached.get("zeros")
    if names is None:
        names = known.cached["zeros"] = known.under("zero", "negation")
    found: frozenset[str] = names
    return found
