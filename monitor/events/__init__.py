"""Figures of the same event found together: pure, no clock, no tables. One door: `join`."""

from monitor.events.anchors import Anchor, Ruling, anchor_of, decisions_of
from monitor.events.attacks import BY_THE_NIGHT
from monitor.events.incidents import NEXT_WORDS_WITHIN, SERIES_WITHIN
from monitor.events.joining import join
from monitor.events.profiles import KNOWN_BY_NUMBER, NEARLY
from monitor.events.spoken import SPOKEN_WITHIN, with_posts
from monitor.events.values import LONGEST_EVENT, Neighbourhood, NoPlaces, Places, name_key, place_key

__all__ = [
    "BY_THE_NIGHT",
    "KNOWN_BY_NUMBER",
    "LONGEST_EVENT",
    "NEARLY",
    "NEXT_WORDS_WITHIN",
    "SERIES_WITHIN",
    "SPOKEN_WITHIN",
    "Anchor",
    "Neighbourhood",
    "NoPlaces",
    "Places",
    "Ruling",
    "anchor_of",
    "decisions_of",
    "join",
    "name_key",
    "place_key",
    "with_posts",
]
