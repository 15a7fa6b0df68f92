"""One number in digits or in words, without ranges and modifiers; and what looks like one but is a name."""

from bisect import bisect_right
from collections.abc import Sequence
from typing import Final, NamedTuple

from monitor.figures.number_names import NumberNames
from monitor.figures.number_words import NumberKind, NumberWord, NumberWords, number_words
from monitor.figures.shapes import Shape, shapes
from monitor.figures.tagging import Match, Tags
from monitor.figures.text import Document, TokenKind

_NOUN_WITHIN: Final = 7  # tokens
TENS: Final = (10.0, 12.0)  # what is counted by these is about so many


class Value(NamedTuple):
    """`last` is the token behind it; `collective`: a dozen, a hundred, as nouns."""

    last: int
    low: float
    high: float
    digits: bool = False
    about: bool = False
    one: bool = False
    scaled: bool = False
    collective: bool = False


class Reading:
    """What the parsers of digits and words share: the tokens, what is blocked, what was rejected and why."""

    def __init__(self, document: Document, tags: Tags) -> None:
        self.raw = document.raw
        self.tokens = document.tokens
        self.words: Sequence[str] = tags.words
        self.tags = tags
        self.lang = document.lang
        self.known: NumberWords = number_words(document.lang)
        self.rejected: list[Shape] = []
        self.names = NumberNames.of(tags)
        self.blocked = self._blocked(document.folded)
        self.past = 0  # behind what was rejected last

    def _blocked(self, folded: str) -> set[int]:
        """Tokens inside a shape that counts nothing."""
        blocked: set[int] = set()
        at = 0
        for shape in shapes(folded):
            at = bisect_right(self.tokens.ends, shape.start, at)
            if shape.reason == "fraction" and self._is_of_weapons(at):
                continue
            inside = at
            while inside < len(self.tokens) and self.tokens.starts[inside] < shape.end:
                blocked.add(inside)
                inside += 1
            self.rejected.append(shape)
        return blocked

    def _is_of_weapons(self, at: int) -> bool:
        """'34/44 attack drones': so many of so many, where the first is the smaller."""
        if at + 3 >= len(self.words) or self.words[at + 1] != "/" or int(self.words[at]) > int(self.words[at + 2]):
            return False
        for behind in range(at + 3, min(len(self.words), at + _NOUN_WITHIN)):
            if self.tags.longest(behind, self.names.airborne) is not None:
                return True
            if not self.words[behind].endswith(self.names.adjectives):
                break
        return False

    def no(self, first: int, last: int, reason: str) -> None:
        self.past = last
        self.rejected.append(Shape(self.tokens.starts[first], self.tokens.ends[last - 1], reason))

    def slang(self, at: int) -> Match | None:
        """'3-200' is three killed in soldiers' talk, but no '100-200 thousand' and no '150 000 - 200 000'."""
        match = self.tags.longest(at, self.names.victims)
        if match is None or self.words[at] != "-" or match.last >= len(self.words):
            return match
        goes_on = self.tokens.kinds[match.last] is TokenKind.NUMBER or self.words[match.last] in self.known.scales
        return None if goes_on or self.tags.longest(match.last, self.names.units_of) is not None else match

    def joined(self, at: int) -> bool:
        """The token is there and touches the one before."""
        return 0 < at < len(self.tokens) and self.tokens.starts[at] == self.tokens.ends[at - 1]

    def scale(self, last: int) -> tuple[int, float | None]:
        """'thousand', 'million', 'k'; a letter alone must touch its digits."""
        if last >= len(self.tokens) or self.words[last] not in self.known.scales:
            return last, None
        word = self.words[last]
        end = last + 1
        in_a_name = self.joined(end) and self.tokens.kinds[end] is TokenKind.NUMBER  # '9K38'
        if len(word) == 1 and (not self.joined(last) or in_a_name):
            return last, None
        if end < len(self.tokens) and self.words[end] == "." and self.joined(end) and self._goes_on(end + 1):
            end += 1
        return end, self.known.scales[word]

    def _goes_on(self, at: int) -> bool:
        """The full stop of an abbreviation, not of the sentence."""
        return at < len(self.tokens) and self.tokens.kinds[at] is TokenKind.WORD

    def unit(self, at: int) -> float | None:
        """What a scale or a collective at this token multiplies by."""
        if at >= len(self.words) or at in self.blocked:
            return None
        plain = self.known.plain.get(self.words[at])
        if plain is not None and plain.kind in (NumberKind.COLLECTIVE, NumberKind.MANY):
            return plain.value
        return self.known.scales.get(self.words[at]) if len(self.words[at]) > 1 else None

    def plain(self, at: int) -> NumberWord | None:
        return self.known.plain.get(self.words[at]) if at < len(self.words) and at not in self.blocked else None

    def of_collective(self, value: Value) -> Value:
        """'three dozen', 'a couple of thousand'."""
        last = self.past_of(value.last)
        unit = self.unit(last)
        if unit is None or value.scaled:
            return value
        return value._replace(
            last=last + 1,
            low=value.low * unit,
            high=value.high * unit,
            about=value.about or unit in TENS,
            scaled=True,
            collective=True,
        )

    def past_of(self, at: int) -> int:
        """Behind 'of' where a collective follows: 'a couple of hundred'."""
        if at + 1 < len(self.words) and self.words[at] in self.known.joins and self.unit(at + 1) is not None:
            return at + 1
        return at
