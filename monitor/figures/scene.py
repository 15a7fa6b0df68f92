"""A document laid out for reading: its tags, its numbers, what is said to have happened in it, and how far apart."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cached_property
from typing import Final, NamedTuple

from monitor.figures.classes import Classes, classes_of
from monitor.figures.numbers import Number, find_numbers
from monitor.figures.shapes import Shape
from monitor.figures.spacing import Spacing, spacing_of
from monitor.figures.tagging import Match, Tags
from monitor.figures.text import Document, TokenKind

_PART_OF: Final = 6  # tokens


class Mention(NamedTuple):
    """A word that says what became of somebody or something. `kind`: kill, lose, launch..., or silence."""

    first: int
    last: int
    kind: str
    name: str
    nominal: bool


class Scene:
    """Offsets are token numbers. `sentence_of[i]` is the number of the sentence that token i stands in."""

    def __init__(self, document: Document, tags: Tags) -> None:
        self.document = document
        self.tokens = document.tokens
        self.tags = tags
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

    def _sentences(self) -> list[int]:
        found: list[int] = []
        starts, spans = self.tokens.starts, self.document.sentences
        for number, (_, end) in enumerate(spans):
            found += [number] * (bisect_left(starts, end, len(found)) - len(found))
        return found + [len(spans)] * (len(starts) - len(found))

    def is_wrap(self, at: int) -> bool:
        """A line break inside a sentence."""
        if self.words[at] != "\n":
            return False
        spans, sentence = self.document.sentences, self.sentence_of[at]
        return sentence < len(spans) and spans[sentence][0] < self.tokens.starts[at] < spans[sentence][1]

    def _mentions(self) -> list[Mention]:
        names, free = self.names, 0
        found: list[Mention] = []
        for at in self.tags.where(names.mentions):
            match = None if at in self.number_of or at < free else self.tags.longest(at, names.mentions)
            if match is None:
                continue
            free = match.last
            if self._is_of_a_thing(at, match) or self._is_of_a_model(at) or self._is_half_done(at):
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
        touches = before is not None and before.end == self.tokens.starts[at]
        return self.words[at] == "-" and touches and before is not None and before.kind is TokenKind.WORD

    def _is_half_done(self, at: int) -> bool:
        """'in half-destroyed buildings'."""
        return at > 1 and self.words[at - 1] == "-" and self.tags.has(at - 2, self.names.partly)

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

    @cached_property
    def _spacing(self) -> Spacing:
        """Laid out when first asked for: much of what is read has no number beside an outcome."""
        return spacing_of(self)

    def is_aside(self, at: int) -> bool:
        """It stands in brackets, or in a clause between commas that tells of the subject."""
        return self._spacing.asides[at]

    def apart(self, first: int, last: int) -> float:
        """How far apart the words on both sides of these tokens are; asides between them are no way."""
        return self._spacing.apart(first, last)

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
        return self.tokens.starts[first], self.tokens.ends[last - 1]

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
