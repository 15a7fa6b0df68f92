"""Which side administers a place: it counts the civilians who are hit there."""

from datetime import UTC, datetime
from functools import lru_cache
from typing import Final

from models.enums import OTHER_SIDE, UNKNOWN_SIDE
from monitor.places import PlaceKind, gazetteer
from monitor.places.lookup import SURROUNDINGS

COUNTRIES: Final = {"RU": "ru", "UA": "ua"}
HELD_SINCE_2014: Final = frozenset(
    (
        "UA-43 UA-40 dnr lnr "  # Crimea, Sevastopol; the republics, where a text calls them so
        "g709717 g702320 g707753 g688148 g706466 g688373 "  # Donetsk, Makiivka, Horlivka, Yenakiieve, Khartsyzk, Yasynuvata
        "g693381 g691374 g694382 g707679 g709835 g710229 "  # Snizhne, Torez, Shakhtarsk, Ilovaisk, Dokuchaievsk, Debaltseve
        "g687237 g686818 g713504 g692829 g691741 g699675 "  # Zhdanivka, Zuhres, Amvrosiivka, Starobesheve, Boikivske, Novoazovsk
        "g702658 g713716 g692975 g711369 g697592 g713259 "  # Luhansk, Alchevsk, Stakhanov, Brianka, Pervomaisk, Antratsyt
        "g704403 g702563 g692105 g704202 g697650 g700829"  # Krasnodon, Lutuhyne, Dovzhansk, Khrustalnyi, Perevalsk, Molodohvardiisk
    ).split()
)
HELD_SINCE_MARCH_2022: Final = frozenset(
    (
        "g701404 g712451 g709276 g691469 g686729 g709960 "  # Melitopol, Berdiansk, Enerhodar, Tokmak, Vasylivka, Dniprorudne
        "g696677 g710739 g713743 g707026 "  # Polohy, Chernihivka, Yakymivka, Kamianka-Dniprovska
        "g699839 g707244 g693709 g708878 g708632 g691037 "  # Nova Kakhovka, Kakhovka, Skadovsk, Henichesk, Hola Prystan, Oleshky
        "g710935 g707232 g699100 g713154 "  # Chaplynka, Kalanchak, Novotroitske, Askaniia-Nova
        "g692832 g692118 g699311 g712521 g701792 g691279 g694725 "  # Starobilsk, Svatove, Novopskov ... Shchastia
        "g689198 g697613"  # Volnovakha, Manhush
    ).split()
)
_WAR: Final = datetime(2022, 3, 15, tzinfo=UTC)
_NEVER: Final = datetime.max.replace(tzinfo=UTC)
# Towns that changed hands later: from when until when they were Russian-held. A text without a date that counts
# civilians there speaks of the siege more often than of what came after, but for the four that fell and were lived in.
LIVED_IN_AFTERWARDS: Final = frozenset({"g704138", "g695274", "g691999", "g702972"})
HELD_FOR_A_TIME: Final = {
    "g701822": (datetime(2022, 5, 20, tzinfo=UTC), _NEVER),  # Mariupol
    "g704138": (datetime(2022, 4, 18, tzinfo=UTC), _NEVER),  # Kreminna
    "g695274": (datetime(2022, 5, 12, tzinfo=UTC), _NEVER),  # Rubizhne
    "g696566": (datetime(2022, 5, 7, tzinfo=UTC), _NEVER),  # Popasna
    "g691999": (datetime(2022, 6, 25, tzinfo=UTC), _NEVER),  # Sievierodonetsk
    "g702972": (datetime(2022, 7, 3, tzinfo=UTC), _NEVER),  # Lysychansk
    "g706757": (datetime(2023, 1, 13, tzinfo=UTC), _NEVER),  # Soledar
    "g713174": (datetime(2023, 5, 20, tzinfo=UTC), _NEVER),  # Bakhmut
    "g701845": (datetime(2023, 12, 25, tzinfo=UTC), _NEVER),  # Marinka
    "g713122": (datetime(2024, 2, 17, tzinfo=UTC), _NEVER),  # Avdiivka
    "g690823": (datetime(2024, 10, 1, tzinfo=UTC), _NEVER),  # Vuhledar
    "g706448": (datetime(2022, 3, 2, tzinfo=UTC), datetime(2022, 11, 11, tzinfo=UTC)),  # Kherson
    "g712260": (datetime(2022, 3, 1, tzinfo=UTC), datetime(2022, 11, 11, tzinfo=UTC)),  # Beryslav
    "g707292": (datetime(2022, 4, 1, tzinfo=UTC), datetime(2022, 9, 10, tzinfo=UTC)),  # Izium
    "g703656": (datetime(2022, 2, 27, tzinfo=UTC), datetime(2022, 9, 10, tzinfo=UTC)),  # Kupiansk
    "g712926": (datetime(2022, 3, 2, tzinfo=UTC), datetime(2022, 9, 8, tzinfo=UTC)),  # Balakliia
    "g704204": (datetime(2022, 5, 27, tzinfo=UTC), datetime(2022, 10, 1, tzinfo=UTC)),  # Lyman
}


def administering_side(place_id: str, at: datetime | None) -> str:
    """'unknown' of seas and of ids that the gazetteer lacks."""
    inner = place_id.partition(SURROUNDINGS)[0]
    if inner in HELD_FOR_A_TIME:
        since, until = HELD_FOR_A_TIME[inner]
        if at is None:
            return "ru" if inner in LIVED_IN_AFTERWARDS else "ua"
        return "ru" if since <= at < until else "ua"
    if inner in HELD_SINCE_MARCH_2022 and (at is None or at >= _WAR):
        return "ru"
    return _lasting(inner)


@lru_cache(maxsize=10_000)
def _lasting(place_id: str) -> str:
    try:
        kind = gazetteer().place(place_id).kind
    except KeyError:
        return UNKNOWN_SIDE
    around = (place_id, *(each for each in gazetteer().around(place_id) if each not in ("dnr", "lnr")))
    if not HELD_SINCE_2014.isdisjoint(around):
        return "ru"
    for country, side in COUNTRIES.items():
        if country in around:
            return side
    return UNKNOWN_SIDE if kind is PlaceKind.SEA else OTHER_SIDE
