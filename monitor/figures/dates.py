"""Days and clocks as a text names them: 'yesterday', 'on Tuesday', '3 May', '03.05.2023', '21:00'."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import date, time
from typing import Final, NamedTuple

from monitor.figures.calendar import DAY, Calendar
from monitor.figures.marked import Found, Marked

CLOCK: Final = 3  # tokens of '21:00'
YEAR_DIGITS: Final = 4
HOURS: Final = 24
MINUTES: Final = 60
FIGURE_DATE: Final = re.compile(r"\d[.-]\d")
NUMBERS: Final = (1, 2, 3, 4, 5, 6, 7, 10)
DAYS_BACK: Final = {
    "when.today": 0,
    "when.yesterday": 1,
    "when.eve": 1,
    "when.day_earlier": 1,
    "when.before_yesterday": 2,
}
PARTS_OF_A_DAY: Final = {"when.morning": time(0), "when.daytime": time(8), "when.evening": time(16)}


class Day(NamedTuple):
    first: int
    last: int
    day: date


def days_of(marked: Marked, calendar: Calendar) -> Iterator[Day]:
    """Every single day that is named: 'yesterday', 'on Tuesday', '3 May', '03.05.2023', '3 days ago'."""
    for name, back in DAYS_BACK.items():
        for at in marked.found.get(name, ()):
            yield Day(*at, calendar.today - back * DAY)
    for name, begins in PARTS_OF_A_DAY.items():
        for at in marked.found.get(name, ()):
            yield Day(*at, calendar.last_clock(begins))
    for weekday, at in numbered(marked, "when.weekdays."):
        yield Day(*at, calendar.weekday(weekday))
    yield from _written_dates(marked, calendar)
    yield from _figure_dates(marked, calendar)
    for ago in marked.found.get("when.ago", ()):
        count = number_at(marked, ago.first - 2)
        if count is not None and marked.has(ago.first - 1, "when.days"):
            yield Day(ago.first - 2, ago.last, calendar.today - count * DAY)


def _written_dates(marked: Marked, calendar: Calendar) -> Iterator[Day]:
    for month, (at, last) in numbered(marked, "when.months."):
        for day_at, rest in ((at - 1, last), (last, last + 1)):
            day = digits_at(marked, day_at, 2)
            if day is None:
                continue
            year_at = rest + (rest < len(marked.words) and marked.words[rest] == ",")
            year = digits_at(marked, year_at, YEAR_DIGITS)
            named = calendar.date_of(day, month, year)
            if named is not None:
                yield Day(min(at, day_at), rest if year is None else year_at + 1, named)
            break


def numbered(marked: Marked, prefix: str) -> Iterator[tuple[int, Found]]:
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
                *(digits_at(marked, each, 2) for each in (at + 4, at + 2)),
                digits_at(marked, at, YEAR_DIGITS),
            )
        else:
            day, month = digits_at(marked, at, 2), digits_at(marked, at + 2, 2)
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


def first_of_two(marked: Marked, day: Day) -> date | None:
    """The first of the days of '11 to 15 May', '11-15 May'."""
    first = digits_at(marked, day.first - 2, 2)
    if first is None or not marked.has(day.first - 1, "scope.to") or not 0 < first < day.day.day:
        return None
    return day.day.replace(day=first)


def first_day_of(days: Sequence[Day], first: int, last: int) -> Day | None:
    at = bisect_left(days, (first,))
    return days[at] if at < len(days) and days[at].first < last else None


def clock_at(marked: Marked, at: int) -> time | None:
    hour, minute = digits_at(marked, at, 2), digits_at(marked, at + 2, 2)
    if hour is None or minute is None or marked.words[at + 1] not in (":", ".") or len(marked.words[at + 2]) != 2:
        return None
    if not _joined(marked, at, at + 2) or hour >= HOURS or minute >= MINUTES or _goes_on(marked, at + 2):
        return None
    return time(hour, minute)


def _goes_on(marked: Marked, at: int) -> bool:
    """Whether a date in figures goes on behind a number: '24.02' of '24.02.2022'."""
    dotted = at + 2 < len(marked.words) and marked.words[at + 1] == "."
    return dotted and marked.words[at + 2].isdecimal() and _joined(marked, at, at + 2)


def digits_at(marked: Marked, at: int, most: int) -> int | None:
    """A number of so many digits; with 4 no fewer."""
    if not 0 <= at < len(marked.words):
        return None
    word = marked.words[at]
    if not word.isdecimal() or len(word) > most or (most == YEAR_DIGITS and len(word) < most):
        return None
    return int(word)


def _year(marked: Marked, at: int) -> int | None:
    """'2023' and '23'."""
    short = digits_at(marked, at, 2)
    return digits_at(marked, at, YEAR_DIGITS) if short is None else 2000 + short


def number_at(marked: Marked, at: int) -> int | None:
    if (digits := digits_at(marked, at, 3)) is not None:
        return digits
    return next((value for value in NUMBERS if marked.has(at, f"when.numbers.{value}")), None)
