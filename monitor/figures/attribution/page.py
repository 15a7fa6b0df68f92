"""A document as attributions see it: every word with what it may be."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from monitor.figures.attribution.marks import (
    ARTICLE,
    BREAK,
    CAPITAL,
    HYPHEN,
    QUOTE,
    SPREAD,
    WORD,
    bit,
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

    __slots__ = ("doc", "ends", "lang", "marks", "partner", "runs", "starts", "words")

    def __init__(self, doc: Document) -> None:
        self.doc, self.lang = doc, doc.lang
        tags = Tags(doc.tokens, lexicon(doc.lang, "speakers"))
        self.words = tags.words
        self.runs: dict[int, list[Match]] = tags.phrases
        self.starts = [token.start for token in doc.tokens]
        self.ends = [token.end for token in doc.tokens]
        self.marks = self._marks()
        self._mark_dashes()
        self._mark_phrases()
        self.partner = _partners(self.words) if any(mark & QUOTE for mark in self.marks) else {}

    def _marks(self) -> list[int]:
        raw, known = self.doc.raw, marks_of(self.lang)
        plain = [known[word] for word in self.words]
        return [
            mark | CAPITAL if mark & WORD and raw[start].isupper() and not mark & ARTICLE else mark
            for mark, start in zip(plain, self.starts, strict=True)
        ]

    def _mark_dashes(self) -> None:
        if "-" in self.words:
            for at, word in enumerate(self.words):
                if word == "-":
                    self.marks[at] |= HYPHEN if self._is_glued(at) else BREAK

    def _is_glued(self, at: int) -> bool:
        inside = 0 < at < len(self.words) - 1
        return inside and self.ends[at - 1] == self.starts[at] and self.ends[at] == self.starts[at + 1]

    def _mark_phrases(self) -> None:
        for at, found in self.runs.items():
            for name, last in found:
                mark = bit(name) & SPREAD if name in _SPREAD_NAMES else 0
                if mark:
                    for within in range(at, last):
                        self.marks[within] |= mark

    def run(self, at: int, name: str) -> int:
        """The token behind the phrase or word of this class that begins here; 0 where none does."""
        for match in self.runs.get(at, ()):
            if match.name == name:
                return match.last
        return at + 1 if self.marks[at] & bit(name) else 0

    def any(self, first: int, last: int, mark: int) -> bool:
        """Whether one of these tokens is marked so."""
        return any(each & mark for each in self.marks[first:last])

    def quote(self, phrase: tuple[int, int]) -> str:
        return self.doc.raw[self.starts[phrase[0]] : self.ends[phrase[1] - 1]]

    def raw_word(self, at: int) -> str:
        return self.doc.raw[self.starts[at] : self.ends[at]]

    def token_at(self, start: int) -> int:
        """The first token that ends behind this offset."""
        return bisect_left(self.ends, start + 1)

    def lines(self) -> list[tuple[int, int]]:
        """Lines that hold something, in tokens."""
        breaks = [-1, *(at for at, word in enumerate(self.words) if word == "\n"), len(self.words)]
        return [(left + 1, right) for left, right in pairwise(breaks) if right > left + 1]


_SPREAD_NAMES: Final = frozenset({"people", "bodies", "sources", "media", "adverbs"})


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
