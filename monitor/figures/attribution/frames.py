"""'According to the ministry', 'by the data of the staff', 'citing officials', 'the staff's report says'."""

from collections.abc import Iterable
from typing import Final

from models.enums import Lang
from monitor.figures.attribution.marks import BREAK, CAPITAL, PREPOSITION, REPORT, SAY, SPEAKER, STOP, WORD, bit
from monitor.figures.attribution.page import SKIPPED, Page, Phrase
from monitor.figures.attribution.phrases import genitive
from monitor.figures.attribution.units import Unit
from monitor.figures.attribution.values import Attribution, Kind

_BY: Final = bit("by")
_DATA: Final = bit("by_nouns")
_CITED_DATA: Final = bit("data")
_OF: Final = bit("of")
_OWN: Final = bit("own")
_POSSESSIVE: Final = bit("possessives")
_DEMONYM: Final = bit("demonyms")
_WITHIN: Final = bit("within")
_INTRODUCES: Final = bit("contrast", "additive")
_BETWEEN_STOPS: Final = STOP | SAY | PREPOSITION | BREAK | bit("contrast", "saying")
_ADJECTIVES: Final = 3  # words between 'by' and 'data'
_REPORT_REACH: Final = 4
_REPORT_BEFORE: Final = 12


def framed(page: Page, unit: Unit, at: int) -> Attribution | None:
    """The frame that begins with this token."""
    if end := page.run(at, "straight_named"):
        named = end < unit.last and (page.marks[end] & (CAPITAL | SPEAKER) or page.words[end] == "the")
        return _straight(page, unit, at, end) if named else None
    noun = _noun_of_data(page, unit, at) if page.marks[at] & _BY else None
    if noun is not None:
        return _by_data(page, unit, at, noun)
    end = page.run(at, "straight")
    return _straight(page, unit, at, end) if end else None


def _straight(page: Page, unit: Unit, at: int, end: int) -> Attribution | None:
    if end >= unit.last:
        return None
    if page.marks[end] & _OWN:
        return _frame(page, unit, at, end + 1, None)
    if page.marks[end] & _POSSESSIVE and (end + 1 >= unit.last or page.marks[end + 1] & BREAK):
        return _frame(page, unit, at, end + 1, Phrase(end, end + 1))
    source = genitive(page, end, unit.last)
    if source is None or not _is_somebody(page, source):
        return None
    return _frame(page, unit, at, source.last, source)


def _is_somebody(page: Page, source: Phrase) -> bool:
    """'According to the ministry', not 'according to the brigade's best standards'."""
    if page.lang is Lang.EN or page.marks[source.first] & CAPITAL:
        return True
    return page.any(source.first, min(source.last, source.first + 2), SPEAKER)


def _noun_of_data(page: Page, unit: Unit, at: int) -> int | None:
    for word in range(at + 1, min(unit.last, at + 2 + _ADJECTIVES)):
        mark = page.marks[word]
        if page.words[word] in SKIPPED:
            continue
        if mark & _DATA:
            return word
        if mark & _BETWEEN_STOPS or not mark & WORD:
            return None
    return None


def _by_data(page: Page, unit: Unit, at: int, noun: int) -> Attribution:
    if page.any(at + 1, noun, _OWN):
        return _frame(page, unit, at, noun + 1, None)
    source = genitive(page, noun + 1, unit.last)
    if source is not None:
        return _frame(page, unit, at, source.last, source)
    if noun + 1 < unit.last and (own := page.run(noun + 1, "own")):
        return _frame(page, unit, at, own, None)
    whose = next((word for word in range(at + 1, noun) if page.marks[word] & (_POSSESSIVE | _DEMONYM)), None)
    if whose is None:
        return Attribution(Kind.VAGUE, at, noun + 1, None, forward=False)
    last = whose + 1 if page.marks[whose] & _POSSESSIVE else noun + 1
    return _frame(page, unit, at, noun + 1, Phrase(whose, last))


def _frame(page: Page, unit: Unit, first: int, last: int, source: Phrase | None) -> Attribution:
    fronted = first == unit.first or page.marks[first - 1] & _INTRODUCES
    return Attribution(Kind.FRAME, first, last, source, backward=not fronted)


def cited(page: Page, unit: Unit, at: int) -> Attribution | None:
    end = page.run(at, "cite")
    source = _behind_data(page, end, unit.last) or genitive(page, end, unit.last) if end else None
    return None if source is None else Attribution(Kind.CITED, at, source.last, source, backward=True)


def _behind_data(page: Page, at: int, high: int) -> Phrase | None:
    """Whose they are: 'citing data of the staff'."""
    noun = next((word for word in range(at, min(high, at + _ADJECTIVES)) if page.marks[word] & _CITED_DATA), None)
    if noun is None or page.any(at, noun, SPEAKER | BREAK | CAPITAL):
        return None
    noun += noun + 1 < high and page.lang is Lang.EN and bool(page.marks[noun + 1] & _OF)
    return genitive(page, noun + 1, high)


def said_in_report(page: Page, unit: Unit, at: int) -> Attribution:
    """'Says the message of the staff' and 'the message of the staff says'; `at` is the impersonal verb."""
    behind = _of_reports(page, range(at + 1, min(unit.last, at + 1 + _REPORT_REACH)), unit.last)
    if behind is not None:
        return Attribution(Kind.FRAME, at, behind.last, behind, backward=True)
    before = range(max(unit.first, at - _REPORT_BEFORE), at)
    source = _of_reports(page, before, at)
    if source is not None:
        return Attribution(Kind.FRAME, source.first, at + 1, source)
    return Attribution(Kind.VAGUE, at, at + 1, None, forward=False)


def _of_reports(page: Page, where: Iterable[int], high: int) -> Phrase | None:
    found = (_of_report(page, at, high) for at in where if page.marks[at] & _WITHIN)
    return next((source for source in found if source is not None), None)


def _of_report(page: Page, preposition: int, high: int) -> Phrase | None:
    for noun in range(preposition + 1, min(high, preposition + 1 + _REPORT_REACH)):
        if page.marks[noun] & REPORT:
            return genitive(page, noun + 1, high)
        if page.marks[noun] & BREAK:
            return None
    return None
