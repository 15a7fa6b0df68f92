"""Names that nobody knows but that stand where a place must stand: 'in the village of Cuckoo', 'the town of Azaz'."""

from typing import Final

from models.enums import Lang
from monitor.figures.mentions import Kind, Mention
from monitor.figures.place_adjectives import is_adjective, is_locative, is_relational, is_verb
from monitor.figures.place_heads import begins_area
from monitor.figures.place_words import Words, spelled_apart

SHORTEST_NAME: Final = 3
LONGEST_NAME: Final = 6
LEADS: Final = frozenset({"opens", "within", "settlement.city", "settlement.village", "area.district"})


def unknown_name(words: Words, at: int) -> Mention | None:
    prior = words.before(at)
    leads = prior >= 0 and not words.classes[prior].isdisjoint(LEADS)
    if not leads and not (words.doc.lang is Lang.EN and prior >= 0):
        return None
    last = _end_of_name(words, at)
    if words.has(at, "nowhere") or words.has(last - 1, "nowhere") or spelled_apart(words, at, last):
        return None
    named = _is_called(words, at, prior)
    if not named and _qualifies(words, at, last):
        return None
    if not named and not (leads and _is_placed(words, at, prior)):
        return None
    if not named and (
        words.text(at, at + 1).isupper() or (words.doc.lang is not Lang.EN and words.words[at].isascii())
    ):
        return None
    long_enough = last - at > 1 or len(words.words[at]) >= SHORTEST_NAME
    return Mention(at, last, Kind.SETTLEMENT, common=not named) if long_enough else None


def _qualifies(words: Words, at: int, last: int) -> bool:
    """'in the Big pond': an adjective of what is no place."""
    lang = words.doc.lang
    if lang is Lang.EN or not _has_noun(words, at, last) or is_relational(lang, words.words[at]):
        return False
    return is_adjective(lang, words.words[at]) and not is_verb(lang, words.words[last])


def _is_called(words: Words, at: int, prior: int) -> bool:
    """'In the village of X', 'the city of X', 'X city'."""
    if words.words[prior] == "of":
        prior = words.before(prior)
    after = _end_of_name(words, at)
    english = words.doc.lang is Lang.EN and words.has(after, "settlement.city") and not words.begins_line(at)
    return english or words.has(prior, "settlement.village") or words.has(prior, "settlement.city")


def _is_placed(words: Words, at: int, prior: int) -> bool:
    if words.has(prior, "within"):
        return is_locative(words.doc.lang, words.words[_end_of_name(words, at) - 1])
    return words.has(prior, "opens") or _in_the_area(words, prior)


def _end_of_name(words: Words, at: int) -> int:
    """Capitalised words and hyphened ones; an adjective with its noun ('the circle of Magas')."""
    last = at + 1
    while last < words.count and last - at < LONGEST_NAME:
        if words.words[last] == "-" and words.is_word(last + 1) and words.next_to(last) and words.next_to(last + 1):
            last += 2
        elif (_goes_on(words, last) or _is_hyphened(words, last)) and not begins_area(words, last):
            last += 1
        else:
            break
    return last + 1 if _has_noun(words, at, last) and is_relational(words.doc.lang, words.words[at]) else last


def _has_noun(words: Words, at: int, last: int) -> bool:
    """One capitalised word and a small one behind it that is no verb and no known word."""
    return last == at + 1 and words.is_word(last) and not words.capital[last] and not words.classes[last]


def _goes_on(words: Words, at: int) -> bool:
    return words.is_capital(at) and not words.has(at, "nowhere")


def _is_hyphened(words: Words, at: int) -> bool:
    """'al' of 'Urum al-Kubra'."""
    return words.is_word(at) and at + 2 < words.count and words.words[at + 1] == "-" and words.is_capital(at + 2)


def _in_the_area(words: Words, at: int) -> bool:
    """'in the area of', which may be followed by a name that nobody knows."""
    return words.has(at, "area.district") and words.has(words.before(at), "at")
