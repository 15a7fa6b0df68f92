"""What goes wrong with a source, in the words that its health shows."""

from datetime import datetime
from typing import Self

from models.enums import Health
from monitor.errors import CounterclaimError
from monitor.values import Trouble


class SourceError(CounterclaimError):
    """The message is the reason that a person reads on the source's health."""

    health = Health.UNREACHABLE

    def __init__(self, message: str, *, health: Health | None = None, retry_after: datetime | None = None) -> None:
        super().__init__(message, retry_after=retry_after)
        if health is not None:
            self.health = health

    @classmethod
    def of(cls, trouble: Trouble) -> Self:
        error = cls(trouble.reason, health=trouble.health, retry_after=trouble.retry_after)
        error.permanent = trouble.permanent
        return error

    @property
    def trouble(self) -> Trouble:
        return Trouble(self.health, str(self), self.retry_after, self.permanent)


class UnreachableError(SourceError):
    """No answer, or one that broke off."""


class RefusedError(SourceError):
    """We do not go there, or do not take that: an inner address, too much data, too many redirects."""

    health = Health.REFUSED


class UnreadableError(SourceError):
    """An answer that is not what the source should give."""

    health = Health.BROKEN
