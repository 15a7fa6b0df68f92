"""Noun phrases that name a speaker, to the left and to the right of the word that makes him speak."""

from typing import Final, NamedTuple

from models.enums import Lang
from monitor.figures.attribution.page import (
    BREAK,
    CAPITAL,
    HYPHEN,
    IGNORED,
    NUMBER,
    QUOTE,
    SPEAKER,
    WORD,
    Page,
    bit,
    endings,
)

_LIKE: Final = bit("like")
_ADVERB: Final = bit("adverbs")
_RELATIVE: Final = bit("relative")
_TIME: Final = bit("times")
_SAY: Final = bit("say", "saying")
_STOP: Final = bit("stops")
_PREPOSITION: Final = bit("prepositions")
_AT: Final = bit("at")
_INTO: Final = bit("into")
_DOMAIN: Final = bit("domains")
_MEDIUM: Final = bit("mediums")
_REPORT: Final = bit("reports")
_RECIPIENT: Final = bit("recipients")
_NOBODY: Final = bit("nobody")
_PERSON: Final = bit("people")
_PRONOUN: Final = bit("pronouns")
_NUMBERED: Final = bit("sources", "media", "bodies")
_DATIVE: Final = bit("recipients")
_CAN_SPEAK: Final = SPEAKER | bit("demonyms", "pronouns", "there")

SKIPPED: Final = IGNORED | {"[", "]", "\n"}
LONGEST_LEFT: Final = 18
LONGEST_RIGHT: Final = 20
LONGEST_QUOTED: Final = 8
LONGEST_ASIDE: Final = 14
LONGEST_BODY: Final = 3
LONGEST_LINK: Final = 60


class Phrase(NamedTuple):
    """Tokens from `first` to before `last`; `at` where 'in' stood before it: 'said in the ministry'."""

    first: int
    last: int
    at: bool = False


def before(page: Page, verb: int, low: int) -> Phrase | None:
    """The subject to the left of the verb: 'the mayor of Dnipro, Borys Filatov, said'."""
    end = skip_back(page, verb, low)
    if end <= low:
        return None
    if page.words[end - 1] == ",":
        return _with_aside(page, end - 1, low)
    return _trimmed(page, _left_edge(page, end, low), end)


def until(page: Page, end: int, low: int) -> Phrase | None:
    """The noun phrase that ends here, a comma in between or not: 'the governor, who said'."""
    if end > low and page.words[end - 1] == ",":
        end -= 1
    return _trimmed(page, _left_edge(page, end, low), end) if end > low else None


def skip_back(page: Page, at: int, low: int) -> int:
    """Behind the last token before `at` that is no adverb."""
    marks, words = page.marks, page.words
    while at > low:
        if marks[at - 1] & _ADVERB or words[at - 1] in SKIPPED or _is_manner(page, at - 1):
            at -= 1
        elif words[at - 1] == ")" and (opener := _opener(page, at - 1, low)):
            at = opener
        else:
            break
    return at


def _is_manner(page: Page, at: int) -> bool:
    """An adverb by its ending: 'неожиданно', 'reluctantly'."""
    return page.marks[at] & (SPEAKER | CAPITAL | _DATIVE) == 0 and page.words[at].endswith(endings(page.lang, "manner"))


def _is_deed(page: Page, at: int) -> bool:
    """Another verb, by its ending: what stands before it is not of this subject."""
    mark = page.marks[at]
    if mark & (SPEAKER | CAPITAL | _DOMAIN) or not page.words[at].endswith(endings(page.lang, "deeds")):
        return False
    return not (at and page.marks[at - 1] & HYPHEN)


def _opener(page: Page, closer: int, low: int) -> int | None:
    """Where a bracket opens that a name carries behind it: 'Syrian Observatory (SOHR) said'."""
    for at in range(closer - 1, max(low, closer - LONGEST_QUOTED), -1):
        if page.words[at] == "(":
            return at
    return None


def _with_aside(page: Page, comma: int, low: int) -> Phrase | None:
    """'Head, aside, said': the head, and the aside with it where the head has no name of its own."""
    opener = comma - 1
    floor = max(low, comma - LONGEST_ASIDE)
    while opener >= floor and page.words[opener] != ",":
        if page.marks[opener] & BREAK:
            return None
        opener -= 1
    if any(page.marks[at] & _STOP and not page.marks[at] & CAPITAL for at in range(opener + 2, comma)):
        return None
    if opener < floor or opener <= low or opener + 1 == comma:
        return _before_relative(page, comma, max(floor, low))
    head = _trimmed(page, _left_edge(page, opener, low), opener)
    if head is None:
        return None
    aside = page.marks[opener + 1]
    named = any(page.marks[at] & CAPITAL for at in range(head.first + 1, head.last)) and page.lang is not Lang.EN
    if aside & CAPITAL and not named and not _has_name(page, head):
        return Phrase(head.first, comma, head.at)
    return head


def _before_relative(page: Page, comma: int, floor: int) -> Phrase | None:
    """'An investigation that compared databases, claimed'."""
    for at in range(comma - 1, floor, -1):
        if page.marks[at] & _RELATIVE:
            return until(page, at, floor)
    return None


def _has_name(page: Page, phrase: Phrase) -> bool:
    """A capital outside of titles and bodies: their own place names do not count."""
    last = page.marks[phrase.last - 1]
    return bool(last & CAPITAL) and not page.marks[phrase.first] & _PERSON and phrase.last - phrase.first < 4


def _left_edge(page: Page, end: int, low: int) -> int:
    marks, at = page.marks, end
    floor = max(low, end - LONGEST_LEFT)
    while at > floor:
        mark = marks[at - 1]
        if mark & QUOTE:
            opener = page.partner.get(at - 1)
            if opener is None or opener >= at - 1 or at - opener > LONGEST_QUOTED or opener < floor:
                break
            at = opener
            continue
        if mark & (BREAK | _SAY) and not (mark & _SAY and mark & SPEAKER):
            break
        named = mark & SPEAKER or (mark & CAPITAL and at - 1 > low)
        if mark & _LIKE or (mark & _STOP and not named) or _is_deed(page, at - 1):
            break
        if mark & NUMBER and not _belongs(page, at - 1):
            break
        at -= 1
    return at


def _belongs(page: Page, at: int) -> bool:
    """A number within a name: 'source 112', 'the 72nd brigade'."""
    behind = at + 1 < len(page.words) and (
        page.marks[at + 1] & HYPHEN or page.words[at + 1] in ("st", "nd", "rd", "th")
    )
    dated = at + 1 < len(page.words) and page.marks[at + 1] & _TIME
    return bool(behind) or bool(at and page.marks[at - 1] & _NUMBERED and not dated)


def _trimmed(page: Page, first: int, last: int) -> Phrase | None:
    """Without what stands before the noun phrase: adverbs, dates, 'in' of 'in the ministry'."""
    marks, at, inside = page.marks, first, False
    while at < last:
        mark = marks[at]
        if mark & _AT and at + 1 < last and not marks[at + 1] & (_MEDIUM | _TIME | _REPORT):
            inside = True
        elif mark & (_PREPOSITION | _MEDIUM) and not mark & SPEAKER and at + 1 < last:
            inside = False
            at = _behind_object(page, at + 1, last) - 1
        elif mark & (_ADVERB | _TIME) and not (mark & CAPITAL and mark & SPEAKER):
            pass
        elif mark & (WORD | QUOTE) or (mark & NUMBER and at + 1 < last and marks[at + 1] & HYPHEN):
            break
        at += 1
    return None if at >= last else Phrase(at, last, inside)


def _behind_object(page: Page, at: int, last: int) -> int:
    """Where the subject begins behind 'за истекшие сутки', 'в донесениях султану'; here, where nothing shows it."""
    if page.lang is Lang.EN:
        return at
    opens = CAPITAL | SPEAKER | bit("demonyms", "pronouns")
    return next((word for word in range(at, last) if page.marks[word] & opens and word > at), at)


def behind(page: Page, verb: int, high: int, *, many: bool) -> Phrase | None:
    """The subject to the right of the verb: 'сообщил мэр Днепра', 'сообщили в штабе'."""
    at = _skip_to_subject(page, verb, high, many=many)
    if at is None:
        return None
    start, inside = at
    if start >= high or not _opens(page, start, high):
        return None
    end = right_edge(page, start, high)
    return None if end <= start else _without_recipient(page, Phrase(start, end, inside))


def _skip_to_subject(page: Page, at: int, high: int, *, many: bool) -> tuple[int, bool] | None:
    marks = page.marks
    if at < high and page.words[at] == "]":
        at = behind_link(page, at, high)
    limit = min(high, at + LONGEST_RIGHT)
    while at < limit:
        mark = marks[at]
        if mark & (_ADVERB | _TIME | _RECIPIENT) and not mark & (_PRONOUN | _AT) or page.words[at] in SKIPPED:
            at += 1
        elif mark & _AT and at + 1 < limit:
            nearest = marks[at + 1]
            if many and not nearest & (_MEDIUM | _TIME | NUMBER):
                return at + 1, True
            at = _behind_circumstance(page, at + 1, limit)
        elif mark & _PREPOSITION and not mark & CAPITAL:
            at = _behind_circumstance(page, at + 1, limit)
        else:
            return at, False
    return None


def behind_link(page: Page, at: int, high: int) -> int:
    """Behind the address of a marked-up link: 'Об этом [сообщил](https://...) мэр'."""
    if page.words[at + 1 : at + 2] != ["("]:
        return at + 1
    for closer in range(at + 2, min(high, at + LONGEST_LINK)):
        if page.words[closer] == ")":
            return closer + 1
    return at + 1


def _behind_circumstance(page: Page, at: int, limit: int) -> int:
    """Where a subject may begin behind 'in an interview with CNN', 'на брифинге', 'в своём телеграм-канале'."""
    marks, seen = page.marks, False
    while at < limit:
        mark = marks[at]
        if mark & (BREAK | _SAY | _STOP):
            return at if not mark & BREAK else limit
        if seen and mark & _PERSON:
            return at
        if seen and mark & CAPITAL and not marks[at - 1] & (CAPITAL | HYPHEN | QUOTE):
            return at
        seen = seen or bool(mark & (WORD | NUMBER)) and not mark & _ADVERB
        at += 1
    return limit


def _opens(page: Page, start: int, high: int) -> bool:
    """Whether a speaker is named here: a capital, or a word of those who speak within reach."""
    mark = page.marks[start]
    if mark & (_STOP | _SAY) and not mark & (SPEAKER | CAPITAL):
        return False
    if mark & (CAPITAL | _CAN_SPEAK):
        return True
    if mark & QUOTE:
        return bool(start + 1 < high and page.marks[start + 1] & CAPITAL)
    for at in range(start, min(high, start + 4)):
        mark = page.marks[at]
        if mark & (BREAK | _STOP | _PREPOSITION):
            return False
        if mark & SPEAKER:
            return True
    return False


def right_edge(page: Page, start: int, high: int) -> int:
    marks, at = page.marks, start
    limit = min(high, start + LONGEST_RIGHT)
    while at < limit:
        mark = marks[at]
        if mark & QUOTE:
            closer = page.partner.get(at)
            if closer is None or closer < at or closer - at > LONGEST_QUOTED:
                break
            at = closer + 1
            continue
        if page.words[at] == "." and at + 1 >= limit:
            break
        if mark & (BREAK | _SAY) and not (mark & SPEAKER and mark & _SAY):
            break
        if mark & _STOP and not mark & SPEAKER and not (mark & CAPITAL and at > start):
            break
        if mark & (_TIME | _ADVERB) and at > start and not mark & (SPEAKER | CAPITAL):
            break
        if at > start and _is_deed(page, at):
            break
        if mark & _PREPOSITION and at > start and not _within_title(page, at, limit):
            break
        if mark & NUMBER and not _belongs(page, at):
            break
        at += 1
    while at > start and not marks[at - 1] & (WORD | NUMBER | QUOTE):
        at -= 1
    return at


def _within_title(page: Page, at: int, limit: int) -> bool:
    """'Minister for veterans', 'уполномоченный по правам человека': the preposition is part of the title."""
    if not page.marks[at] & _INTO or at + 1 >= limit:
        return False
    if page.lang is Lang.EN:
        return page.words[at] != "to" or bool(page.marks[at + 1] & CAPITAL)
    return bool(page.marks[at + 1] & _DOMAIN)


def _without_recipient(page: Page, phrase: Phrase) -> Phrase:
    """'сообщил РИА Новости глава города': the agency was told, the head speaks."""
    if not page.marks[phrase.first] & bit("media") or phrase.at:
        return phrase
    for at in range(phrase.first + 1, phrase.last):
        if page.marks[at] & _PERSON:
            return Phrase(at, phrase.last)
    return phrase


def shortened(page: Page, phrase: Phrase) -> tuple[int, int]:
    """Title and name without a long body before them: 'spokesperson Natalia Humeniuk'."""
    for at in range(phrase.first + LONGEST_BODY, phrase.last - 2):
        if page.lang is Lang.EN and page.marks[at] & _PERSON and page.marks[at + 1] & CAPITAL:
            return at, phrase.last
    return phrase.first, phrase.last


def genitive(page: Page, start: int, high: int) -> Phrase | None:
    """Whom 'according to' names."""
    while start < high and (page.words[start] in SKIPPED or page.marks[start] & _AT):
        start += 1
    if start >= high:
        return None
    mark = page.marks[start]
    if mark & (BREAK | NUMBER | _STOP | _TIME) and not mark & (SPEAKER | CAPITAL):
        return None
    if mark & _PREPOSITION:
        return None
    end = right_edge(page, start, high)
    return None if end <= start or _nobody(page, start, end) else Phrase(start, end)


def _nobody(page: Page, first: int, last: int) -> bool:
    """Data, plans and reports say nothing by themselves."""
    marks = [page.marks[at] for at in range(first, last)]
    if any(mark & (CAPITAL | SPEAKER) for mark in marks):
        return False
    return any(mark & _NOBODY for mark in marks)
