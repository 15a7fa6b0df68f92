"""A figure as it was said, with what it means by the rules of this desk."""

from functools import cache

from config.settings import settings
from models.enums import Bound, Measure, Modifier, Object
from monitor.digests.values import Said
from monitor.statements import Thresholds
from monitor.values import Figure
from monitor.verdicts.intervals import span_of


def said(
    *,
    measure: str,
    object: str,  # noqa: A002
    quote: str,
    low: float | None,
    high: float | None,
    bound: str,
    modifier: str,
) -> Said:
    """Takes the words of a row or of a contract's line."""
    figure = Figure(0, len(quote), quote, Measure(measure), Object(object), low, high, Bound(bound), Modifier(modifier))
    span = span_of(figure, thresholds())
    return Said(figure.measure, figure.object, quote, low, high, figure.bound, figure.modifier, span)


def number_of(said: Said) -> tuple[float | None, float | None, Bound, Modifier]:
    """Alike where the same number was said, whatever the words and the language."""
    return said.low, said.high, said.bound, said.modifier


@cache
def thresholds() -> Thresholds:
    return Thresholds(**settings().thresholds.model_dump())
