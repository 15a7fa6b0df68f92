"""How far apart the tokens of a scene are: what joins phrases parts little, what parts clauses much."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from models.enums import Lang
from monitor.figures.classes import Classes
from monitor.figures.lexicon import IGNORED_IN_PHRASES, KEPT_WORDS, Lexicon

if TYPE_CHECKING:
    from monitor.figures.scene import Scene

# What a token puts between the words on both sides of it.
_APART: Final = {",": 0.5, ";": 2.0, ":": 0.4, "-": 0.35, "(": 0.8, ")": 0.8, "\n": 0.6, "|": 2.0, "!": 2.0, "?": 2.0}
_WORD_APART: Final = 0.12
_AND_APART: Final = 0.35
_CLAUSE_APART: Final = 0.6
_LONGEST_CLAUSE: Final = 16  # tokens


@dataclass(frozen=True, slots=True)
class Spacing:
    """`asides[i]`: token i stands in brackets, or in a clause between commas that tells of the subject.

    `upto[i]`: how far token i is from the first one; `asides_upto[i]`: how much of that is asides.
    """

    asides: Sequence[bool]
    upto: Sequence[float]
    asides_upto: Sequence[float]

    def apart(self, first: int, last: int) -> float:
        """Between tokens `first` and `last`."""
        if last <= first:
            return 0.0
        whole = self.upto[last] - self.upto[first]
        within = self.asides[first] or self.asides[last - 1]
        return whole if within else whole - (self.asides_upto[last] - self.asides_upto[first])


def spacing_of(scene: "Scene") -> Spacing:
    return _Laying(scene).spacing()


class _Laying:
    """Apart from what it makes, which its scene keeps: two that hold each other are freed late."""

    def __init__(self, scene: "Scene") -> None:
        self._scene = scene
        self._words = scene.words
        self.asides = self._inside_brackets()

    def spacing(self) -> Spacing:
        weights = self._weights()
        for comma in self._find_clauses():
            weights[comma] = _WORD_APART
        inside = (weight if within else 0.0 for weight, within in zip(weights, self.asides, strict=True))
        return Spacing(self.asides, [0.0, *accumulate(weights)], [0.0, *accumulate(inside)])

    def _weights(self) -> list[float]:
        known = self._scene.tags.lexicon.cached.setdefault(
            "weights", _Weights(self._scene.tags.lexicon, self._scene.names)
        )
        weights = list(map(known.__getitem__, self._words))
        for at in self._where("\n"):
            if self._scene.is_wrap(at):
                weights[at] = 0.0
        return weights

    def _where(self, word: str) -> list[int]:
        return [at for at, each in enumerate(self._words) if each == word] if word in self._words else []

    def _inside_brackets(self) -> list[bool]:
        """Which tokens stand between brackets that close in their sentence; the brackets themselves do not."""
        found, opened = [False] * len(self._words), -1
        for at in sorted([*self._where("("), *self._where(")")]):
            if self._words[at] == "(":
                opened = at
            elif opened >= 0:
                if self._scene.same_sentence(opened, at):
                    found[opened + 1 : at] = [True] * (at - opened - 1)
                opened = -1
        return found

    def _find_clauses(self) -> Iterator[int]:
        """'soldiers, who were trying to break out, were killed': up to the comma before the verb. Gives both commas."""
        for at in (comma + 1 for comma in self._where(",")):
            if at == len(self._words) or not self._opens_clause(at):
                continue
            for end in range(at + 1, min(len(self._words) - 1, at + _LONGEST_CLAUSE)):
                if not self._scene.same_sentence(at, end):
                    break
                if self._words[end] == ":" and self._is_launched(at):
                    self.asides[at:end] = [True] * (end - at)
                    break
                if self._words[end] == ",":
                    if self._is_verb(end + 1):
                        self.asides[at:end] = [True] * (end - at)
                        yield from (at - 1, end)
                    break

    def _opens_clause(self, at: int) -> bool:
        """'who' or, in English, a participle: 'volunteers, serving at the front, were killed'."""
        participle = (
            self._scene.document.lang is Lang.EN and self._words[at].endswith("ing") and at not in self._scene.number_of
        )
        return (
            participle
            or self._is_launched(at)
            or self._scene.tags.has(at, self._scene.names.relative)
            or self._scene.tags.has(at, self._scene.names.among)
        )

    def _is_launched(self, at: int) -> bool:
        """'two missiles, fired from the sea, struck a depot'."""
        match = self._scene.tags.longest(at, self._scene.names.outcomes)
        return match is not None and match.name.startswith("outcomes.launch.")

    def _is_verb(self, at: int) -> bool:
        tags, names = self._scene.tags, self._scene.names
        return tags.has(at, names.auxiliaries) or tags.longest(at, names.outcomes) is not None


class _Weights(dict[str, float]):
    """How far apart a word puts its neighbours, remembered."""

    def __init__(self, known: Lexicon, names: Classes) -> None:
        super().__init__()
        self._known, self._names = known, names

    def __missing__(self, word: str) -> float:
        if len(self) >= KEPT_WORDS:
            self.clear()
        self[word] = self._weight(word)
        return self[word]

    def _weight(self, word: str) -> float:
        if word in IGNORED_IN_PHRASES:
            return 0.0
        if not word[0].isalpha():
            return _APART.get(word, _WORD_APART)
        classes = self._known[word].classes
        if not classes.isdisjoint(self._names.relative):
            return _CLAUSE_APART
        return _WORD_APART if classes.isdisjoint(self._names.and_) else _AND_APART
