"""What the parsers of an archive give: posts with whose they are, and where the next window begins."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from monitor.values import Problem, RawPost

State = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Chat:
    """The chat of an export. `alone`: the export holds no other."""

    telegram_id: int | None = None
    name: str | None = None
    kind: str | None = None
    alone: bool = True

    @property
    def channel_id(self) -> int | None:
        """None where it is no channel or supergroup: those alone have ids that are told apart by themselves."""
        return self.telegram_id if self.kind is not None and self.kind.endswith(("_channel", "_supergroup")) else None


@dataclass(frozen=True, slots=True)
class Entry:
    """A post of the source with this key, or of this chat. `place`: where in the file it stands."""

    post: RawPost
    source: str | None = None
    chat: Chat | None = None
    place: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Chunk:
    """`consumed`: bytes that need not be seen again. `state`: what the parser must know to go on behind them.

    `fault`: why it cannot go on at all.
    """

    consumed: int
    state: State = field(default_factory=dict)
    entries: tuple[Entry, ...] = ()
    problems: tuple[Problem, ...] = ()
    fault: str | None = None
