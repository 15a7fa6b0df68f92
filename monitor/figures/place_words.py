"""The tokens of a post with the classes that make names places."""

from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Final, NamedTuple

from models.enums import Lang
from monitor.figures.lexicon import KEPT_WORDS, lexicon
from monitor.figures.text import Document, TokenKind
from monitor.places import Place, PlaceKind, gazetteer

FILE: Final = "places"
MARKS: Final = frozenset("*_")
OPENING_QUOTES: Final = frozenset("\"«“„'")
CLOSING_QUOTES: Final = frozenset("\"»”“'")
TOWNS: Final = (PlaceKind.SETTLEMENT, PlaceKind.CAPITAL)
NUMBER_SIGNS: Final = frozenset({"№", "no", "n"})


# How far apart marks put a figure and a place; a comma is further than the dash of '— 18 in Bryansk'.
WEIGHTS: Final = {",": 2, ";": 5, ":": 3, "-": 1, "(": 2, ")": 2}
BULLET: Final = 4
JOIN: Final = 2
NO_BULLETS: Final = frozenset("«»“”„…№")
AREA_WORDS: Final = frozenset({"area.oblast", "area.district", "area.direction", "area.water"})
SCANNED: Final = frozenset({"object", "unnamed", "back", "road", "small_name"}) | AREA_WORDS


class Word(NamedTuple):
    """`scanned`: a name may stand at it in small letters too; `weight`: how far it puts what is around it apart.

    `leads`: written small before a hyphen it begins a name, as in 'al-Bab'.
    """

    classes: frozenset[str]
    scanned: bool
    weight: int
    daily: bool
    war: bool
    leads: bool


class _Vocabulary(dict[str, Word]):
    """Words met in texts, with what is asked of each of them."""

    def __init__(self, lang: Lang) -> None:
        super().__init__()
        self._lexicon = lexicon(lang, FILE)
        self._alike: dict[Word, Word] = {}

    def __missing__(self, word: str) -> Word:
        if len(self) >= KEPT_WORDS:
            self.clear()
        classes = self._lexicon[word].classes
        del self._lexicon[word]  # one memory of words is enough
        known = Word(
            classes=classes,
            scanned=not SCANNED.isdisjoint(classes),
            weight=_weight(word, classes),
            daily="daily" in classes,
            war="war" in classes,
            leads="name_article" in classes,
        )
        known = self[word] = self._alike.setdefault(known, known)
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

    `scanned`: the tokens where a name may begin or where a word such as 'region' stands; `daily`: those that speak of
    a day's sum, `war` those that speak of the whole war. `says_area`: 'region' is said, so that adjectives of areas
    may stand alone.
    """

    __slots__ = (
        "capital",
        "classes",
        "count",
        "daily",
        "doc",
        "kinds",
        "known",
        "says_area",
        "scanned",
        "starts",
        "war",
        "words",
    )

    def __init__(self, doc: Document) -> None:
        vocabulary = _vocabulary(doc.lang)
        raw = doc.raw
        tokens = doc.tokens
        self.doc = doc
        self.count = len(tokens)
        self.starts = tokens.starts
        self.words = tokens.words
        self.kinds = tokens.kinds
        self.known = list(map(vocabulary.__getitem__, self.words))
        self.classes = [word.classes for word in self.known]
        self.capital = list(map(str.isupper, map(raw.__getitem__, self.starts)))
        for at, word in enumerate(self.known):
            if word.leads and self._leads_name(at):
                self.capital[at] = True
        self.scanned = [at for at, word in enumerate(self.known) if word.scanned or self.capital[at]]
        self.daily = [at for at, word in enumerate(self.known) if word.daily]
        self.war = [at for at, word in enumerate(self.known) if word.war]
        self.says_area = any("area.oblast" in self.classes[at] for at in self.scanned)

    def _leads_name(self, at: int) -> bool:
        hyphened = at + 2 < self.count and self.words[at + 1] == "-" and self.capital[at + 2]
        return hyphened and self.next_to(at + 1) and self.next_to(at + 2) and not (at and self.words[at - 1] == "-")

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
        return self.doc.raw[self.doc.tokens.starts[first] : self.doc.tokens.ends[last - 1]]

    def next_to(self, at: int) -> bool:
        """Nothing stands between a token and the one before it."""
        return self.doc.tokens.starts[at] == self.doc.tokens.ends[at - 1]

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
        """The first token of the hyphened word that a token ends: 'of Krasny-Lyman', 'Ivano-Frankivsk'."""
        for _ in range(LONGEST_COMPOUND):
            hyphened = at >= 2 and self.words[at - 1] == "-" and self.is_word(at - 2)
            if not (hyphened and self.next_to(at) and self.next_to(at - 1)):
                break
            at -= 2
        return at


LONGEST_BULLET: Final = 8
LONGEST_COMPOUND: Final = 4


def spelled_apart(words: Words, first: int, last: int) -> bool:
    """Part of a link, a handle or a longer hyphened word."""
    if first and words.next_to(first) and words.words[first - 1] in "@/._-&":
        return words.words[first - 1] != "-" or words.is_word(first - 2)
    if last < words.count and words.next_to(last) and words.words[last] in "./-":
        return last + 1 < words.count and words.next_to(last + 1) and words.is_word(last + 1)
    return False


@lru_cache(maxsize=5_000)
def best_known(ids: tuple[str, ...]) -> Place:
    return max(map(gazetteer().place, ids), key=lambda place: place.prominence)
