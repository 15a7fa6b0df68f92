"""What a figure means, taken from the rules, as pages show it."""

from math import sqrt

from models.enums import Bound, Modifier
from monitor.statements import Span


def span_of(low: float | None, high: float | None, bound: Bound, modifier: Modifier, quote: str) -> Span:
    if bound is Bound.AT_LEAST:
        return Span(low or 0, None, low or 0, low_open=modifier is Modifier.MORE_THAN)
    if bound is Bound.AT_MOST:
        top = high or 0
        return Span(0.9 * top if modifier is Modifier.ALMOST else 0, top, top)
    low, high = low or 0, high or 0
    if bound is Bound.ABOUT:
        room = max(0.1 * low, 1)
        return Span(low - room, low + room, low)
    if bound is Bound.VAGUE:
        coded = {2: (3, 10), 20: (12,) if "dozen" in quote.lower() else (10,), 200: (100,)}.get(int(low), ())
        anchor = {2: 4, 20: 45, 200: 450, 2000: 4500}.get(int(low), sqrt(low * high))
        return Span(low, high, anchor, soft=True, conservative=coded)
    return Span(low, high, sqrt(low * high))
