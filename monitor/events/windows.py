"""Stretches of time with two ends."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta


@dataclass(frozen=True, slots=True, order=True)
class Window:
    start: datetime
    end: datetime

    @property
    def length(self) -> timedelta:
        return self.end - self.start

    def middle(self, offset: timedelta = timedelta()) -> datetime:
        """By the local clock that is so far ahead of UTC."""
        return self.start + self.length / 2 + offset

    def common(self, other: "Window") -> "Window | None":
        start, end = max(self.start, other.start), min(self.end, other.end)
        return Window(start, end) if start < end else None

    def gap(self, other: "Window") -> timedelta:
        """How far the two lie apart; nothing where they touch."""
        return max(timedelta(), other.start - self.end, self.start - other.end)


def day_name(moment: date) -> str:
    return f"{moment.day} {moment:%B %Y}"
