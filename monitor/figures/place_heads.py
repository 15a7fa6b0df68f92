"""Areas, districts and directions by the word behind their adjective: 'in the Kupiansk direction', 'Sumy Oblast'."""

from collections.abc import Sequence
from typing import Final

from models.enums import Lang
from monitor.figures.mentions import Kind, Mention
from monitor.figures.place_adjectives import is_adjective, towns_of
from monitor.figures.place_words import Words
from monitor.places import gazetteer

LONGEST_LIST: Final = 15
LONGEST_OPEN: Final = 3  # capitalised words of a name that nobody knows
LONGEST_JOIN: Final = 4  # commas and conjunctions between two items of a list
SURROUNDINGS: Final = {Kind.AREA: "region", Kind.DISTRICT: "district", Kind.DIRECTION: "direction"}


def headed(words: Words, head: int, kind: Kind, before: Sequence[Mention]) -> Sequence[Mention]:
    if words.doc.lang is Lang.EN:
        return _headed_in_english(words, head, kind, before)
    end = head - 1
    if words.is_word(end) and not words.capital[end] and words.has(end, "between") and words.is_capital(end - 1):
        end -= 1
    found: list[Mention] = []
    last = head + 1
    while len(found) < LONGEST_LIST and words.is_word(end):
        first = words.compound(end)
        ids = _ids_of_adjective(words, first, end, kind)
        if ids is None or (found and not ids):
            break
        found.append(Mention(first, last, kind, ids))
        end = _listed_before(words, first)
        last = end + 1
        if end == first:
            break
    return found[::-1]


def _listed_before(words: Words, first: int) -> int:
    """The last token of the item before a list's item; the item itself where it is the first."""
    end = first - 1
    while end > first - LONGEST_JOIN and end > 0 and (words.words[end] == "," or words.has(end, "joins")):
        end -= 1
    return first if end == first - 1 else end


def _ids_of_adjective(words: Words, first: int, end: int, kind: Kind) -> tuple[str, ...] | None:
    """Nothing known of a capitalised adjective is (); None where the word can be no name."""
    if kind is Kind.AREA:
        area = gazetteer().adjective(words.words, first)
        if area is not None and area.last == end + 1:
            return area.ids
    elif kind is Kind.DISTRICT and words.is_capital(end + 2) and not words.capital[end]:
        return None
    elif kind is not Kind.SEA and (not words.has(end, "between") or words.capital[end]):
        text = words.doc.folded[words.doc.tokens.starts[first] : words.doc.tokens.ends[end]]
        towns = towns_of(words.doc.lang, text) or towns_of(words.doc.lang, words.words[end])
        if towns:
            return tuple(f"{town}/{SURROUNDINGS[kind]}" for town in towns)
    capital = words.capital[first] and is_adjective(words.doc.lang, words.words[end])
    return () if capital and not words.begins_line(first) else None


def _headed_in_english(words: Words, head: int, kind: Kind, before: Sequence[Mention]) -> Sequence[Mention]:
    if not words.is_capital(head - 1) or words.has(head - 1, "between"):
        return ()
    if kind is Kind.DIRECTION and words.capital[head]:
        return ()  # 'the Liberation Front' is a body
    listed = _listed_in_english(words, head, kind) if kind is Kind.AREA else []
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


def _listed_in_english(words: Words, head: int, kind: Kind) -> list[Mention]:
    """'Kherson, Mykolaiv, and Zaporizhia oblasts'."""
    found: list[Mention] = []
    last, end = head + 1, head - 1
    while len(found) < LONGEST_LIST and words.is_capital(end):
        first = words.compound(end)
        area = gazetteer().adjective(words.words, first)
        if area is None or area.last != end + 1:
            break
        found.append(Mention(first, last, kind, area.ids))
        end = _listed_before(words, first)
        last = end + 1
        if end == first:
            break
    return found[::-1]


def begins_area(words: Words, at: int) -> bool:
    """'Ruza' in 'the village of Vatulino of Ruza district': an adjective with the word for an area behind it."""
    if words.doc.lang is Lang.EN:
        return False
    end = at
    while end + 2 < words.count and words.words[end + 1] == "-" and words.is_word(end + 2):
        end += 2
    if not is_adjective(words.doc.lang, words.words[end]):
        return False
    head = end + 2 if words.has(end + 1, "between") and not words.is_capital(end + 1) else end + 1
    return words.has(head, "area.oblast") or words.has(head, "area.district")


def elliptic(words: Words, at: int) -> Mention | None:
    """'18 — in that of Bryansk', where region was said before."""
    if not words.says_area or words.doc.lang is Lang.EN:
        return None
    area = gazetteer().adjective(words.words, at)
    if area is None:
        return None
    after = words.after(area.last)
    ends = after >= words.count or not words.is_word(after) or words.has(after, "joins")
    return Mention(at, area.last, Kind.AREA, area.ids) if ends and words.words[at - 1 : at] != ["-"] else None
