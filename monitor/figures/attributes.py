"""From what is counted to figures: who says it, of whose people, where, when, with what stance."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from monitor.figures.attribution import speakers_of
from monitor.figures.marked import Marked
from monitor.figures.parts import parts_of
from monitor.figures.provisional import provisional_of
from monitor.figures.scopes import scopes_of
from monitor.figures.sides import sides_of
from monitor.figures.stances import stances_of
from monitor.figures.text import Document
from monitor.figures.when import periods_of
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
    stances = stances_of(marked, counted)
    parts = parts_of(marked, counted, scopes, places)
    provisional = provisional_of(marked, counted)
    periods = periods_of(marked, counted, context)
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
            side=sides[at],
            scope=scopes[at],
            part=parts[at],
            stance=stances[at],
            provisional=provisional[at],
            speaker=speakers[at],
            place=places[at],
            as_of=periods[at],
            confidence=item.confidence,
        )
        for at, (item, each) in enumerate(zip(items, counted, strict=True))
    ]
