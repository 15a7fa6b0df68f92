"""A document with the words that its attributes are read by, found once for all of them."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Final, NamedTuple

from monitor.figures.lexicon import lexicon
from monitor.figures.tagging import Tags
from monitor.figures.text import Document

SUBJECTS: Final = ("sides", "scopes", "stances", "parts", "when")


class Found(NamedTuple):
    """A word or phrase of some class: its first token and the one behind it."""

    first: int
    last: int


class Marked:
    """Tokens are named by their number. `found`: where the words of each class stand, in order."""

    __slots__ = ("classes", "doc", "ends", "found", "sentence_starts", "starts", "words")

    def __init__(self, doc: Document) -> None:
        tags = Tags(doc.tokens, lexicon(doc.lang, *SUBJECTS))
        self.doc = doc
        self.words = tags.words
        self.classes = tags.classes
        self.starts = [token.start for token in doc.tokens]
        self.ends = [token.end for token in doc.tokens]
        self.sentence_starts = [start for start, _ in doc.sentences]
        self.found: dict[str, list[Found]] = {}
        for at, classes in enumerate(tags.classes):
            for name in classes:
                self.found.setdefault(name, []).append(Found(at, at + 1))
            for match in tags.phrases.get(at, ()):
                self.found.setdefault(match.name, []).append(Found(at, match.last))

    def tokens_of(self, start: int, end: int) -> Found:
        """The tokens that stand in a span of code points."""
        first = bisect_right(self.ends, start)
        return Found(first, max(first, bisect_left(self.starts, end)))

    def sentence_of(self, at: int) -> int:
        """The number of the sentence that a token stands in."""
        return bisect_right(self.sentence_starts, self.starts[at]) - 1

    def has(self, at: int, name: str) -> bool:
        return 0 <= at < len(self.words) and name in self.classes[at]

    def span_of(self, sentence: int) -> Found:
        """The tokens of a sentence, by its number."""
        return self.tokens_of(*self.doc.sentences[sentence])

    def within(self, name: str, first: int, last: int) -> Sequence[Found]:
        """The words of a class that begin among these tokens."""
        found = self.found.get(name)
        return found[bisect_left(found, (first,)) : bisect_left(found, (last,))] if found else ()
