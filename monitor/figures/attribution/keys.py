"""Which known party or speaker a piece of text names, in whatever case it stands."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache, lru_cache
from typing import Final, NamedTuple

from models.enums import Lang
from monitor.figures.attribution.page import endings
from monitor.figures.lexicon import Known, lexicon
from monitor.figures.text import TokenKind, fold, tokenize
from monitor.values import NamedSpeaker

_SHORTEST_STEM: Final = 3
_SHORTEST_INFLECTED: Final = 4
_KEPT_INDEXES: Final = 8


class Alias(NamedTuple):
    """The stems of one name. `given`: first names of the person, where it is one."""

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
    """An alias at words `first` to before `last`."""

    first: int
    last: int
    key: str


class Keys:
    """The aliases of a tuple of speakers by their first stems."""

    def __init__(self, speakers: Sequence[NamedSpeaker]) -> None:
        self._by_stem: dict[str, list[Alias]] = {}
        for speaker in speakers:
            for alias in _aliases(speaker):
                self._by_stem.setdefault(alias.stems[0], []).append(alias)
        for aliases in self._by_stem.values():
            aliases.sort(key=lambda alias: -len(alias.stems))

    def key_of(self, words: Sequence[str], lang: Lang, published: datetime | None) -> str | None:
        """The key of whom these folded words name; None where it is nobody known, or where two have the name."""
        found = self._heads(words, lang, published)
        longest = max((each.last - each.first for each in found), default=0)
        keys = {each.key for each in found if each.last - each.first == longest}
        return keys.pop() if len(keys) == 1 else None

    def begins(self, words: Sequence[str], lang: Lang, published: datetime | None) -> bool:
        """Whether a known name stands first."""
        return any(each.first == 0 for each in self._heads(words, lang, published))

    def _heads(self, words: Sequence[str], lang: Lang, published: datetime | None) -> list[Found]:
        stems = [stem(word, lang) for word in words]
        known = [lexicon(lang, "speakers")[word] for word in words]
        found = []
        for at, first in enumerate(stems):
            if "opaque" in known[at].classes and not self._begins(stems, at, published):
                break
            for alias in self._matching(stems, at, published):
                if _names(alias, stems, known, at):
                    found.append(Found(at, at + len(alias.stems), alias.key))
        return found

    def _begins(self, stems: Sequence[str], at: int, published: datetime | None) -> bool:
        return any(True for _ in self._matching(stems, at, published))

    def _matching(self, stems: Sequence[str], at: int, published: datetime | None) -> list[Alias]:
        """The longest aliases that stand here, of those in office."""
        standing = [
            alias
            for alias in self._by_stem.get(stems[at], ())
            if tuple(stems[at : at + len(alias.stems)]) == alias.stems and alias.in_office(published)
        ]
        longest = max((len(alias.stems) for alias in standing), default=0)
        return [alias for alias in standing if len(alias.stems) == longest]


def _names(alias: Alias, stems: Sequence[str], known: Sequence[Known], at: int) -> bool:
    """Not the ministry of another country, not another man of that name."""
    before, behind = at - 1, at + len(alias.stems)
    if behind < len(known) and known[behind].classes & {"countries", "opaque"}:
        return False
    if before < 0:
        return True
    if "foreign" in known[before].classes:
        return False
    return not alias.given or "names" not in known[before].classes or stems[before] in alias.given


def _aliases(speaker: NamedSpeaker) -> list[Alias]:
    names = {(lang, words) for lang, names in speaker.aliases.items() for name in names if (words := words_in(name))}
    stemmed = {(lang, tuple(stem(word, lang) for word in words)) for lang, words in names}
    given = frozenset(
        stems[0] for lang, stems in stemmed if len(stems) > 1 and (lang, stems[1:]) in stemmed and len(stems[1:]) == 1
    )
    return [Alias(stems, speaker.key, given, speaker.since, speaker.until) for _, stems in stemmed]


def words_in(text: str) -> tuple[str, ...]:
    """Words and numbers, folded."""
    return tuple(token.text for token in tokenize(fold(text)) if token.kind in (TokenKind.WORD, TokenKind.NUMBER))


@lru_cache(maxsize=50_000)
def stem(word: str, lang: Lang) -> str:
    """What stays of a word in all its cases."""
    if len(word) < _SHORTEST_INFLECTED:
        return word
    for ending in _cases(lang):
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word[: -len(ending)]
    return word


@cache
def _cases(lang: Lang) -> tuple[str, ...]:
    return endings(lang, "cases")


_indexes: dict[int, tuple[tuple[NamedSpeaker, ...], Keys]] = {}


def keys_of(speakers: tuple[NamedSpeaker, ...]) -> Keys:
    """The index of this very tuple; aliases cannot be hashed, so that identity has to do."""
    kept = _indexes.get(id(speakers))
    if kept is None or kept[0] is not speakers:
        if len(_indexes) >= _KEPT_INDEXES:
            _indexes.clear()
        kept = speakers, Keys(speakers)
        _indexes[id(speakers)] = kept
    return kept[1]
