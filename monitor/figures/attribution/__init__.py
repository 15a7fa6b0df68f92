"""Who claims each figure: the author, or whoever he names."""

from collections.abc import Sequence

from monitor.figures.text import Document
from monitor.values import ReadingContext, SpeakerQuote

__all__ = ["speakers_of"]


def speakers_of(doc: Document, spans: Sequence[tuple[int, int]], context: ReadingContext) -> list[SpeakerQuote | None]:
    """One for each span of a number expression, which stand in order; None where the author asserts it himself."""
    return [None for _ in spans]
