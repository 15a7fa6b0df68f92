"""Numbers and times to places in a drawing, with ticks that a reader can say aloud."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from math import floor, log10
from typing import Self

from monitor.statements import Span

WIDE_RANGE = 10
MOST_VALUE_TICKS = 7
ROOM = 1.12
SOFTNESS = 1.5
LONE_MOMENT = timedelta(hours=1)
STEPS = tuple(
    timedelta(minutes=minutes)
    for minutes in (15, 30, 60, 120, 180, 360, 720, 1440, 2880, 7 * 1440, 14 * 1440, 30 * 1440, 91 * 1440, 365 * 1440)
)
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class ValueScale:
    """Logarithmic (of 1 + value, so that zero has a place) where the numbers spread widely, else from zero up."""

    low: float
    high: float
    top: float
    bottom: float
    log: bool
    softness: float = SOFTNESS

    @classmethod
    def over(cls, spans: Iterable[Span], top: float, bottom: float) -> Self:
        """Covers all ends that are stated; one that only means 'from zero' or 'without end' may leave the plot."""
        ends = [end for span in spans for end in _drawn_ends(span)]
        least, most = min(ends), max(ends)
        log = most >= WIDE_RANGE * max(1, least)
        low = _nice_below(least / ROOM) if log else 0
        return cls(low, max(1, most * ROOM if not log else most * ROOM**2), top, bottom, log)

    def at(self, value: float) -> float:
        share = (self._bent(value) - self._bent(self.low)) / (self._bent(self.high) - self._bent(self.low))
        return self.bottom - min(1, max(0, share)) * (self.bottom - self.top)

    def ticks(self) -> Sequence[float]:
        return _log_ticks(self.low, self.high) if self.log else _even_ticks(self.high)

    def _bent(self, value: float) -> float:
        return log10(1 + value) if self.log else value


@dataclass(frozen=True, slots=True)
class TimeScale:
    start: datetime
    end: datetime
    left: float
    right: float

    @classmethod
    def over(cls, first: datetime, last: datetime, left: float, right: float) -> Self:
        """With some air before and behind, so that marks and tails can be seen."""
        span = max(last - first, LONE_MOMENT)
        return cls(first - span * 0.04, first + span * 1.1, left, right)

    def at(self, moment: datetime) -> float:
        return self.left + (self.right - self.left) * ((moment - self.start) / (self.end - self.start))


def time_ticks(scale: TimeScale, most: int, zone: tzinfo) -> list[tuple[datetime, str]]:
    """At full hours or midnights of the reader's zone; the day is named wherever it changes."""
    step = next((each for each in STEPS if (scale.end - scale.start) / each <= most), STEPS[-1])
    moment, found = _aligned(scale.start.astimezone(zone), step), []
    while moment <= scale.end:
        if moment >= scale.start:
            found.append(moment)
        moment = (moment.replace(tzinfo=None) + step).replace(tzinfo=zone)
    return [(each, _tick_label(each, step, first=place == 0)) for place, each in enumerate(found)]


def _aligned(moment: datetime, step: timedelta) -> datetime:
    midnight = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight if step >= DAY else midnight + step * ((moment - midnight) // step)


def _tick_label(moment: datetime, step: timedelta, *, first: bool) -> str:
    day = f"{moment.day} {moment:%b}"
    if step >= timedelta(days=300):
        return f"{moment:%b %Y}"
    if step >= DAY or (moment.hour, moment.minute) == (0, 0):
        return day
    return f"{day} {moment:%H:%M}" if first else f"{moment:%H:%M}"


def _drawn_ends(span: Span) -> list[float]:
    """'Up to 400' does not stretch the plot down to zero, a plain zero does."""
    low = [span.low] if span.low > 0 or span.high == 0 else []
    return [*low, span.anchor, *([] if span.high is None else [span.high])]


def _nice_below(value: float) -> float:
    if value < 1:
        return 0
    size = 10.0 ** floor(log10(value))
    return next(step * size for step in (5, 2, 1) if step * size <= value)


def _log_ticks(low: float, high: float) -> list[float]:
    """0, 1, 2, 5, 10...: all where there is room, else the powers of ten alone."""
    decades = [10**power for power in range(floor(log10(high)) + 1)]
    for steps in ((1, 2, 5), (1, 3), (1,)):
        found = [float(step * size) for size in decades for step in steps if low <= step * size <= high]
        if len(found) <= MOST_VALUE_TICKS:
            break
    return [0.0, *found] if low == 0 else found


def _even_ticks(high: float) -> list[float]:
    rough = high / 5
    size = 10.0 ** floor(log10(rough))
    step = next(each * size for each in (1, 2, 5, 10) if each * size >= rough)
    return [place * max(step, 1) for place in range(int(high / max(step, 1)) + 1)]
