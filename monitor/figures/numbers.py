"""Number expressions: digits and words, ranges, and the modifiers around them, as intervals.

The grammar knows nothing of what is counted. What is no count by its own form (a date, a model, an ordinal) is given
back beside the numbers, with the reason.
"""

from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from models.enums import Bound, Lang, Modifier
from monitor.figures.digits import Digits
from monitor.figures.lexicon import IGNORED_IN_PHRASES, letters
from monitor.figures.number_values import Value
from monitor.figures.shapes import Shape
from monitor.figures.spelled import Spelled
from monitor.figures.tagging import Tags
from monitor.figures.text import Document, TokenKind

_LONGEST_MODIFIER: Final = 5  # tokens
_CHANGE_WITHIN: Final = 7  # tokens between 'rose' and its number
_YEARS: Final = range(1900, 2100)
_LIKE: Final = {"~": Modifier.ABOUT, "\u2248": Modifier.ABOUT, ">": Modifier.MORE_THAN, "<": Modifier.LESS_THAN}


@dataclass(frozen=True, slots=True)
class Number:
    """`first` to `last` are the tokens with the modifier, `core` those without.

    `digits`: written in digits. `one`: the word 'one', which often is no number. `added`: '(+5)', what a day added to
    a total. `year`: four digits that may be a year. `words`: number words stand in it.
    """

    first: int
    last: int
    core: tuple[int, int]
    low: float | None
    high: float | None
    bound: Bound = Bound.EXACT
    modifier: Modifier = Modifier.NONE
    digits: bool = False
    one: bool = False
    added: bool = False
    year: bool = False
    collective: bool = False
    changed: bool = False
    times: bool = False
    zero_word: bool = False


class Found(NamedTuple):
    numbers: list[Number]
    rejected: list[Shape]


def find_numbers(document: Document, tags: Tags) -> Found:
    return _Grammar(document, tags).found()


class _Grammar(Digits, Spelled):
    def found(self) -> Found:
        numbers: list[Number] = []
        free = 0
        for at in self._candidates():
            if at < free or at < self.past or not self._may_begin(at):
                continue
            value = self._value(at)
            if value is not None:
                numbers.append(self._expression(at, value, numbers[-1].last if numbers else 0))
                free = max(numbers[-1].last, value.last)
        return Found(numbers, self.rejected)

    def _candidates(self) -> list[int]:
        begins = self.known.begins
        return [
            at
            for at, (word, kind) in enumerate(zip(self.words, self.tokens.kinds, strict=True))
            if kind is TokenKind.NUMBER or word in begins
        ]

    def _may_begin(self, at: int) -> bool:
        token = self.tokens[at]
        if token.kind is TokenKind.WORD:
            starts = self.words[at] in self.known.starts or self._counts_alone(at)
            return starts and at not in self.blocked and not self._is_nobody(at)
        return token.kind is TokenKind.NUMBER and at not in self.blocked

    def _counts_alone(self, at: int) -> bool:
        """A word that is a number only inside a compound, or right before what is counted."""
        after = at + 1
        inner = self.words[at] in self.known.inner
        if not inner or after >= len(self.words):
            return False
        thousands = self.words[after] in self.known.scales and self.words[after] not in self.known.singulars
        return thousands or self.tags.has(after, self.names.counted)

    def _is_nobody(self, at: int) -> bool:
        """'no one', 'not one': not a number but a zero."""
        return any(
            (match := self.tags.longest(back, self.names.nobody)) is not None and match.last > at
            for back in range(max(0, at - 2), at)
        )

    def _value(self, at: int) -> Value | None:
        if at >= len(self.tokens) or at in self.blocked:
            return None
        if self.tokens.kinds[at] is TokenKind.NUMBER:
            return self.digits_at(at)
        value = self.spelled_at(at)
        if value is not None and self._is_share(value.last):
            self.no(at, value.last + 1, "share")
            return None
        if value is not None and self._is_ordinal(value):
            self.no(at, value.last + 1, "ordinal")
            return None
        return value

    def _is_ordinal(self, value: Value) -> bool:
        """'the eighty second shell'."""
        round_number = value.low >= 20 and value.low % 10 == 0
        return round_number and value.last < len(self.words) and self.tags.has(value.last, self.names.ordinals)

    def _is_share(self, last: int) -> bool:
        """'one-quarter', 'two thirds'."""
        after = last + (last < len(self.words) and self.words[last] == "-")
        return after < len(self.words) and self.tags.has(after, self.names.fractions)

    # Ranges and modifiers.

    def _expression(self, at: int, value: Value, free: int) -> Number:
        """`free`: the first token that no earlier number has taken."""
        changed = self._change_before(at)
        between = not changed and at > free and self.tags.has(at - 1, self.names.between)
        if between and (opened := self._open_range(at, value)) is not None:
            return opened
        ends = None if changed else self._range(at, value, between=between)
        number = self._plain_number(at, value) if ends is None else self._ranged(at, value, ends, free)
        if number.added:
            return number
        if self._change_behind(number):
            return number
        return replace(self._modified(number, free, changed=changed), changed=changed)

    def _plain_number(self, at: int, value: Value) -> Number:
        first = at - 1 if at and self.words[at - 1] in letters().times and self.joined(at) else at
        exact = value.low == value.high
        bound = Bound.VAGUE if not exact else Bound.ABOUT if value.about else Bound.EXACT
        return Number(
            first=first,
            last=value.last,
            core=(first, value.last),
            low=value.low,
            high=value.high,
            bound=bound,
            modifier=Modifier.ABOUT if bound is Bound.ABOUT else Modifier.NONE,
            digits=value.digits,
            one=value.one,
            added=self._is_added(at),
            year=value.digits and not value.scaled and len(self.words[at]) == 4 and int(value.low) in _YEARS,
            collective=value.collective,
            times=first != at,
            zero_word=value.high == 0 and not value.digits,
        )

    def _is_added(self, at: int) -> bool:
        return at >= 2 and self.words[at - 1] == "+" and self.words[at - 2] == "(" and self.joined(at)

    def _open_range(self, at: int, value: Value) -> Number | None:
        """'between 35 and more than 40': at least the lower one."""
        after = value.last + 1
        if after >= len(self.words) or not self.tags.has(value.last, self.names.and_):
            return None
        match = self.tags.longest(after, self.names.before)
        if match is None or match.name.split(".")[1] not in (Modifier.MORE_THAN, Modifier.AT_LEAST):
            return None
        end = self._value(match.last)
        if end is None or end.digits != value.digits or end.high <= self._lifted(value, end):
            return None
        low = self._lifted(value, end)
        return Number(at - 1, end.last, (at, end.last), low, None, Bound.AT_LEAST, Modifier.AT_LEAST, value.digits)

    def _range(self, at: int, value: Value, *, between: bool) -> Value | None:
        """The far end of '8-10', 'two or three', 'from 20 to 30', 'between 40 and 50'."""
        after = value.last
        if after + 1 >= len(self.words):
            return None
        word = self.words[after]
        dash = word == "-" and self._dash_joins(after)
        if dash and value.digits and self.slang(after) is not None:
            return None
        words = self.names.to if at and self.tags.has(at - 1, self.names.opens) else self.names.joins_ends
        if not (dash or self.tags.has(after, words) or (between and self.tags.has(after, self.names.and_))):
            return None
        end = self._value(after + 1)
        if end is None or end.digits != value.digits or end.high <= self._lifted(value, end):
            return None
        return end

    def _dash_joins(self, dash: int) -> bool:
        """A dash without spaces, or with one on each side between digits."""
        before = self.tokens.starts[dash] - self.tokens.ends[dash - 1]
        after = self.tokens.starts[dash + 1] - self.tokens.ends[dash]
        return before == after and (before == 0 or self.tokens.kinds[dash + 1] is TokenKind.NUMBER)

    def _lifted(self, value: Value, end: Value) -> float:
        """'8-10 thousand' is 8 to 10 thousand."""
        scale = next(
            (self.known.scales[word] for word in self.words[end.last - 2 : end.last] if word in self.known.scales), 1
        )
        return value.low * scale if end.scaled and not value.scaled and value.low < scale else value.low

    def _ranged(self, at: int, value: Value, end: Value, free: int) -> Number:
        first = at
        if at > free and self.tags.has(at - 1, self.names.opens | self.names.between):
            first = at - 1
        low = self._lifted(value, end)
        return Number(first, end.last, (at, end.last), low, end.high, Bound.RANGE, digits=value.digits)

    def _change_before(self, at: int) -> bool:
        """'rose to 89', 'rose from 63 to 89': the words before are no modifier."""
        if not at or not self.tags.has(at - 1, self.names.change_links):
            return False
        return any(self.tags.longest(back, self.names.change) for back in range(max(0, at - _CHANGE_WITHIN), at - 1))

    def _change_behind(self, number: Number) -> bool:
        """'up to 4 rose the number': how far it rose, no upper bound."""
        linked = number.first > 0 and self.tags.has(number.first - 1, self.names.change_links)
        if not linked:
            return False
        near = range(number.last, min(len(self.words), number.last + 2))
        return any(
            self.tags.has(at, self.names.change) and all(self.words[back].isalpha() for back in range(number.last, at))
            for at in near
        )

    def _modified(self, number: Number, free: int, *, changed: bool) -> Number:
        first, modifier = self._before(number.first - changed, free, number)
        if modifier is None:
            first = number.first
            if number.bound is Bound.VAGUE and first > free and self.tags.has(first - 1, self.names.many):
                number = replace(number, first=first - 1)
                first -= 1
        last, after = self._after(number.last)
        if modifier is None and after is None:
            return number
        found = after if modifier is None or modifier is Modifier.NONE else modifier
        if found is None:
            return number
        if number.bound is Bound.VAGUE and self._is_singular(first, number):
            number = replace(number, low=(number.low or 0) / 2, high=(number.low or 0) / 2, bound=Bound.EXACT)
        return replace(_bounded(number, found), first=first, last=last if after is not None else number.last)

    def _is_singular(self, first: int, number: Number) -> bool:
        """In Slavic languages the genitive of one hundred looks like hundreds: behind 'less than' it is one."""
        word = self.words[number.core[0]]
        alone = number.core[1] == number.core[0] + 1 and word in self.known.singulars
        return alone and first < number.core[0] and not self.tags.has(first, self.names.adverbial)

    def _before(self, first: int, free: int, number: Number) -> tuple[int, Modifier | None]:
        at = first
        if at > free and self.words[at - 1] in _LIKE:
            return at - 1, _LIKE[self.words[at - 1]]
        while at - 1 >= free and (self.words[at - 1] in IGNORED_IN_PHRASES or self.tags.has(at - 1, self.names.more)):
            at -= 1
        if at > free and self._is_more_than_one(at, number):
            return at - 1, Modifier.MORE_THAN
        for start in range(max(free, at - _LONGEST_MODIFIER), at):
            match = self.tags.longest(start, self.names.before)
            if match is not None and match.last == at and self._modifies(start, match.name, number):
                return start, Modifier(match.name.split(".")[1])
        return first, None

    def _is_more_than_one(self, at: int, number: Number) -> bool:
        """'not one dozen', 'not one hundred' in Slavic languages: more than one."""
        first, last = number.core
        one = self.known.plain.get(self.words[first])
        several = number.collective and last - first == 2 and one is not None and one.value == 1
        return several and self.lang is not Lang.EN and self.tags.has(at - 1, self.names.negation)

    def _modifies(self, start: int, name: str, number: Number) -> bool:
        """Prepositions that modify only some numbers: collectives, or what begins a clause ('From 40 dead')."""
        if name.endswith(".before_collective"):
            return number.collective
        if name.endswith(".at_start"):
            return start == 0 or not self.words[start - 1].isalnum()
        return True

    def _after(self, last: int) -> tuple[int, Modifier | None]:
        if self.joined(last) and self.words[last] == "+":
            return last + 1, Modifier.AT_LEAST
        match = self.tags.longest(last, self.names.after) if last < len(self.words) else None
        return (last, None) if match is None else (match.last, Modifier(match.name.split(".")[1]))


def _bounded(number: Number, modifier: Modifier) -> Number:
    low, high = number.low, number.high
    if modifier in (Modifier.AT_LEAST, Modifier.MORE_THAN):
        return replace(number, low=low, high=None, bound=Bound.AT_LEAST, modifier=modifier)
    if modifier in (Modifier.UP_TO, Modifier.LESS_THAN, Modifier.ALMOST):
        return replace(number, low=None, high=high, bound=Bound.AT_MOST, modifier=modifier)
    if number.bound in (Bound.RANGE, Bound.VAGUE):
        return number
    return replace(number, bound=Bound.ABOUT, modifier=Modifier.ABOUT)
