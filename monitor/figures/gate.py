"""The cheap look before a text is laid out: where no number stands near an outcome, there is no figure."""

import re
from functools import cache
from typing import Final

from models.enums import Lang
from monitor.figures.lexicon import KEPT_WORDS, Pattern, patterns_under
from monitor.figures.number_words import number_words

_PIECES: Final = re.compile(r"[^\W\d_](?:[^\W\d_\u00ad]|'(?=[^\W\d_]))*|\d+")
_SLANG: Final = re.compile(r"(?<!\d)[23]00(?!\d)")  # the killed and the wounded, in soldiers' talk
_TELLS, _COUNTS, _ZERO, _NOT, _ABSORBS, _USES, _THING, _DIGITS, _ZERO_IF_NOT = (1 << bit for bit in range(9))
_FAR: Final = -1000
_SHORT: Final = 4  # letters: a shorter last word stands for no phrase
_APART: Final = 60  # words between a number and its outcome, in long lists
_ZERO_APART: Final = 12
_LONGEST: Final = 24  # letters of a word that stems are compared with


def may_hold_figures(folded: str, lang: Lang) -> bool:
    """One pass over the words: what was seen last of each sort, and whether a number stands near an outcome."""
    if "(+" in folded or _SLANG.search(folded) is not None:
        return True
    known = _words(lang)
    told = counted = used = thing = none = _FAR
    digits = negated = False
    for at, piece in enumerate(_PIECES.findall(folded)):
        shows = known[piece]
        if digits and not shows & _ABSORBS:
            counted = at - 1
        digits = bool(shows & _DIGITS)
        if shows and not digits:
            told, used, thing = _seen(shows, at, told, used, thing)
            if shows & _COUNTS:
                counted = at
            if shows & _ZERO or (negated and shows & _ZERO_IF_NOT):
                none = at
            if negated and shows & (_TELLS | _USES):
                return True
        negated = bool(shows & _NOT)
        if at - told <= _APART and (at - counted <= _APART or abs(told - none) <= _ZERO_APART):
            return True
    return digits and told != _FAR


def _seen(shows: int, at: int, told: int, used: int, thing: int) -> tuple[int, int, int]:
    """'Used' and 'launched' tell something only of weapons that are named near."""
    if shows & _THING:
        thing = at
    if shows & _USES:
        used = at
    if shows & _TELLS or (abs(used - thing) <= _APART and at in (used, thing)):
        told = at
    return told, used, thing


class _GateWords(dict[str, int]):
    """What a word may show, as bits. A phrase is stood for by its last word, which tells most."""

    def __init__(self, lang: Lang) -> None:
        super().__init__()
        self._stems: dict[str, int] = {}
        known = number_words(lang)
        starts = {*known.starts, *known.inner} - known.articles
        self._exact: dict[str, int] = {word: _COUNTS for word in starts if len(word) > 1}
        for classes, shows in _SHOWS.items():
            for patterns in patterns_under(lang, *classes):
                self._add(patterns, shows)
        self._shortest = min(map(len, self._stems), default=1)

    def _add(self, patterns: list[Pattern], shows: int) -> None:
        words = [pattern for pattern in patterns if pattern.forms or pattern.stem is not None]
        if not words or (len(words) > 1 and shows == _ABSORBS):
            return
        if len(words) > 1 and shows == _ZERO:
            shows = _ZERO_IF_NOT
        last = words[-1] if _length(words[-1]) >= _SHORT else max(words, key=_length)
        if last.stem is not None:
            self._stems[last.stem] = self._stems.get(last.stem, 0) | shows
        for form in last.forms:
            self._exact[form] = self._exact.get(form, 0) | shows

    def __missing__(self, word: str) -> int:
        if len(self) >= KEPT_WORDS:
            self.clear()
        shows = _DIGITS if word[0].isdigit() else self._exact.get(word, 0)
        for length in range(self._shortest, min(len(word), _LONGEST) + 1):
            shows |= self._stems.get(word[:length], 0)
        self[word] = shows
        return shows


_TELLING: Final = (
    "victims",
    *(f"outcomes.{kind}" for kind in ("kill", "wound", "lose", "casualties", "missing", "destroy")),
)
_USING: Final = tuple(
    f"outcomes.{kind}" for kind in ("capture", "launch", "attack", "shoot_down", "damage", "hit", "collide")
)
_SHOWS: Final = {
    _TELLING: _TELLS,
    _USING: _USES,
    ("nouns",): _THING,
    ("zero.nobody", "zero.no", "zero.without", "zero.nothing"): _ZERO,
    ("negation",): _NOT,
    ("absorb.time", "absorb.money", "absorb.measure_unit"): _ABSORBS,
}


def _length(pattern: Pattern) -> int:
    return len(pattern.stem) if pattern.stem is not None else min(map(len, pattern.forms))


@cache
def _words(lang: Lang) -> _GateWords:
    return _GateWords(lang)
