"""A document as attributions see it: every word with what it may be."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from models.enums import Lang
from monitor.figures.attribution.marks import (
    ARTICLE,
    BITS,
    CAPITAL,
    CUES,
    DASH,
    HYPHEN,
    PHRASE_CUE,
    QUOTES,
    SPREAD,
    marks_of,
)
from monitor.figures.lexicon import IGNORED_IN_PHRASES, lexicon
from monitor.figures.tagging import Match, Tags
from monitor.figures.text import Document

SKIPPED: Final = IGNORED_IN_PHRASES | {"[", "]", "\n"}


class Phrase(NamedTuple):
    """Tokens from `first` to before `last`; `at` where 'in' stood before it: 'said in the ministry'."""

    first: int
    last: int
    at: bool = False


class Page:
    """`marks[i]`: what token i is; `runs[i]`: phrases that begin with it; `partner[i]`: the other quotation mark."""

    __slots__ = ("doc", "lang", "marks", "partner", "runs", "starts", "words")

    def __init__(self, doc: Document) -> None:
        self.doc, self.lang = doc, doc.lang
        tags = Tags(doc.tokens.words, lexicon(doc.lang, "speakers"))
        self.words = tags.words
        self.runs: dict[int, list[Match]] = tags.phrases
        self.starts = doc.tokens.starts
        self.marks = self._marks()
        self._mark_dashes()
        self._mark_phrases()
        self.partner = {} if QUOTES.isdisjoint(self.words) else _partners(self.words)

    def _marks(self) -> list[int]:
        plain = map(marks_of(self.lang).__getitem__, self.words)
        capital = map(str.isupper, map(self.doc.raw.__getitem__, self.starts))
        marks = [mark | CAPITAL if upper else mark for mark, upper in zip(plain, capital, strict=True)]
        if self.lang is Lang.EN:
            marks = [mark & ~CAPITAL if mark & ARTICLE else mark for mark in marks]
        return marks

    def _mark_dashes(self) -> None:
        at = -1
        for _ in range(self.words.count("-")):
            at = self.words.index("-", at + 1)
            self.marks[at] |= HYPHEN if self._is_glued(at) else DASH

    def _is_glued(self, at: int) -> bool:
        if not 0 < at < len(self.words) - 1:
            return False
        tokens = self.doc.tokens
        return tokens.ends[at - 1] == tokens.starts[at] and tokens.ends[at] == tokens.starts[at + 1]

    def _mark_phrases(self) -> None:
        for at, found in self.runs.items():
            for name, last in found:
                mark = BITS.get(name, 0)
                if mark & CUES:
                    self.marks[at] |= PHRASE_CUE
                elif mark & SPREAD:
                    for within in range(at, last):
                        self.marks[within] |= mark

    def run(self, at: int, name: str) -> int:
        """The token behind the phrase or word of this class that begins here; 0 where none does."""
        for match in self.runs.get(at, ()):
            if match.name == name:
                return match.last
        return at + 1 if self.marks[at] & BITS[name] else 0

    def any(self, first: int, last: int, mark: int) -> bool:
        """Whether one of these tokens is marked so."""
        return any(each & mark for each in self.marks[first:last])

    def quote(self, phrase: tuple[int, int]) -> str:
        return self.doc.raw[self.starts[phrase[0]] : self.doc.tokens[phrase[1] - 1].end]

    def raw_word(self, at: int) -> str:
        return self.quote((at, at + 1))

    def token_at(self, start: int) -> int:
        """The first token that ends behind this offset."""
        at = max(0, bisect_right(self.starts, start) - 1)
        return at if self.doc.tokens.ends[at] > start or at + 1 == len(self.words) else at + 1

    def lines(self) -> list[tuple[int, int]]:
        """Lines that hold something, in tokens."""
        breaks = [-1, *(at for at, word in enumerate(self.words) if word == "\n"), len(self.words)]
        return [(left + 1, right) for left, right in pairwise(breaks) if right > left + 1]


def _partners(words: Sequence[str]) -> dict[int, int]:
    """Both marks of each quotation within a paragraph; one that opens and closes alike is paired in turn."""
    partner: dict[int, int] = {}
    for left, right in _quotations(words):
        partner[left], partner[right] = right, left
    return partner


def _quotations(words: Sequence[str]) -> Iterator[tuple[int, int]]:
    opened: list[int] = []
    straight: int | None = None
    for at, word in enumerate(words):
        if word == "\n" and at and words[at - 1] == "\n":
            opened.clear()
            straight = None
        elif word == '"':
            if straight is not None:
                yield straight, at
            straight = at if straight is None else None
        elif word in ("»", "”") or (word == "“" and opened and words[opened[-1]] == "„"):
            if opened:
                yield opened.pop(), at
        elif word in ("«", "“", "„"):
            opened.append(at)
