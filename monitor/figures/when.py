"""The time that a figure speaks of, from the expression nearest to it."""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from datetime import date, time, timedelta
from typing import Final, NamedTuple

from monitor.figures.calendar import DAY, INVASION, Calendar
from monitor.figures.counted import Counted
from monitor.figures.dates import (
    CLOCK,
    YEAR_DIGITS,
    Day,
    clock_at,
    days_of,
    digits_at,
    first_day_of,
    first_of_two,
    number_at,
    numbered,
)
from monitor.figures.marked import Found, Marked
from monitor.values import Period, ReadingContext

LOCAL_OFFSET: Final = timedelta(hours=3)
BEHIND: Final = 1.6  # an expression behind the number counts as so many times as far away
REACH: Final = 60
SENTENCES_BACK: Final = 3  # a report goes on at the time that it began with
NEXT: Final = 2  # tokens between 'yesterday' and 'night'
AFTER_NIGHT: Final = 5  # tokens from 'the night of' to its date
READING: Final = 12  # tokens from 'as of' to its clock and date
WINDOW: Final = 10  # tokens from the first clock of a window to the second
NIGHT_LENGTH: Final = timedelta(hours=12)
UNITS: Final = {"when.hours": timedelta(hours=1), "when.days": DAY, "when.weeks": 7 * DAY}

SPANS: Final[dict[str, Callable[[Calendar], Period]]] = {
    "when.night": lambda calendar: calendar.night(calendar.today),
    "when.last_day": lambda calendar: calendar.last(DAY),
    "when.week": lambda calendar: calendar.last(7 * DAY),
    "when.month": lambda calendar: calendar.last(30 * DAY),
    "when.year": lambda calendar: calendar.since(date(calendar.today.year, 1, 1)),
    "when.invasion": lambda calendar: calendar.since(INVASION),
    "when.day_before": lambda calendar: calendar.days(calendar.today - DAY, calendar.today - DAY),
}


class Expression(NamedTuple):
    first: int
    last: int
    period: Period


def periods_of(
    marked: Marked, counted: Sequence[Counted], context: ReadingContext, local_offset: timedelta = LOCAL_OFFSET
) -> list[Period | None]:
    """One for each figure, in the order of the text; None without an expression, or a date to reckon from."""
    if context.published is None:
        return [None for _ in counted]
    expressions = _expressions(marked, Calendar.at(context.published, local_offset))
    firsts = [each.first for each in expressions]
    return [_nearest(marked, expressions, firsts, marked.tokens_of(each.start, each.end)) for each in counted]


def _nearest(marked: Marked, expressions: Sequence[Expression], firsts: Sequence[int], number: Found) -> Period | None:
    sentence = marked.sentence_of(number.first)
    near = expressions[bisect_left(firsts, number.first - REACH) : bisect_left(firsts, number.last + REACH)]
    own = [each for each in near if marked.sentence_of(each.first) == sentence]
    if own:
        return min(own, key=lambda each: _apart(each, number)).period
    before = bisect_left(firsts, number.first) - 1
    if before >= 0 and sentence - marked.sentence_of(firsts[before]) <= SENTENCES_BACK:
        return expressions[before].period
    return None


def _apart(each: Expression, number: Found) -> float:
    return number.first - each.first if each.first < number.first else BEHIND * (each.first - number.last + 1)


def _expressions(marked: Marked, calendar: Calendar) -> list[Expression]:
    """In order, not overlapping: of two that overlap the longer one stands."""
    days = sorted(days_of(marked, calendar))
    found = [
        *_spans(marked, calendar),
        *_nights(marked, calendar, days),
        *_readings(marked, calendar, days),
        *_windows(marked, calendar, days),
        *_stretches(marked, calendar),
        *_months(marked, calendar, days),
        *(_of_day(marked, calendar, day, days) for day in days),
    ]
    found.sort(key=lambda each: (each.first - each.last, each.first))
    taken: set[int] = set()
    kept = []
    for each in found:
        tokens = range(each.first, each.last)
        if taken.isdisjoint(tokens):
            taken.update(tokens)
            kept.append(each)
    kept.sort(key=lambda each: each.first)
    return [_from_the_one_before(marked, *pair) for pair in zip([None, *kept], kept, strict=False)]


def _from_the_one_before(marked: Marked, before: Expression | None, each: Expression) -> Expression:
    """'Overnight 20 were downed. A day earlier it was 38': the day or the night before the one that was told of.

    'On the eve' alone is yesterday, whatever day was told of; only behind a night is it the night before.
    """
    relative = bool(marked.within("when.day_earlier", each.first, each.last))
    if before is None or not (relative or marked.within("when.eve", each.first, each.last)):
        return each
    begin, end = before.period.start, before.period.end
    apart = marked.sentence_of(each.first) - marked.sentence_of(before.first)
    if begin is None or end is None or apart > SENTENCES_BACK or end - begin > (DAY if relative else NIGHT_LENGTH):
        return each
    return each._replace(period=Period(begin - DAY, end - DAY))


def _spans(marked: Marked, calendar: Calendar) -> Iterator[Expression]:
    for name, period in SPANS.items():
        for at in marked.found.get(name, ()):
            yield Expression(*at, period(calendar))


def _of_day(marked: Marked, calendar: Calendar, day: Day, days: Sequence[Day]) -> Expression:
    """A day, its night, or all since it."""
    for at in marked.within("when.night", day.first - NEXT, day.last + NEXT):
        if marked.sentence_of(at.first) != marked.sentence_of(day.first):
            continue
        return Expression(min(day.first, at.first), max(day.last, at.last), calendar.night(day.day))
    begin = first_of_two(marked, day)
    if begin is not None:
        return Expression(day.first - 2, day.last, calendar.days(begin, day.day))
    if not marked.has(day.first - 1, "when.since"):
        return Expression(day.first, day.last, calendar.days(day.day, day.day))
    until = first_day_of(days, day.last, day.last + CLOCK)
    if until is not None and marked.has(until.first - 1, "when.until") and until.day > day.day:
        return Expression(day.first - 1, until.last, calendar.days(day.day, until.day))
    return Expression(day.first - 1, day.last, calendar.since(day.day))


def _nights(marked: Marked, calendar: Calendar, days: Sequence[Day]) -> Iterator[Expression]:
    """'In the night to 3 May', 'in the night from 2 to 3 May'; in English 'the night of' begins on that day."""
    for name, later in (("when.night_to", 0), ("when.night_of", 1)):
        for at in marked.found.get(name, ()):
            day = first_day_of(days, at.last, at.last + AFTER_NIGHT)
            if day is not None:
                yield Expression(at.first, day.last, calendar.night(day.day + later * DAY))


def _readings(marked: Marked, calendar: Calendar, days: Sequence[Day]) -> Iterator[Expression]:
    """'As of 10:00 on 5 May'."""
    for at in marked.found.get("when.as_of", ()):
        day = first_day_of(days, at.last, at.last + READING)
        end = at.last if day is None else day.last
        clocks = [
            (here, clock) for here in range(at.last, at.last + READING) if (clock := clock_at(marked, here)) is not None
        ]
        if not clocks and day is None:
            continue
        clock = clocks[0][1] if clocks else None
        if clocks:
            end = max(end, clocks[0][0] + CLOCK)
        named = day.day if day is not None else calendar.last_clock(clock or time())
        yield Expression(at.first, end, calendar.until(named, clock))


def _windows(marked: Marked, calendar: Calendar, days: Sequence[Day]) -> Iterator[Expression]:
    """'From 21:00 on 6.05 to 7:00 on 7.05'."""
    for since in marked.found.get("when.since", ()):
        begin = clock_at(marked, since.last)
        if begin is None:
            continue
        for until in marked.within("when.until", since.last + CLOCK, since.last + WINDOW):
            end = clock_at(marked, until.last)
            if end is None:
                continue
            day = first_day_of(days, until.last + CLOCK, until.last + CLOCK + NEXT)
            last = day.day if day is not None else calendar.last_clock(end)
            yield Expression(since.first, until.last + CLOCK, calendar.window(begin, end, last))
            break


def _stretches(marked: Marked, calendar: Calendar) -> Iterator[Expression]:
    """'In three days', 'over the past two weeks'."""
    for name, unit in UNITS.items():
        for at, last in marked.found.get(name, ()):
            count = number_at(marked, at - 1)
            over = next((back for back in range(at - 2, at - 2 - NEXT, -1) if marked.has(back, "scope.over")), None)
            if count is not None and over is not None:
                yield Expression(over, last, calendar.last(count * unit))


def _months(marked: Marked, calendar: Calendar, days: Sequence[Day]) -> Iterator[Expression]:
    """'In December', 'in March 2023': a month without a day."""
    dated = {at for day in days for at in range(day.first, day.last)}
    for month, (at, last) in numbered(marked, "when.months."):
        if marked.has(at - 1, "scope.in_month") and at not in dated:
            yield Expression(at - 1, last, calendar.month(digits_at(marked, last, YEAR_DIGITS), month))
