"""A document as attributions see it: words with what they may be in one, sentences mended where a line was broken."""

from bisect import bisect_left
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import Final, NamedTuple

from models.enums import Lang
from monitor.figures.lexicon import IGNORED_IN_PHRASES, lexicon, words_of
from monitor.figures.tagging import Match, Tags
from monitor.figures.text import Document, TokenKind

_NAMES: Final = (
    "say",
    "saying",
    "impersonal",
    "by",
    "by_nouns",
    "own",
    "possessives",
    "reports",
    "within",
    "like",
    "adverbs",
    "times",
    "people",
    "bodies",
    "sources",
    "media",
    "demonyms",
    "nobody",
    "pronouns",
    "there",
    "sender",
    "generic.people",
    "generic.bodies",
    "additive",
    "contrast",
    "stops",
    "prepositions",
    "at",
    "into",
    "domains",
    "mediums",
    "recipients",
    "relative",
    "credits",
    "towns",
    "nouns",
    "denying",
    "names",
    "straight",
    "cite",
    "this",
    "auxiliaries",
    "when",
    "straight_named",
    "about",
    "ordinary",
    "articles",
)
_BITS: Final = {name: 1 << at for at, name in enumerate(_NAMES)}


def bit(*names: str) -> int:
    """The mark of a class of words; of several, the marks of all."""
    return sum(_BITS[name] for name in names)


WORD: Final = 1 << len(_NAMES)
NUMBER: Final = WORD << 1
BREAK: Final = WORD << 2
CAPITAL: Final = WORD << 3
HYPHEN: Final = WORD << 4
QUOTE: Final = WORD << 5

_BREAKS: Final = frozenset(",;:(){}|-!?…→=#")
_QUOTES: Final = frozenset('"«»“”„')
_TERMINAL: Final = frozenset(".!?…:;")
_SHAPED: Final = bit("people", "bodies", "sources", "media")
SPEAKER: Final = _SHAPED
_PHRASES: Final = frozenset(_NAMES)


LONGEST_BYLINE: Final = 9


class Unit(NamedTuple):
    """A sentence: tokens from `first` to before `last`; `paragraph` counts blank lines, `headline`: a line of its own."""

    first: int
    last: int
    paragraph: int
    headline: bool
    number: int


@cache
def endings(lang: Lang, name: str) -> tuple[str, ...]:
    """The longest first."""
    return tuple(sorted(words_of(f"speakers.{lang}")["endings"][name], key=len, reverse=True))


class _Marks(dict[frozenset[str], int]):
    def __missing__(self, classes: frozenset[str]) -> int:
        marks = 0
        for name in classes:
            marks |= _BITS.get(name, 0)
        self[classes] = marks
        return marks


_MARKS: Final = _Marks()


class Page:
    """`marks[i]`: what token i is, as bits; `runs[i]`: phrases that begin with it; `partner[i]`: the other quote mark."""

    __slots__ = ("doc", "ends", "lang", "marks", "partner", "runs", "starts", "tokens", "units", "words")

    def __init__(self, doc: Document) -> None:
        self.doc, self.lang, self.tokens = doc, doc.lang, doc.tokens
        tags = Tags(doc.tokens, lexicon(doc.lang, "speakers"))
        self.words = tags.words
        self.starts = [token.start for token in doc.tokens]
        self.ends = [token.end for token in doc.tokens]
        self.marks = [_MARKS[classes] for classes in tags.classes]
        self.runs: dict[int, list[Match]] = tags.phrases
        self._mark_shapes()
        self._mark_phrases()
        self.partner = dict(_partners(self.words))
        self.units = list(self._units())

    def _mark_shapes(self) -> None:
        raw, marks, kinds, articles = self.doc.raw, self.marks, TokenKind, _BITS["articles"]
        for at, token in enumerate(self.tokens):
            kind = token.kind
            if kind is kinds.WORD:
                capital = raw[token.start].isupper() and not marks[at] & articles
                marks[at] |= WORD | CAPITAL if capital else WORD
            elif kind is kinds.NUMBER:
                marks[at] |= NUMBER
            elif token.text == "-" and self.glued(at):
                marks[at] |= HYPHEN
            elif token.text in _BREAKS:
                marks[at] |= BREAK
            elif token.text in _QUOTES:
                marks[at] |= QUOTE

    def _mark_phrases(self) -> None:
        for at, found in self.runs.items():
            for name, last in found:
                if _BITS.get(name, 0) & (_SHAPED | _BITS["adverbs"]):
                    for within in range(at, last):
                        self.marks[within] |= _BITS[name]

    def glued(self, at: int) -> bool:
        """A hyphen within a word."""
        return (
            0 < at < len(self.starts) - 1
            and self.ends[at - 1] == self.starts[at]
            and self.ends[at] == self.starts[at + 1]
        )

    def run(self, at: int, name: str) -> int:
        """The token behind the phrase or word of this class that begins here; 0 where none does."""
        for match in self.runs.get(at, ()):
            if match.name == name:
                return match.last
        return at + 1 if self.marks[at] & _BITS[name] else 0

    def quote(self, first: int, last: int) -> str:
        return self.doc.raw[self.starts[first] : self.ends[last - 1]]

    def token_at(self, start: int) -> int:
        """The first token that ends behind this offset."""
        return bisect_left(self.ends, start + 1)

    def lines(self) -> list[tuple[int, int]]:
        """Lines that hold something, in tokens."""
        breaks = [-1, *(at for at, word in enumerate(self.words) if word == "\n"), len(self.words)]
        return [(left + 1, right) for left, right in pairwise(breaks) if right > left + 1]

    def _units(self) -> Iterator[Unit]:
        first, paragraph, number, spans = 0, 0, 0, self._spans()
        for at, (left, right) in enumerate(spans):
            behind = spans[at + 1] if at + 1 < len(spans) else None
            if behind is not None and self._goes_on(left, right, behind[0], behind[1]):
                continue
            headline = self.words[right] == "\n" if right < len(self.words) else False
            yield Unit(first, right, paragraph, headline, number)
            number += 1
            if behind is not None:
                first = behind[0]
                paragraph += self.words[right:first].count("\n") > 1

    def _spans(self) -> list[tuple[int, int]]:
        """The sentences of the document in tokens."""
        spans, at, count = [], 0, len(self.tokens)
        for start, end in self.doc.sentences:
            while at < count and self.starts[at] < start:
                at += 1
            first = at
            while at < count and self.starts[at] < end:
                at += 1
            spans.append((first, at))
        return spans

    def _goes_on(self, left: int, right: int, behind: int, end: int) -> bool:
        """Whether the sentence was broken by a line that ended too early, as forwarded posts have it."""
        lines = self.words[right:behind].count("\n")
        if not lines or lines > 2:
            return False
        last, following = self.words[right - 1], self.words[behind]
        if last in (",", "-") or not self._texts(left, right):
            return last in (",", "-")
        if following == "-" and (self._speaks(behind + 1, end) or self._signs_quote(left, right, behind, end)):
            return True
        if lines > 1 or last in _TERMINAL:
            return False
        if following == "," or self.marks[right - 1] & bit("prepositions"):
            return True
        opens = self.marks[behind]
        if opens & WORD:
            return not opens & CAPITAL or self._broken_name(behind, end)
        return bool(opens & NUMBER) and bool(self.marks[right - 1] & WORD)

    def _texts(self, first: int, last: int) -> bool:
        return any(self.marks[at] & (WORD | NUMBER) for at in range(first, min(last, first + 6)))

    def _signs_quote(self, left: int, right: int, behind: int, end: int) -> bool:
        """A line that is nothing but '- NATO' below what NATO said; a list has such lines above or below."""
        listed = self.words[left] == "-" or self.words[end : end + 2] == ["\n", "-"]
        if listed or end - behind > LONGEST_BYLINE or end - behind < 2:
            return False
        if any(mark & (NUMBER | BREAK) for mark in self.marks[behind + 1 : end]):
            return False
        return bool(self.marks[behind + 1] & (CAPITAL | _SHAPED | bit("demonyms")))

    def _speaks(self, first: int, end: int) -> bool:
        return first < end and bool(self.marks[first] & bit("say"))

    def _broken_name(self, behind: int, end: int) -> bool:
        """A name on a line of its own with the sentence going on below: 'главы города\\nИвана Иванова\\n, погибли'."""
        return (
            end - behind <= 4 and end + 1 < len(self.words) and self.words[end] == "\n" and self.words[end + 1] == ","
        )


def _partners(words: list[str]) -> Iterator[tuple[int, int]]:
    """Pairs of quotation marks within a paragraph; the same mark that opens and closes is paired in turn."""
    opened: list[int] = []
    straight: int | None = None
    for at, word in enumerate(words):
        if word == "\n" and at and words[at - 1] == "\n":
            opened.clear()
            straight = None
        elif word == "“" and opened and words[opened[-1]] == "„":
            yield from _pair(opened.pop(), at)
        elif word in ("«", "“", "„"):
            opened.append(at)
        elif word in ("»", "”"):
            if opened:
                yield from _pair(opened.pop(), at)
        elif word == '"':
            if straight is None:
                straight = at
            else:
                yield from _pair(straight, at)
                straight = None


def _pair(left: int, right: int) -> Iterator[tuple[int, int]]:
    yield left, right
    yield right, left


IGNORED: Final = IGNORED_IN_PHRASES
