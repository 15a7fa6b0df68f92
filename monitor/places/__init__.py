"""The gazetteer: settlements, areas, seas and known objects by name; nothing is loaded before the first look-up."""

from monitor.places.gazetteer import Match, Place, PlaceKind, gazetteer
from monitor.places.lookup import contains, lookup

__all__ = ["Match", "Place", "PlaceKind", "contains", "gazetteer", "lookup"]
