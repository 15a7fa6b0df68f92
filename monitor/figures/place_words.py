"""The tokens of a post with the classes that make names places, and towns behind adjectives."""

from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any, Final, NamedTuple

from models.enums import Lang
from monitor.figures.lexicon import KEPT_WORDS, lexicon, words_of
from monitor.figures.text import Document, TokenKind
from monitor.places import Place, PlaceKind, gazetteer
from monitor.places.gazetteer import WELL_KNOWN

FILE: Final = "places"
MARKS: Final = frozenset("*_")
OPENING_QUOTES: Final = frozenset("\"«“„'")
CLOSING_QUOTES: Final = frozenset("\"»”“'")
TOWNS: Final = (PlaceKind.SETTLEMENT, PlaceKind.CAPITAL)
NUMBER_SIGNS: Final = frozenset({"№", "no", "n"})


# How far apart marks put a figure and a place; a comma is further than the dash of '— 18 в Брянской'.
WEIGHTS: Final = {",": 2, ";": 5, ":": 3, "-": 1, "(": 2, ")": 2}
BULLET: Final = 4
JOIN: Final = 2
NO_BULLETS: Final = frozenset("«»“”„…№")
AREA_WORDS: Final = frozenset({"area.oblast", "area.district", "area.direction", "area.water"})
SCANNED: Final = frozenset({"object", "unnamed", "back"}) | AREA_WORDS


class Word(NamedTuple):
    """`scanned`: a name may stand at it in small letters too; `weight`: how far it puts what is around it apart.

    `named`, `adjective`: the gazetteer has names, or adjectives of areas, that begin with one of its stems.
    """

    classes: frozenset[str]
    named: bool
    adjective: bool
    scanned: bool
    weight: int
    daily: bool
    war: bool


class _Vocabulary(dict[str, Word]):
    """Words met in texts, with what is asked of each of them."""

    def __init__(self, lang: Lang) -> None:
        super().__init__()
        self._lexicon = lexicon(lang, FILE)

    def __missing__(self, word: str) -> Word:
        if len(self) >= KEPT_WORDS:
            self.clear()
        classes = self._lexicon[word].classes
        known = self[word] = Word(
            classes=classes,
            named=gazetteer().begins(word),
            adjective=gazetteer().begins_adjective(word),
            scanned=not SCANNED.isdisjoint(classes),
            weight=_weight(word, classes),
            daily="daily" in classes,
            war="war" in classes,
        )
        return known


def _weight(word: str, classes: frozenset[str]) -> int:
    if "joins" in classes:
        return JOIN
    if word.isascii() or word.isalnum():
        return WEIGHTS.get(word, 0)
    return BULLET if len(word) == 1 and word not in NO_BULLETS else 0


@cache
def _vocabulary(lang: Lang) -> _Vocabulary:
    return _Vocabulary(lang)


class Words:
    """`words[i]`: the folded text of token i; `known[i]`: what is known of it; `starts[i]`: its offset.

    `scanned`: the tokens where a name may begin or where a word such as 'область' stands; `daily`: those that speak of
    a day's sum, `war` those that speak of the whole war.
    """

    __slots__ = ("capital", "classes", "count", "daily", "doc", "kinds", "known", "scanned", "starts", "war", "words")

    def __init__(self, doc: Document) -> None:
        vocabulary = _vocabulary(doc.lang)
        raw = doc.raw
        tokens = doc.tokens
        self.doc = doc
        self.count = len(tokens)
        self.starts = [token.start for token in tokens]
        self.words = [token.text for token in tokens]
        self.kinds = [token.kind for token in tokens]
        self.known = [vocabulary[word] for word in self.words]
        self.classes = [word.classes for word in self.known]
        self.capital = [raw[start].isupper() for start in self.starts]
        self.scanned = [at for at, word in enumerate(self.known) if word.scanned or self.capital[at]]
        self.daily = [at for at, word in enumerate(self.known) if word.daily]
        self.war = [at for at, word in enumerate(self.known) if word.war]

    def weights(self) -> Iterator[int]:
        """How far each token puts the text apart; marks and conjunctions side by side count as the heaviest of them."""
        heaviest = 0
        for at, word in enumerate(self.known):
            weight = word.weight
            if weight == 0 or (weight == 1 and at and self.next_to(at)):
                heaviest = 0
                yield 0
            else:
                yield max(0, weight - heaviest)
                heaviest = max(heaviest, weight)

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
        for _ in range(LONGEST_COMPOUND):
            hyphened = at >= 2 and self.words[at - 1] == "-" and self.is_word(at - 2)
            if not (hyphened and self.next_to(at) and self.next_to(at - 1)):
                break
            at -= 2
        return at


LONGEST_BULLET: Final = 8
LONGEST_COMPOUND: Final = 4


@lru_cache(maxsize=5_000)
def best_known(ids: tuple[str, ...]) -> Place:
    return max(map(gazetteer().place, ids), key=lambda place: place.prominence)


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


def land_of(lang: Lang, word: str) -> tuple[str, ...]:
    """The towns whose surroundings a folded name such as 'Нікопольщина' means."""
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
