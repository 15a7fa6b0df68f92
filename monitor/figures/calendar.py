"""Days and nights as a post means them: local time at its publication in, spans of UTC out."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Final

from monitor.values import Period

DAY: Final = timedelta(days=1)
INVASION: Final = date(2022, 2, 24)
NIGHT: Final = (time(20), time(8))
OLDEST_YEAR: Final = 1900


@dataclass(frozen=True, slots=True)
class Calendar:
    """`now`: when the post was published, in local time."""

    now: datetime

    @classmethod
    def at(cls, published: datetime, local_offset: timedelta) -> "Calendar":
        return cls(published.astimezone(timezone(local_offset)))

    @property
    def today(self) -> date:
        return self.now.date()

    def days(self, first: date, last: date) -> Period:
        """Whole days, the last one included."""
        return Period(self._utc(first, time()), self._utc(last + DAY, time()))

    def night(self, morning: date) -> Period:
        """The night that ends on that morning."""
        begin, end = NIGHT
        return Period(self._utc(morning - DAY, begin), self._utc(morning, end))

    def last(self, stretch: timedelta) -> Period:
        return Period((self.now - stretch).astimezone(UTC), self.now.astimezone(UTC))

    def since(self, day: date) -> Period:
        return Period(self._utc(day, time()), self.now.astimezone(UTC))

    def until(self, day: date, clock: time | None) -> Period:
        """'As of': nothing is said of the beginning."""
        end = self._utc(day + DAY, time()) if clock is None else self._utc(day, clock)
        return Period(None, min(end, self.now.astimezone(UTC)))

    def month(self, year: int | None, month: int) -> Period:
        whole = year or (self.today.year if month <= self.today.month else self.today.year - 1)
        following = date(whole + month // 12, month % 12 + 1, 1)
        return self.days(date(whole, month, 1), following - DAY)

    def weekday(self, weekday: int) -> date:
        """The latest one, today included."""
        return self.today - timedelta(days=(self.today.weekday() - weekday) % 7)

    def date_of(self, day: int, month: int, year: int | None) -> date | None:
        """None where there is no such day. Without a year it is the latest one that is not to come."""
        try:
            if year is not None:
                return date(year, month, day) if year >= OLDEST_YEAR else None
            this_year = date(self.today.year, month, day)
            return this_year if this_year <= self.today + DAY else date(self.today.year - 1, month, day)
        except ValueError:
            return None

    def last_clock(self, clock: time) -> date:
        """The day on which it was last that time."""
        return self.today if clock <= self.now.time() else self.today - DAY

    def window(self, begin: time, end: time, last: date) -> Period:
        first = last if begin < end else last - DAY
        return Period(self._utc(first, begin), self._utc(last, end))

    def _utc(self, day: date, clock: time) -> datetime:
        return datetime.combine(day, clock, self.now.tzinfo).astimezone(UTC)
