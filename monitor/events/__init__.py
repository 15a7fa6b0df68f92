"""Figures of the same event found together: pure, no clock, no tables. One door: `join`."""

from monitor.events.joining import join
from monitor.events.values import Neighbourhood, NoPlaces, Places

__all__ = ["Neighbourhood", "NoPlaces", "Places", "join"]
