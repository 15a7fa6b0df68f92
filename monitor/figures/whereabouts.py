"""Where the things a post counts happened: the piece of text that names the place of each figure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from models.enums import Measure
from monitor.figures.text import Document
from monitor.values import PlaceQuote


class FigureSpan(Protocol):
    """The number expression of a figure, in code points of the text, and what it counts."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def measure(self) -> Measure: ...


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """A place named anywhere in a post."""

    start: int
    end: int
    place: PlaceQuote


def places_of(doc: Document, spans: Sequence[FigureSpan]) -> list[PlaceQuote | None]:
    """One place for each span, in the order of the spans.

    Spans that stand at the same piece of text ('one each over Kursk and Bryansk regions') get the places of the list
    one after the other.
    """
    del doc
    return [None for _ in spans]


def places_in(doc: Document) -> list[NamedPlace]:
    """All places that the post names, whether something is counted there or not."""
    del doc
    return []
