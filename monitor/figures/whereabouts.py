"""Where the things a post counts happened: the piece of text that names the place of each figure.

The place in the figure's own clause comes first, then the one that its sentence begins with, then one behind it, then
the place that the report spoke of before. Of a place and the area around it the narrower counts.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from models.enums import Measure, Object
from monitor.figures.mentions import Frame, Kind, Piece
from monitor.figures.place_choice import Choice, Counted
from monitor.figures.place_frames import frame
from monitor.figures.place_names import names_in
from monitor.figures.place_pieces import pieces_of
from monitor.figures.place_words import Words
from monitor.figures.text import Document
from monitor.values import PlaceQuote

POSSESSIVES: Final = ("'s", "\u2019s")


class FigureSpan(Protocol):
    """The number expression of a figure, in code points of the text, and what it counts."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def measure(self) -> Measure: ...
    @property
    def object(self) -> Object: ...


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
    if not spans:
        return []
    words, pieces = _read(doc)
    choice = Choice(words, pieces, [_counted(words, span) for span in spans])
    chosen = [choice.of(at) for at in range(len(spans))]
    return [None if piece is None else _quote(words, piece) for piece in chosen]


def places_in(doc: Document) -> list[NamedPlace]:
    """All places that the post names, whether something is counted there or not; speakers named after one are none."""
    words, pieces = _read(doc)
    single = [each for piece in pieces for each in piece.members or (piece, *((piece.outer,) if piece.outer else ()))]
    return [
        NamedPlace(doc.tokens.starts[piece.first], doc.tokens.ends[piece.last - 1], _quote(words, piece))
        for piece in single
        if piece.kind not in (Kind.UNNAMED, Kind.STREET, Kind.BACK, Kind.COUNTRY)
        and not (piece.common and piece.frame is Frame.LOOSE)
    ]


def _read(doc: Document) -> tuple[Words, list[Piece]]:
    words = Words(doc)
    mentions = names_in(words)
    frame(words, mentions)
    return words, pieces_of(words, mentions)


def _counted(words: Words, span: FigureSpan) -> Counted:
    first, last = bisect_left(words.starts, span.start), bisect_left(words.starts, span.end)
    return Counted(first, last, span.measure, span.object)


def _quote(words: Words, piece: Piece) -> PlaceQuote:
    quote = words.text(piece.first, piece.last)
    if quote[-2:] in POSSESSIVES:
        quote = quote[:-2]
    return PlaceQuote(quote, piece.name or quote, piece.id)
