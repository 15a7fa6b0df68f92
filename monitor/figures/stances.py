"""Whether a figure is asserted, rejected as false, or given as a former number.

A denial holds in its own sentence, and in the sentence before where it points back ('It is a lie'). What is told after
'in fact' or 'but' is asserted again.
"""

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from models.enums import PEOPLE, Stance
from monitor.figures.counted import Counted
from monitor.figures.marked import Found, Marked

BESIDE: Final = 6  # tokens between a number and 'nowhere near', 'none at all', 'there were none'
REACH: Final = 60  # tokens between a number and a denial in its sentence
# Without one of these, or a 'not' before a number, everything is asserted.
TRIGGERS: Final = frozenset({"stance.change"}) | frozenset(
    f"stance.{name}"
    for name in ("false", "denies", "inflated", "nowhere", "far_from", "not_reached", "none_such", "former", "earlier")
)
DENIALS: Final = ("stance.false", "stance.denies", "stance.inflated")
POINTING: Final = 5  # tokens of a sentence in which it points back and denies
NEAR: Final = 12  # figures on either side among which a newer number is looked for
CLOSE: Final = 4
STEP: Final = 5  # tokens between 'from 63' and 'to 89'


def stances_of(marked: Marked, counted: Sequence[Counted]) -> list[Stance]:
    """One for each figure, in the order of the text."""
    if TRIGGERS.isdisjoint(marked.found) and not any(_after_not(marked, each) for each in counted):
        return [Stance.ASSERTS] * len(counted)
    reading = _Reading(marked, counted)
    return [reading.stance_of(index) for index in range(len(counted))]


def _after_not(marked: Marked, figure: Counted) -> bool:
    return marked.has(marked.tokens_of(figure.start, figure.end).first - 1, "stance.not")


class _Reading:
    def __init__(self, marked: Marked, counted: Sequence[Counted]) -> None:
        self.marked, self.counted = marked, counted
        self.numbers = [marked.tokens_of(figure.start, figure.end) for figure in counted]
        self.former = _former_steps(marked, counted, self.numbers)

    def stance_of(self, index: int) -> Stance:
        figure, number = self.counted[index], self.numbers[index]
        none_at_all = figure.low == figure.high == 0
        if not none_at_all and (self._rejected(number) or self._denied(number) or self._denied_by_the_next(number)):
            return Stance.DENIES
        if index in self.former or self._recalled(index, number):
            return Stance.RECALLS
        return Stance.ASSERTS

    def _rejected(self, number: Found) -> bool:
        """Beside the number itself: 'not 63, but 89', 'nowhere near 400', 'no 400 dead at all'."""
        before = number.first - 1
        if self.marked.has(before, "stance.none_such"):
            return True
        if self.marked.has(before, "stance.not") and (
            self.marked.has(before - 1, "stance.but") or self._near("stance.but", number.last, number.last + BESIDE)
        ):
            return True
        if self._near("stance.nowhere", number.last, number.last + BESIDE):
            return True
        return any(
            self._near(name, number.first - CLOSE, number.first) for name in ("stance.far_from", "stance.not_reached")
        )

    def _denied(self, number: Found) -> bool:
        """By a word of the sentence, with nothing between that turns back to what is so."""
        sentence = self._sentence(number.first)
        for name in DENIALS:
            for cue in self._in(name, *sentence):
                if self.marked.has(cue.first - 1, "stance.not"):
                    continue
                if cue.first >= number.last and name != "stance.denies" and not self._of_another(number, cue):
                    return True
                if cue.last <= number.first and self._denies_ahead(cue, number, sentence):
                    return True
        return False

    def _of_another(self, number: Found, cue: Found) -> bool:
        """'10 died, and not 27, as he lies': what is rejected in between is what the lie is."""
        between = self.numbers[bisect_left(self.numbers, (number.last,)) : bisect_left(self.numbers, (cue.first,))]
        return any(self._rejected(each) for each in between)

    def _denies_ahead(self, cue: Found, number: Found, sentence: Found) -> bool:
        """A denial speaks of what comes behind it, unless it closes what came before, or is of something else."""
        if self._near("stance.really", cue.last, number.first) or self._near(
            "stance.denied_else", cue.last, cue.last + CLOSE
        ):
            return False
        closed = self.numbers[bisect_left(self.numbers, (sentence.first,)) : bisect_left(self.numbers, (cue.first,))]
        return not closed

    def _denied_by_the_next(self, number: Found) -> bool:
        """'400 died. That is a lie.'; and 'they inflate the numbers. For example, 400'."""
        at = self.marked.sentence_of(number.first)
        if at + 1 < len(self.marked.doc.sentences):
            first = self.marked.span_of(at + 1).first
            if self.marked.has(first, "stance.this") and self._near("stance.false", first, first + POINTING):
                return True
        if at > 0 and self.marked.has(self.marked.span_of(at).first, "stance.for_example"):
            return any(self._in(name, *self.marked.span_of(at - 1)) for name in ("stance.false", "stance.inflated"))
        return False

    def _recalled(self, index: int, number: Found) -> bool:
        sentence = self._sentence(number.first)
        since = max(sentence.first, number.first - BESIDE, self.numbers[index - 1].last if index else 0)
        if self._near("stance.former", since, number.first):
            return True
        said = self._in("stance.said", *sentence)
        earlier = self._in("stance.earlier", sentence.first, min(sentence.last, number.last + REACH))
        return any(
            any(abs(word.first - cue.first) <= CLOSE for word in said) and self._another(index, cue, sentence)
            for cue in earlier
        )

    def _another(self, index: int, cue: Found, sentence: Found) -> bool:
        """Whether a higher number of the same people stands outside what was told earlier: only then it is former.

        An earlier report retold beside its own breakdown is no former number.
        """
        figure, number = self.counted[index], self.numbers[index]
        if figure.object not in PEOPLE:
            return False
        near = slice(max(0, index - NEAR), index + NEAR)
        for other, at in zip(self.counted[near], self.numbers[near], strict=True):
            within = sentence.first <= at.first < sentence.last
            told_too = within and (cue.first > number.first or cue.first < at.first < number.first)
            if other.measure is figure.measure and _most(other) > _most(figure) and not told_too:
                return True
        return False

    def _sentence(self, at: int) -> Found:
        own = self.marked.span_of(self.marked.sentence_of(at))
        return Found(max(own.first, at - REACH), min(own.last, at + REACH))

    def _near(self, name: str, first: int, last: int) -> bool:
        return bool(self._in(name, first, last))

    def _in(self, name: str, first: int, last: int) -> Sequence[Found]:
        return self.marked.within(name, first, last)


def _most(figure: Counted) -> float:
    return max(figure.low or 0, figure.high or 0)


def _former_steps(marked: Marked, counted: Sequence[Counted], numbers: Sequence[Found]) -> set[int]:
    """'Rose from 63 to 89': the first of two numbers of one measure."""
    found = set()
    for index, (one, other) in enumerate(pairwise(numbers)):
        alike = counted[index].measure is counted[index + 1].measure
        if not alike or not 0 <= other.first - one.last <= STEP or not marked.has(one.first - 1, "stance.from"):
            continue
        joined = any(marked.has(at, "stance.to") for at in range(one.last, other.last))
        if joined and any(marked.has(at, "stance.change") for at in range(one.first - REACH, one.first)):
            found.add(index)
    return found
