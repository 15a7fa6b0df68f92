"""Places as joining asks for them: what lies in what, and which ones a text names."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from models.enums import Lang
from monitor.events import Places
from monitor.places import PlaceKind, gazetteer
from monitor.values import PlaceQuote

# What is meant of a town's surroundings (monitor/places/lookup.py): the town lies in them.
SURROUNDINGS: Final = ("district", "direction", "region", "water")


class KnownPlaces(Places):
    def containers(self, place: str) -> Sequence[str]:
        return containers(place)


@lru_cache(maxsize=50_000)
def containers(place: str) -> tuple[str, ...]:
    """The nearest first; countries are left out, since too much lies in them to tell anything."""
    town, _, around = place.partition("/")
    surroundings = () if around else tuple(f"{town}/{each}" for each in SURROUNDINGS)
    known = gazetteer()
    areas = (each for each in known.around(town) if known.place(each).kind is not PlaceKind.COUNTRY)
    return (*surroundings, *areas)


@lru_cache(maxsize=20_000)
def places_named(text: str, lang: Lang | None) -> tuple[PlaceQuote, ...]:
    """In the order of the text; what the gazetteer does not know is left out."""
    from monitor.figures.text import document
    from monitor.figures.whereabouts import places_in

    return tuple(named.place for named in places_in(document(text, lang)) if named.place.id is not None)
