"""The line to Telegram that one account holds, as the collector sees it: calls with budgets, and whom it knows."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from models.enums import Method
from monitor.errors import CounterclaimError


class PostponedError(CounterclaimError):
    """Not now: a flood wait, a spent budget, no connection. It is no fault of the channel; nothing is lost."""

    def __init__(self, message: str, until: datetime) -> None:
        super().__init__(message, retry_after=until)
        self.until = until


class LineDownError(PostponedError):
    """No call of any kind goes through now."""


@dataclass(frozen=True, slots=True)
class Peer:
    """A channel as this account may name it."""

    telegram_id: int
    access_hash: int
    handle: str | None = None
    title: str | None = None


class Line(Protocol):
    def call(self, method: Method, request: Any, *, low: bool = False) -> Any:
        """One call. `low`: only where fresh posts leave room. Raises PostponedError, SourceError for the channel's own
        faults, and InvalidPeerError where the access hash does not hold."""

    def peer(self, telegram_id: int | None, handle: str) -> Peer | None:
        """As it was resolved before; by the stable id where that is known, else by the handle."""

    def keep_peer(self, peer: Peer) -> None: ...

    def forget_peer(self, telegram_id: int) -> None: ...
