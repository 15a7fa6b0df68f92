"""The cheap look before a text is laid out: where no number stands near an outcome, there is no figure."""

import re
from collections.abc import Sequence
from functools import cache, reduce
from operator import or_
from typing import Final

from models.enums import Lang
from monitor.figures.lexicon import KEPT_WORDS, Pattern, patterns_under
from monitor.figures.number_words import number_words
from monitor.figures.stems import Stems

_PIECES: Final = re.compile(r"[^\W\d_](?:[^\W\d_]+|'(?=[^\W\d_]))*|\d+")
# The lookbehind stands last, so that the search may look for the first digit alone.
_SLANG: Final = re.compile(r"[23]00(?!\d)(?<!\d[23]00)")  # the killed and the wounded, in soldiers' talk
_TELLS, _COUNTS, _ZERO, _NOT, _ABSORBS, _USES, _THING, _DIGITS, _MAY, _OPENS_ZERO, _ENDS_ZERO = (
    1 << bit for bit in range(11)
)
_NUMBERS: Final = _COUNTS | _DIGITS | _ZERO | _ENDS_ZERO | _NOT
_FAR: Final = -1000
_SHORT: Final = 4  # letters: a shorter last word stands for no phrase
_APART: Final = 60  # words between a number and its outcome, in long lists
_ZERO_APART: Final = 12


def may_hold_figures(folded: str, lang: Lang) -> bool:
    """Whether a number stands near an outcome, by what each word may show."""
    if "(+" in folded or _SLANG.search(folded) is not None:
        return True
    shown = list(map(_words(lang).__getitem__, _PIECES.findall(folded)))
    sorts = reduce(or_, set(shown), 0)
    return bool(sorts & (_TELLS | _USES)) and bool(sorts & _NUMBERS) and _stand_near(shown)


def _stand_near(shown: Sequence[int]) -> bool:
    """One pass over the words that show something: what was seen last of each sort."""
    told = counted = used = thing = none = _FAR
    for at, shows in enumerate(shown):
        if not shows:
            continue
        if shows & _DIGITS:
            if at + 1 == len(shown):
                return told != _FAR
            if not shown[at + 1] & _ABSORBS:
                counted = at
        else:
            told, used, thing = _seen(shows, at, told, used, thing)
            before = shown[at - 1] if at else 0
            if before & _NOT and shows & (_TELLS | _USES):
                return True
            if shows & _COUNTS and not (at + 1 < len(shown) and shown[at + 1] & _ABSORBS):
                counted = at
            if shows & _ZERO or (before & _OPENS_ZERO and shows & _ENDS_ZERO):
                none = at
        if at - told <= _APART and (at - counted <= _APART or abs(told - none) <= _ZERO_APART):
            return True
    return False


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
        self._begun = Stems(self._stems)

    def _add(self, patterns: list[Pattern], shows: int) -> None:
        words = [pattern for pattern in patterns if pattern.forms or pattern.stem is not None]
        if not words or (len(words) > 1 and shows == _ABSORBS):
            return
        if len(words) > 1 and shows == _ZERO:
            shows = _ENDS_ZERO
            for form in (form for word in words[:-1] for form in word.forms):
                self._exact[form] = self._exact.get(form, 0) | _OPENS_ZERO
        last = words[-1] if _length(words[-1]) >= _SHORT else max(words, key=_length)
        if last.stem is not None:
            self._stems[last.stem] = self._stems.get(last.stem, 0) | shows
        for form in last.forms:
            self._exact[form] = self._exact.get(form, 0) | shows

    def __missing__(self, word: str) -> int:
        if len(self) >= KEPT_WORDS:
            self.clear()
        shows = _DIGITS if word[0].isdigit() else self._exact.get(word, 0)
        for stem in self._begun.of(word):
            shows |= self._stems[stem]
        if shows & (_THING | _MAY):
            shows &= ~_ABSORBS  # minutes and mines, the month and the verb
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
    ("modals",): _MAY,
    ("absorb.time", "absorb.money", "absorb.measure_unit"): _ABSORBS,
}


def _length(pattern: Pattern) -> int:
    return len(pattern.stem) if pattern.stem is not None else min(map(len, pattern.forms))


@cache
def _words(lang: Lang) -> _GateWords:
    return _GateWords(lang)
