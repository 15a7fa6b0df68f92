"""'The mayor said', 'they said at the headquarters', 'of this told the mayor', 'adding that'."""

from typing import Final

from models.enums import Lang
from monitor.figures.attribution.marks import (
    ADVERB,
    BREAK,
    CAPITAL,
    IN,
    MEDIUM,
    NOBODY,
    NUMBER,
    PRONOUN,
    QUOTE,
    SPEAKER,
    STOP,
    TIME,
    WORD,
    bit,
    endings,
)
from monitor.figures.attribution.page import SKIPPED, Page, Phrase
from monitor.figures.attribution.phrases import LONGEST_QUOTED
from monitor.figures.attribution.subjects import before, behind, behind_link, skip_back, until
from monitor.figures.attribution.units import Unit
from monitor.figures.attribution.values import Attribution, Kind

_LIKE: Final = bit("like")
_CONTRAST: Final = bit("contrast")
_BOUND: Final = BREAK | _CONTRAST | _LIKE
_CAN_SPEAK: Final = SPEAKER | CAPITAL | PRONOUN | bit("demonyms", "sender", "there")
_NAMED: Final = SPEAKER | CAPITAL
_SENDER: Final = bit("sender")
_MEDIA: Final = bit("media")
_RELATIVE: Final = bit("relative")
_DEMONYM: Final = bit("demonyms")
_NOUN: Final = bit("nouns")
_AUXILIARY: Final = bit("auxiliaries")
_WHEN: Final = bit("when")
_MEANWHILE: Final = bit("meanwhile")
_CIRCUMSTANCE: Final = ADVERB | TIME | MEDIUM | bit("recipients", "media")

_ARTICLES: Final = frozenset({"a", "an", "the"})
_LINK: Final = "that"
_NOUN_LINKS: Final = frozenset({"that", "of", "about"})
_LOSSES: Final = frozenset({"killed", "wounded", "dead", "missing", "captured", "injured"})
_CLAIMED_OTHERWISE: Final = frozenset({"lives", "life", "responsibility", "credit"})
_CLOSES_SPEECH: Final = frozenset(",.!?…")
_THIS_REACH: Final = 8
_OBJECT_REACH: Final = 4
_NAMED_WITHIN: Final = 4


def spoken(page: Page, unit: Unit, at: int, previous: Attribution | None) -> Attribution | None:
    """What the verb of speech at this token attributes, if it is one here."""
    end = page.run(at, "say")
    if not end or not _is_verb(page, unit, at, end):
        return None
    if page.marks[at] & _NOUN and page.marks[at - 1] & _DEMONYM:
        return Attribution(Kind.SPOKEN, at - 1, end, Phrase(at - 1, end))
    left = skip_back(page, at, unit.first)
    this = at if page.run(at, "this") == end else _behind_this(page, unit, left)
    subject = _subject(page, unit, (at, end), left, this)
    if subject is None:
        return None
    if previous is not None and previous.kind is Kind.CITED and previous.last in (left, left - 1):
        subject = previous.source or subject
    return _placed(page, unit, (at, end), subject, summing=this is not None)


def _is_verb(page: Page, unit: Unit, at: int, end: int) -> bool:
    """Not 'the said report', 'was reported', 'reported killed', 'United States', 'claimed the lives of'."""
    previous = page.marks[at - 1] if at > unit.first else BREAK
    if page.marks[at] & CAPITAL and not previous & (BREAK | QUOTE):
        return False
    if at > unit.first and page.words[at - 1] in _ARTICLES:
        return False
    if page.marks[at] & _NOUN and not _agrees(page, unit, at, end):
        return False
    left = at - 1
    while left > unit.first and page.marks[left] & ADVERB:
        left -= 1
    if left >= unit.first and page.marks[left] & _AUXILIARY:
        return False
    following = page.words[end : min(end + _OBJECT_REACH, unit.last)]
    return not (following and following[0] in _LOSSES) and _CLAIMED_OTHERWISE.isdisjoint(following)


def _agrees(page: Page, unit: Unit, at: int, end: int) -> bool:
    """'Kyiv claims' and 'officials report', not 'the reports', 'a ministry report'."""
    previous = page.marks[at - 1] if at > unit.first else 0
    link = page.words[end] if end < unit.last else ""
    if previous & _DEMONYM:
        return link in _NOUN_LINKS
    if not previous & (_NAMED | PRONOUN | ADVERB) or link == "of":
        return False
    third_person = page.words[at].endswith("s")
    if previous & ADVERB or (previous & CAPITAL and third_person):
        return True
    return third_person is not (page.words[at - 1].endswith("s") or bool(previous & PRONOUN))


def _behind_this(page: Page, unit: Unit, left: int) -> int | None:
    """The token behind 'of this' in 'of this told', 'of this the governor told'."""
    for at in range(max(unit.first, left - _THIS_REACH), left):
        if (end := page.run(at, "this")) and end <= left:
            return end
    return None


def _subject(page: Page, unit: Unit, verb: tuple[int, int], left: int, this: int | None) -> Phrase | None:
    low = unit.first if this is None else this
    many = page.words[verb[0]].endswith(endings(page.lang, "plural"))
    aside = page.lang is Lang.EN and left > low and page.words[left - 1] == ","
    if aside and (found := _speaking(page, before(page, verb[0], low))) is not None:
        return found
    untold = this is not None and not page.any(this, left, _NAMED)
    if left <= low or untold or _opens_clause(page, left):
        found = behind(page, verb[1], unit.last, many=many)
        if found is not None:
            return found
    if left > low and page.marks[left - 1] & _RELATIVE:
        return until(page, left - 1, low)
    found = _speaking(page, before(page, verb[0], low))
    if found is None or (found.at and not many) or (this is not None and page.marks[found.first] & _MEDIA):
        found = None if found is None or found.at else found
        return behind(page, verb[1], unit.last, many=many) or found
    return found


def _opens_clause(page: Page, left: int) -> bool:
    """Whether a clause begins at this token, so that the subject must follow the verb."""
    mark = page.marks[left - 1]
    if mark & QUOTE:
        opener = page.partner.get(left - 1, left)
        if page.words[left - 2] in _CLOSES_SPEECH:
            return True
        return opener >= left or left - opener > LONGEST_QUOTED + 2
    return bool(mark & _BOUND) or bool(mark & STOP and not mark & _NAMED)


def _speaking(page: Page, phrase: Phrase | None) -> Phrase | None:
    """The phrase, if it can be a speaker."""
    if phrase is None:
        return None
    reach = phrase.last if page.lang is Lang.EN else min(phrase.last, phrase.first + _NAMED_WITHIN)
    named = page.any(phrase.first, reach, _CAN_SPEAK) or page.words[phrase.first] in _ARTICLES
    void = page.any(phrase.first, phrase.last, NOBODY) and not page.any(phrase.first + 1, phrase.last, _NAMED)
    return phrase if named and not void else None


def _placed(page: Page, unit: Unit, verb: tuple[int, int], subject: Phrase, *, summing: bool) -> Attribution:
    """Where in its sentence it stands tells what it covers."""
    at, end = verb
    first, last = min(at, subject.first), max(end, subject.last)
    source = None if subject.last - subject.first == 1 and page.marks[subject.first] & _SENDER else subject
    opening = first - 1 if first > unit.first and page.marks[first - 1] & (_LIKE | IN) else first
    fronted = skip_back(page, opening, unit.first) <= unit.first or bool(page.marks[opening - 1] & _CONTRAST)
    quoted = opening > unit.first and bool(page.marks[opening - 1] & QUOTE)
    trailing = (subject.first >= end or quoted or _ends(page, last, unit.last)) and not fronted and not summing
    return Attribution(Kind.SPOKEN, opening, last, source, backward=trailing, sums=summing)


def _ends(page: Page, at: int, high: int) -> bool:
    """Nothing is said behind the verb: the sentence ends, or only when and where it was said follows."""
    at, led = behind_link(page, at, high), False
    while at < high:
        mark = page.marks[at]
        if mark & BREAK:
            clause = at + 1 < high and page.words[at] == "," and page.marks[at + 1] & (STOP | _LIKE)
            return page.words[at] != ":" and not clause
        if mark & QUOTE:
            return page.partner.get(at, at) < at
        if mark & STOP and not mark & CAPITAL:
            return bool(mark & _MEANWHILE) and _LINK not in page.words[at:high]
        led = led or bool(mark & _WHEN)
        if not led and (mark & NUMBER or (mark & WORD and not mark & _CIRCUMSTANCE)):
            return False
        at += 1
    return True


def continued(page: Page, unit: Unit, at: int, previous: Attribution | None) -> Attribution | None:
    """'Adding that', 'with officials claiming': the speaker stands before, or is the one who spoke last."""
    if not page.run(at, "saying"):
        return None
    left = skip_back(page, at, unit.first)
    if left > unit.first and not page.marks[left - 1] & BREAK and page.words[left - 1] not in SKIPPED:
        subject = _speaking(page, before(page, at, unit.first))
        return None if subject is None else Attribution(Kind.SPOKEN, subject.first, at + 1, subject)
    if previous is None or previous.first < unit.first:
        return None
    return Attribution(Kind.SPOKEN, at, at + 1, previous.source, weak=previous.weak)
