"""Which figures count a subset of another, or a portion of a whole: 'among them two children', 'over Rostov region'.

The quote of a part is what sets it apart (the noun, the region, the clock), never the number: two reports of the same
subset are compared by it.
"""

from collections.abc import Sequence
from typing import Final

from models.enums import PEOPLE, Bound, Measure, Object, Scope
from monitor.figures.counted import Counted
from monitor.figures.marked import Found, Marked
from monitor.places import contains
from monitor.values import Part, PlaceQuote

NEAR: Final = 4  # figures before a subset among which its whole is looked for
REACH: Final = 60  # tokens of a sentence on either side of a number
LEAD: Final = 4  # tokens between 'among them' and its number
NOUN: Final = 6  # tokens of the noun phrase that names a subset
BEHIND: Final = 3  # tokens between a number and 'of whom'
WHOLE: Final = 4  # tokens between 'among', the noun of the whole and the number
STATE: Final = 4  # tokens of what is told of a subset without a noun ('in a grave state')
CLOCK: Final = 3  # tokens of '21:00'
HOURS: Final = 24
WINDOW: Final = 10  # tokens from 'from' to the second clock
WHOLE_NIGHT: Final = 8 * 60  # minutes: a window as long is the night's own
BREAKS: Final = frozenset(".,;:!?()[]\n")
STOP: Final = "part.stop"
SKIPPED: Final = frozenset("-*_«»\"'")
IN_THE_AIR: Final = frozenset({Measure.LAUNCHED, Measure.INTERCEPTED, Measure.HIT})


def parts_of(
    marked: Marked, counted: Sequence[Counted], scopes: Sequence[Scope], places: Sequence[PlaceQuote | None]
) -> list[Part | None]:
    """One for each figure, in the order of the text; None where it counts a whole."""
    reading = _Reading(marked, counted)
    regions = _regions(marked, counted, scopes, places)
    parts: list[Part | None] = []
    subset: Part | None = None
    for index in range(len(counted)):
        subset = reading.subset(index, subset)
        parts.append(subset or regions.get(index) or reading.window(index))
    return parts


class _Reading:
    def __init__(self, marked: Marked, counted: Sequence[Counted]) -> None:
        self.marked, self.counted = marked, counted
        self.numbers = [marked.tokens_of(figure.start, figure.end) for figure in counted]

    def subset(self, index: int, before: Part | None) -> Part | None:
        """`before` is the subset that the figure before counts."""
        number, sentence = self.numbers[index], self._sentence(index)
        named = self._among_named(number, sentence)
        if named is not None:
            return self._part(index, number.last, named, self._quote(*named))
        found = self._of_whom(index, number) or self._of_many(index)
        if found is not None or not self._has_a_whole(index):
            return found
        for cue in self._in("part.among", max(sentence.first, number.first - LEAD), number.first):
            return self._part(index, number.last, cue)
        if self._bracketed(index):
            return self._part(index, number.last, number)
        if before is not None and self._goes_on(index, sentence):
            return self._part(index, number.last, number, before.of)
        return None

    def _of_whom(self, index: int, number: Found) -> Part | None:
        """'Two of whom children', 'one of those killed'; not 'nine people, of whom 7', which is said of the next."""
        following = self.numbers[index + 1].first if index + 1 < len(self.numbers) else len(self.marked.words)
        for cue in self._in("part.of_them", number.last, number.last + BEHIND):
            if following - cue.last > 1 and self._has_a_whole(index):
                return self._part(index, cue.last, cue)
        vague = self.counted[index].bound is Bound.VAGUE  # 'hundreds of casualties' is no part of them
        for cue in () if vague else self._in("part.of", number.last, number.last + 1):
            for whole in self._in("part.whole", cue.last, min(following, cue.last + WHOLE)):
                return self._part(index, whole.last, whole, self._quote(*whole))
        return None

    def _among_named(self, number: Found, sentence: Found) -> Found | None:
        """The noun in 'among the dead three railwaymen'."""
        for cue in self._in("part.among_whole", max(sentence.first, number.first - 2 * WHOLE), number.first):
            nouns = self._in("part.whole", cue.last, min(number.first, cue.last + WHOLE))
            if nouns and "," not in self.marked.words[cue.first : number.first]:
                return nouns[0]
        return None

    def _has_a_whole(self, index: int) -> bool:
        """Whether one of the figures before counted at least as many to whom the same happened."""
        figure = self.counted[index]
        near = [self.counted[at] for at in range(max(0, index - NEAR), index)]
        return any(whole.measure is figure.measure and _bounds(whole, figure) for whole in near)

    def _bracketed(self, index: int) -> bool:
        """'21 people wounded (9 children)', but not the day's '(+9)'."""
        at = self.numbers[index].first
        if index == 0 or self.marked.words[at - 1] != "(" or self.marked.words[at] == "+":
            return False
        return at - self.numbers[index - 1].last <= NOUN

    def _goes_on(self, index: int, sentence: Found) -> bool:
        """'Among them three children and two medics': the second too."""
        before, number = self.numbers[index - 1], self.numbers[index]
        if self.counted[index].object not in PEOPLE:
            return False
        near = sentence.first <= before.first and number.first - before.last <= NOUN
        return near and self.counted[index - 1].measure is self.counted[index].measure

    def _of_many(self, index: int) -> Part | None:
        """'Two of the five wounded', 'of 19 dead 7 are policemen'; not of what was shot down."""
        figure, number = self.counted[index], self.numbers[index]
        for other in (index + 1, index - 1):
            if not 0 <= other < len(self.counted) or figure.object not in PEOPLE:
                continue
            whole, at = self.counted[other], self.numbers[other]
            alike = (
                whole.measure is figure.measure and _bounds(whole, figure) and self.marked.has(at.first - 1, "part.of")
            )
            if alike and 0 <= max(at.first - number.last, number.first - at.last) <= NOUN:
                end = at.last + 1 if self.marked.has(at.last, "part.whole") else self._phrase_end(at.last, NOUN, STOP)
                return self._part(index, max(end, number.last), at, self._quote(at.first, end))
        return None

    def window(self, index: int) -> Part | None:
        """'From 21:00 to 23:00', 'by 01:50': a portion of the day's or the night's things in the air."""
        sentence = self._sentence(index)
        if self.counted[index].measure not in IN_THE_AIR or self._in("part.whole_window", *sentence):
            return None
        for until in self._in("part.until", *sentence):
            end = self._clock(until.last)
            if end is None:
                continue
            since = next(
                (cue for cue in self._in("part.from", max(sentence.first, until.first - WINDOW), until.first)), None
            )
            if since is None or not self.marked.words[since.last][0].isdigit():
                return Part(self._quote(until.first, until.last + CLOCK))
            begin = self._clock(since.last)
            if begin is not None and (end - begin) % (24 * 60) < WHOLE_NIGHT:
                return Part(self._quote(since.first, until.last + CLOCK))
        return None

    def _clock(self, at: int) -> int | None:
        """Minutes since midnight of '21:00' or '21.00'."""
        hour, mark, minute = (self.marked.words[at : at + CLOCK] + [""] * CLOCK)[:CLOCK]
        if mark in (":", ".") and hour.isdecimal() and minute.isdecimal() and len(minute) == 2 and int(hour) < HOURS:
            return 60 * int(hour) + int(minute)
        return None

    def _part(self, index: int, after: int, otherwise: Found, whole: str | None = None) -> Part:
        """Named by the noun behind `after`, else by what is told of them there, else by the words `otherwise`."""
        noun = self.counted[index].noun
        if noun is not None and noun[0] >= self._start_of(after):
            return Part(self.marked.doc.raw[slice(*noun)], whole)
        first = self._skipped(after)
        end = self._phrase_end(first, NOUN, STOP)
        if end == first:
            end = self._phrase_end(first, STATE, None)
        return Part(self._quote(*otherwise) if end == first else self._quote(first, end), whole)

    def _start_of(self, at: int) -> int:
        return self.marked.starts[at] if at < len(self.marked.starts) else len(self.marked.doc.raw)

    def _skipped(self, at: int) -> int:
        while at < len(self.marked.words) and (self.marked.words[at] in SKIPPED or self.marked.has(at, "part.copula")):
            at += 1
        return at

    def _phrase_end(self, first: int, most: int, stop: str | None) -> int:
        end = min(first + most, len(self.marked.words))
        for at in range(first, end):
            word = self.marked.words[at]
            dash = word == "-" and self.marked.starts[at] > self.marked.ends[at - 1]
            if word in BREAKS or dash or word[0].isdigit() or (stop is not None and self.marked.has(at, stop)):
                return at
        return end

    def _quote(self, first: int, last: int) -> str:
        last = min(last, len(self.marked.words))
        return self.marked.doc.raw[self.marked.starts[first] : self.marked.ends[last - 1]] if last > first else ""

    def _sentence(self, index: int) -> Found:
        number = self.numbers[index]
        first, last = self.marked.span_of(self.marked.sentence_of(number.first))
        return Found(max(first, number.first - REACH), min(last, number.last + REACH))

    def _in(self, name: str, first: int, last: int) -> Sequence[Found]:
        return self.marked.within(name, first, last)


def _bounds(whole: Counted, figure: Counted) -> bool:
    return whole.high is None or _least(figure) <= whole.high


def _least(figure: Counted) -> float:
    return figure.low if figure.low is not None else figure.high or 0


def _regions(
    marked: Marked, counted: Sequence[Counted], scopes: Sequence[Scope], places: Sequence[PlaceQuote | None]
) -> dict[int, Part]:
    """The items of a breakdown by region, where the text gives the whole as well."""
    summed_up = "part.total" in marked.found
    groups: dict[tuple[Measure, Object, Scope], list[int]] = {}
    for index, figure in enumerate(counted):
        groups.setdefault((figure.measure, figure.object, scopes[index]), []).append(index)
    return {
        index: Part(place.quote)
        for group in groups.values()
        for index in _items(group, counted, places, least=1 if summed_up else 2)
        if (place := places[index]) is not None
    }


def _items(
    group: Sequence[int], counted: Sequence[Counted], places: Sequence[PlaceQuote | None], *, least: int
) -> Sequence[int]:
    whole = max(group, key=lambda index: _least(counted[index]))
    around = places[whole]
    items = []
    for index in group:
        place = places[index]
        if index == whole or place is None or place.id is None or _least(counted[index]) >= _least(counted[whole]):
            continue
        if around is None or (around.id is not None and around.id != place.id and contains(around.id, place.id)):
            items.append(index)
    together = sum(_least(counted[index]) for index in items)
    return items if len(items) >= least and _fits(together, counted[whole]) else ()


def _fits(together: float, whole: Counted) -> bool:
    return whole.high is None or together <= whole.high
