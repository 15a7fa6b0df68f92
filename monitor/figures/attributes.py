"""From what is counted to figures: who says it, of whose people, where, when, with what stance."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from models.enums import Stance
from monitor.figures.attribution import speakers_of
from monitor.figures.marked import Marked
from monitor.figures.scopes import scopes_of
from monitor.figures.sides import sides_of
from monitor.figures.text import Document
from monitor.figures.whereabouts import places_of
from monitor.values import Figure, ReadingContext

if TYPE_CHECKING:
    from monitor.figures.reader import Item


def figures_of(doc: Document, items: "Sequence[Item]", context: ReadingContext) -> list[Figure]:
    counted = [item.counted for item in items]
    speakers = speakers_of(doc, [(each.start, each.end) for each in counted], context)
    places = places_of(doc, counted)
    marked = Marked(doc)
    sides = sides_of(marked, counted, speakers, places, context)
    scopes = scopes_of(marked, counted)
    stances = [Stance.ASSERTS for _ in counted]
    return [
        Figure(
            start=each.start,
            end=each.end,
            quote=doc.raw[each.start : each.end],
            measure=each.measure,
            object=each.object,
            low=each.low,
            high=each.high,
            bound=each.bound,
            modifier=item.modifier,
            side=side,
            scope=scope,
            stance=stance,
            speaker=speaker,
            place=place,
            confidence=item.confidence,
        )
        for item, each, speaker, place, side, scope, stance in zip(
            items, counted, speakers, places, sides, scopes, stances, strict=True
        )
    ]
