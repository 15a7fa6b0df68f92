"""Places as joining asks for them: what lies in what, and which ones a text names."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from models.enums import Lang
from monitor.events import Places, name_key
from monitor.places import Place, PlaceKind, gazetteer
from monitor.values import PlaceQuote

# What is meant of a town's surroundings (monitor/places/lookup.py): the town lies in them.
SURROUNDINGS: Final = ("district", "direction", "region", "water")
WIDE: Final = ("direction", "region")
AREAS: Final = (PlaceKind.AREA, PlaceKind.COUNTRY, PlaceKind.SEA)


class KnownPlaces(Places):
    def containers(self, place: str) -> Sequence[str]:
        return containers(place)

    def is_area(self, place: str) -> bool:
        return is_area(place)


@lru_cache(maxsize=50_000)
def containers(place: str) -> tuple[str, ...]:
    """The nearest first; countries are left out, since too much lies in them to tell anything."""
    town, _, around = place.partition("/")
    surroundings = () if around else tuple(f"{town}/{each}" for each in SURROUNDINGS)
    known = gazetteer()
    areas = (each for each in known.around(town) if known.place(each).kind is not PlaceKind.COUNTRY)
    return (*surroundings, *_name_of(place), *areas)


def _name_of(place: str) -> tuple[str, ...]:
    """Where a text does not tell which of several places of a name it means, any of them may be meant."""
    known = _known(place)
    return () if known is None or known.kind in AREAS else (name_key(known.name),)


@lru_cache(maxsize=50_000)
def is_area(place: str) -> bool:
    town, _, around = place.partition("/")
    known = _known(town)
    return around in WIDE or (known is not None and known.kind in AREAS)


def _known(place: str) -> Place | None:
    try:
        return gazetteer().place(place)
    except KeyError:
        return None


@lru_cache(maxsize=20_000)
def places_named(text: str, lang: Lang | None) -> tuple[PlaceQuote, ...]:
    """In the order of the text; what the gazetteer does not know is left out."""
    from monitor.figures.text import document
    from monitor.figures.whereabouts import places_in

    return tuple(named.place for named in places_in(document(text, lang)) if named.place.id is not None)
