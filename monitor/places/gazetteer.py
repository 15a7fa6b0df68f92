"""The table of places, read on the first look-up; tools/build_places.py writes it and says what its parts are."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Final, NamedTuple

from models.enums import Lang
from monitor.packaged import packaged_text
from monitor.places.blocks import Blocks
from monitor.places.keys import KEPT_WORDS, latin_key

WELL_KNOWN: Final = 5  # prominence from which a name needs no word such as 'village' before it
LONGEST_ENDING: Final = 5
LONGEST_WORD: Final = 40
BETWEEN_WORDS: Final = "-"
AREA_ADJECTIVE: Final = "~"
FIRST_NOT_LATIN: Final = "\x80"


class PlaceKind(StrEnum):
    """CAPITAL: a settlement that stands for a government as well."""

    AREA = "a"
    CAPITAL = "k"
    COUNTRY = "c"
    OBJECT = "o"
    SEA = "w"
    SETTLEMENT = "s"


@dataclass(frozen=True, slots=True)
class Place:
    """`prominence`: 9 the best known, 1 a village. `within`: ids of the areas around it, the nearest first."""

    id: str
    kind: PlaceKind
    prominence: int
    within: tuple[str, ...]
    names: Mapping[Lang, str]

    @property
    def name(self) -> str:
        return self.names[Lang.EN]


class Match(NamedTuple):
    """The places that a name may mean; `last` is the word behind it. `common`: it may be another word as well."""

    ids: tuple[str, ...]
    last: int
    common: bool


class _Entry(NamedTuple):
    id: str
    endings: tuple[frozenset[str], ...]
    common: bool


class _Stem(NamedTuple):
    """What a stem stands for, and whether names of more words begin with it."""

    entries: tuple[_Entry, ...]
    begins: bool


_UNASKED: Final = Match((), 0, common=False)


class _Begun(NamedTuple):
    """A word taken apart: the key of its stem, its ending, and what the stem stands for.

    `goes_on`: a name of more words begins with one of the word's stems.
    """

    key: str
    ending: str
    stem: _Stem
    goes_on: bool


class Gazetteer:
    """Lines are taken apart when they are asked for: reading the table costs little more than splitting it."""

    def __init__(self, table: str) -> None:
        letters, endings, places, stems = table.removesuffix("\n").split("\n=\n")
        self._letters = str.maketrans(*letters.split("\n"))
        self._endings = dict(map(_endings, endings.split("\n")))
        self._rows = Blocks(places)
        self._lines = Blocks(stems)
        self._stems: dict[str, _Stem] = {}
        self._begun: dict[str, list[_Begun]] = {}
        self._alone: dict[str, Match | None] = {}
        self._places: dict[str, Place] = {}

    def place(self, id_: str) -> Place:
        """Raises KeyError."""
        known = self._places.get(id_)
        if known is None:
            row = self._rows.get(id_)
            if row is None:
                raise KeyError(id_)
            known = self._places[id_] = _place(id_, row)
        return known

    def around(self, id_: str) -> Iterator[str]:
        """The ids that hold the place, the nearest first, each once."""
        waiting, seen = [id_], {id_}
        while waiting:
            within = waiting.pop(0)
            for outer in self.place(within).within if self._rows.get(within) is not None else ():
                if outer not in seen:
                    seen.add(outer)
                    waiting.append(outer)
                    yield outer

    def words_of(self, name: str) -> list[str]:
        return name.lower().translate(self._letters).replace(".", " ").replace("-", " - ").split()

    def longest(self, words: Sequence[str], at: int) -> Match | None:
        """The longest name that begins at a word; `words` are folded, hyphens and marks are words of their own."""
        return self._remembered("", words, at)

    def adjective(self, words: Sequence[str], at: int) -> Match | None:
        """The areas whose adjective ('Kharkiv', 'of Kharkiv') stands at a word."""
        return self._remembered(AREA_ADJECTIVE, words, at)

    def begins(self, word: str) -> bool:
        """Whether a name may begin with a word."""
        return bool(self._stems_of("", word))

    def begins_adjective(self, word: str) -> bool:
        return bool(self._stems_of(AREA_ADJECTIVE, word))

    def _remembered(self, prefix: str, words: Sequence[str], at: int) -> Match | None:
        """Words come again and again, and most of them are no names."""
        begun = self._stems_of(prefix, words[at])
        if not begun:
            return None
        if begun[0].goes_on and self._goes_on(begun, words, at):
            return _longest(self._named(words, at, prefix))
        word = prefix + words[at]
        known = self._alone.get(word, _UNASKED)
        if known is _UNASKED:
            if len(self._alone) >= KEPT_WORDS:
                self._alone.clear()
            known = self._alone[word] = _longest(self._named([words[at]], 0, prefix))
        return None if known is None else Match(known.ids, at + 1, known.common)

    def _goes_on(self, begun: Sequence[_Begun], words: Sequence[str], at: int) -> bool:
        after = _following(words, at)
        if after >= len(words):
            return False
        return any(each.stem.begins and self._stems_of(f"{each.key} ", words[after]) for each in begun)

    def _named(self, words: Sequence[str], at: int, prefix: str, given: tuple[str, ...] = ()) -> Iterator[Match]:
        for key, ending, found, _ in self._stems_of(prefix, words[at]):
            endings = (*given, ending)
            fit = [entry for entry in found.entries if _fits(entry, endings)]
            if fit:
                yield Match(tuple(entry.id for entry in fit), at + 1, all(entry.common for entry in fit))
            after = _following(words, at)
            if found.begins and after < len(words):
                yield from self._named(words, after, key + " ", endings)

    def _stems_of(self, prefix: str, word: str) -> Sequence[_Begun]:
        """Words come again and again: what was found of a first word is remembered."""
        asked = prefix + word
        known = self._begun.get(asked)
        if known is None:
            cuts = [(latin_key(word), "")] if word[0] < FIRST_NOT_LATIN else _cuts(word)
            found = [(prefix + stem, ending, self._stem(prefix + stem)) for stem, ending in cuts if stem]
            goes_on = any(stem.begins for _, _, stem in found if stem is not None)
            known = [_Begun(key, ending, stem, goes_on) for key, ending, stem in found if stem is not None]
            if len(self._begun) >= KEPT_WORDS:
                self._begun.clear()
            self._begun[asked] = known
        return known

    def _stem(self, key: str) -> _Stem | None:
        known = self._stems.get(key)
        if known is None:
            line = self._lines.get(key)
            if line is None:
                return None
            if len(self._stems) >= KEPT_WORDS:
                self._stems.clear()
            entries = tuple(self._entry(item) for item in line.split(" ") if item != "+")
            known = self._stems[key] = _Stem(entries, line[0] == "+")
        return known

    def _entry(self, item: str) -> _Entry:
        id_, _, codes = item.partition(":")
        return _Entry(id_, tuple(self._endings[code] for code in codes.rstrip("!")), codes.endswith("!"))


@cache
def gazetteer() -> Gazetteer:
    return Gazetteer(packaged_text("monitor.places", "gazetteer.txt"))


def _endings(line: str) -> tuple[str, frozenset[str]]:
    code, _, forms = line.partition("\t")
    return code, frozenset("" if form == "-" else form for form in forms.split(" "))


def _place(id_: str, row: str) -> Place:
    kind, prominence, within, *names = row.split("\t")
    return Place(
        id=id_,
        kind=PlaceKind(kind),
        prominence=int(prominence),
        within=tuple(within.split()),
        names=dict(zip((Lang.EN, Lang.RU, Lang.UK), names, strict=True)),
    )


def _following(words: Sequence[str], at: int) -> int:
    return at + 2 if at + 1 < len(words) and words[at + 1] == BETWEEN_WORDS else at + 1


def _cuts(word: str) -> Iterable[tuple[str, str]]:
    if len(word) > LONGEST_WORD:
        return ()
    return [(word[:cut], word[cut:]) for cut in range(len(word), max(1, len(word) - LONGEST_ENDING - 1), -1)]


def _fits(entry: _Entry, endings: tuple[str, ...]) -> bool:
    return all(ending in forms for ending, forms in zip(endings, entry.endings, strict=True))


def _longest(matches: Iterable[Match]) -> Match | None:
    """Of the matches that reach furthest, all places."""
    best: list[Match] = []
    for match in matches:
        if not best or match.last > best[0].last:
            best = [match]
        elif match.last == best[0].last:
            best.append(match)
    if not best:
        return None
    ids = dict.fromkeys(id_ for match in best for id_ in match.ids)
    return Match(tuple(ids), best[0].last, all(match.common for match in best))
