"""The cheap look before a text is laid out: without a number, or without an outcome, there is no figure in it."""

import re
from functools import cache
from typing import Final

from models.enums import Lang
from monitor.figures.lexicon import KEPT_WORDS, Pattern, patterns_under
from monitor.figures.number_words import number_words

_WORDS: Final = re.compile(r"[^\W\d_](?:[^\W\d_\u00ad]|'(?=[^\W\d_]))*")
_DIGIT: Final = re.compile(r"\d")
_SLANG: Final = re.compile(r"(?<!\d)[23]00(?!\d)")  # the killed and the wounded, in soldiers' talk
_TELLS, _COUNTS = 1, 2
_LONGEST: Final = 24  # letters of a word that stems are compared with


def may_hold_figures(folded: str, lang: Lang) -> bool:
    known = _words(lang)
    seen = _COUNTS if _DIGIT.search(folded) is not None else 0
    if seen and ("(+" in folded or _SLANG.search(folded) is not None):
        return True
    for word in _WORDS.findall(folded):
        seen |= known[word]
        if seen == _TELLS | _COUNTS:
            return True
    return False


class _GateWords(dict[str, int]):
    """What a word may show: an outcome, a count, both, nothing. A phrase is stood for by its longest word."""

    def __init__(self, lang: Lang) -> None:
        super().__init__()
        self._stems: dict[str, int] = {}
        self._exact: dict[str, int] = dict.fromkeys(number_words(lang).starts, _COUNTS)
        for patterns in patterns_under(lang, "outcomes", "victims"):
            self._add(patterns, _TELLS)
        for patterns in patterns_under(lang, "zero", "negation", "everyone"):
            self._add(patterns, _COUNTS)
        self._shortest = min(map(len, self._stems), default=1)

    def _add(self, patterns: list[Pattern], shows: int) -> None:
        words = [pattern for pattern in patterns if pattern.forms or pattern.stem is not None]
        longest = max(words, key=_length, default=None)
        if longest is None:
            return
        if longest.stem is not None:
            self._stems[longest.stem] = self._stems.get(longest.stem, 0) | shows
        for form in longest.forms:
            self._exact[form] = self._exact.get(form, 0) | shows

    def __missing__(self, word: str) -> int:
        if len(self) >= KEPT_WORDS:
            self.clear()
        shows = self._exact.get(word, 0)
        for length in range(self._shortest, min(len(word), _LONGEST) + 1):
            shows |= self._stems.get(word[:length], 0)
        self[word] = shows
        return shows


def _length(pattern: Pattern) -> int:
    return len(pattern.stem) if pattern.stem is not None else min(map(len, pattern.forms))


@cache
def _words(lang: Lang) -> _GateWords:
    return _GateWords(lang)
