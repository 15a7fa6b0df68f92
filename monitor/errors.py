"""The one error tree. Whoever catches asks two things: is it for good, and when may one try again."""

from datetime import datetime


class CounterclaimError(Exception):
    """`permanent`: trying again changes nothing. `retry_after`: not before this time, told by the other side."""

    permanent = False

    def __init__(self, message: str, *, retry_after: datetime | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class BadInputError(CounterclaimError):
    """What a person gave is wrong; the message names the file, line and key."""

    permanent = True
