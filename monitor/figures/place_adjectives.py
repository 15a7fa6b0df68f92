"""Towns behind adjectives ('of Avdiivka') and names of their surroundings ('around Nikopol'); what endings tell."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from models.enums import Lang
from monitor.figures.lexicon import words_of
from monitor.figures.place_words import FILE, TOWNS
from monitor.places import gazetteer
from monitor.places.gazetteer import WELL_KNOWN


@lru_cache(maxsize=5_000)
def towns_of(lang: Lang, adjective: str) -> tuple[str, ...]:
    """The ids of the towns that a folded adjective ('Avdiivkan') may be made of; of villages only where no town is."""
    found: dict[str, int] = {}
    for name in _names_behind(lang, adjective):
        words = gazetteer().words_of(name)
        match = gazetteer().longest(words, 0)
        if match is not None and match.last == len(words):
            places = map(gazetteer().place, match.ids)
            found |= {place.id: place.prominence for place in places if place.kind in TOWNS}
    known = [id_ for id_, prominence in found.items() if prominence >= WELL_KNOWN]
    return tuple(known or found)


def land_of(lang: Lang, word: str) -> tuple[str, ...]:
    """The towns whose surroundings a folded name such as 'around Nikopol' means."""
    for land in _rules(lang)["lands"]:
        stem, _, ending = word.rpartition(land)
        if len(stem) > 2 and len(ending) <= 2:
            return towns_of(lang, stem + _rules(lang)["suffixes"][0] + _rules(lang)["endings"][0])
    return ()


@lru_cache(maxsize=5_000)
def is_adjective(lang: Lang, word: str) -> bool:
    return lang is Lang.EN or any(True for _ in _stems(lang, word))


def is_relational(lang: Lang, word: str) -> bool:
    """An adjective that is made of a name."""
    suffixes = tuple(_rules(lang)["suffixes"][:1])
    return bool(suffixes) and any(stem.endswith(suffixes) for stem in _stems(lang, word))


def is_verb(lang: Lang, word: str) -> bool:
    """By its ending, a verb in the past or the present or a short participle."""
    return word.endswith(tuple(_rules(lang)["verbs"]))


def is_locative(lang: Lang, word: str) -> bool:
    return word.endswith(tuple(_rules(lang)["at"]))


def _names_behind(lang: Lang, adjective: str) -> Iterator[str]:
    rules = _rules(lang)
    for stem in _stems(lang, adjective):
        yield stem
        for suffix in rules["suffixes"]:
            if stem.endswith(suffix):
                yield from (stem.removesuffix(suffix) + ending for ending in rules["names"])


def _stems(lang: Lang, adjective: str) -> Iterator[str]:
    for ending in _rules(lang)["endings"]:
        if adjective.endswith(ending) and len(adjective) > len(ending) + 2:
            yield adjective.removesuffix(ending)


def _rules(lang: Lang) -> Any:
    return words_of(f"{FILE}.towns").get(
        lang, {"endings": [], "suffixes": [], "names": [], "at": [], "lands": [], "verbs": []}
    )
