"""Whether a figure counts one incident (up to two days) or what has added up over longer.

Pairs as in the General Staff's lists, '3537 (+5)', are a total and the day's. Elsewhere the cue nearest to the number
in its sentence decides; a sentence without one goes on with the total that the sentence before spoke of.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from math import inf
from typing import Final, NamedTuple

from models.enums import PEOPLE, Lang, Object, Scope
from monitor.figures.counted import Counted
from monitor.figures.marked import Found, Marked

LONG_DAYS: Final = 3
DAY_OF: Final = 3  # tokens between 'day' and the war that it is a day of
LONGEST_DURATION: Final = 4  # tokens from 'over' to 'days'
REACH: Final = 60  # tokens between a number and its cue
COMMA: Final = 4.0  # a comma between them puts a number and its cue so many tokens further apart
CLOSE: Final = 3
BEHIND: Final = 1.3  # a cue behind the number counts as so many times as far away
LONGEST_HEAD: Final = 12  # tokens
HEAD_REACH: Final = 200  # tokens between the head of a list and its last line
# More than any single day has brought; a number beyond it is a total.
MOST_OF_A_DAY: Final = {Object.MILITARY: 3000, Object.CIVILIAN: 3000, Object.DRONE: 1000, Object.MISSILE: 500}
# The same where nothing at all is told of the time.
MOST_UNTOLD: Final = {**MOST_OF_A_DAY, Object.MILITARY: 1000}
MOST_PEOPLE_OF_A_DAY: Final = 100_000  # an earthquake, not a war's day
MOST_EQUIPMENT_OF_A_DAY: Final = 400
STORES: Final = frozenset({Object.SHELL, Object.ROCKET, Object.AMMO})  # one depot, or one day's fire, holds any number
CENTURIES: Final = ("19", "20")
TELLING: Final = 9  # tokens from a date to 'it was reported that'
SUMMED: Final = 6  # tokens from 'in all' to 'already'
# '17-19.02.24', '28.02-02.03'
FIGURE_STRETCH: Final = re.compile(
    r"(?<![\d.-])(\d\d?)(?:\.(0\d|1[0-2])(?:\.\d{2,4})?)? ?- ?(\d\d?)\.(0\d|1[0-2])(?:\.\d{2,4})?(?![\d-])"
)
MONTH_DAYS: Final = 30
STRETCH: Final = 4  # tokens from the end of one date to the month of the next, as in 'between 27 February and 3 March'


class Cue(NamedTuple):
    """`rate`: 'a day', which is of the number before it alone."""

    at: int
    last: int
    scope: Scope
    rate: bool = False


def scopes_of(marked: Marked, counted: Sequence[Counted]) -> list[Scope]:
    """One for each figure, in the order of the text."""
    reading = _Reading(marked)
    scopes: list[Scope] = []
    told: Counted | None = None  # the last figure, where its words or those before it told that it is a total
    sized: Counted | None = None  # the last figure, where its size alone did
    for figure in counted:
        scope = reading.told_scope(figure, told)
        if scope is None and sized is not None and reading.goes_on_in_sentence(figure, sized):
            scope = Scope.TOTAL
        scopes.append(scope or reading.scope_by_size(figure))
        told = figure if scope is Scope.TOTAL else None
        sized = figure if scope is None and scopes[-1] is Scope.TOTAL else None
    return scopes


class _Reading:
    def __init__(self, marked: Marked) -> None:
        self.marked = marked
        self.cues = _cues(marked)
        self.starts = [cue.at for cue in self.cues]
        self.numbers = [at for at, word in enumerate(marked.words) if word[0].isdigit()]
        self.items = [at for at in range(len(marked.words)) if _opens_an_item(marked, at)]
        self.commas = [at for at, word in enumerate(marked.words) if word == ","]

    def told_scope(self, figure: Counted, before: Counted | None) -> Scope | None:
        """`before`: the figure before, where it is a total that may go on."""
        if (paired := _paired(self.marked.doc.folded, figure)) is not None:
            return paired
        number = self.marked.tokens_of(figure.start, figure.end)
        cue = self._nearest(number)
        if cue is not None and not (cue.scope is Scope.EVENT and _size(figure) > _most(figure, MOST_OF_A_DAY)):
            return cue.scope
        if before is not None and self._goes_on(figure, before):
            return Scope.TOTAL
        return Scope.TOTAL if self._under_a_head(number.first) or self._points_back(number) else None

    def scope_by_size(self, figure: Counted) -> Scope:
        return Scope.TOTAL if _size(figure) > _most(figure, MOST_UNTOLD) else Scope.EVENT

    def _nearest(self, number: Found) -> Cue | None:
        """The cue of the number's own sentence that stands nearest to it."""
        first, last = number
        near = self.cues[bisect_left(self.starts, first - REACH) : bisect_left(self.starts, last + REACH)]
        sentence = self.marked.sentence_of(first)
        own = [
            cue
            for cue in near
            if self.marked.sentence_of(cue.at) == sentence and not self._is_rate_of_another(cue, last)
        ]
        return min(own, key=lambda cue: self._apart(cue, number), default=None)

    def _is_rate_of_another(self, cue: Cue, last: int) -> bool:
        """'350 were killed, with up to 100 buried a day'."""
        return cue.rate and bisect_left(self.numbers, cue.at) > bisect_left(self.numbers, last)

    def goes_on_in_sentence(self, figure: Counted, before: Counted) -> bool:
        """'2,772 fighters were killed, while they lost 600'."""
        at = self.marked.tokens_of(figure.start, figure.end).first
        same = self.marked.sentence_of(at) == self.marked.sentence_of(
            self.marked.tokens_of(before.start, before.end).first
        )
        return same and self._goes_on(figure, before)

    def _apart(self, cue: Cue, number: Found) -> float:
        if cue.at < number.first:
            return number.first - cue.at + self._parted(cue.last, number.first)
        return BEHIND * (cue.at - number.last + 1) + self._parted(number.last, cue.at)

    def _parted(self, first: int, last: int) -> float:
        return COMMA * (bisect_left(self.commas, last) - bisect_left(self.commas, first))

    def _under_a_head(self, first: int) -> bool:
        """Under 'Losses of the week:' or, of losses, a line without the colon."""
        cue = self._before(first)
        if cue is None or first - cue.at > HEAD_REACH or self._is_of_another_item(cue.at, first):
            return False
        begin, end = self.marked.doc.sentences[self.marked.sentence_of(cue.at)]
        folded = self.marked.doc.folded
        if folded[end - 1] == ":":
            return True
        head = self.marked.tokens_of(begin, end)
        short = head.last - head.first <= LONGEST_HEAD and folded[end : end + 1] == "\n" and folded[end - 1].isalnum()
        return short and bool(self.marked.within("side.loss", *head))

    def _is_of_another_item(self, before: int, at: int) -> bool:
        """'2. Losses of the week: ... 5. Two jets were hit': numbered items are reports of their own."""
        first, last = bisect_left(self.items, before + 1), bisect_left(self.items, at + 1)
        return 0 < first < last

    def _points_back(self, number: Found) -> bool:
        """'Since the war began thousands went. 108 of them died.'"""
        if not self.marked.within("part.of_them", number.last, number.last + CLOSE):
            return False
        cue = self._before(number.first)
        return cue is not None and self.marked.sentence_of(number.first) - self.marked.sentence_of(cue.at) == 1

    def _before(self, at: int) -> Cue | None:
        """The last cue before a token, if it tells of a total."""
        index = bisect_left(self.starts, at) - 1
        return self.cues[index] if index >= 0 and self.cues[index].scope is Scope.TOTAL else None

    def _goes_on(self, figure: Counted, before: Counted) -> bool:
        """A report of totals goes on with the next figure of people, or of the same thing."""
        if not (figure.object is before.object or (figure.object in PEOPLE and before.object in PEOPLE)):
            return False
        first, last = self.marked.tokens_of(before.end, figure.start)
        if self._is_of_another_item(first, last):
            return False
        between = self.cues[bisect_left(self.starts, first) : bisect_left(self.starts, last)]
        return all(cue.scope is Scope.TOTAL for cue in between)


def _opens_an_item(marked: Marked, at: int) -> bool:
    words = marked.words
    opens = at == 0 or words[at - 1] == "\n"
    return opens and words[at].isdigit() and at + 1 < len(words) and words[at + 1] in (".", ")")


def _paired(text: str, figure: Counted) -> Scope | None:
    """'(+5)' is the day's, the number before it the total."""
    if text[figure.start] == "+" or text[max(0, figure.start - 3) : figure.start].rstrip().endswith("+"):
        return Scope.EVENT
    behind = text[figure.end : figure.end + 20].lstrip(" *_")
    for opening in ("(", "/"):
        if behind.startswith(opening) and behind[1:].lstrip(" *_").startswith("+"):
            return Scope.TOTAL
    return None


def _size(figure: Counted) -> float:
    return figure.low if figure.low is not None else figure.high or 0


def _most(figure: Counted, known: Mapping[Object, float]) -> float:
    if figure.object in STORES:
        return inf
    if figure.object in known:
        return known[figure.object]
    return MOST_PEOPLE_OF_A_DAY if figure.object in PEOPLE else MOST_EQUIPMENT_OF_A_DAY


def _cues(marked: Marked) -> list[Cue]:
    found = marked.found
    totals = [at for name in ("scope.total", "scope.ledger") for at in found.get(name, ())]
    cues = [Cue(*at, Scope.TOTAL) for at in totals if not _names_a_day(marked, at.first)]
    cues += [Cue(*at, Scope.EVENT) for at in found.get("scope.event", ())]
    cues += [Cue(*at, Scope.EVENT, rate=True) for at in found.get("scope.rate", ())]
    cues += [*_durations(marked), *_dates(marked), *_figure_stretches(marked), *_summed_up(marked)]
    heads = {marked.sentence_of(at.first) for at in found.get("scope.ledger", ())}
    cues.sort(key=lambda cue: (cue.at, -cue.last))
    kept: list[Cue] = []
    for cue in cues:
        inside = kept and cue.last <= kept[-1].last
        if not inside and not (cue.scope is Scope.EVENT and heads and marked.sentence_of(cue.at) in heads):
            kept.append(cue)
    return kept


def _names_a_day(marked: Marked, at: int) -> bool:
    """'The 393rd day of the invasion' is one day."""
    return any(marked.has(back, "scope.days") for back in range(at - DAY_OF, at))


def _durations(marked: Marked) -> Iterator[Cue]:
    """'over three days' and longer is a total, 'in two days' an incident."""
    for name in ("scope.days", "scope.longer"):
        for at, last in marked.found.get(name, ()):
            counts = (_count(marked, back) for back in range(at - 1, at - LONGEST_DURATION, -1))
            count = next((each for each in counts if each is not None), None)
            reach = range(at - 1, at - 1 - LONGEST_DURATION, -1)
            over = next((back for back in reach if marked.has(back, "scope.over")), None)
            if over is None or (count is None and name == "scope.days"):
                continue
            total = name == "scope.longer" or (count is not None and count >= LONG_DAYS)
            yield Cue(over, last, Scope.TOTAL if total else Scope.EVENT)


def _count(marked: Marked, at: int) -> int | None:
    if at < 0:
        return None
    if marked.words[at][0].isdigit():
        return int(marked.words[at][:4])
    if marked.has(at, "scope.many"):
        return LONG_DAYS
    return 1 if marked.has(at, "scope.few") else None


def _dates(marked: Marked) -> Iterator[Cue]:
    """A day is an incident, a stretch of days, a month or a year a total."""
    for at, last in marked.found.get("scope.in_year", ()):
        if _is_year(marked, last):
            yield Cue(at, last + 1, Scope.TOTAL)
    readings = {found.last for found in marked.found.get("scope.as_of", ())}
    open_until = -1
    for at, last in marked.found.get("scope.day_month", ()):
        if not (_is_day(marked, at - 1) or (marked.doc.lang is Lang.EN and _is_day(marked, last))):
            hyphen = marked.words[at - 1] == "-" if at else False
            if marked.has(at - 1 - hyphen, "scope.in_month") and not _of_the_telling(marked, at):
                yield Cue(at - 1, last, Scope.TOTAL)
        elif readings.isdisjoint(range(at - 3, at + 1)) and not _of_the_telling(marked, at):
            began = marked.has(at - 2, "scope.by") or marked.has(at - 1, "scope.by") or at <= open_until
            began = began or _days_before(marked, at - 1) >= LONG_DAYS
            open_until = last + STRETCH if began else -1
            yield Cue(at - 1, last + 1, Scope.TOTAL if began else Scope.EVENT)


def _figure_stretches(marked: Marked) -> Iterator[Cue]:
    for match in FIGURE_STRETCH.finditer(marked.doc.folded):
        first, month, last, last_month = (int(each) for each in match.groups(default=match[4]))
        days = MONTH_DAYS * (last_month - month) + last - first + 1
        if days > 1 and last <= MONTH_DAYS + 1:
            yield Cue(*marked.tokens_of(*match.span()), Scope.TOTAL if days >= LONG_DAYS else Scope.EVENT)


def _summed_up(marked: Marked) -> Iterator[Cue]:
    """'In all he has already destroyed 25': what has added up."""
    for at, last in marked.found.get("scope.already", ()):
        whole = next((back for back in range(at - 1, at - 1 - SUMMED, -1) if marked.has(back, "scope.in_all")), None)
        if whole is not None and marked.sentence_of(whole) == marked.sentence_of(at):
            yield Cue(whole, last, Scope.TOTAL)


def _of_the_telling(marked: Marked, at: int) -> bool:
    """'Said on March 10 that', 'in May it was reported that': the day of the words, not of the deeds."""
    if any(marked.has(at - back, "side.said") for back in (1, 2, 3)):
        return True
    ahead = range(at + 1, min(at + TELLING, len(marked.words) - 1))
    return any(marked.has(said, "side.said") and marked.has(said + 1, "scope.that") for said in ahead)


def _days_before(marked: Marked, at: int) -> int:
    """How many days '11 to 15 May' spans, where the second of them stands at a token; 1 of a single day."""
    if not (_is_day(marked, at) and _is_day(marked, at - 2) and marked.has(at - 1, "scope.to")):
        return 1
    return int(marked.words[at]) - int(marked.words[at - 2]) + 1


def _is_day(marked: Marked, at: int) -> bool:
    return 0 <= at < len(marked.words) and marked.words[at].isdigit() and len(marked.words[at]) <= 2


def _is_year(marked: Marked, at: int) -> bool:
    return at < len(marked.words) and len(marked.words[at]) == 4 and marked.words[at][:2] in CENTURIES
