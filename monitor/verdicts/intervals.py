"""What the words around a number mean as an interval, and when two intervals meet."""

import math

from models.enums import Bound, Modifier
from monitor.statements import Span, Thresholds
from monitor.values import Figure

# ACLED codebook, 'fatalities': what its coders write for each word.
_CONSERVATIVE = {(2, 9): (3, 10), (20, 99): (10, 12), (200, 999): (100,), (2000, 9999): (1000,)}
_ANCHORS = {(2, 9): 4.0, (20, 99): 45.0, (200, 999): 450.0, (2000, 9999): 4500.0}


def span_of(figure: Figure, thresholds: Thresholds) -> Span:
    low, high = figure.low, figure.high
    if high is None:
        low = low or 0.0
        return Span(low, None, low, low_open=figure.modifier is Modifier.MORE_THAN)
    if figure.bound is Bound.AT_MOST or low is None:
        share = thresholds.almost_share if figure.modifier is Modifier.ALMOST else 0.0
        return Span(high * share, high, high)
    if figure.bound is Bound.VAGUE:
        return Span(low, high, _vague_anchor(low, high), soft=True, conservative=_conservative(figure))
    if figure.bound is Bound.ABOUT and low == high:
        slack = max(high * thresholds.about_share, thresholds.about_least)
        return Span(max(0.0, low - slack), high + slack, high)
    return Span(low, high, low if low == high else math.sqrt(low * high))


def _vague_anchor(low: float, high: float) -> float:
    return _ANCHORS.get((int(low), int(high)), math.sqrt(low * high))


def _conservative(figure: Figure) -> tuple[int, ...]:
    if figure.bound is not Bound.VAGUE or figure.low is None or figure.high is None:
        return ()
    return _CONSERVATIVE.get((int(figure.low), int(figure.high)), (int(figure.low) // 2,))


def meet(one: Span, other: Span, thresholds: Thresholds) -> bool:
    return not _beyond(one, other, thresholds) and not _beyond(other, one, thresholds)


def _beyond(lower: Span, upper: Span, thresholds: Thresholds) -> bool:
    """All of `upper` lies above all of `lower`; a vague word's edge gives way until `soft_edge` times beyond."""
    if lower.high is None:
        return False
    if lower.soft or upper.soft:
        return upper.low >= lower.high * thresholds.soft_edge and upper.low > lower.high
    return upper.low > lower.high or (upper.low_open and upper.low == lower.high)


def holds(vague: Span, value: float, thresholds: Thresholds) -> bool:
    """A vague word holds a value within its edges, which are soft."""
    if not vague.soft:
        return False
    over = vague.high is not None and value >= vague.high * thresholds.soft_edge
    return not over and value * thresholds.soft_edge > vague.low


def same_value(one: Span, other: Span) -> bool:
    return (one.low, one.high, one.low_open) == (other.low, other.high, other.low_open)


def less_precise(one: Span, other: Span) -> bool:
    return _width(one) > _width(other)


def _width(span: Span) -> float:
    return math.inf if span.high is None else span.high - span.low


def nearest_ends(one: Span, other: Span) -> tuple[float, float]:
    """The ends that face each other, the lower first; for spans that do not meet."""
    if one.high is not None and one.high <= other.low:
        return one.high, other.low
    return (one.low if other.high is None else other.high), one.low


def lies_above(one: Span, other: Span) -> bool:
    """By the nearest ends where they are apart, else by the anchors."""
    if other.high is not None and one.low > other.high:
        return True
    if one.high is not None and other.low > one.high:
        return False
    return one.anchor > other.anchor
