"""When to poll a source again. Pure: the times of its posts, its failures and `now` in, a length of time out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import blake2b
from typing import Final

from config.settings import Settings
from models.enums import SourceKind

BACKOFF_FROM: Final = timedelta(minutes=1)
SENT_AWAY_LONGEST: Final = timedelta(minutes=15)
LONGEST_TOLD_WAIT: Final = timedelta(days=1)  # a longer Retry-After is a mistake of theirs, or a way to be rid of us
QUIET_FACTOR: Final = 6
QUIET_LEAST: Final = timedelta(days=1)
JITTER: Final = 0.1


@dataclass(frozen=True, slots=True)
class Limits:
    shortest: timedelta
    usual: timedelta
    longest: timedelta


def limits_for(kind: str, settings: Settings) -> Limits:
    shortest = settings.feed_poll_min if kind in (SourceKind.FEED, SourceKind.PAGE) else settings.poll_min
    return Limits(shortest, max(shortest, settings.poll_default), max(shortest, settings.poll_max))


def adapted(posted: Sequence[datetime], now: datetime, limits: Limits) -> timedelta:
    """Half the mean gap between posts, the silence since the last one counted in; the usual interval where unknown."""
    gap = _mean_gap(posted, now)
    return limits.usual if gap is None else min(max(gap / 2, limits.shortest), limits.longest)


def is_quiet(posted: Sequence[datetime], now: datetime) -> bool:
    """Nothing new for six times the gap that was usual before, and for a day at least."""
    gap = _mean_gap(posted, max(posted)) if len(posted) > 1 else None
    return gap is not None and now - max(posted) > max(gap * QUIET_FACTOR, QUIET_LEAST)


def backoff(failures: int, limits: Limits) -> timedelta:
    """Doubles with each failure up to the longest interval, and stays there: nothing is given up for ever."""
    return _doubled(min(BACKOFF_FROM, limits.usual), failures, limits.longest)


def sent_away(times: int) -> timedelta:
    """How long to leave a host alone that answered 'too many' or 'forbidden' so many times in a row."""
    return _doubled(BACKOFF_FROM, times, SENT_AWAY_LONGEST)


def told_wait(until: datetime | None, now: datetime) -> datetime | None:
    return None if until is None or until <= now else min(until, now + LONGEST_TOLD_WAIT)


def jittered(interval: timedelta, seed: str) -> timedelta:
    """Up to a tenth more or less, the same for the same seed: sources made together drift apart."""
    spread = int.from_bytes(blake2b(seed.encode(), digest_size=4).digest()) / 2**32
    return interval * (1 - JITTER + 2 * JITTER * spread)


def _doubled(start: timedelta, times: int, longest: timedelta) -> timedelta:
    doublings: int = min(max(times, 1) - 1, 20)
    return min(start * (1 << doublings), longest)


def _mean_gap(posted: Sequence[datetime], until: datetime) -> timedelta | None:
    known = [moment for moment in posted if moment <= until]
    return (until - min(known)) / len(known) if len(known) > 1 else None
