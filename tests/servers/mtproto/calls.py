"""Who called what, when, and what came of it: the far end's own account of what it was asked."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock
from typing import Any, Final

OK: Final = "ok"


@dataclass(frozen=True, slots=True)
class Call:
    """`method` as Telegram writes it, messages.getHistory. `answer`: ok, or the error."""

    account: str
    method: str
    at: datetime
    arguments: Mapping[str, Any]
    answer: str


class CallLog:
    def __init__(self) -> None:
        self._lock = Lock()
        self._calls: list[Call] = []

    def add(self, call: Call) -> None:
        with self._lock:
            self._calls.append(call)

    def of(self, method: str | None = None, account: str | None = None) -> list[Call]:
        """In the order of their coming."""
        with self._lock:
            calls = list(self._calls)
        return [each for each in calls if method in (None, each.method) and account in (None, each.account)]

    def count(self, method: str | None = None, account: str | None = None) -> int:
        return len(self.of(method, account))

    def kinds(self) -> dict[str, int]:
        """How many of each method, the commonest first."""
        return dict(Counter(each.method for each in self.of()).most_common())

    def clear(self) -> None:
        with self._lock:
            self._calls.clear()


def busiest(calls: Sequence[Call], span: timedelta = timedelta(minutes=1)) -> int:
    """The most calls in any stretch of time so long."""
    times = sorted(each.at for each in calls)
    most = first = 0
    for last, at in enumerate(times):
        while at - times[first] >= span:
            first += 1
        most = max(most, last - first + 1)
    return most


def by_account(calls: Sequence[Call], measure: Callable[[Sequence[Call]], int] = busiest) -> dict[str, int]:
    names = sorted({each.account for each in calls})
    return {name: measure([each for each in calls if each.account == name]) for name in names}


def told(calls: Sequence[Call]) -> list[str]:
    """For a person: of each method and account how many, and how many in the busiest minute."""
    pairs = Counter((each.method, each.account) for each in calls)
    return [
        f"{method} by {account or 'nobody'}: {count}, at most {busiest(_of(calls, method, account))} in a minute"
        for (method, account), count in sorted(pairs.items())
    ]


def _of(calls: Sequence[Call], method: str, account: str) -> list[Call]:
    return [each for each in calls if (each.method, each.account) == (method, account)]
