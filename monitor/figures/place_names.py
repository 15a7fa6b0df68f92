"""Every name of a place in a post: names of the gazetteer, areas and directions by their adjectives, objects, and names
that nobody knows but that stand where a place must stand."""

from collections.abc import Sequence
from functools import cached_property
from typing import Final

from models.enums import Lang
from monitor.figures.mentions import Kind, Mention
from monitor.figures.place_words import (
    CLOSING_QUOTES,
    NUMBER_SIGNS,
    OPENING_QUOTES,
    TOWNS,
    Words,
    best_known,
    is_adjective,
    is_locative,
    is_relational,
    is_verb,
    land_of,
    towns_of,
)
from monitor.figures.text import TokenKind
from monitor.places import PlaceKind, gazetteer
from monitor.places.gazetteer import WELL_KNOWN

LONGEST_LIST: Final = 15
LONGEST_QUOTED: Final = 8
LONGEST_OPEN: Final = 3
SHORTEST_OPEN: Final = 3
LONGEST_NAME: Final = 6
LONGEST_ABBREVIATION: Final = 4
LONGEST_JOIN: Final = 4  # commas and conjunctions between two items of a list
LEADS: Final = frozenset({"opens", "within", "settlement.city", "settlement.village", "area.district"})
UNNAMED: Final = frozenset({"unnamed", "back", "object"})
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
SURROUNDINGS: Final = {Kind.AREA: "region", Kind.DISTRICT: "district", Kind.DIRECTION: "direction"}


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

    @cached_property
    def _areas(self) -> bool:
        """Whether the post says 'область', so that adjectives of areas may stand alone."""
        return any("area.oblast" in self._words.classes[at] for at in self._words.scanned)

    def at(self, at: int, before: Sequence[Mention]) -> Sequence[Mention]:
        words = self._words
        word = words.known[at]
        capital = words.capital[at]
        if word.named and (capital or word.scanned) and (found := self._known(at)):
            return (found,)
        if word.scanned and (scanned := self._scanned(at, word.classes, before)):
            return scanned
        if not capital:
            return ()
        if word.adjective and (found := self._elliptic(at)):
            return (found,)
        if land := land_of(self._lang, words.words[at]):
            return (Mention(at, at + 1, Kind.DISTRICT, tuple(f"{town}/district" for town in land)),)
        return (found,) if (found := self._open(at)) else ()

    def _scanned(self, at: int, classes: frozenset[str], before: Sequence[Mention]) -> Sequence[Mention]:
        if "object" in classes and (found := self._object(at)):
            return (found,)
        for name, kind in HEADS.items():
            if name in classes and (headed := self._headed(at, kind, before)):
                return headed
        words = self._words
        small = not words.capital[at] or words.text(at, at + 1)[1:].isupper()
        unnamed = not UNNAMED.isdisjoint(classes) and "ward" not in classes and small
        if unnamed and not words.is_capital(words.after(at + 1)):
            return (Mention(at, at + 1, Kind.BACK if "back" in classes else Kind.UNNAMED),)
        return ()

    def _known(self, at: int) -> Mention | None:
        words = self._words
        found = gazetteer().longest(words.words, at)
        if found is None or self._spelled_apart(at, found.last):
            return None
        if not words.capital[at] and not words.capital[found.last - 1]:
            return None
        if found.last == at + 1 and self._is_abbreviation(at) and best_known(found.ids).kind in TOWNS:
            return None
        best = best_known(found.ids)
        small = best.prominence < WELL_KNOWN
        if small and words.known[at].adjective and self._elliptic(at):
            return None
        doubtful = small or found.common
        if (doubtful or self._lang is Lang.EN) and found.last == at + 1 and words.has(at, "nowhere"):
            return None
        if doubtful and self._qualifies(at, found.last):
            return None
        last = found.last
        if words.is_capital(last) and words.words[last] in CITY and best.kind in TOWNS:
            last += 1
        return Mention(at, last, KINDS[best.kind], found.ids, doubtful)

    def _qualifies(self, first: int, last: int) -> bool:
        """An adjective before its noun, and no name: 'Новый год', 'Московский зоопарк'."""
        words = self._words
        if last != first + 1 or self._lang is Lang.EN or not words.is_word(last) or words.capital[last]:
            return False
        noun = not words.classes[last] and not is_verb(self._lang, words.words[last])
        return noun and is_adjective(self._lang, words.words[first])

    def _is_abbreviation(self, at: int) -> bool:
        """'IT', 'LLM': four Latin capitals at most."""
        written = self._words.text(at, at + 1)
        return written.isascii() and written.isupper() and len(written) <= LONGEST_ABBREVIATION

    def _spelled_apart(self, first: int, last: int) -> bool:
        """Part of a link, a handle or a longer hyphened word."""
        words = self._words
        if first and words.next_to(first) and words.words[first - 1] in "@/._-&":
            return words.words[first - 1] != "-" or words.is_word(first - 2)
        if last < words.count and words.next_to(last) and words.words[last] in "./-":
            return last + 1 < words.count and words.next_to(last + 1) and words.is_word(last + 1)
        return False

    # areas, districts and directions by the word behind their adjective

    def _headed(self, head: int, kind: Kind, before: Sequence[Mention]) -> Sequence[Mention]:
        if self._lang is Lang.EN:
            return self._headed_in_english(head, kind, before)
        words = self._words
        end = head - 1
        if words.is_word(end) and not words.capital[end] and words.has(end, "between") and words.is_capital(end - 1):
            end -= 1
        found: list[Mention] = []
        last = head + 1
        while len(found) < LONGEST_LIST and words.is_word(end):
            first = words.compound(end)
            ids = self._ids_of_adjective(first, end, kind)
            if ids is None or (found and not ids):
                break
            found.append(Mention(first, last, kind, ids))
            end = self._listed_before(first)
            last = end + 1
            if end == first:
                break
        return found[::-1]

    def _listed_before(self, first: int) -> int:
        """The last token of the item before a list's item; the item itself where it is the first."""
        words = self._words
        end = first - 1
        while end > first - LONGEST_JOIN and end > 0 and (words.words[end] == "," or words.has(end, "joins")):
            end -= 1
        return first if end == first - 1 else end

    def _ids_of_adjective(self, first: int, end: int, kind: Kind) -> tuple[str, ...] | None:
        """Nothing known of a capitalised adjective is (); None where the word can be no name."""
        words = self._words
        if kind is Kind.AREA:
            area = gazetteer().adjective(words.words, first)
            if area is not None and area.last == end + 1:
                return area.ids
        elif kind is Kind.DISTRICT and words.is_capital(end + 2) and not words.capital[end]:
            return None
        elif kind is not Kind.SEA and (not words.has(end, "between") or words.capital[end]):
            text = words.doc.folded[words.doc.tokens[first].start : words.doc.tokens[end].end]
            towns = towns_of(self._lang, text) or towns_of(self._lang, words.words[end])
            if towns:
                return tuple(f"{town}/{SURROUNDINGS[kind]}" for town in towns)
        capital = words.capital[first] and is_adjective(self._lang, words.words[end])
        return () if capital and not words.begins_line(first) else None

    def _headed_in_english(self, head: int, kind: Kind, before: Sequence[Mention]) -> Sequence[Mention]:
        words = self._words
        if not words.is_capital(head - 1) or words.has(head - 1, "between"):
            return ()
        listed = self._listed_in_english(head, kind) if kind is Kind.AREA else []
        if listed:
            return listed
        if before and before[-1].last == head:
            inside = before[-1]
            if kind is Kind.SEA:
                return (Mention(inside.first, head + 1, kind),)
            ids = tuple(f"{id_.partition('/')[0]}/{SURROUNDINGS[kind]}" for id_ in inside.ids)
            if inside.kind is Kind.AREA:
                ids = inside.ids
            return (Mention(inside.first, head + 1, kind, ids),) if inside.kind is not Kind.COUNTRY else ()
        first = head - 1
        while words.is_capital(first - 1) and head - first < LONGEST_OPEN and not words.has(first - 1, "nowhere"):
            first -= 1
        return () if words.has(first, "nowhere") else (Mention(words.compound(first), head + 1, kind),)

    def _listed_in_english(self, head: int, kind: Kind) -> list[Mention]:
        """'Kherson, Mykolaiv, and Zaporizhia oblasts'."""
        words = self._words
        found: list[Mention] = []
        last, end = head + 1, head - 1
        while len(found) < LONGEST_LIST and words.is_capital(end):
            first = words.compound(end)
            area = gazetteer().adjective(words.words, first)
            if area is None or area.last != end + 1:
                break
            found.append(Mention(first, last, kind, area.ids))
            end = self._listed_before(first)
            last = end + 1
            if end == first:
                break
        return found[::-1]

    def _elliptic(self, at: int) -> Mention | None:
        """'18 — в Брянской', where область was said before."""
        words = self._words
        if not self._areas or self._lang is Lang.EN:
            return None
        area = gazetteer().adjective(words.words, at)
        if area is None:
            return None
        after = words.after(area.last)
        ends = after >= words.count or not words.is_word(after) or words.has(after, "joins")
        return Mention(at, area.last, Kind.AREA, area.ids) if ends and words.words[at - 1 : at] != ["-"] else None

    # things with a name of their own

    def _object(self, at: int) -> Mention | None:
        words = self._words
        first, last = at, at + 1
        if self._lang is Lang.EN:
            first = at if words.words[at - 1].endswith("'s") else self._name_before(at)
        elif (
            words.is_capital(at - 1) and is_adjective(self._lang, words.words[at - 1]) and not words.begins_line(at - 1)
        ):
            first = words.compound(at - 1)
        last = self._quoted(self._numbered(last))
        if last == at + 1 and words.is_word(last) and not words.capital[last] and self._quoted(last + 1) > last + 1:
            last = self._quoted(last + 1)
        if last == at + 1 and self._lang is not Lang.EN:
            while self._goes_on(last) and not words.words[last].isascii() and last - at <= LONGEST_OPEN:
                last += 1
                while last + 1 < words.count and words.words[last] == "-" and last - at < LONGEST_NAME:
                    last += 2
                if last < words.count and words.kinds[last] is TokenKind.NUMBER and words.next_to(last):
                    last += 1
        if last - first == 1 or words.has(at, "street"):
            return None
        found = gazetteer().longest(words.words, at + 1) if words.is_capital(at + 1) else None
        return Mention(first, last, Kind.OBJECT, found.ids if found is not None and found.last == last else ())

    def _goes_on(self, at: int) -> bool:
        """A capitalised word that may belong to a name, and no abbreviation."""
        words = self._words
        short = words.text(at, at + 1)[1:].isupper() if words.is_capital(at) else True
        return (not short or words.has(at, "object")) and words.is_capital(at) and not words.has(at, "nowhere")

    def _name_before(self, at: int) -> int:
        """The first token of 'Al-Ahli Hospital', 'Millerovo air base', 'Vocational School'."""
        words = self._words
        first = at
        while at - first < LONGEST_OPEN and words.is_word(first - 1):
            start = words.compound(first - 1)
            capital = words.capital[start] and not words.has(start, "nowhere")
            if not capital and not (words.has(start, "object_part") and first - 1 == start):
                break
            first = start
        while first < at and not words.capital[first]:
            first += 1
        return first

    def _numbered(self, at: int) -> int:
        words = self._words
        sign = at
        if sign < words.count and words.words[sign] in NUMBER_SIGNS:
            sign += 1
            if sign < words.count and words.words[sign] == ".":
                sign += 1
        number = sign < words.count and words.kinds[sign] is TokenKind.NUMBER and sign > at
        return sign + 1 if number else at

    def _quoted(self, at: int) -> int:
        words = self._words
        if at < words.count and words.words[at] in OPENING_QUOTES:
            for end in range(at + 2, min(at + LONGEST_QUOTED, words.count)):
                if words.words[end] in CLOSING_QUOTES:
                    return end + 1
        return at

    # names that nobody knows

    def _open(self, at: int) -> Mention | None:
        words = self._words
        prior = words.before(at)
        leads = prior >= 0 and not words.classes[prior].isdisjoint(LEADS)
        if not leads and not (self._lang is Lang.EN and prior >= 0):
            return None
        last = self._end_of_name(at)
        if words.has(at, "nowhere") or self._spelled_apart(at, last):
            return None
        named = self._is_called(at, prior)
        if not named and not (leads and self._is_placed(at, prior)):
            return None
        if not named and (
            words.text(at, at + 1).isupper() or (self._lang is not Lang.EN and words.words[at].isascii())
        ):
            return None
        long_enough = last - at > 1 or len(words.words[at]) >= SHORTEST_OPEN
        return Mention(at, last, Kind.SETTLEMENT, common=not named) if long_enough else None

    def _is_called(self, at: int, prior: int) -> bool:
        """'В селе X', 'the city of X', 'X city'."""
        words = self._words
        if words.words[prior] == "of":
            prior = words.before(prior)
        after = self._end_of_name(at)
        english = self._lang is Lang.EN and words.has(after, "settlement.city") and not words.begins_line(at)
        return english or words.has(prior, "settlement.village") or words.has(prior, "settlement.city")

    def _is_placed(self, at: int, prior: int) -> bool:
        words = self._words
        if words.has(prior, "within"):
            return is_locative(self._lang, words.words[self._end_of_name(at) - 1])
        return words.has(prior, "opens") or self._in_the_area(prior)

    def _end_of_name(self, at: int) -> int:
        """Capitalised words and hyphened ones; an adjective with its noun ('Магасовского круга')."""
        words = self._words
        last = at + 1
        while last < words.count and last - at < LONGEST_NAME:
            if words.words[last] == "-" and words.is_word(last + 1) and words.next_to(last) and words.next_to(last + 1):
                last += 2
            elif (words.is_capital(last) and not words.has(last, "nowhere")) or self._is_hyphened(last):
                last += 1
            else:
                break
        noun = last == at + 1 and words.is_word(last) and not words.capital[last] and not words.classes[last]
        return last + 1 if noun and is_relational(self._lang, words.words[at]) else last

    def _is_hyphened(self, at: int) -> bool:
        """'al' of 'Urum al-Kubra'."""
        words = self._words
        return words.is_word(at) and at + 2 < words.count and words.words[at + 1] == "-" and words.is_capital(at + 2)

    def _in_the_area(self, at: int) -> bool:
        """'в районе', which may be followed by a name that nobody knows."""
        words = self._words
        return words.has(at, "area.district") and words.has(words.before(at), "at")
