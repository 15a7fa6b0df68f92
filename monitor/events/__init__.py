"""Figures of the same event found together: pure, no clock, no tables. One door: `join`."""

from monitor.events.joining import join
from monitor.events.spoken import with_posts
from monitor.events.values import Neighbourhood, NoPlaces, Places, place_key

__all__ = ["Neighbourhood", "NoPlaces", "Places", "join", "place_key", "with_posts"]
