"""When a feed itself asks not to be read: the time it stands for, hours and days on which nothing comes."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Self

from monitor.sources.states import LONGEST_WAIT
from monitor.values import JSON

_DAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_TTL: Final = re.compile(r"<ttl>\s*(\d{1,6})\s*</ttl>", re.IGNORECASE)
_SKIP_HOURS: Final = re.compile(r"<skipHours>(.{0,2000}?)</skipHours>", re.IGNORECASE | re.DOTALL)
_SKIP_DAYS: Final = re.compile(r"<skipDays>(.{0,2000}?)</skipDays>", re.IGNORECASE | re.DOTALL)
_HOUR: Final = re.compile(r"<hour>\s*(\d{1,2})\s*</hour>", re.IGNORECASE)
_DAY: Final = re.compile(r"<day>\s*([a-z]{6,9})\s*</day>", re.IGNORECASE)
HOUR: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Pause:
    """`ttl`: how long one reading stands. `hours` (0-23) and `days` (0 is Monday), in UTC, bring nothing."""

    ttl: timedelta = timedelta(0)
    hours: frozenset[int] = frozenset()
    days: frozenset[int] = frozenset()

    @classmethod
    def told_in(cls, head: str) -> Self:
        """By the part of an RSS feed that stands before its items."""
        ttl, hours, days = _TTL.search(head), _SKIP_HOURS.search(head), _SKIP_DAYS.search(head)
        named = [each.lower() for each in _DAY.findall(days[1])] if days else []
        return cls(
            min(timedelta(minutes=int(ttl[1])), LONGEST_WAIT) if ttl else timedelta(0),
            frozenset(int(each) % 24 for each in _HOUR.findall(hours[1]) if int(each) <= 24) if hours else frozenset(),
            frozenset(_DAYS.index(each) for each in named if each in _DAYS),
        )

    @classmethod
    def of(cls, given: Mapping[str, Any]) -> Self:
        return cls(timedelta(seconds=given["ttl"]), frozenset(given["hours"]), frozenset(given["days"]))

    def json(self) -> dict[str, JSON]:
        return {"ttl": self.ttl.total_seconds(), "hours": sorted(self.hours), "days": sorted(self.days)}

    def until(self, now: datetime) -> datetime | None:
        """The end of the pause that this moment lies in. At most a day: nothing is put to sleep by its own word."""
        end = now + self.ttl
        while self._skips(end) and end - now < LONGEST_WAIT:
            end = end.replace(minute=0, second=0, microsecond=0) + HOUR
        return min(end, now + LONGEST_WAIT) if end > now else None

    def _skips(self, moment: datetime) -> bool:
        return moment.hour in self.hours or moment.weekday() in self.days
