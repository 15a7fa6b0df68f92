"""'According to the ministry', 'по данным штаба', 'citing officials', 'в сводке Генштаба говорится'."""

from typing import Final

from models.enums import Lang

from monitor.figures.attribution.page import BREAK, CAPITAL, SPEAKER, WORD, Page, Unit, bit
from monitor.figures.attribution.phrases import SKIPPED, Phrase, genitive
from monitor.figures.attribution.values import Attribution, Kind

_ADJECTIVES: Final = 3  # words between 'по' and 'данным'
_REPORT_REACH: Final = 4
_BETWEEN_STOPS: Final = bit("stops", "say", "prepositions", "contrast", "saying") | BREAK
_POSSESSIVE: Final = bit("possessives")
_OWN: Final = bit("own")
_DEMONYM: Final = bit("demonyms")


def framed(page: Page, unit: Unit, at: int) -> Attribution | None:
    """The frame that begins with token `at`."""
    if (end := page.run(at, "straight")) and not page.marks[at] & bit("by"):
        return _straight(page, unit, at, end)
    if end := page.run(at, "straight_named"):
        named = end < unit.last and (page.marks[end] & (CAPITAL | SPEAKER) or page.words[end] == "the")
        return _straight(page, unit, at, end) if named else None
    if page.marks[at] & bit("by"):
        return _by_data(page, unit, at)
    return None


def _straight(page: Page, unit: Unit, at: int, end: int) -> Attribution | None:
    if end >= unit.last:
        return None
    if page.marks[end] & _OWN:
        return _frame(page, unit, at, end + 1, None)
    if page.marks[end] & _POSSESSIVE and (end + 1 >= unit.last or page.marks[end + 1] & BREAK):
        return _frame(page, unit, at, end + 1, Phrase(end, end + 1))
    source = genitive(page, end, unit.last)
    if source is None or not _somebody(page, source):
        return None
    return _frame(page, unit, at, source.last, source)


def _somebody(page: Page, source: Phrase) -> bool:
    """'Согласно Минобороны', not 'согласно лучшим стандартам бригады'."""
    reach = range(source.first, min(source.last, source.first + _ADJECTIVES + 1))
    if page.lang is Lang.EN:
        return True
    return bool(page.marks[source.first] & (CAPITAL | SPEAKER)) or any(
        page.marks[at] & SPEAKER and at < source.first + 2 for at in reach
    )


def _by_data(page: Page, unit: Unit, at: int) -> Attribution | None:
    noun = _noun_of_data(page, unit, at)
    if noun is None:
        end = page.run(at, "straight")
        return _straight(page, unit, at, end) if end else None
    between = range(at + 1, noun)
    source = genitive(page, noun + 1, unit.last)
    if any(page.marks[word] & _OWN for word in between):
        return _frame(page, unit, at, noun + 1, None)
    if source is not None:
        return _frame(page, unit, at, source.last, source)
    if own := page.run(noun + 1, "own") if noun + 1 < unit.last else 0:
        return _frame(page, unit, at, own, None)
    whose = [word for word in between if page.marks[word] & (_POSSESSIVE | _DEMONYM)]
    if not whose:
        return Attribution(Kind.VAGUE, at, noun + 1, None, forward=False)
    possessive = page.marks[whose[0]] & _POSSESSIVE
    phrase = Phrase(whose[0], whose[0] + 1) if possessive else Phrase(whose[0], noun + 1)
    return _frame(page, unit, at, noun + 1, phrase)


def _noun_of_data(page: Page, unit: Unit, at: int) -> int | None:
    for word in range(at + 1, min(unit.last, at + 2 + _ADJECTIVES)):
        mark = page.marks[word]
        if page.words[word] in SKIPPED:
            continue
        if mark & bit("by_nouns"):
            return word
        if mark & _BETWEEN_STOPS or not mark & WORD:
            return None
    return None


def _frame(page: Page, unit: Unit, first: int, last: int, source: Phrase | None) -> Attribution:
    fronted = first == unit.first or bool(page.marks[first - 1] & bit("contrast", "additive"))
    return Attribution(Kind.FRAME, first, last, source, backward=not fronted)


def cited(page: Page, unit: Unit, at: int) -> Attribution | None:
    end = page.run(at, "cite")
    if not end:
        return None
    source = genitive(page, end, unit.last)
    return None if source is None else Attribution(Kind.CITED, at, source.last, source, backward=True)


def said_in_report(page: Page, unit: Unit, at: int) -> Attribution | None:
    """'Говорится в сообщении штаба' and 'в сообщении штаба говорится'; `at` is the impersonal verb."""
    behind = range(at + 1, min(unit.last, at + 1 + _REPORT_REACH))
    before = range(unit.first, at)
    for where in (behind, before):
        for preposition in where:
            if page.marks[preposition] & bit("within"):
                found = _of_report(page, preposition, unit.last if where is behind else at)
                if found is not None:
                    first, last = min(preposition, at), max(at + 1, found.last)
                    return Attribution(Kind.FRAME, first, last, found, backward=where is behind)
    return Attribution(Kind.VAGUE, at, at + 1, None, forward=False)


def _of_report(page: Page, preposition: int, high: int) -> Phrase | None:
    for noun in range(preposition + 1, min(high, preposition + 1 + _REPORT_REACH)):
        if page.marks[noun] & bit("reports"):
            return genitive(page, noun + 1, high)
        if page.marks[noun] & BREAK and page.words[noun] != "-":
            return None
    return None
