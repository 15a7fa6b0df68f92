"""The tokens of a post with the classes that make names places, and towns behind adjectives."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Final

from models.enums import Lang
from monitor.figures.lexicon import lexicon, words_of
from monitor.figures.text import Document, TokenKind
from monitor.places import PlaceKind, gazetteer
from monitor.places.gazetteer import WELL_KNOWN

FILE: Final = "places"
MARKS: Final = frozenset("*_")
OPENING_QUOTES: Final = frozenset("\"«“„'")
CLOSING_QUOTES: Final = frozenset("\"»”“'")
TOWNS: Final = (PlaceKind.SETTLEMENT, PlaceKind.CAPITAL)
NUMBER_SIGNS: Final = frozenset({"№", "no", "n"})


class Words:
    """`classes[i]`: the classes of the word of token i; `words[i]`: its folded text."""

    __slots__ = ("capital", "classes", "count", "doc", "kinds", "words")

    def __init__(self, doc: Document) -> None:
        known = lexicon(doc.lang, FILE)
        raw = doc.raw
        self.doc = doc
        self.words = [token.text for token in doc.tokens]
        self.kinds = [token.kind for token in doc.tokens]
        self.classes = [known[word].classes for word in self.words]
        self.capital = [token.kind is TokenKind.WORD and raw[token.start].isupper() for token in doc.tokens]
        self.count = len(self.words)

    def has(self, at: int, name: str) -> bool:
        return 0 <= at < self.count and name in self.classes[at]

    def is_word(self, at: int) -> bool:
        return 0 <= at < self.count and self.kinds[at] is TokenKind.WORD

    def is_capital(self, at: int) -> bool:
        return 0 <= at < self.count and self.capital[at]

    def text(self, first: int, last: int) -> str:
        return self.doc.raw[self.doc.tokens[first].start : self.doc.tokens[last - 1].end]

    def next_to(self, at: int) -> bool:
        """Nothing stands between a token and the one before it."""
        return self.doc.tokens[at].start == self.doc.tokens[at - 1].end

    def before(self, at: int) -> int:
        """The token before, marks of type left out; -1 at the beginning."""
        at -= 1
        while at >= 0 and self.words[at] in MARKS:
            at -= 1
        return at

    def after(self, at: int) -> int:
        """From a token on, the first that is no mark of type."""
        while at < self.count and self.words[at] in MARKS:
            at += 1
        return at

    def begins_line(self, at: int) -> bool:
        """Nothing but marks and symbols stands before the token in its line."""
        steps = 0
        while (at := at - 1) >= 0 and self.kinds[at] is not TokenKind.NEWLINE:
            steps += 1
            if steps > LONGEST_BULLET or self.kinds[at] is not TokenKind.PUNCT:
                return False
        return True

    def compound(self, at: int) -> int:
        """The first token of the hyphened word that a token ends: 'Красно-Лиманском', 'Івано-Франківській'."""
        while (
            at >= 2 and self.words[at - 1] == "-" and self.is_word(at - 2) and self.next_to(at) and self.next_to(at - 1)
        ):
            at -= 2
        return at


LONGEST_BULLET: Final = 8


@lru_cache(maxsize=5_000)
def towns_of(lang: Lang, adjective: str) -> tuple[str, ...]:
    """The ids of the towns that a folded adjective ('авдеевском') may be made of; of villages only where no town is."""
    found: dict[str, int] = {}
    for name in _names_behind(lang, adjective):
        words = gazetteer().words_of(name)
        match = gazetteer().longest(words, 0)
        if match is not None and match.last == len(words):
            places = map(gazetteer().place, match.ids)
            found |= {place.id: place.prominence for place in places if place.kind in TOWNS}
    known = [id_ for id_, prominence in found.items() if prominence >= WELL_KNOWN]
    return tuple(known or found)


def is_adjective(lang: Lang, word: str) -> bool:
    return lang is Lang.EN or any(True for _ in _stems(lang, word))


def is_relational(lang: Lang, word: str) -> bool:
    """An adjective that is made of a name."""
    suffixes = tuple(_rules(lang)["suffixes"][:1])
    return bool(suffixes) and any(stem.endswith(suffixes) for stem in _stems(lang, word))


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
    return words_of(f"{FILE}.towns").get(lang, {"endings": [], "suffixes": [], "names": [], "at": []})
