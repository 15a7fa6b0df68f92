"""Which side administers a place: it counts the civilians who are hit there."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cache, lru_cache
from typing import Any, Final

from models.enums import OTHER_SIDE, UNKNOWN_SIDE
from monitor.packaged import packaged_yaml
from monitor.places import PlaceKind, gazetteer, lookup
from monitor.places.lookup import SURROUNDINGS
from monitor.values import PlaceQuote

COUNTRIES: Final = {"RU": "ru", "UA": "ua"}
REPUBLICS: Final = frozenset({"dnr", "lnr"})  # claimed over more than what was held


@dataclass(frozen=True, slots=True)
class Held:
    since: datetime
    until: datetime | None
    undated: str

    def side_at(self, moment: datetime | None) -> str:
        if moment is None:
            return self.undated
        return "ru" if self.since <= moment and (self.until is None or moment < self.until) else "ua"


def administering_side(place_id: str, at: datetime | None, sides: Collection[str] = ()) -> str:
    """'unknown' of seas and of ids that the gazetteer lacks. `at` is when the text was written, if that is known.

    Of `sides`, those whose key is the code of a country ('il', 'ps') administer it.
    """
    settlement = place_id.partition(SURROUNDINGS)[0]
    lasting = _lasting(settlement)
    if isinstance(lasting, Held):
        return lasting.side_at(at)
    return _of_country(settlement, sides) if lasting == OTHER_SIDE else lasting


def side_of_place(place: PlaceQuote, at: datetime | None, sides: Collection[str] = ()) -> str:
    """Of several places in one quote, whose `id` is what holds them all, the side that administers each of them."""
    names = place.name.split(", ")
    if len(names) > 1:
        found = (lookup(name) for name in names)
        holders = {administering_side(each.id, at, sides) for each in found if each is not None}
        if len(holders) == 1:
            return holders.pop()
    return UNKNOWN_SIDE if place.id is None else administering_side(place.id, at, sides)


def _of_country(place_id: str, sides: Collection[str]) -> str:
    """The nearest first: Gaza lies in what one side holds within the other's land."""
    around = (id_.lower() for id_ in (place_id, *gazetteer().around(place_id)))
    return next((id_ for id_ in around if id_ in sides), OTHER_SIDE)


@lru_cache(maxsize=10_000)
def _lasting(place_id: str) -> str | Held:
    try:
        kind = gazetteer().place(place_id).kind
    except KeyError:
        return UNKNOWN_SIDE
    around = [place_id, *(outer for outer in gazetteer().around(place_id) if outer not in REPUBLICS)]
    for id_ in around:
        if id_ in _held():
            return _held()[id_]
    for country, side in COUNTRIES.items():
        if country in around:
            return side
    return UNKNOWN_SIDE if kind is PlaceKind.SEA else OTHER_SIDE


@cache
def _held() -> dict[str, Held]:
    rows: dict[str, dict[str, Any]] = packaged_yaml("monitor.places", "held.yaml")
    return {
        id_: Held(_midnight(row["since"]), _midnight(row["until"]) if "until" in row else None, row["undated"])
        for id_, row in rows.items()
    }


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=UTC)
