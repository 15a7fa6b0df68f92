"""Where the noun phrase that names a speaker begins and ends."""

from typing import Final

from models.enums import Lang
from monitor.figures.attribution.marks import (
    ADVERB,
    BREAK,
    CAPITAL,
    DOMAIN,
    HYPHEN,
    IN,
    MEDIUM,
    NOBODY,
    NUMBER,
    PERSON,
    PREPOSITION,
    QUOTE,
    REPORT,
    SAY,
    SPEAKER,
    STOP,
    TIME,
    WORD,
    bit,
    endings,
)
from monitor.figures.attribution.page import SKIPPED, Page, Phrase

_SPEECH: Final = SAY | bit("saying")
_LIKE: Final = bit("like")
_WITHIN: Final = bit("within")
_SOURCE: Final = bit("sources")
_INTO: Final = bit("into")
_NUMBERED: Final = bit("sources", "media", "bodies")
_OPENS_SUBJECT: Final = CAPITAL | SPEAKER | bit("demonyms", "pronouns")
_NOT_MANNER: Final = SPEAKER | CAPITAL | bit("recipients")
_NOT_DEED: Final = SPEAKER | CAPITAL | DOMAIN
_ORDINALS: Final = frozenset({"st", "nd", "rd", "th"})

_DELEGATE: Final = bit("delegates")
_MEDIA: Final = bit("media")
_ACRONYM: Final = range(2, 6)  # letters

_LONGEST_LEFT: Final = 18
LONGEST_RIGHT: Final = 20
LONGEST_QUOTED: Final = 8
_LONGEST_BODY: Final = 3


def left_edge(page: Page, end: int, low: int) -> int:
    """The first token of the noun phrase that ends before token `end`."""
    marks, at = page.marks, end
    floor = max(low, end - _LONGEST_LEFT)
    while at > floor:
        mark = marks[at - 1]
        if mark & QUOTE:
            opener = page.partner.get(at - 1, at)
            if opener >= at - 1 or at - opener > LONGEST_QUOTED or opener < floor:
                break
            at = opener
            continue
        if _bounds(page, at - 1, named=bool(mark & SPEAKER or (mark & CAPITAL and at - 1 > low))):
            break
        at -= 1
    return at


def right_edge(page: Page, start: int, high: int) -> int:
    """Behind the last token of the noun phrase that begins at token `start`."""
    marks, at = page.marks, start
    limit = min(high, start + LONGEST_RIGHT)
    while at < limit:
        mark = marks[at]
        if mark & QUOTE:
            closer = page.partner.get(at, at)
            if closer <= at or closer - at > LONGEST_QUOTED:
                break
            at = closer + 1
            continue
        if _bounds(page, at, named=bool(mark & SPEAKER or (mark & CAPITAL and at > start))):
            break
        if at > start and _ends_before(page, start, at, limit):
            break
        at += 1
    while at > start and not marks[at - 1] & (WORD | NUMBER | QUOTE):
        at -= 1
    return at


def _bounds(page: Page, at: int, *, named: bool) -> bool:
    """No noun phrase goes over this token; `named`: a word that elsewhere is a bound is part of a name here."""
    mark = page.marks[at]
    if mark & BREAK or (mark & _SPEECH and not mark & SPEAKER):
        return True
    if mark & _LIKE or (mark & STOP and not named):
        return True
    if mark & NUMBER:
        return not _is_of_name(page, at)
    return _is_deed(page, at)


def _ends_before(page: Page, start: int, at: int, limit: int) -> bool:
    mark = page.marks[at]
    if mark & (TIME | ADVERB) and not mark & (SPEAKER | CAPITAL):
        return True
    return bool(mark & PREPOSITION) and not _is_of_title(page, start, at, limit)


def _is_acronym(page: Page, at: int) -> bool:
    text = page.raw_word(at)
    return len(text) in _ACRONYM and text.isupper() and not page.marks[at] & (MEDIUM | TIME | _MEDIA)


def _is_of_title(page: Page, start: int, at: int, limit: int) -> bool:
    """'Minister for veterans', 'commissioner for human rights', 'a source in the ministry'."""
    if at + 1 >= limit:
        return False
    if page.marks[at] & _WITHIN and page.marks[at - 1] & _SOURCE and not page.any(at + 1, at + 3, MEDIUM | TIME):
        return True
    if page.marks[at] & _WITHIN and page.any(start, at, _DELEGATE) and _is_acronym(page, at + 1):
        return True
    if not page.marks[at] & _INTO:
        return False
    if page.lang is Lang.EN:
        return page.words[at] != "to" or bool(page.marks[at + 1] & CAPITAL)
    return bool(page.marks[at + 1] & DOMAIN)


def _is_of_name(page: Page, at: int) -> bool:
    """A number within a name: 'source 112', 'the 72nd brigade'."""
    if at + 1 < len(page.words) and (page.marks[at + 1] & HYPHEN or page.words[at + 1] in _ORDINALS):
        return True
    dated = at + 1 < len(page.words) and page.marks[at + 1] & TIME
    return bool(at and page.marks[at - 1] & _NUMBERED and not dated)


def is_manner(page: Page, at: int) -> bool:
    """An adverb by its ending: 'unexpectedly', 'reluctantly'."""
    return not page.marks[at] & _NOT_MANNER and page.words[at].endswith(endings(page.lang, "manner"))


def _is_deed(page: Page, at: int) -> bool:
    """Another verb, by its ending: what stands on the other side of it is not of this phrase."""
    if page.marks[at] & _NOT_DEED or not page.words[at].endswith(endings(page.lang, "deeds")):
        return False
    return not (at and page.marks[at - 1] & HYPHEN)


def trimmed(page: Page, first: int, last: int) -> Phrase | None:
    """Without what stands before the noun phrase: adverbs, dates, 'in' of 'in the ministry'."""
    marks, at, inside = page.marks, first, False
    while at < last:
        mark = marks[at]
        if mark & IN and at + 1 < last and (marks[at + 1] & SPEAKER or not marks[at + 1] & (MEDIUM | TIME | REPORT)):
            inside = True
        elif mark & (PREPOSITION | MEDIUM) and not mark & SPEAKER and at + 1 < last:
            if at + 2 == last and page.lang is not Lang.EN and mark & PREPOSITION:
                return None  # 'on Belgorod they confirm': nobody stands behind what it is about
            inside = False
            at = _behind_object(page, at + 1, last) - 1
        elif mark & (ADVERB | TIME) and not mark & CAPITAL & SPEAKER:
            pass
        elif mark & (WORD | QUOTE) or (mark & NUMBER and at + 1 < last and marks[at + 1] & HYPHEN):
            return Phrase(at, last, inside)
        at += 1
    return None


def _behind_object(page: Page, at: int, last: int) -> int:
    """Where the subject begins behind 'over the past day', 'in reports to the sultan'; here, where nothing shows it."""
    if page.lang is Lang.EN:
        return at
    return next((word for word in range(at + 1, last) if page.marks[word] & _OPENS_SUBJECT), at)


def genitive(page: Page, start: int, high: int) -> Phrase | None:
    """Whom 'according to' names."""
    while start < high and (page.words[start] in SKIPPED or page.marks[start] & IN):
        start += 1
    if start >= high:
        return None
    mark = page.marks[start]
    if mark & NUMBER and page.words[start + 1 : start + 2] == [","]:
        return Phrase(start, start + 1)  # a channel may be called by a number
    if mark & PREPOSITION or (mark & (BREAK | NUMBER | STOP | TIME) and not mark & (SPEAKER | CAPITAL)):
        return None
    end = right_edge(page, start, high)
    return None if end <= start or is_nobody(page, start, end) else Phrase(start, end)


def is_nobody(page: Page, first: int, last: int) -> bool:
    """Data, plans and reports say nothing by themselves."""
    return page.any(first, last, NOBODY) and not page.any(first, last, CAPITAL | SPEAKER)


def shortened(page: Page, phrase: Phrase) -> tuple[int, int]:
    """Title and name without a long body before them: 'spokesperson Natalia Humeniuk'."""
    if page.lang is Lang.EN:
        for at in range(phrase.first + _LONGEST_BODY, phrase.last - 2):
            if page.marks[at] & PERSON and page.marks[at + 1] & CAPITAL:
                return at, phrase.last
    return phrase.first, phrase.last
