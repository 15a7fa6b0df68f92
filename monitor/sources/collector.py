"""What every kind of source can do. Fetching touches the network and understands little; parsing is pure.

The pipeline calls `fetch` where waiting is cheap (threads), stores the bodies, and calls `parse` where hostile input
may be killed (a process with time limits). Both get the same cursor; only `parse` makes a new one, so a poll whose
parse dies is repeated, and nothing is skipped.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from models.enums import SourceKind
from monitor.sources.http import Client
from monitor.values import Batch, Cursor, Fetched, Haul, Limits, Target


class Collector(Protocol):
    def address(self, given: str) -> str:
        """The one way to write this address. Raises BadInputError where it is none."""

    def host(self, target: Target) -> str:
        """Whose pace the polls must keep; '' where no network is used."""

    def fetch(self, target: Target, cursor: Cursor, client: Client, now: datetime) -> Haul:
        """Never raises for what the other side does: that is the haul's trouble."""

    def parse(self, target: Target, cursor: Cursor, fetched: Sequence[Fetched]) -> Batch:
        """Pure. Never raises for what a body holds: that is the batch's state or one of its problems."""


CollectorTable = Mapping[SourceKind, Callable[[Limits], Collector]]
