"""The subject of a verb of speech: to its left, or to its right as Slavic news has it."""

from typing import Final

from models.enums import Lang
from monitor.figures.attribution.marks import (
    ADVERB,
    BREAK,
    CAPITAL,
    HYPHEN,
    IN,
    MEDIUM,
    NUMBER,
    PERSON,
    PREPOSITION,
    PRONOUN,
    QUOTE,
    SAY,
    SPEAKER,
    STOP,
    TIME,
    WORD,
    bit,
)
from monitor.figures.attribution.page import SKIPPED, Page, Phrase
from monitor.figures.attribution.phrases import (
    LONGEST_QUOTED,
    LONGEST_RIGHT,
    is_manner,
    left_edge,
    right_edge,
    trimmed,
)

_RELATIVE: Final = bit("relative")
_RECIPIENT: Final = bit("recipients")
_MEDIA: Final = bit("media")
_JOIN: Final = bit("joins")
_CAN_SPEAK: Final = SPEAKER | CAPITAL | bit("demonyms", "pronouns", "there")
_SAME: Final = frozenset({"that", "same", "this", "very"})
_LONGEST_ASIDE: Final = 14
_LONGEST_LINK: Final = 60
_LONGEST_NAME: Final = 4
_LONGEST_TIME: Final = 4
_SPEAKER_WITHIN: Final = 4


def before(page: Page, verb: int, low: int) -> Phrase | None:
    """The subject to the left of the verb: 'the mayor of Dnipro, Borys Filatov, said'."""
    end = skip_back(page, verb, low)
    if end <= low:
        return None
    if page.words[end - 1] == ",":
        return _with_aside(page, end - 1, low)
    if page.marks[verb - 1] & _JOIN or page.marks[end - 1] & _JOIN:
        return _of_verb_before(page, min(end, verb - 1), low)
    return trimmed(page, left_edge(page, end, low), end)


def _of_verb_before(page: Page, joint: int, low: int) -> Phrase | None:
    """'The governor visited a village and said': whoever did what stands before 'and'."""
    edge = right_edge(page, low, joint)
    return trimmed(page, low, edge) if edge < joint else None


def until(page: Page, end: int, low: int) -> Phrase | None:
    """The noun phrase that ends here, a comma in between or not: 'the governor, who said'."""
    if end > low and page.words[end - 1] == ",":
        end -= 1
    return trimmed(page, left_edge(page, end, low), end) if end > low else None


def skip_back(page: Page, at: int, low: int) -> int:
    """Behind the last token before `at` that is no adverb and no bracket."""
    while at > low:
        if page.marks[at - 1] & ADVERB or page.words[at - 1] in SKIPPED or is_manner(page, at - 1):
            at -= 1
        elif page.marks[at - 1] & TIME and (time := _behind_time(page, at - 1, low)):
            at = time
        elif (day := _before_same_day(page, at, low)) < at:
            at = day
        elif page.words[at - 1] == ")" and (opener := _opener(page, at - 1, low)):
            at = opener
        else:
            break
    return at


def _behind_time(page: Page, noun: int, low: int) -> int | None:
    """Where 'in the last two months' begins, which ends with this noun."""
    for at in range(noun - 1, max(low, noun - 1 - _LONGEST_TIME), -1):
        if page.marks[at] & IN:
            return at
        if page.marks[at] & (BREAK | SPEAKER | CAPITAL):
            return None
    return None


def _before_same_day(page: Page, at: int, low: int) -> int:
    """Before 'that same day' that ends here; else here."""
    if page.lang is not Lang.EN or not page.marks[at - 1] & TIME:
        return at
    first = at - 1
    while first > low and page.words[first - 1] in _SAME:
        first -= 1
    return first if first < at - 1 else at


def _opener(page: Page, closer: int, low: int) -> int | None:
    """Where a bracket opens that a name carries behind it: 'Syrian Observatory (SOHR) said'."""
    return next((at for at in range(closer - 1, max(low, closer - LONGEST_QUOTED), -1) if page.words[at] == "("), None)


def _with_aside(page: Page, comma: int, low: int) -> Phrase | None:
    """'Head, aside, said': the head, and the aside with it where the head has no name of its own."""
    opener, floor = comma - 1, max(low, comma - _LONGEST_ASIDE)
    while opener >= floor and page.words[opener] != ",":
        if page.marks[opener] & BREAK:
            return None
        opener -= 1
    if any(mark & STOP and not mark & CAPITAL for mark in page.marks[opener + 2 : comma]):
        return _before_relative(page, comma, opener + 1) if opener < floor else None
    if opener <= low or opener < floor or opener + 1 == comma:
        return None
    head = trimmed(page, left_edge(page, opener, low), opener)
    if head is not None and page.marks[opener + 1] & CAPITAL and not _has_name(page, head):
        return Phrase(head.first, comma, head.at)
    return head


def _before_relative(page: Page, comma: int, floor: int) -> Phrase | None:
    """'An investigation that compared databases, claimed'."""
    return next((until(page, at, floor) for at in range(comma - 1, floor, -1) if page.marks[at] & _RELATIVE), None)


def _has_name(page: Page, phrase: Phrase) -> bool:
    """A capital that is not the place of an office: 'the mayor of Kyiv' has none."""
    if page.lang is not Lang.EN and page.any(phrase.first + 1, phrase.last, CAPITAL):
        return True
    ends_in_name = page.marks[phrase.last - 1] & CAPITAL and not page.marks[phrase.first] & PERSON
    return bool(ends_in_name) and phrase.last - phrase.first < _LONGEST_NAME


def behind(page: Page, verb: int, high: int, *, many: bool) -> Phrase | None:
    """The subject to the right of the verb; `many`: a plural may have it behind 'in': 'said at the staff'."""
    found = _skip_to_subject(page, verb, high, many=many)
    if found is None or found[0] >= high or not _opens(page, found[0], high):
        return None
    start, inside = found
    end = right_edge(page, start, high)
    return None if end <= start else _without_recipient(page, Phrase(start, end, inside))


def _skip_to_subject(page: Page, at: int, high: int, *, many: bool) -> tuple[int, bool] | None:
    """Over when, where and to whom it was said. Whether the subject stands behind 'in' comes with it."""
    marks = page.marks
    at = behind_link(page, at, high)
    limit = min(high, at + LONGEST_RIGHT)
    while at < limit:
        mark = marks[at]
        if page.words[at] in SKIPPED or (mark & (ADVERB | TIME | _RECIPIENT) and not mark & (PRONOUN | IN)):
            at += 1
        elif many and mark & IN and at + 1 < limit and _is_inside(marks[at + 1]):
            return at + 1, True
        elif mark & PREPOSITION and not mark & CAPITAL:
            at = _behind_circumstance(page, at + 1, limit)
        else:
            return at, False
    return None


def _is_inside(mark: int) -> bool:
    """Behind 'in' stands a body, not a medium or a day."""
    return bool(mark & SPEAKER) or not mark & (MEDIUM | TIME | NUMBER)


def behind_link(page: Page, at: int, high: int) -> int:
    """Behind the address of a marked-up link that begins here: 'This was [said](https://...) by the mayor'."""
    if page.words[at : at + 2] != ["]", "("]:
        return at
    closers = (closer + 1 for closer in range(at + 2, min(high, at + _LONGEST_LINK)) if page.words[closer] == ")")
    return next(closers, at + 1)


def _behind_circumstance(page: Page, at: int, limit: int) -> int:
    """Where a subject may begin behind 'in an interview with CNN', 'at a briefing', 'in his channel'."""
    marks, seen = page.marks, False
    while at < limit:
        mark = marks[at]
        if mark & BREAK:
            return limit
        if mark & (SAY | STOP):
            return at
        fresh = mark & CAPITAL and not marks[at - 1] & (CAPITAL | HYPHEN | QUOTE)
        if seen and (mark & PERSON or fresh):
            return at
        seen = seen or bool(mark & (WORD | NUMBER) and not mark & ADVERB)
        at += 1
    return limit


def _opens(page: Page, start: int, high: int) -> bool:
    """Whether a speaker is named here: a capital, or a word of those who speak within reach."""
    mark = page.marks[start]
    if mark & (STOP | SAY) and not mark & (SPEAKER | CAPITAL):
        return False
    if mark & _CAN_SPEAK:
        return True
    if mark & QUOTE:
        return bool(start + 1 < high and page.marks[start + 1] & CAPITAL)
    for at in range(start, min(high, start + _SPEAKER_WITHIN)):
        if page.marks[at] & (BREAK | STOP | PREPOSITION | SPEAKER | CAPITAL):
            return bool(page.marks[at] & (SPEAKER | CAPITAL))
    return False


def _without_recipient(page: Page, phrase: Phrase) -> Phrase:
    """'the head of the city told an agency': the agency was told, the head speaks."""
    if not page.marks[phrase.first] & _MEDIA or phrase.at:
        return phrase
    heads = (at for at in range(phrase.first + 1, phrase.last) if page.marks[at] & PERSON)
    return Phrase(next(heads, phrase.first), phrase.last)
