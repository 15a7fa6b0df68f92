"""A clock that a test moves while processes run: what a file says is added to the time."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

MOVED_CLOCK: Final = "MOVED_CLOCK"  # the environment variable that names the file


@dataclass(frozen=True, slots=True)
class Clock:
    file: Path

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self._ahead()

    def move(self, by: timedelta) -> None:
        """At once: whoever reads finds the old time or the new one."""
        fresh = self.file.with_suffix(".new")
        fresh.write_text(str((self._ahead() + by).total_seconds()), encoding="ascii")
        fresh.replace(self.file)

    def _ahead(self) -> timedelta:
        return timedelta(seconds=float(self.file.read_text(encoding="ascii") if self.file.exists() else 0))
