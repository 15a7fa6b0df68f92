"""A document with the words that its attributes are read by, found once for all of them."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cache
from typing import Final, NamedTuple

from monitor.figures.lexicon import lexicon
from monitor.figures.tagging import Tags
from monitor.figures.text import Document

SUBJECTS: Final = ("sides", "scopes", "stances", "parts", "when")
# Classes that are asked for at a token alone, of frequent words: no list is kept of where they stand.
NOT_LISTED: Final = frozenset(
    {
        *(
            f"side.{name}"
            for name in ("in", "from", "against", "by", "attack", "did", "sent", "died", "undone", "said")
        ),
        *(f"side.{name}" for name in ("authority", "victims", "party", "skip", "stop")),
        *(f"scope.{name}" for name in ("over", "to", "that", "few", "many", "by", "in_month")),
        *(f"part.{name}" for name in ("stop", "copula")),
        *("stance.not", "stance.from", "stance.to", "when.at"),
    }
)


class Found(NamedTuple):
    """A word or phrase of some class: its first token and the one behind it."""

    first: int
    last: int


class Marked:
    """Tokens are named by their number. `found`: where the words of each class stand, in order."""

    __slots__ = ("_spans", "_tokens", "classes", "doc", "ends", "found", "sentence_at", "starts", "words")

    def __init__(self, doc: Document) -> None:
        tags = Tags(doc.tokens.words, lexicon(doc.lang, *SUBJECTS))
        self.doc = doc
        self.words = tags.words
        self.classes = tags.classes
        self.starts = doc.tokens.starts
        self.ends = doc.tokens.ends
        self._spans = [self._tokens_in(start, end) for start, end in doc.sentences]
        self._tokens: dict[tuple[int, int], Found] = {}
        self.sentence_at = self._sentences()
        self.found = _found(tags)

    def _sentences(self) -> list[int]:
        """By token the number of its sentence; what stands between two is of the one before."""
        numbers: list[int] = []
        for sentence, span in enumerate(self._spans[1:]):
            numbers += [sentence] * (span.first - len(numbers))
        return numbers + [max(0, len(self._spans) - 1)] * (len(self.words) - len(numbers))

    def tokens_of(self, start: int, end: int) -> Found:
        """The tokens that stand in a span of code points."""
        known = self._tokens.get((start, end))
        if known is None:
            known = self._tokens[start, end] = self._tokens_in(start, end)
        return known

    def _tokens_in(self, start: int, end: int) -> Found:
        first = bisect_right(self.ends, start)
        return Found(first, max(first, bisect_left(self.starts, end, first)))

    def sentence_of(self, at: int) -> int:
        """The number of the sentence that a token stands in."""
        return self.sentence_at[at]

    def span_of(self, sentence: int) -> Found:
        """The tokens of a sentence, by its number."""
        return self._spans[sentence]

    def has(self, at: int, name: str) -> bool:
        return 0 <= at < len(self.words) and name in self.classes[at]

    def within(self, name: str, first: int, last: int) -> Sequence[Found]:
        """The words of a class that begin among these tokens."""
        found = self.found.get(name)
        return found[bisect_left(found, (first,)) : bisect_left(found, (last,))] if found else ()


def _found(tags: Tags) -> dict[str, list[Found]]:
    found: dict[str, list[Found]] = {}
    phrases = tags.phrases
    for at, classes in enumerate(tags.classes):
        if classes:
            for name in _listed(classes):
                found.setdefault(name, []).append(Found(at, at + 1))
        if at in phrases:
            for match in phrases[at]:
                found.setdefault(match.name, []).append(Found(at, match.last))
    return found


@cache
def _listed(classes: frozenset[str]) -> tuple[str, ...]:
    return tuple(classes - NOT_LISTED)
