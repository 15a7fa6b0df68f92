"""'Governor: two injured', 'Two injured - governor', 'Kyiv speaks of 400, Moscow - of 63', headings."""

from collections.abc import Callable
from typing import Final

from monitor.figures.attribution.marks import (
    ARTICLE,
    BREAK,
    CAPITAL,
    DOMAIN,
    NOBODY,
    NUMBER,
    PREPOSITION,
    QUOTE,
    REPORT,
    SAY,
    SPEAKER,
    STOP,
    WORD,
    bit,
    endings,
)
from monitor.figures.attribution.page import Page, Phrase
from monitor.figures.attribution.phrases import genitive, right_edge
from monitor.figures.attribution.units import Unit
from monitor.figures.attribution.values import Attribution, Kind

Known = Callable[[Phrase], bool]
"""Whether a phrase begins with the alias of a known speaker."""

_SOURCE: Final = bit("sources")
_DATA: Final = bit("by_nouns")
_ABOUT: Final = bit("about")
_ORDINARY: Final = bit("ordinary")
_DEMONYM: Final = bit("demonyms")
_CIVIL: Final = bit("civil")
_NAME: Final = bit("names")
_NO_LABEL: Final = NOBODY | bit("no_labels", "credits")
_LINKS: Final = bit("contrast", "adverbs")
_VISIBLE: Final = WORD | NUMBER | QUOTE
_LONGEST_LABEL: Final = 12
_LONGEST_DASH: Final = 16
_LONGEST_ABOUT: Final = 6
_LONGEST_NAME: Final = 3
_ABBREVIATION: Final = range(2, 6)
_HEADING_REACH: Final = 4
_ABOUT_REACH: Final = 4
_LEAST_SAID: Final = 2


def may_be_labelled(page: Page, unit: Unit) -> bool:
    return ":" in page.words[unit.first : min(unit.last, unit.first + _LONGEST_LABEL)]


def labelled(page: Page, unit: Unit, known: Known) -> Attribution | None:
    """'Governor: two injured'; the label covers the whole report."""
    if not may_be_labelled(page, unit):
        return None
    colon = page.words.index(":", unit.first)
    if any(page.marks[at] & BREAK and page.words[at] != "-" for at in range(unit.first, colon)):
        return None
    start = _visible(page, unit.first, colon)
    if start >= colon:
        return None
    if colon == start + 1 and page.marks[start] & _SOURCE:
        return _source_line(page, unit, colon, known)
    phrase = Phrase(start, right_edge(page, start, colon))
    if phrase.last <= start or not _is_about(page, phrase.last, colon) or not names_speaker(page, phrase, known):
        return None
    return Attribution(Kind.LABEL, phrase.first, colon + 1, phrase)


def _visible(page: Page, first: int, last: int) -> int:
    return next((at for at in range(first, last) if page.marks[at] & _VISIBLE), last)


def _is_about(page: Page, first: int, colon: int) -> bool:
    """Between a name and its colon stands nothing but of what or where he spoke: 'The spokesman on losses:'."""
    if first < colon and page.words[first] == "-":
        first += 1
    if first == colon:
        return True
    short = colon - first <= _LONGEST_ABOUT and not page.any(first, colon, NUMBER)
    return short and bool(page.marks[first] & PREPOSITION)


def _source_line(page: Page, unit: Unit, colon: int, known: Known) -> Attribution | None:
    """'Source: the ministry'."""
    if colon + 1 >= unit.last:
        return None
    heading = headed(page, unit._replace(first=colon + 1), known)
    if heading is not None:
        return heading
    start = _visible(page, colon + 1, unit.last)
    phrase = Phrase(start, right_edge(page, start, unit.last))
    if phrase.last <= start or not names_speaker(page, phrase, known):
        return None
    return Attribution(Kind.LABEL, start, phrase.last, phrase, sums=True)


def headed(page: Page, unit: Unit, known: Known) -> Attribution | None:
    """'The ministry's report', 'The main points of the governor's briefing': the first line says whose report it is."""
    for at in range(unit.first, min(unit.last, unit.first + _HEADING_REACH)):
        mark = page.marks[at]
        if mark & REPORT:
            source = genitive(page, at + 1, unit.last)
            if source is None or not (known(source) or page.marks[source.first] & SPEAKER):
                return None
            return Attribution(Kind.LABEL, at, source.last, source)
        of_report = mark & PREPOSITION and page.marks[min(at + 1, unit.last - 1)] & (REPORT | _DATA) == REPORT
        if mark & (BREAK | PREPOSITION | STOP | SAY) and not of_report:
            return None
    return None


def dashed(page: Page, unit: Unit, known: Known) -> Attribution | None:
    """'Two injured - governor'."""
    if "-" not in page.words[max(unit.first, unit.last - _LONGEST_DASH) : unit.last]:
        return None
    end = unit.last
    while end > unit.first and not page.marks[end - 1] & _VISIBLE:
        end -= 1
    reach = range(end - 2, max(unit.first, end - _LONGEST_DASH), -1)
    dash = next((at for at in reach if page.marks[at] & BREAK), None)
    return None if dash is None or page.words[dash] != "-" else _behind_dash(page, unit, dash, end, known)


def _behind_dash(page: Page, unit: Unit, dash: int, end: int, known: Known) -> Attribution | None:
    start = _visible(page, dash + 1, end)
    if start >= end or sum(1 for mark in page.marks[unit.first : dash] if mark & (WORD | NUMBER)) < _LEAST_SAID:
        return None
    report = page.marks[start] & REPORT
    source = genitive(page, start + 1, end) if report else Phrase(start, right_edge(page, start, end))
    if source is None or source.last < end or not names_speaker(page, source, known):
        return None
    return Attribution(Kind.DASH, dash, source.last, source, forward=False, backward=True)


def gapped(page: Page, unit: Unit, dash: int, previous: Attribution | None) -> Attribution | None:
    """The verb left out the second time: 'Kyiv speaks of 400 killed, the ministry - of 63'."""
    if previous is None or previous.kind is not Kind.SPOKEN or dash <= previous.last:
        return None
    if not page.any(dash + 1, min(unit.last, dash + _ABOUT_REACH), _ABOUT):
        return None
    start = dash
    while start > previous.last and not page.marks[start - 1] & BREAK and dash - start <= _LONGEST_LABEL:
        start -= 1
    while start < dash and page.marks[start] & _LINKS:
        start += 1
    named = start < dash and page.marks[start] & (CAPITAL | SPEAKER)
    return Attribution(Kind.SPOKEN, start, dash + 1, Phrase(start, dash)) if named else None


def names_speaker(page: Page, phrase: Phrase, known: Known) -> bool:
    """Without a verb only those count who are known to speak, or who look like a person."""
    first = next((at for at in range(phrase.first, phrase.last) if not page.marks[at] & ARTICLE), phrase.first)
    mark = page.marks[first + 1] if page.marks[first] & QUOTE else page.marks[first]
    if known(phrase):
        return True
    if mark & (_NO_LABEL | _ORDINARY) or (mark & STOP and not mark & SPEAKER):
        return False
    if mark & SPEAKER:
        return True
    words = [at for at in range(first, phrase.last) if page.marks[at] & WORD]
    if not words or len(words) > _LONGEST_LABEL:
        return False
    if not page.marks[words[0]] & CAPITAL:
        told = len(words) > 1 and page.marks[words[1]] & SPEAKER
        return bool(told and (mark & _DEMONYM or (mark & _CIVIL and _is_civil_body(page, words))))
    return _is_abbreviation(page, words) or is_body(page, words) or _is_person(page, words)


def _is_abbreviation(page: Page, words: list[int]) -> bool:
    """'- NAC'."""
    text = page.raw_word(words[0])
    return len(words) == 1 and len(text) in _ABBREVIATION and text.isupper()


def is_body(page: Page, words: list[int]) -> bool:
    """'Kherson regional prosecution', not 'Work of the prosecution', nor a brigade, which is counted as well."""
    for at in words:
        if page.marks[at] & SPEAKER:
            return not page.marks[at] & _ORDINARY
        if not page.words[at].endswith(endings(page.lang, "adjectives")):
            return False
    return False


def _is_civil_body(page: Page, words: list[int]) -> bool:
    """'Emergency services of the republic', not 'the district hospital is full'."""
    behind = [at for at in words[1:] if not page.marks[at] & SPEAKER]
    return is_body(page, words) and all(page.marks[at] & (CAPITAL | DOMAIN) for at in behind)


def _is_person(page: Page, words: list[int]) -> bool:
    """A first name that is one, with a family name; or a family name by its ending, alone."""
    if len(words) > _LONGEST_NAME or not all(page.marks[at] & CAPITAL for at in words):
        return False
    if page.marks[words[0]] & _NAME:
        return len(words) > 1
    return len(words) == 1 and page.words[words[0]].endswith(endings(page.lang, "surnames"))
