"""All attributions of a page in order, each with its speaker found: 'he' is the one named before."""

from collections.abc import Iterator
from typing import Final

from monitor.figures.attribution.frames import cited, framed, said_in_report
from monitor.figures.attribution.labels import Known, dashed, gapped, headed, labelled
from monitor.figures.attribution.page import BREAK, CAPITAL, SPEAKER, WORD, Page, Unit, bit, endings
from monitor.figures.attribution.phrases import Phrase, right_edge
from monitor.figures.attribution.values import Attribution, Kind
from monitor.figures.attribution.verbs import continued, spoken

CUES: Final = bit("say", "saying", "impersonal", "by", "straight", "straight_named", "cite")
_PHRASED: Final = frozenset({"say", "saying", "straight", "straight_named", "cite"})
_CITE_REACH: Final = 14
_GENERIC: Final = bit("generic.people", "generic.bodies")
_PRONOUN: Final = bit("pronouns", "there", "possessives")


def attributions(page: Page, known: Known) -> list[list[Attribution]]:
    """One list for each unit."""
    cues = _cues(page)
    antecedents = Antecedents(page)
    collected = []
    at = 0
    for unit in page.units:
        own = []
        while at < len(cues) and cues[at] < unit.last:
            if cues[at] >= unit.first:
                own.append(cues[at])
            at += 1
        found = list(_of_unit(page, unit, own, known))
        for attribution in found:
            antecedents.resolve(attribution, unit)
        antecedents.passed(unit)
        collected.append(found)
    return collected


def _cues(page: Page) -> list[int]:
    cues = {at for at, mark in enumerate(page.marks) if mark & CUES or page.words[at] == "-" and mark & BREAK}
    cues |= {at for at, found in page.runs.items() if any(match.name in _PHRASED for match in found)}
    return sorted(cues)


def _of_unit(page: Page, unit: Unit, cues: list[int], known: Known) -> Iterator[Attribution]:
    label = labelled(page, unit, known) or (headed(page, unit, known) if unit.headline else None)
    previous = label
    if label is not None:
        yield label
    for cue in cues:
        if previous is not None and cue < previous.last:
            continue
        found = _at(page, unit, cue, previous)
        if found is None:
            continue
        found.weak = found.weak or _medium(page, found)
        if found.kind is Kind.CITED and previous is not None and _relays(previous, found):
            previous.source, previous.weak, previous.last = found.source, False, found.last
            continue
        if previous is not None and previous.kind is Kind.CITED and found.kind is Kind.SPOKEN:
            found.weak = found.source is not previous.source and found.weak
        previous = found if found.kind is not Kind.VAGUE else previous
        yield found
    dash = dashed(page, unit, known)
    if dash is not None and (previous is None or previous.last <= dash.first or previous is label):
        dash.weak = _medium(page, dash)
        yield dash


def _at(page: Page, unit: Unit, cue: int, previous: Attribution | None) -> Attribution | None:
    if page.words[cue] == "-":
        return gapped(page, unit, cue, previous)
    return (
        cited(page, unit, cue)
        or framed(page, unit, cue)
        or spoken(page, unit, cue, previous)
        or continued(page, unit, cue, previous)
        or (said_in_report(page, unit, cue) if page.marks[cue] & bit("impersonal") else None)
    )


def _relays(previous: Attribution, found: Attribution) -> bool:
    return previous.kind is not Kind.CITED and found.first - previous.last <= _CITE_REACH


def _medium(page: Page, attribution: Attribution) -> bool:
    if attribution.source is None:
        return False
    marks = [page.marks[at] for at in range(attribution.source.first, attribution.source.last)]
    return any(mark & bit("media") for mark in marks) and not any(mark & bit("people", "sources") for mark in marks)


class Antecedents:
    """Who was named before: what 'he', 'там' and a bare 'the governor' point back to."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._last: Phrase | None = None
        self._named: Phrase | None = None
        self._topic: Phrase | None = None
        self._headline: Phrase | None = None

    def resolve(self, attribution: Attribution, unit: Unit) -> None:
        source = attribution.source
        if source is None:
            return
        back = self._back(source, unit)
        if back is not None:
            attribution.source = back
        else:
            self._last = source
            if self._has_name(source):
                self._named = source
            if attribution.kind in (Kind.LABEL, Kind.DASH) and self._is_bare_name(source):
                self._headline = source

    def passed(self, unit: Unit) -> None:
        """A sentence that opens with a person or a body may be what the next one's 'he' means."""
        start = unit.first
        while start < unit.last and not self._page.marks[start] & WORD:
            start += 1
        if start < unit.last and self._page.marks[start] & SPEAKER:
            self._topic = Phrase(start, right_edge(self._page, start, unit.last))

    def _back(self, source: Phrase, unit: Unit) -> Phrase | None:
        marks = [self._page.marks[at] for at in range(source.first, source.last)]
        if len(marks) == 1 and marks[0] & _PRONOUN:
            return self._last or self._topic
        if self._headline is not None and marks[0] & bit("people") and not self._has_person(source):
            return self._headline
        bare = any(mark & _GENERIC for mark in marks) and not self._has_name(source)
        return self._named if bare and self._fits(marks) else None

    def _has_name(self, source: Phrase) -> bool:
        """A capital that is not the first word's alone."""
        opening = source.first
        return any(
            self._page.marks[at] & CAPITAL and (at > opening or not self._opens_unit(at))
            for at in range(source.first, source.last)
        )

    def _is_bare_name(self, source: Phrase) -> bool:
        marks = [self._page.marks[at] for at in range(source.first, source.last)]
        return all(mark & CAPITAL and not mark & SPEAKER for mark in marks) and self._has_person(source)

    def _has_person(self, source: Phrase) -> bool:
        """A capital that is neither a title, a body, its abbreviation nor the adjective of a region."""
        return any(self._is_person(at) for at in range(source.first, source.last))

    def _is_person(self, at: int) -> bool:
        token, word, lang = self._page.tokens[at], self._page.words[at], self._page.lang
        if not self._page.marks[at] & CAPITAL or self._page.marks[at] & SPEAKER:
            return False
        if self._page.doc.raw[token.start : token.end].isupper() and self._headline is not None:
            return False
        return word.endswith(endings(lang, "surnames")) or not word.endswith(endings(lang, "adjectives"))

    def _opens_unit(self, at: int) -> bool:
        return self._page.marks[at] & SPEAKER > 0 and (at == 0 or self._page.words[at - 1] in ("\n", "."))

    def _fits(self, marks: list[int]) -> bool:
        """A bare 'ministry' points to a body, a bare 'governor' to a person."""
        if self._named is None:
            return False
        named = [self._page.marks[at] for at in range(self._named.first, self._named.last)]
        if any(mark & bit("generic.bodies") for mark in marks):
            return any(mark & bit("bodies") for mark in named)
        return not any(mark & bit("bodies", "media") for mark in named[:1])
