"""How the calls of an account are shared over its channels: by how often each posts, as far as the calls go. Pure."""

from datetime import timedelta
from typing import Final

from config.settings import Settings

FOR_NEWS: Final = 0.8  # of the calls; the rest pages down where a channel had more news than one answer takes
LEAST_SHARE: Final = 0.1  # of those, for channels without an interval of their own


def capacity(settings: Settings) -> float:
    """Polls a second that an account can make."""
    return FOR_NEWS * settings.account_history_calls / settings.account_calls_window.total_seconds()


def stretched(interval: timedelta, *, fixed: bool, fixed_rate: float, other_rate: float, most: float) -> timedelta:
    """The rates are those that all channels of the account want together, in polls a second, out of `most`.

    Intervals that a person has set are kept while they leave a tenth for the others.
    """
    room = most * (1 - LEAST_SHARE) if other_rate else most
    if fixed:
        return interval * max(1.0, fixed_rate / room)
    left = max(most - fixed_rate, most * LEAST_SHARE)
    return interval * max(1.0, other_rate / left)
