"""Which known party or speaker a piece of text names, in whatever case it stands."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Final, NamedTuple

from models.enums import Lang
from monitor.figures.attribution.marks import endings
from monitor.figures.lexicon import Known, lexicon
from monitor.figures.text import TokenKind, fold, tokenize
from monitor.places.keys import latin_key
from monitor.values import NamedSpeaker

_SHORTEST_STEM: Final = 3
_SHORTEST_INFLECTED: Final = 4
_KEPT_STEMS: Final = 50_000
_KEPT_INDEXES: Final = 8
_SOMEBODY_ELSE: Final = frozenset({"countries", "opaque"})


class Alias(NamedTuple):
    """One name. `given`: the stems of the person's first names, where the name is a person's."""

    words: tuple[str, ...]
    stems: tuple[str, ...]
    key: str
    given: frozenset[str]
    since: datetime | None
    until: datetime | None

    def in_office(self, at: datetime | None) -> bool:
        if at is None:
            return True
        return (self.since is None or self.since <= at) and (self.until is None or at < self.until)


class Found(NamedTuple):
    """An alias that begins with the word `first`."""

    first: int
    alias: Alias


class Keys:
    """The aliases of some speakers, by their first stems."""

    def __init__(self, speakers: Sequence[NamedSpeaker]) -> None:
        self._by_stem: dict[str, list[Alias]] = {}
        for speaker in speakers:
            for alias in _aliases(speaker):
                self._by_stem.setdefault(alias.stems[0], []).append(alias)

    def key_of(self, words: Sequence[str], lang: Lang, published: datetime | None) -> str | None:
        """The key of whom these folded words name; None where it is nobody known, or where two have the name."""
        found = [each.alias for each in self._found(words, lang, published)]
        longest = max((len(alias.stems) for alias in found), default=0)
        keys = {alias.key for alias in found if len(alias.stems) == longest}
        return keys.pop() if len(keys) == 1 else None

    def begins(self, words: Sequence[str], lang: Lang, published: datetime | None) -> bool:
        """Whether a known name stands first."""
        return any(each.first == 0 for each in self._found(words, lang, published))

    def _found(self, words: Sequence[str], lang: Lang, published: datetime | None) -> Iterator[Found]:
        stems = [stem(word, lang) for word in words]
        if self._by_stem.keys().isdisjoint(stems):
            return
        known = [lexicon(lang, "speakers")[word] for word in words]
        opaque = False
        for at in range(len(stems)):
            for alias in self._standing(stems, at, published):
                if _stands_beside(alias, words, known, at) if opaque else _names(alias, stems, known, at):
                    yield Found(at, alias)
            opaque = opaque or "opaque" in known[at].classes

    def _standing(self, stems: Sequence[str], at: int, published: datetime | None) -> list[Alias]:
        """The longest aliases that stand here, of those in office."""
        standing = [
            alias
            for alias in self._by_stem.get(stems[at], ())
            if tuple(stems[at : at + len(alias.stems)]) == alias.stems and alias.in_office(published)
        ]
        longest = max((len(alias.stems) for alias in standing), default=0)
        return [alias for alias in standing if len(alias.stems) == longest]


def _stands_beside(alias: Alias, words: Sequence[str], known: Sequence[Known], at: int) -> bool:
    """Behind 'adviser', 'former' and the like: a person's full name, in the nominative and at the very end."""
    if not alias.given or len(alias.words) == 1 or tuple(words[at:]) != alias.words:
        return False
    return "prepositions" not in known[at - 1].classes


def _names(alias: Alias, stems: Sequence[str], known: Sequence[Known], at: int) -> bool:
    """Not the ministry of another country, not another man of that name."""
    before, behind = at - 1, at + len(alias.stems)
    if behind < len(known) and known[behind].classes & _SOMEBODY_ELSE:
        return False
    if before < 0:
        return True
    if "foreign" in known[before].classes:
        return False
    return not alias.given or "names" not in known[before].classes or stems[before] in alias.given


def _aliases(speaker: NamedSpeaker) -> Iterator[Alias]:
    names = {(lang, words) for lang, names in speaker.aliases.items() for name in names if (words := _words(name))}
    given = {words[0] for lang, words in names if len(words) > 1 and (lang, words[1:]) in names}
    for lang, words in names:
        first_names = frozenset(stem(name, lang) for name in given)
        stems = tuple(stem(word, lang) for word in words)
        yield Alias(words, stems, speaker.key, first_names, speaker.since, speaker.until)


def _words(name: str) -> tuple[str, ...]:
    kinds = (TokenKind.WORD, TokenKind.NUMBER)
    return tuple(token.text for token in tokenize(fold(name)) if token.kind in kinds)


@lru_cache(maxsize=_KEPT_STEMS)
def stem(word: str, lang: Lang) -> str:
    """What stays of a word in all its cases, and in all the ways to spell it in Latin letters."""
    if len(word) < _SHORTEST_INFLECTED:
        return word
    for ending in endings(lang, "cases"):
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            word = word[: -len(ending)]
            break
    return _spelled_alike(word) if lang is Lang.EN else word


def _spelled_alike(word: str) -> str:
    """'Serhii Haidai' and 'Sergey Gayday' are one man."""
    if not word.isascii() or not word.isalpha():
        return word
    key = latin_key(word).replace("g", "h")
    return f"{key[:-2]}i" if key.endswith("ei") else key


_indexes: dict[int, tuple[tuple[NamedSpeaker, ...], Keys]] = {}


def keys_of(speakers: tuple[NamedSpeaker, ...]) -> Keys:
    """The index of this very tuple, kept: its aliases cannot be hashed, so that identity has to do."""
    kept = _indexes.get(id(speakers))
    if kept is None or kept[0] is not speakers:
        if len(_indexes) >= _KEPT_INDEXES:
            _indexes.clear()
        kept = _indexes[id(speakers)] = speakers, Keys(speakers)
    return kept[1]
