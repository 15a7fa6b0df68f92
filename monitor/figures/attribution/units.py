"""Sentences in tokens, mended where a line ended too early, as forwarded posts have it."""

from bisect import bisect_left
from collections.abc import Iterator
from typing import Final, NamedTuple

from monitor.figures.attribution.marks import (
    BREAK,
    CAPITAL,
    NUMBER,
    PREPOSITION,
    QUOTE,
    SAY,
    SPEAKER,
    WORD,
    bit,
)
from monitor.figures.attribution.page import Page

_TERMINAL: Final = frozenset(".!?…:;")
_DANGLING: Final = frozenset(",-")
_SIGNING: Final = CAPITAL | SPEAKER | bit("demonyms")
_MOST_BREAKS: Final = 2
_TEXT_WITHIN: Final = 6
_LONGEST_BYLINE: Final = 9
_LONGEST_NAME: Final = 4


class Unit(NamedTuple):
    """Tokens from `first` to before `last`; `paragraph` counts blank lines, `headline`: its line ends with it."""

    first: int
    last: int
    paragraph: int
    headline: bool
    number: int


def units(page: Page) -> list[Unit]:
    return list(_units(page))


def _units(page: Page) -> Iterator[Unit]:
    spans = [(bisect_left(page.starts, start), bisect_left(page.starts, end)) for start, end in page.doc.sentences]
    first, paragraph, number = 0, 0, 0
    for at, (left, right) in enumerate(spans):
        following = spans[at + 1] if at + 1 < len(spans) else None
        if following is not None and right < following[0] and _goes_on(page, left, right, *following):
            continue
        yield Unit(first, right, paragraph, right < len(page.words) and page.words[right] == "\n", number)
        number += 1
        if following is not None:
            first = following[0]
            paragraph += page.words[right:first].count("\n") > 1


def _goes_on(page: Page, left: int, right: int, following: int, end: int) -> bool:
    """Whether the sentence that ends before token `right` goes on with the one from `following` to before `end`."""
    breaks = page.words[right:following].count("\n")
    if breaks > _MOST_BREAKS:
        return False
    last, opening = page.words[right - 1], page.words[following]
    if last in _DANGLING or not page.any(left, min(right, left + _TEXT_WITHIN), WORD | NUMBER):
        return last in _DANGLING
    if opening == "-" and (page.marks[right - 1] & QUOTE or _names_who_said(page, left, following, end)):
        return True
    return breaks == 1 and last not in _TERMINAL and _is_inside(page, right, following, end)


def _is_inside(page: Page, right: int, following: int, end: int) -> bool:
    """The line broke within the sentence: the next one opens with a comma, a small letter, a number, a name."""
    if page.words[following] == "," or page.marks[right - 1] & PREPOSITION:
        return True
    opening = page.marks[following]
    if opening & WORD:
        return not opening & CAPITAL or _is_broken_name(page, following, end)
    return bool(opening & NUMBER and page.marks[right - 1] & WORD)


def _is_broken_name(page: Page, first: int, end: int) -> bool:
    """A name on a line of its own with the sentence going on below: 'of the mayor\\nJohn Smith\\n, died'."""
    return end - first <= _LONGEST_NAME and page.words[end : end + 2] == ["\n", ","]


def _names_who_said(page: Page, left: int, dash: int, end: int) -> bool:
    """A line '- said the mayor', or nothing but '- NATO', below what was said; a list has such lines around it."""
    if dash + 1 < end and page.marks[dash + 1] & SAY:
        return True
    listed = page.words[left] == "-" or page.words[end : end + 2] == ["\n", "-"]
    if listed or not 1 < end - dash <= _LONGEST_BYLINE or page.any(dash + 1, end, NUMBER | BREAK):
        return False
    return bool(page.marks[dash + 1] & _SIGNING)
