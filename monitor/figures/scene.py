"""A document laid out for reading: its tags, its numbers, what is said to have happened in it, and how far apart."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Final, NamedTuple

from models.enums import Lang
from monitor.figures.classes import Classes, classes_of
from monitor.figures.lexicon import IGNORED_IN_PHRASES, KEPT_WORDS, Lexicon, lexicon
from monitor.figures.numbers import Number, find_numbers
from monitor.figures.shapes import Shape
from monitor.figures.tagging import Match, Tags
from monitor.figures.text import Document, TokenKind

# How far a token puts apart the words on both sides of it; what joins phrases little, what parts clauses much.
_APART: Final = {",": 0.5, ";": 2.0, ":": 0.4, "-": 0.35, "(": 0.8, ")": 0.8, "\n": 0.6, "|": 2.0, "!": 2.0, "?": 2.0}
_WORD_APART: Final = 0.12
_AND_APART: Final = 0.35
_CLAUSE_APART: Final = 0.6
_PART_OF: Final = 6  # tokens
_LONGEST_CLAUSE: Final = 16  # tokens


class Mention(NamedTuple):
    """A word that says what became of somebody or something. `kind`: kill, lose, launch..., or silence."""

    first: int
    last: int
    kind: str
    name: str
    nominal: bool


class Scene:
    """Offsets are token numbers. `sentence_of[i]` is the number of the sentence that token i stands in."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.tokens = document.tokens
        self.tags = Tags(document.tokens, lexicon(document.lang))
        self.words = self.tags.words
        self.names: Classes = classes_of(self.tags.lexicon)
        found = find_numbers(document, self.tags)
        self.numbers: list[Number] = found.numbers
        self.rejected: list[Shape] = found.rejected
        self.number_of = {at: index for index, each in enumerate(self.numbers) for at in range(each.first, each.last)}
        self.sentence_of = self._sentences()
        self.mentions = self._mentions()
        self._mention_starts = [mention.first for mention in self.mentions]
        self._number_starts = [number.first for number in self.numbers]
        weights = self._weights()
        self._asides = self._inside_brackets()
        for comma in self._find_clauses():
            weights[comma] = _WORD_APART
        self._apart = [0.0, *accumulate(weights)]
        inside = (weight if within else 0.0 for weight, within in zip(weights, self._asides, strict=True))
        self._aside = [0.0, *accumulate(inside)]

    def _sentences(self) -> list[int]:
        found, at = [], 0
        spans = self.document.sentences
        for token in self.tokens:
            while at < len(spans) and token.start >= spans[at][1]:
                at += 1
            found.append(at)
        return found

    def is_wrap(self, at: int) -> bool:
        """A line break inside a sentence."""
        if self.words[at] != "\n":
            return False
        spans, sentence = self.document.sentences, self.sentence_of[at]
        return sentence < len(spans) and spans[sentence][0] < self.tokens[at].start < spans[sentence][1]

    def _mentions(self) -> list[Mention]:
        names, free = self.names, 0
        found: list[Mention] = []
        for at in self.tags.where(names.mentions):
            match = None if at in self.number_of or at < free else self.tags.longest(at, names.mentions)
            if match is None:
                continue
            free = match.last
            if self._is_of_a_thing(at, match) or self._is_of_a_model(at):
                continue
            nominal = match.name in names.victims or match.name.endswith(".nouns")
            mention = Mention(at, match.last, kind_of(match.name), match.name, nominal)
            if not found or not self._makes_both(found, mention):
                found.append(mention)
        return found

    def _is_of_a_thing(self, at: int, match: Match) -> bool:
        """'people of the hurt house': an adjective of what is no person."""
        victim = match.name in self.names.victims and self.is_adjective(at) and match.last < len(self.words)
        return victim and self.tags.longest(match.last, self.names.things) is not None

    def _is_of_a_model(self, at: int) -> bool:
        """The second half of 'S-300' is no slang for the wounded."""
        before = self.tokens[at - 1] if at else None
        touches = before is not None and before.end == self.tokens[at].start
        return self.words[at] == "-" and touches and before is not None and before.kind is TokenKind.WORD

    def _makes_both(self, found: list[Mention], mention: Mention) -> bool:
        """'killed and wounded', 'killed or captured': casualties, where no number follows."""
        before = found[-1]
        gap = range(before.last, mention.first)
        kinds = {before.kind, mention.kind}
        listed = "capture" in kinds or self._goes_on_to_captives(mention.last)
        joined = 1 <= len(gap) <= 2 and all(
            self.words[at] == "/" or (listed and self.words[at] == ",") or self.tags.has(at, self.names.and_)
            for at in gap
        )
        if not joined or (kinds not in _BOTH and kinds != _UNDONE):
            return False
        taken = any(at in self.number_of for at in range(max(0, before.first - 4), before.first))
        if taken and mention.last in self.number_of:
            return False
        found[-1] = before._replace(last=mention.last, kind="destroy" if kinds == _UNDONE else "casualties")
        return True

    def _goes_on_to_captives(self, at: int) -> bool:
        """'killed, wounded or captured'."""
        if at + 1 >= len(self.words) or not self.tags.has(at, self.names.and_):
            return False
        match = self.tags.longest(at + 1, self.names.mentions)
        return match is not None and kind_of(match.name) in ("capture", "missing")

    def _weights(self) -> list[float]:
        known = self.tags.lexicon.cached.setdefault("weights", _Weights(self.tags.lexicon, self.names))
        weights = [known[word] for word in self.words]
        for at, word in enumerate(self.words):
            if word == "\n" and self.is_wrap(at):
                weights[at] = 0.0
        return weights

    def _inside_brackets(self) -> list[bool]:
        """Which tokens stand between brackets that close in their sentence; the brackets themselves do not."""
        found, opened = [False] * len(self.words), -1
        for at, word in enumerate(self.words):
            if word == "(":
                opened = at
            elif word == ")" and opened >= 0:
                if self.same_sentence(opened, at):
                    found[opened + 1 : at] = [True] * (at - opened - 1)
                opened = -1
        return found

    def _find_clauses(self) -> Iterator[int]:
        """'soldiers, who were trying to break out, were killed': up to the comma before the verb. Gives both commas."""
        for at in range(1, len(self.words)):
            if self.words[at - 1] != "," or not self._opens_clause(at):
                continue
            for end in range(at + 1, min(len(self.words) - 1, at + _LONGEST_CLAUSE)):
                if not self.same_sentence(at, end):
                    break
                if self.words[end] == ",":
                    if self.tags.has(end + 1, self.names.auxiliaries):
                        self._asides[at:end] = [True] * (end - at)
                        yield from (at - 1, end)
                    break

    def _opens_clause(self, at: int) -> bool:
        """'who' or, in English, a participle: 'volunteers, serving at the front, were killed'."""
        participle = self.document.lang is Lang.EN and self.words[at].endswith("ing") and at not in self.number_of
        return participle or self.tags.has(at, self.names.relative) or self.tags.has(at, self.names.among)

    def is_aside(self, at: int) -> bool:
        """It stands in brackets, or in a clause between commas that tells of the subject."""
        return self._asides[at]

    def apart(self, first: int, last: int) -> float:
        """How far apart the words on both sides of these tokens are; asides between them are no way."""
        if last <= first:
            return 0.0
        whole = self._apart[last] - self._apart[first]
        within = self._asides[first] or self._asides[last - 1]
        return whole if within else whole - (self._aside[last] - self._aside[first])

    def numbers_between(self, first: int, last: int) -> int:
        return bisect_left(self._number_starts, last) - bisect_left(self._number_starts, first)

    def mentions_between(self, first: int, last: int) -> Sequence[Mention]:
        return self.mentions[bisect_left(self._mention_starts, first) : bisect_left(self._mention_starts, last)]

    def mentions_before(self, at: int, most: int) -> Sequence[Mention]:
        """The nearest ones of the same sentence, the nearest first."""
        end = bisect_left(self._mention_starts, at)
        near = self.mentions[max(0, end - most) : end]
        return [each for each in reversed(near) if self.same_sentence(each.first, at)]

    def mentions_after(self, at: int, most: int) -> Sequence[Mention]:
        begin = bisect_left(self._mention_starts, at)
        return [each for each in self.mentions[begin : begin + most] if self.same_sentence(each.first, max(0, at - 1))]

    def same_sentence(self, one: int, other: int) -> bool:
        return self.sentence_of[one] == self.sentence_of[min(other, len(self.tokens) - 1)]

    def is_part_of(self, first: int, last: int) -> bool:
        """What stands between a part and its whole: '11 of the 18', '52 out of their 330'."""
        if not 0 < last - first <= _PART_OF or self.tags.longest(first, self.names.part_of) is None:
            return False
        parted = any(
            word in ",;.:()-\n" or self.tags.has(first + at, self.names.and_)
            for at, word in enumerate(self.words[first:last])
        )
        return not parted and not self.mentions_between(first, last)

    def number_before(self, at: int) -> int | None:
        """Index of the last number that begins before this token."""
        index = bisect_right(self._number_starts, at - 1) - 1
        return index if index >= 0 else None

    def offsets(self, first: int, last: int) -> tuple[int, int]:
        return self.tokens[first].start, self.tokens[last - 1].end

    def is_adjective(self, at: int) -> bool:
        word = self.words[at]
        return len(word) > 3 and word.endswith(self.names.adjectives)


def kind_of(name: str) -> str:
    """'outcomes.kill.verbs' is kill; 'silence.rescue' is silence; 'victims.wounded.person' is wound."""
    top, _, rest = name.partition(".")
    if top == "silence":
        return top
    word = rest.partition(".")[0]
    return word if top == "outcomes" else _OF_VICTIMS[word]


_UNDONE: Final = {"destroy", "damage"}
_BOTH: Final = (
    {"kill", "wound"},
    {"destroy", "wound"},
    {"casualties", "wound"},
    {"kill", "capture"},
    {"casualties", "capture"},
)
_OF_VICTIMS: Final = {
    "killed": "kill",
    "wounded": "wound",
    "casualties": "casualties",
    "killed_or_more": "kill",
    "missing": "missing",
    "captured": "capture",
}


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
