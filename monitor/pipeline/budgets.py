"""How many calls of each kind an account may make. Pure.

Telegram publishes no limits. The paces are those that others run in production: 24 histories in 30 s, about 200
resolved handles a day before long flood waits.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from config.settings import Settings
from models.enums import Method

LOW_SHARE: Final = 0.5  # of a budget, for what is in no hurry
MARGIN: Final = timedelta(milliseconds=250)  # calls do not take equally long to get there
MINUTE: Final = timedelta(minutes=1)
DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Budget:
    """At most so many calls in any stretch of time that is so long."""

    calls: int
    window: timedelta


def budgets_for(method: Method, settings: Settings, *, low: bool = False) -> tuple[Budget, ...]:
    if method is Method.RESOLVE:
        return Budget(settings.account_resolves_minute, MINUTE), Budget(settings.account_resolves_day, DAY)
    calls = settings.account_history_calls if method is Method.HISTORY else settings.account_other_calls
    return (Budget(max(1, int(calls * LOW_SHARE)) if low else calls, settings.account_calls_window),)


def room_at(calls: Sequence[datetime], budgets: Sequence[Budget], now: datetime) -> datetime:
    """When the next call is within all budgets. `calls`: when those before went out, in order."""
    times = [_room(calls, budget, now) for budget in budgets]
    return max([now, *times])


def pace(settings: Settings) -> timedelta:
    """Between two polls of an account: its calls evenly over the time, so that a fresh post never waits for long."""
    return settings.account_calls_window / settings.account_history_calls


def _room(calls: Sequence[datetime], budget: Budget, now: datetime) -> datetime:
    within = [at for at in calls if at > now - budget.window - MARGIN]
    if len(within) < budget.calls:
        return now
    return within[-budget.calls] + budget.window + MARGIN
