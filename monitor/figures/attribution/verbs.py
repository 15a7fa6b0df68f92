"""'The mayor said', 'сообщили в штабе', 'об этом сообщил мэр', 'adding that'."""

from typing import Final

from models.enums import Lang

from monitor.figures.attribution.page import (
    BREAK,
    CAPITAL,
    IGNORED,
    NUMBER,
    QUOTE,
    SPEAKER,
    WORD,
    Page,
    Unit,
    bit,
    endings,
)
from monitor.figures.attribution.phrases import (
    LONGEST_QUOTED,
    Phrase,
    before,
    behind,
    behind_link,
    skip_back,
    until,
)
from monitor.figures.attribution.values import Attribution, Kind

ARTICLES: Final = frozenset({"a", "an", "the"})
_THIS_REACH: Final = 6
_CONTRAST: Final = bit("contrast")
_BOUND: Final = bit("contrast", "like") | BREAK
_LOSS: Final = frozenset({"killed", "wounded", "dead", "missing", "captured", "injured"})
_LIVES: Final = frozenset({"lives", "life", "responsibility", "credit"})


def spoken(page: Page, unit: Unit, at: int, previous: Attribution | None) -> Attribution | None:
    """What the verb of speech at this token attributes, if it is one here."""
    end = page.run(at, "say")
    if not end or not _is_verb(page, unit, at, end):
        return None
    if page.marks[at] & bit("nouns") and page.marks[at - 1] & bit("demonyms"):
        return Attribution(Kind.SPOKEN, at - 1, end, Phrase(at - 1, end))
    left = skip_back(page, at, unit.first)
    this = _this_before(page, unit, left)
    subject = _subject(page, unit, at, end, left, this)
    if subject is None:
        return None
    if previous is not None and previous.kind is Kind.CITED and previous.last in (left, left - 1):
        subject = previous.source or subject
    return _placed(page, unit, at, end, subject, summing=this is not None)


def _is_verb(page: Page, unit: Unit, at: int, end: int) -> bool:
    mark, previous = page.marks[at], page.marks[at - 1] if at > unit.first else 0
    if mark & CAPITAL and at > unit.first and not previous & (BREAK | QUOTE):
        return False
    if mark & bit("nouns") and not _subject_like(page, unit, at, end):
        return False
    if page.words[at - 1 : at] in (["a"], ["an"], ["the"]):
        return False
    left = at - 1
    while left >= unit.first and page.marks[left] & bit("adverbs"):
        left -= 1
    if left >= unit.first and page.marks[left] & bit("auxiliaries"):
        return False
    following = page.words[end : min(end + 4, unit.last)]
    return not (following and following[0] in _LOSS) and _LIVES.isdisjoint(following)


def _subject_like(page: Page, unit: Unit, at: int, end: int) -> bool:
    """'Kyiv claims' and 'officials report', not 'the reports', 'a ministry report', 'United States'."""
    if at == unit.first:
        return False
    previous, word = page.marks[at - 1], page.words[at]
    if previous & bit("demonyms"):
        return end < unit.last and page.words[end] in ("that", "of", "about")
    if not previous & (CAPITAL | SPEAKER | bit("pronouns", "adverbs")) or page.words[end : end + 1] == ["of"]:
        return False
    plural = page.words[at - 1].endswith("s") or bool(previous & bit("pronouns"))
    return (
        previous & bit("adverbs") > 0
        or plural is not word.endswith("s")
        or bool(previous & CAPITAL and word.endswith("s"))
    )


def _this_before(page: Page, unit: Unit, left: int) -> int | None:
    """The token behind 'об этом' in 'об этом сообщил', 'об этом губернатор сообщил'."""
    for at in range(max(unit.first, left - _THIS_REACH - 2), left):
        if (end := page.run(at, "this")) and end <= left:
            return end
    return None


def _subject(page: Page, unit: Unit, at: int, end: int, left: int, this: int | None) -> Phrase | None:
    untold = this is not None and not any(page.marks[word] & (CAPITAL | SPEAKER) for word in range(this, left))
    many = page.words[at].endswith(endings(page.lang, "plural")) if endings(page.lang, "plural") else False
    low = unit.first if this is None else this
    aside = page.lang is Lang.EN and left > low and page.words[left - 1] == ","
    if aside and (found := _speaking(page, before(page, at, low))) is not None:
        return found
    if left <= low or untold or _bounded(page, unit, left):
        found = behind(page, end, unit.last, many=many)
        if found is not None:
            return found
    if left > low and page.marks[left - 1] & bit("relative"):
        return until(page, left - 1, low)
    found = _speaking(page, before(page, at, low))
    if found is None or (found.at and not many) or (this is not None and page.marks[found.first] & bit("media")):
        return behind(page, end, unit.last, many=many) or (None if found is None or found.at else found)
    return found


def _bounded(page: Page, unit: Unit, left: int) -> bool:
    """Whether a clause begins at this token, so that the subject must follow the verb."""
    mark = page.marks[left - 1]
    if mark & QUOTE:
        opener = page.partner.get(left - 1)
        return opener is None or opener >= left or left - opener > LONGEST_QUOTED + 2
    return bool(mark & _BOUND) or bool(mark & bit("stops") and not mark & (CAPITAL | SPEAKER))


def _speaking(page: Page, phrase: Phrase | None) -> Phrase | None:
    if phrase is None:
        return None
    marks = [page.marks[at] for at in range(phrase.first, phrase.last)]
    can = SPEAKER | CAPITAL | bit("demonyms", "pronouns", "sender", "there")
    if not any(mark & can for mark in marks) and page.words[phrase.first] not in ARTICLES:
        return None
    if any(mark & bit("nobody") for mark in marks) and not any(mark & (SPEAKER | CAPITAL) for mark in marks[1:]):
        return None
    return phrase


def _placed(page: Page, unit: Unit, at: int, end: int, subject: Phrase, *, summing: bool) -> Attribution:
    follows = subject.first >= end
    first, last = min(at, subject.first), max(end, subject.last)
    source = None if page.marks[subject.first] & bit("sender") and subject.last - subject.first == 1 else subject
    opening = first - 1 if first > unit.first and page.marks[first - 1] & bit("like", "at") else first
    fronted = skip_back(page, opening, unit.first) <= unit.first or bool(page.marks[opening - 1] & _CONTRAST)
    trailing = (follows or _ends(page, last, unit.last)) and not fronted and not summing
    return Attribution(Kind.SPOKEN, opening, last, source, backward=trailing, sums=summing)


def _ends(page: Page, at: int, high: int) -> bool:
    """Nothing is said behind the verb: the sentence ends, or only when and where it was said follows."""
    led = False
    if at < high and page.words[at] == "]":
        at = behind_link(page, at, high)
    while at < high:
        mark = page.marks[at]
        if mark & BREAK:
            clause = at + 1 < high and page.words[at] == "," and page.marks[at + 1] & bit("stops", "like")
            return page.words[at] != ":" and not clause
        if mark & bit("when"):
            led = True
        elif mark & QUOTE:
            return page.partner.get(at, at) < at
        elif mark & WORD and not led and not mark & bit("adverbs", "times", "recipients", "mediums"):
            return False
        elif mark & NUMBER and not led:
            return False
        elif mark & bit("stops") and not mark & CAPITAL:
            return False
        at += 1
    return True


def continued(page: Page, unit: Unit, at: int, previous: Attribution | None) -> Attribution | None:
    """'Adding that', 'with officials claiming': the speaker stands before, or is the one who spoke last."""
    if not page.run(at, "saying"):
        return None
    left = skip_back(page, at, unit.first)
    if left > unit.first and not page.marks[left - 1] & BREAK and page.words[left - 1] not in IGNORED:
        subject = _speaking(page, before(page, at, unit.first))
        if subject is not None:
            return Attribution(Kind.SPOKEN, subject.first, at + 1, subject)
        return None
    if previous is None or previous.first < unit.first:
        return None
    return Attribution(Kind.SPOKEN, at, at + 1, previous.source, weak=previous.weak)
