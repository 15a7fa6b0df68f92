"""One claim against one official figure: the verdict, the rule that fired, how far apart, in a sentence."""

import math
from dataclasses import dataclass, replace

from models.enums import Bound, Measure, Rule, Severity, Verdict
from monitor.statements import Span, Thresholds
from monitor.values import Figure
from monitor.verdicts.intervals import holds, less_precise, lies_above, meet, nearest_ends, span_of
from monitor.verdicts.wording import far_apart, meaning, number, times

CONTRADICTING = frozenset({Verdict.INCOMPATIBLE, Verdict.DIVERGENT})


@dataclass(frozen=True, slots=True)
class Comparison:
    """`above`: the claim lies higher than the official figure; `ratio` None where one of them is zero."""

    verdict: Verdict
    reason: str
    above: bool = False
    rule: Rule | None = None
    severity: Severity | None = None
    ratio: float | None = None

    @property
    def contradicts(self) -> bool:
        return self.verdict in CONTRADICTING


def compare(claim: Figure, official: Figure, thresholds: Thresholds) -> Comparison:
    """Both of one event, measure, group, side and part (section 5)."""
    one, other = span_of(claim, thresholds), span_of(official, thresholds)
    if not meet(one, other, thresholds):
        return incompatible(claim, official, thresholds, Rule.DISJOINT)
    if official.bound is Bound.AT_LEAST:
        return _over_lower_bound(claim, official, thresholds)
    if _anchors_differ(one, other, thresholds) and not _excused(claim, one, other, thresholds):
        return divergent(claim, official, thresholds, Rule.ANCHORS)
    return Comparison(
        Verdict.CONSISTENT,
        f"{meaning(claim, one)}; the official {meaning(official, other)}; they meet.",
        one.anchor > other.anchor,
    )


def incompatible(claim: Figure, official: Figure, thresholds: Thresholds, rule: Rule) -> Comparison:
    one, other = span_of(claim, thresholds), span_of(official, thresholds)
    low, high = nearest_ends(one, other)
    severity = _severity(high / low if low else math.inf, high - low, thresholds)
    if low == 0 and _zero_is_major(claim, official, one, other, thresholds):
        severity = Severity.MAJOR
    return Comparison(
        Verdict.INCOMPATIBLE,
        f"{meaning(claim, one)}; the official {meaning(official, other)}; they do not meet: {far_apart(low, high)}.",
        lies_above(one, other),
        rule,
        capped(severity, provisional=official.provisional),
        high / low if low else None,
    )


def divergent(claim: Figure, official: Figure, thresholds: Thresholds, rule: Rule) -> Comparison:
    one, other = span_of(claim, thresholds), span_of(official, thresholds)
    low, high = sorted((one.anchor, other.anchor))
    return Comparison(
        Verdict.DIVERGENT,
        f"{meaning(claim, one)}; the official {meaning(official, other)}; {_WHY[rule]}: "
        f"{number(one.anchor)} against {number(other.anchor)}, {times(low, high)}.",
        one.anchor > other.anchor,
        rule,
        capped(_severity(high / low if low else math.inf, high - low, thresholds), provisional=official.provisional),
        high / low if low else None,
    )


_WHY = {
    Rule.ANCHORS: "they meet, but their central values lie far apart",
    Rule.LOWER_BOUND: "the claim exceeds the official lower bound by far",
    Rule.KIND: "they disagree on who was hit, soldiers or civilians",
}


def _over_lower_bound(claim: Figure, official: Figure, thresholds: Thresholds) -> Comparison:
    one, other = span_of(claim, thresholds), span_of(official, thresholds)
    exceeds = (
        one.anchor >= other.anchor * thresholds.lower_bound_factor
        and one.anchor - other.anchor >= thresholds.lower_bound_difference
    )
    if exceeds and not holds(one, other.anchor, thresholds):
        return divergent(claim, official, thresholds, Rule.LOWER_BOUND)
    reason = f"{meaning(claim, one)}; the official {meaning(official, other)}, which is a lower bound: they meet."
    return Comparison(Verdict.CONSISTENT, reason, one.anchor > other.anchor)


def _anchors_differ(one: Span, other: Span, thresholds: Thresholds) -> bool:
    low, high = sorted((one.anchor, other.anchor))
    return high >= low * thresholds.factor and high - low >= thresholds.difference


def _excused(claim: Figure, one: Span, other: Span, thresholds: Thresholds) -> bool:
    reached = claim.bound is Bound.AT_LEAST and other.anchor >= one.anchor
    return reached or holds(one, other.anchor, thresholds) or holds(other, one.anchor, thresholds)


def kinds_differ(claim: Figure, official: Figure, thresholds: Thresholds) -> bool:
    """The factor and the difference that rule `kind` asks for."""
    return _anchors_differ(span_of(claim, thresholds), span_of(official, thresholds), thresholds)


def _severity(ratio: float, difference: float, thresholds: Thresholds) -> Severity:
    if ratio >= thresholds.major_ratio and difference >= thresholds.major_difference:
        return Severity.MAJOR
    if ratio >= thresholds.notable_ratio and difference >= thresholds.notable_difference:
        return Severity.NOTABLE
    return Severity.MINOR


def _zero_is_major(claim: Figure, official: Figure, one: Span, other: Span, thresholds: Thresholds) -> bool:
    zero, stated = (official, claim) if other.high == 0 else (claim, official)
    counted = max(one.low, other.low)
    least = 1 if stated.measure is Measure.KILLED else thresholds.major_difference
    return not zero.provisional and counted >= least


def capped(severity: Severity, *, provisional: bool) -> Severity:
    """What contradicts a preliminary figure is at most notable."""
    return Severity.NOTABLE if provisional and severity is Severity.MAJOR else severity


def figures_meet(one: Figure, other: Figure, thresholds: Thresholds) -> bool:
    return meet(span_of(one, thresholds), span_of(other, thresholds), thresholds)


def same_number(one: Figure, other: Figure, thresholds: Thresholds) -> bool:
    """They meet around the same number: 'up to 400' tells 'about 400' again."""
    first, second = span_of(one, thresholds), span_of(other, thresholds)
    return first.anchor == second.anchor and meet(first, second, thresholds)


def tells_again(one: Figure, other: Figure, thresholds: Thresholds) -> bool:
    """The same number, whatever became of the words around it: '600' retold of 'more than 600'."""
    return span_of(one, thresholds).anchor == span_of(other, thresholds).anchor


def passes_on(told: Figure, said: Figure, thresholds: Thresholds) -> bool:
    """What a party gave, told in its name: a relay may drop 'more than', and quotes nobody wrongly."""
    return figures_meet(told, said, thresholds) or tells_again(told, said, thresholds)


def adds_nothing(new: Figure, old: Figure, thresholds: Thresholds) -> bool:
    """It merely meets the figure in force and is less precise ('dozens', 'at least 18' after 18)."""
    first, second = span_of(new, thresholds), span_of(old, thresholds)
    return meet(first, second, thresholds) and less_precise(first, second)


def because(comparison: Comparison, reason: str) -> Comparison:
    return replace(comparison, reason=reason)
