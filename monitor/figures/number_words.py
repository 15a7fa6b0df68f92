"""The words that numbers are made of, by language."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache
from typing import Any, NamedTuple

from models.enums import Lang
from monitor.figures.lexicon import words_of


class NumberKind(Enum):
    """`COLLECTIVE`: dozen, hundred as nouns; `MANY` their plurals, vague where no number stands before."""

    CARDINAL = auto()
    SCALE = auto()
    COLLECTIVE = auto()
    MANY = auto()
    FIXED = auto()
    HALF = auto()
    SEVERAL = auto()
    COUPLE = auto()


class NumberWord(NamedTuple):
    kind: NumberKind
    value: float


@dataclass(frozen=True, slots=True)
class NumberWords:
    """A word may be a scale ('two thousand') and a collective. Suffixes follow digits and a hyphen."""

    plain: Mapping[str, NumberWord]
    scales: Mapping[str, float]
    count_suffixes: frozenset[str]
    ordinal_suffixes: frozenset[str]
    joins: frozenset[str]
    articles: frozenset[str]
    singulars: frozenset[str]
    starts: frozenset[str]
    inner: Mapping[str, NumberWord]
    begins: frozenset[str]

    def __contains__(self, word: str) -> bool:
        return word in self.plain or word in self.scales


@cache
def number_words(lang: Lang) -> NumberWords:
    data = words_of(lang)["numbers"]
    suffixes = data["suffixes"]
    plain = dict(_plain(data))
    scales = {word: float(value) for value, words in data["scales"].items() for word in _split(words)}
    starts = frozenset([*plain, *scales, *_split(data.get("articles", ""))])
    inner = {
        word: NumberWord(NumberKind.CARDINAL, value)
        for value, words in data.get("inner", {}).items()
        for word in _split(words)
    }
    return NumberWords(
        plain=plain,
        inner=inner,
        scales=scales,
        count_suffixes=frozenset(_split(suffixes["count"])),
        ordinal_suffixes=frozenset(_split(suffixes["ordinal"])),
        joins=frozenset(_split(data.get("joins", ""))),
        articles=frozenset(_split(data.get("articles", ""))),
        singulars=frozenset(word for forms in data["collectives"].values() for word in _split(forms["one"])),
        starts=starts,
        begins=starts | inner.keys(),
    )


def _plain(data: Mapping[str, Any]) -> Iterator[tuple[str, NumberWord]]:
    for value, forms in data["collectives"].items():
        yield from ((word, NumberWord(NumberKind.COLLECTIVE, value)) for word in _split(forms["one"]))
        yield from ((word, NumberWord(NumberKind.MANY, value)) for word in _split(forms["many"]))
    kinds = {"cardinals": NumberKind.CARDINAL, "halves": NumberKind.HALF, "fixed": NumberKind.FIXED}
    for name, kind in kinds.items():
        for value, words in data[name].items():
            yield from ((word, NumberWord(kind, value)) for word in _split(words))
    yield from ((word, NumberWord(NumberKind.SEVERAL, 2)) for word in _split(data["several"]))
    yield from ((word, NumberWord(NumberKind.COUPLE, 2)) for word in _split(data["couple"]))


def _split(words: str | None) -> list[str]:
    return (words or "").replace(",", " ").split()
