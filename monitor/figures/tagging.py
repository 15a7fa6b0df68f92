"""Which words of a document belong to which classes of a lexicon."""

from typing import NamedTuple

from monitor.figures.lexicon import IGNORED_IN_PHRASES, UNKNOWN, Known, Lexicon, Phrase


class Match(NamedTuple):
    """`last` is the token behind the match."""

    name: str
    last: int


class Tags:
    """`classes[i]`: what the word of token i is by itself; `phrases[i]`: the phrases that begin with it."""

    __slots__ = ("_told", "classes", "lexicon", "phrases", "words")

    def __init__(self, words: list[str], lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.words = words
        known = list(map(lexicon.__getitem__, words))
        self.classes = [each.classes for each in known]
        self._told = [at for at, each in enumerate(known) if each is not UNKNOWN]
        self.phrases: dict[int, list[Match]] = {}
        for at in self._told:
            if known[at].phrases:
                self._match(at, known[at])

    def _match(self, at: int, known: Known) -> None:
        words = self.words
        after = at + 1
        while after < len(words) and words[after] in IGNORED_IN_PHRASES:
            after += 1
        if after >= len(words):
            return
        likely = known.by_next.get(words[after], ())
        found = [Match(phrase.name, end) for phrase in (*likely, *known.others) if (end := self._end(after, phrase))]
        if found:
            found.sort(key=_by_length)
            self.phrases[at] = found

    def _end(self, at: int, phrase: Phrase) -> int:
        """The token behind the phrase; 0 where it is not there."""
        words = self.words
        for pattern in phrase.rest:
            while at < len(words) and words[at] in IGNORED_IN_PHRASES:
                at += 1
            if at >= len(words) or not pattern.matches(words[at]):
                return 0
            at += 1
        cut = words[at - 1].isdigit() and at < len(words) and words[at].isdigit()
        return 0 if cut else at  # '- 200' is no part of '- 200 000'

    def where(self, names: frozenset[str]) -> list[int]:
        """The tokens whose word, or a phrase that begins with it, may be of one of these classes."""
        phrases, classes = self.phrases, self.classes
        return [at for at in self._told if at in phrases or not names.isdisjoint(classes[at])]

    def has(self, at: int, names: frozenset[str]) -> bool:
        """The word alone is of one of these classes; False behind the last token."""
        return at < len(self.classes) and not names.isdisjoint(self.classes[at])

    def longest(self, at: int, names: frozenset[str]) -> Match | None:
        """The longest word or phrase from this token on that is of one of these classes."""
        for match in self.phrases.get(at, ()):
            if match.name in names:
                return match
        own = names & self.classes[at] if at < len(self.classes) else frozenset[str]()
        return Match(min(own), at + 1) if own else None


def _by_length(match: Match) -> int:
    return -match.last
