"""The sentences of a verdict, so written that they can be recomputed by hand."""

from collections.abc import Sequence
from datetime import UTC, datetime

from models.enums import Bound
from monitor.statements import Span
from monitor.values import Figure


def number(value: float) -> str:
    return f"{value:,.0f}".replace(",", " ") if value == int(value) else f"{value:.1f}"


def meaning(figure: Figure, span: Span) -> str:
    """'"about 400" means 360 to 440'"""
    return (
        f'"{figure.quote}" means {interval(span)}'
        if figure.bound is not Bound.EXACT
        else f'"{figure.quote}" means {number(span.anchor)}'
    )


def interval(span: Span) -> str:
    if span.high is None:
        return f"more than {number(span.low)}" if span.low_open else f"{number(span.low)} or more"
    if span.low == span.high:
        return number(span.low)
    return f"{number(span.low)} to {number(span.high)}"


def far_apart(low: float, high: float) -> str:
    return f"the nearest ends are {number(low)} and {number(high)}, {times(low, high)}"


def times(low: float, high: float) -> str:
    return f"{high / low:.1f} times" if low else "nothing against something"


def chain(figures: Sequence[Figure]) -> str:
    """'The official figure moved: 63 -> 89.'"""
    return f"The official figure moved: {' -> '.join(figure.quote for figure in figures)}."


def clock(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
