"""All attributions of a page in order."""

from collections.abc import Iterator, Sequence
from typing import Final

from monitor.figures.attribution.antecedents import Antecedents
from monitor.figures.attribution.frames import cited, framed, said_in_report
from monitor.figures.attribution.labels import Known, dashed, gapped, headed, labelled, may_be_labelled
from monitor.figures.attribution.marks import CUE, bit
from monitor.figures.attribution.page import Page
from monitor.figures.attribution.units import Unit
from monitor.figures.attribution.values import Attribution, Kind
from monitor.figures.attribution.verbs import continued, spoken

_IMPERSONAL: Final = bit("impersonal")
_MEDIA: Final = bit("media")
_NO_MEDIUM: Final = bit("people", "sources")
_CITE_REACH: Final = 14
_HEADINGS: Final = 3  # sentences among which the heading of a report is looked for


def attributions(page: Page, units: Sequence[Unit], known: Known) -> list[list[Attribution]]:
    """One list for each unit."""
    cues, antecedents = iter(_cues(page)), Antecedents(page)
    collected, cue = [], next(cues)
    for unit in units:
        own = []
        while cue < unit.last:
            own.append(cue)
            cue = next(cues)
        bare = not own and unit.number >= _HEADINGS and not may_be_labelled(page, unit)
        found = [] if bare else list(_of_unit(page, unit, own, known))
        for attribution in found:
            antecedents.resolve(attribution)
        antecedents.passed(unit)
        collected.append(found)
    return collected


def _cues(page: Page) -> list[int]:
    """Where somebody may be made to speak, and the end of the page."""
    return [*(at for at, mark in enumerate(page.marks) if mark & CUE), len(page.words)]


def _of_unit(page: Page, unit: Unit, cues: list[int], known: Known) -> Iterator[Attribution]:
    label = labelled(page, unit, known)
    if label is None and unit.headline and unit.number < _HEADINGS:
        label = headed(page, unit, known)
    previous = label
    if label is not None:
        yield label
    for cue in cues:
        if previous is not None and cue < previous.last:
            continue
        found = _at(page, unit, cue, previous)
        if found is None or (previous is not None and _relayed(previous, found)):
            continue
        found.weak = found.weak or _is_medium(page, found)
        previous = found if found.kind is not Kind.VAGUE else previous
        yield found
    dash = dashed(page, unit, known)
    if dash is not None and (previous is None or previous.last <= dash.first or previous is label):
        dash.weak = _is_medium(page, dash)
        yield dash


def _at(page: Page, unit: Unit, cue: int, previous: Attribution | None) -> Attribution | None:
    if page.words[cue] == "-":
        return gapped(page, unit, cue, previous)
    return (
        cited(page, unit, cue)
        or framed(page, unit, cue)
        or spoken(page, unit, cue, previous)
        or continued(page, unit, cue, previous)
        or (said_in_report(page, unit, cue) if page.marks[cue] & _IMPERSONAL else None)
    )


def _relayed(previous: Attribution, found: Attribution) -> bool:
    """'X, citing Y' is Y: the attribution before takes the source over."""
    near = found.first - previous.last <= _CITE_REACH
    if found.kind is not Kind.CITED or previous.kind is Kind.CITED or not near:
        return False
    previous.source, previous.weak, previous.last = found.source, False, found.last
    return True


def _is_medium(page: Page, attribution: Attribution) -> bool:
    source = attribution.source
    if source is None:
        return False
    return page.any(source.first, source.last, _MEDIA) and not page.any(source.first, source.last, _NO_MEDIUM)
