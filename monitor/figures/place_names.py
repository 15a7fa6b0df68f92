"""Every name of a place in a post, in the order of the text."""

from collections.abc import Sequence
from typing import Final

from models.enums import Lang
from monitor.figures.mentions import Kind, Mention
from monitor.figures.place_adjectives import is_adjective, is_verb, land_of
from monitor.figures.place_heads import elliptic, headed
from monitor.figures.place_objects import named_object, named_street
from monitor.figures.place_unknown import unknown_name
from monitor.figures.place_words import TOWNS, Words, best_known, spelled_apart
from monitor.places import PlaceKind, gazetteer
from monitor.places.gazetteer import WELL_KNOWN

LONGEST_ABBREVIATION: Final = 4
UNNAMED: Final = frozenset({"unnamed", "back", "object"})
NO_PLACE_UNNAMED: Final = frozenset({"ward", "only_named"})
CITY: Final = frozenset({"city", "town", "village"})
KINDS: Final = {
    PlaceKind.SETTLEMENT: Kind.SETTLEMENT,
    PlaceKind.CAPITAL: Kind.SETTLEMENT,
    PlaceKind.OBJECT: Kind.OBJECT,
    PlaceKind.AREA: Kind.AREA,
    PlaceKind.SEA: Kind.SEA,
    PlaceKind.COUNTRY: Kind.COUNTRY,
}
HEADS: Final = {
    "area.oblast": Kind.AREA,
    "area.district": Kind.DISTRICT,
    "area.direction": Kind.DIRECTION,
    "area.water": Kind.SEA,
}


def names_in(words: Words) -> list[Mention]:
    """In the order of the text; none overlaps another."""
    scan = _Scan(words)
    mentions: list[Mention] = []
    behind = 0
    for at in words.scanned:
        found = scan.at(at, mentions) if at >= behind else ()
        if found:
            while mentions and mentions[-1].last > found[0].first:
                mentions.pop()
            mentions.extend(found)
            behind = found[-1].last
    return mentions


class _Scan:
    def __init__(self, words: Words) -> None:
        self._words = words
        self._lang = words.doc.lang

    def at(self, at: int, before: Sequence[Mention]) -> Sequence[Mention]:
        words = self._words
        word = words.known[at]
        capital = words.capital[at]
        if (capital or word.scanned) and gazetteer().begins(words.words[at]) and (found := self._known(at)):
            return (found,)
        if word.scanned and (scanned := self._scanned(at, word.classes, before)):
            return scanned
        if not capital:
            return ()
        if gazetteer().begins_adjective(words.words[at]) and (found := elliptic(words, at)):
            return (found,)
        if land := land_of(self._lang, words.words[at]):
            return (Mention(at, at + 1, Kind.DISTRICT, tuple(f"{town}/district" for town in land)),)
        return (found,) if (found := unknown_name(words, at)) else ()

    def _scanned(self, at: int, classes: frozenset[str], before: Sequence[Mention]) -> Sequence[Mention]:
        if "object" in classes and (found := named_object(self._words, at)):
            return (found,)
        if "road" in classes and (found := named_street(self._words, at)):
            return (found,)
        for name, kind in HEADS.items():
            if name in classes and (areas := headed(self._words, at, kind, before)):
                return areas
        words = self._words
        small = not words.capital[at] or words.text(at, at + 1)[1:].isupper()
        unnamed = not UNNAMED.isdisjoint(classes) and classes.isdisjoint(NO_PLACE_UNNAMED) and small
        if unnamed and not words.is_capital(words.after(at + 1)):
            return (Mention(at, at + 1, Kind.BACK if "back" in classes else Kind.UNNAMED),)
        return ()

    def _known(self, at: int) -> Mention | None:
        words = self._words
        found = gazetteer().longest(words.words, at)
        if found is None or spelled_apart(words, at, found.last):
            return None
        if not (words.capital[at] or words.capital[found.last - 1] or words.has(at, "small_name")):
            return None
        if found.last == at + 1 and self._is_abbreviation(at) and best_known(found.ids).kind in TOWNS:
            return None
        best = best_known(found.ids)
        small = best.prominence < WELL_KNOWN
        if small and gazetteer().begins_adjective(words.words[at]) and elliptic(words, at):
            return None
        doubtful = small or found.common
        if (doubtful or self._lang is Lang.EN) and found.last == at + 1 and words.has(at, "nowhere"):
            return None
        if doubtful and not self._is_called(at) and self._qualifies(at, found.last):
            return None
        last = found.last
        if words.is_capital(last) and words.words[last] in CITY and best.kind in TOWNS:
            last += 1
        return Mention(at, last, KINDS[best.kind], found.ids, doubtful)

    def _is_called(self, at: int) -> bool:
        """'The village of Storm' is no weather."""
        prior = self._words.before(at)
        return any(self._words.has(prior, f"settlement.{kind}") for kind in ("city", "village"))

    def _qualifies(self, first: int, last: int) -> bool:
        """An adjective before its noun, and no name: 'New Year', 'Moscow zoo'."""
        words = self._words
        if last != first + 1 or self._lang is Lang.EN or not words.is_word(last) or words.capital[last]:
            return False
        noun = not words.classes[last] and not is_verb(self._lang, words.words[last])
        return noun and is_adjective(self._lang, words.words[first])

    def _is_abbreviation(self, at: int) -> bool:
        """'IT', 'LLM': four Latin capitals at most."""
        written = self._words.text(at, at + 1)
        return written.isascii() and written.isupper() and len(written) <= LONGEST_ABBREVIATION
