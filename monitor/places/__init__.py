"""The gazetteer: settlements, areas, seas and known objects by name; nothing is loaded before the first look-up.

Settlements, their spellings and ids (`g...`) are those of GeoNames (geonames.org), under CC BY 4.0.
"""

from monitor.places.gazetteer import Match, Place, PlaceKind, gazetteer
from monitor.places.lookup import contains, lookup

__all__ = ["Match", "Place", "PlaceKind", "contains", "gazetteer", "lookup"]
