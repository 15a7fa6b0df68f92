"""What goes wrong on purpose: floods, errors, and answers that come late, twice or never.

A flood is a state, as it is there: until it ends, every call of the method by the account is answered with what is
left of the wait. Whoever calls again, once told, is noted in `hurried`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from math import ceil
from threading import Lock


class Mishap(StrEnum):
    """What happens to an answer. `late`: after `delay`. `dropped`: the connection breaks, the call was not answered."""

    LATE = "late"
    LOST = "lost"
    DOUBLED = "doubled"
    DROPPED = "dropped"


class RpcError(Exception):
    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code, self.message = code, message


def flood(seconds: int, kind: str = "FLOOD_WAIT") -> RpcError:
    return RpcError(420, f"{kind}_{seconds}")


@dataclass(slots=True)
class _Once:
    """What the next calls of a method are answered; `account` none: by whomever."""

    method: str
    account: str | None
    left: int
    error: RpcError | None = None
    mishap: Mishap | None = None
    delay: timedelta = timedelta()

    def fits(self, method: str, account: str) -> bool:
        return self.left > 0 and self.method in (method, "*") and self.account in (None, account)


@dataclass(slots=True)
class _Flood:
    until: datetime
    told: bool = False


@dataclass(frozen=True, slots=True)
class Fate:
    """How an answer travels."""

    mishap: Mishap | None = None
    delay: timedelta = timedelta()


class Script:
    """Methods are named as Telegram names them, messages.getHistory; `*` is any."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self.hurried: list[tuple[datetime, str, str]] = []  # when, which account, which method
        self._clock = clock
        self._lock = Lock()
        self._once: list[_Once] = []
        self._floods: dict[tuple[str, str], _Flood] = {}

    def fail(self, method: str, error: RpcError, *, account: str | None = None, times: int = 1) -> None:
        """The next calls; a flood that is answered once and holds for nobody is one of them."""
        with self._lock:
            self._once.append(_Once(method, account, times, error=error))

    def flood(self, method: str, seconds: int, *, account: str) -> None:
        """From now on, for so long."""
        with self._lock:
            self._floods[account, method] = _Flood(self._clock() + timedelta(seconds=seconds))

    def answer(
        self, method: str, mishap: Mishap, *, account: str | None = None, times: int = 1, delay: timedelta = timedelta()
    ) -> None:
        with self._lock:
            self._once.append(_Once(method, account, times, mishap=mishap, delay=delay))

    def raise_fault(self, method: str, account: str) -> None:
        with self._lock:
            self._raise_flood(method, account)
            fault = next((each for each in self._once if each.error is not None and each.fits(method, account)), None)
            if fault is not None and fault.error is not None:
                fault.left -= 1
                raise fault.error

    def _raise_flood(self, method: str, account: str) -> None:
        now = self._clock()
        flooded = self._floods.get((account, method))
        if flooded is None or flooded.until <= now:
            return
        if flooded.told:
            self.hurried.append((now, account, method))
        flooded.told = True
        raise flood(ceil((flooded.until - now).total_seconds()))

    def fate(self, method: str, account: str) -> Fate:
        with self._lock:
            found = next((each for each in self._once if each.mishap is not None and each.fits(method, account)), None)
            if found is None:
                return Fate()
            found.left -= 1
            return Fate(found.mishap, found.delay)
