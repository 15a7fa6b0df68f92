"""The time that a figure speaks of, from the expression nearest to it."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from datetime import date, time, timedelta
from typing import Final, NamedTuple

from monitor.figures.calendar import DAY, INVASION, Calendar
from monitor.figures.counted import Counted
from monitor.figures.marked import Found, Marked
from monitor.values import Period, ReadingContext

LOCAL_OFFSET: Final = timedelta(hours=3)
BEHIND: Final = 1.6  # an expression behind the number counts as so many times as far away
REACH: Final = 60
SENTENCES_BACK: Final = 3  # a report goes on at the time that it began with
NEXT: Final = 2  # tokens between 'yesterday' and 'night'
AFTER_NIGHT: Final = 5  # tokens from 'the night of' to its date
READING: Final = 12  # tokens from 'as of' to its clock and date
CLOCK: Final = 3  # tokens of '21:00'
WINDOW: Final = 10  # tokens from the first clock of a window to the second
YEAR_DIGITS: Final = 4
FIGURE_DATE: Final = re.compile(r"\d[.-]\d")
HOURS: Final = 24
MINUTES: Final = 60
NUMBERS: Final = (1, 2, 3, 4, 5, 6, 7, 10)
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
DAYS_BACK: Final = {"when.today": 0, "when.yesterday": 1, "when.before_yesterday": 2}
PARTS_OF_A_DAY: Final = {"when.morning": time(0), "when.daytime": time(8), "when.evening": time(16)}


class Expression(NamedTuple):
    first: int
    last: int
    period: Period


class Day(NamedTuple):
    first: int
    last: int
    day: date


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
    days = [*_days(marked, calendar)]
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
    return sorted(kept, key=lambda each: each.first)


def _spans(marked: Marked, calendar: Calendar) -> Iterator[Expression]:
    for name, period in SPANS.items():
        for at in marked.found.get(name, ()):
            yield Expression(*at, period(calendar))


def _days(marked: Marked, calendar: Calendar) -> Iterator[Day]:
    """Every single day that is named: 'вчера', 'on Tuesday', '3 мая', '03.05.2023', '3 days ago'."""
    for name, back in DAYS_BACK.items():
        for at in marked.found.get(name, ()):
            yield Day(*at, calendar.today - back * DAY)
    for name, begins in PARTS_OF_A_DAY.items():
        for at in marked.found.get(name, ()):
            yield Day(*at, calendar.last_clock(begins))
    for weekday, at in _numbered(marked, "when.weekdays."):
        yield Day(*at, calendar.weekday(weekday))
    yield from _written_dates(marked, calendar)
    yield from _figure_dates(marked, calendar)
    for ago in marked.found.get("when.ago", ()):
        count = _number(marked, ago.first - 2)
        if count is not None and marked.has(ago.first - 1, "when.days"):
            yield Day(ago.first - 2, ago.last, calendar.today - count * DAY)


def _written_dates(marked: Marked, calendar: Calendar) -> Iterator[Day]:
    for month, (at, last) in _numbered(marked, "when.months."):
        for day_at, rest in ((at - 1, last), (last, last + 1)):
            day = _digits(marked, day_at, 2)
            if day is None:
                continue
            year_at = rest + (rest < len(marked.words) and marked.words[rest] == ",")
            year = _digits(marked, year_at, YEAR_DIGITS)
            named = calendar.date_of(day, month, year)
            if named is not None:
                yield Day(min(at, day_at), rest if year is None else year_at + 1, named)
            break


def _numbered(marked: Marked, prefix: str) -> Iterator[tuple[int, Found]]:
    """The words of classes that end in a number: 'when.months.5'."""
    for name, found in marked.found.items():
        if name.startswith(prefix):
            for each in found:
                yield int(name[len(prefix) :]), each


def _figure_dates(marked: Marked, calendar: Calendar) -> Iterator[Day]:
    """'03.05.2023', '24.02' and '2023-05-03'; of two numbers only what cannot be a clock is a date."""
    if FIGURE_DATE.search(marked.doc.folded) is None:
        return
    for at in range(len(marked.words) - 2):
        if marked.words[at + 1] not in (".", "-") or not _joined(marked, at, at + 2):
            continue
        mark = marked.words[at + 1]
        full = at + 4 < len(marked.words) and marked.words[at + 3] == mark
        if mark == "-":
            day, month, year = (
                *(_digits(marked, each, 2) for each in (at + 4, at + 2)),
                _digits(marked, at, YEAR_DIGITS),
            )
        else:
            day, month = _digits(marked, at, 2), _digits(marked, at + 2, 2)
            year = _year(marked, at + 4) if full else None
        if day is None or month is None or (year is None and (full or day < HOURS or not _introduced(marked, at - 1))):
            continue
        named = calendar.date_of(day, month, year)
        if named is not None:
            yield Day(at, at + 5 if full else at + 3, named)


def _joined(marked: Marked, first: int, last: int) -> bool:
    """No space stands between these tokens."""
    return marked.starts[last] - marked.ends[first] == marked.ends[last - 1] - marked.starts[first + 1]


def _introduced(marked: Marked, at: int) -> bool:
    return any(marked.has(at, name) for name in ("when.since", "when.until", "when.at"))


def _of_day(marked: Marked, calendar: Calendar, day: Day, days: Sequence[Day]) -> Expression:
    """A day, its night, or all since it."""
    for at in marked.within("when.night", day.first - NEXT, day.last + NEXT):
        return Expression(min(day.first, at.first), max(day.last, at.last), calendar.night(day.day))
    begin = _first_of_two(marked, day)
    if begin is not None:
        return Expression(day.first - 2, day.last, calendar.days(begin, day.day))
    if not marked.has(day.first - 1, "when.since"):
        return Expression(day.first, day.last, calendar.days(day.day, day.day))
    until = _first_of(days, day.last, day.last + CLOCK)
    if until is not None and marked.has(until.first - 1, "when.until") and until.day > day.day:
        return Expression(day.first - 1, until.last, calendar.days(day.day, until.day))
    return Expression(day.first - 1, day.last, calendar.since(day.day))


def _first_of_two(marked: Marked, day: Day) -> date | None:
    """The first of the days of '11 to 15 May', '11-15 мая'."""
    first = _digits(marked, day.first - 2, 2)
    if first is None or not marked.has(day.first - 1, "scope.to") or not 0 < first < day.day.day:
        return None
    return day.day.replace(day=first)


def _nights(marked: Marked, calendar: Calendar, days: Sequence[Day]) -> Iterator[Expression]:
    """'В ночь на 3 мая', 'в ночь с 2 на 3 мая'; in English 'the night of' begins on that day."""
    for name, later in (("when.night_to", 0), ("when.night_of", 1)):
        for at in marked.found.get(name, ()):
            day = _first_of(days, at.last, at.last + AFTER_NIGHT)
            if day is not None:
                yield Expression(at.first, day.last, calendar.night(day.day + later * DAY))


def _readings(marked: Marked, calendar: Calendar, days: Sequence[Day]) -> Iterator[Expression]:
    """'As of 10:00 on 5 May'."""
    for at in marked.found.get("when.as_of", ()):
        day = _first_of(days, at.last, at.last + READING)
        end = at.last if day is None else day.last
        clocks = [
            (here, clock) for here in range(at.last, at.last + READING) if (clock := _clock(marked, here)) is not None
        ]
        if not clocks and day is None:
            continue
        clock = clocks[0][1] if clocks else None
        if clocks:
            end = max(end, clocks[0][0] + CLOCK)
        named = day.day if day is not None else calendar.last_clock(clock or time())
        yield Expression(at.first, end, calendar.until(named, clock))


def _windows(marked: Marked, calendar: Calendar, days: Sequence[Day]) -> Iterator[Expression]:
    """'С 21:00 мск 6.05 до 7:00 мск 7.05'."""
    for since in marked.found.get("when.since", ()):
        begin = _clock(marked, since.last)
        if begin is None:
            continue
        for until in marked.within("when.until", since.last + CLOCK, since.last + WINDOW):
            end = _clock(marked, until.last)
            if end is None:
                continue
            day = _first_of(days, until.last + CLOCK, until.last + CLOCK + NEXT)
            last = day.day if day is not None else calendar.last_clock(end)
            yield Expression(since.first, until.last + CLOCK, calendar.window(begin, end, last))
            break


def _stretches(marked: Marked, calendar: Calendar) -> Iterator[Expression]:
    """'За три дня', 'over the past two weeks'."""
    for name, unit in UNITS.items():
        for at, last in marked.found.get(name, ()):
            count = _number(marked, at - 1)
            over = next((back for back in range(at - 2, at - 2 - NEXT, -1) if marked.has(back, "scope.over")), None)
            if count is not None and over is not None:
                yield Expression(over, last, calendar.last(count * unit))


def _months(marked: Marked, calendar: Calendar, days: Sequence[Day]) -> Iterator[Expression]:
    """'В декабре', 'in March 2023': a month without a day."""
    for month, (at, last) in _numbered(marked, "when.months."):
        if marked.has(at - 1, "scope.in_month") and not any(day.first <= at < day.last for day in days):
            yield Expression(at - 1, last, calendar.month(_digits(marked, last, YEAR_DIGITS), month))


def _first_of(days: Sequence[Day], first: int, last: int) -> Day | None:
    return min((day for day in days if first <= day.first < last), default=None)


def _clock(marked: Marked, at: int) -> time | None:
    hour, minute = _digits(marked, at, 2), _digits(marked, at + 2, 2)
    if hour is None or minute is None or marked.words[at + 1] not in (":", ".") or len(marked.words[at + 2]) != 2:
        return None
    if not _joined(marked, at, at + 2) or hour >= HOURS or minute >= MINUTES or _goes_on(marked, at + 2):
        return None
    return time(hour, minute)


def _goes_on(marked: Marked, at: int) -> bool:
    """Whether a date in figures goes on behind a number: '24.02' of '24.02.2022'."""
    dotted = at + 2 < len(marked.words) and marked.words[at + 1] == "."
    return dotted and marked.words[at + 2].isdecimal() and _joined(marked, at, at + 2)


def _digits(marked: Marked, at: int, most: int) -> int | None:
    """A number of so many digits; with 4 no fewer."""
    if not 0 <= at < len(marked.words):
        return None
    word = marked.words[at]
    if not word.isdecimal() or len(word) > most or (most == YEAR_DIGITS and len(word) < most):
        return None
    return int(word)


def _year(marked: Marked, at: int) -> int | None:
    """'2023' and '23'."""
    short = _digits(marked, at, 2)
    return _digits(marked, at, YEAR_DIGITS) if short is None else 2000 + short


def _number(marked: Marked, at: int) -> int | None:
    if (digits := _digits(marked, at, 3)) is not None:
        return digits
    return next((value for value in NUMBERS if marked.has(at, f"when.numbers.{value}")), None)
