"""Things with a name of their own: 'airfield «Stone»', 'school No. 5', 'Millerovo air base'."""

from typing import Final

from models.enums import Lang
from monitor.figures.mentions import Kind, Mention
from monitor.figures.place_adjectives import is_adjective
from monitor.figures.place_words import CLOSING_QUOTES, NUMBER_SIGNS, OPENING_QUOTES, Words, best_known
from monitor.figures.text import TokenKind
from monitor.places import PlaceKind, gazetteer

LONGEST_QUOTED: Final = 8
LONGEST_OPEN: Final = 3
LONGEST_NAME: Final = 6
QUOTES: Final = OPENING_QUOTES | CLOSING_QUOTES


def named_object(words: Words, at: int) -> Mention | None:
    first, last = at, at + 1
    if words.doc.lang is Lang.EN:
        first = at if words.words[at - 1].endswith("'s") else _name_before(words, at)
    elif (
        words.is_capital(at - 1) and is_adjective(words.doc.lang, words.words[at - 1]) and not words.begins_line(at - 1)
    ):
        first = words.compound(at - 1)
    last = _quoted(words, _numbered(words, last))
    if last == at + 1 and words.is_word(last) and not words.capital[last] and _quoted(words, last + 1) > last + 1:
        last = _quoted(words, last + 1)
    if last == at + 1 and words.doc.lang is not Lang.EN:
        while _goes_on(words, last) and not words.words[last].isascii() and last - at <= LONGEST_OPEN:
            last += 1
            while last + 1 < words.count and words.words[last] == "-" and last - at < LONGEST_NAME:
                last += 2
            if last < words.count and words.kinds[last] is TokenKind.NUMBER and words.next_to(last):
                last += 1
    if last - first == 1 or words.has(at, "street"):
        return None
    return Mention(first, last, Kind.OBJECT, _ids(words, at, last))


def _ids(words: Words, at: int, last: int) -> tuple[str, ...]:
    """Behind 'airfield' the name alone; in quotation marks only what is called so as a thing: no café «Moscow»."""
    if words.is_capital(at + 1):
        found = gazetteer().longest(words.words, at + 1)
        return found.ids if found is not None and found.last == last else ()
    if at + 1 == last or words.words[at + 1] not in OPENING_QUOTES:
        return ()
    plain = [word for word in words.words[at:last] if word not in QUOTES]
    for begin in (0, 1):
        found = gazetteer().longest(plain, begin)
        if found is not None and found.last == len(plain) and best_known(found.ids).kind is PlaceKind.OBJECT:
            return found.ids
    return ()


def named_street(words: Words, at: int) -> Mention | None:
    """'Lenin Street', 'Volgograd avenue'."""
    first, last = at, at + 1
    if words.doc.lang is Lang.EN:
        first = _name_before(words, at) if words.capital[at] else at
    elif words.is_capital(words.compound(at - 1)) and is_adjective(words.doc.lang, words.words[at - 1]):
        first = words.compound(at - 1)
    else:
        begin = last + 1 if last < words.count and words.words[last] == "." and words.next_to(last) else last
        last = begin
        while _goes_on(words, last) and last - at <= LONGEST_OPEN:
            last += 1
        last = last if last > begin else at + 1
    return Mention(first, last, Kind.STREET) if last - first > 1 else None


def _goes_on(words: Words, at: int) -> bool:
    """A capitalised word that may belong to a name, and no abbreviation."""
    short = words.text(at, at + 1)[1:].isupper() if words.is_capital(at) else True
    return (not short or words.has(at, "object")) and words.is_capital(at) and not words.has(at, "nowhere")


def _name_before(words: Words, at: int) -> int:
    """The first token of 'Al-Ahli Hospital', 'Millerovo air base', 'Vocational School'."""
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


def _numbered(words: Words, at: int) -> int:
    sign = at
    if sign < words.count and words.words[sign] in NUMBER_SIGNS:
        sign += 1
        if sign < words.count and words.words[sign] == ".":
            sign += 1
    number = sign < words.count and words.kinds[sign] is TokenKind.NUMBER and sign > at
    return sign + 1 if number else at


def _quoted(words: Words, at: int) -> int:
    if at < words.count and words.words[at] in OPENING_QUOTES:
        for end in range(at + 2, min(at + LONGEST_QUOTED, words.count)):
            if words.words[end] in CLOSING_QUOTES:
                return end + 1
    return at
