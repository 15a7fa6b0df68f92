"""What the rest of the program asks of the gazetteer."""

from functools import lru_cache

from models.enums import Lang
from monitor.places.gazetteer import Place, gazetteer

SURROUNDINGS = "/"  # between a settlement's id and what is meant of its surroundings: 'g713174/direction'


def lookup(name: str, lang: Lang | None = None) -> Place | None:
    """The best known place of a name in any case; one with that very name in `lang` first."""
    known = gazetteer()
    words = known.words_of(name)
    found = known.longest(words, 0) if words else None
    if found is None or found.last < len(words):
        return None
    places = [known.place(id_) for id_ in found.ids]
    return max(places, key=lambda place: (place.prominence, lang is not None and place.names[lang] == name))


@lru_cache(maxsize=10_000)
def contains(outer_id: str, inner_id: str) -> bool:
    """Whether a place lies in another or is the same. Unknown ids hold nothing; a town's surroundings hold the town."""
    if outer_id == inner_id:
        return True
    inner = inner_id.partition(SURROUNDINGS)[0]
    outer, around, _ = outer_id.partition(SURROUNDINGS)
    if around:
        return outer == inner and SURROUNDINGS not in inner_id
    return outer in gazetteer().around(inner)
