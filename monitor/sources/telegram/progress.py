"""How far an account has read a channel, as the cursor keeps it beside what the preview pages keep.

`last`, `gaps`, `seen` and `missing` are the same for both ways of reading, so that one takes over from the other.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, Self

from monitor.sources.preview_cursor import Progress
from monitor.values import JSON, Cursor

KEY: Final = "account"
MOST_HOLES: Final = 300


@dataclass(frozen=True, slots=True)
class State:
    """`pts`: up to where the changes of the channel are known. `asked_at`: when they were asked for, then not again for
    `timeout` seconds. `rechecked_at`: when the newest posts were looked at by their ids. `holes`: numbers between
    known ones of which nothing was seen. `look`: posts to be looked at whole, as after an edit of an album's photo.
    `held`: no second looks before, since too many posts had gone at once.
    """

    pts: int | None = None
    asked_at: datetime | None = None
    rechecked_at: datetime | None = None
    timeout: int = 0
    holes: tuple[int, ...] = ()
    look: tuple[int, ...] = ()
    held: datetime | None = None

    @classmethod
    def of(cls, cursor: Mapping[str, Any]) -> Self:
        given = cursor.get(KEY) or {}
        times = {name: given.get(name) for name in ("asked_at", "rechecked_at", "held")}
        return cls(
            pts=given.get("pts"),
            timeout=given.get("timeout", 0),
            holes=tuple(given.get("holes", ())),
            look=tuple(given.get("look", ())),
            **{name: told and datetime.fromisoformat(told) for name, told in times.items()},
        )

    def json(self) -> dict[str, JSON]:
        times = {name: getattr(self, name) for name in ("asked_at", "rechecked_at", "held")}
        return {
            "pts": self.pts,
            "timeout": self.timeout,
            "holes": list(self.holes[-MOST_HOLES:]),
            "look": list(self.look[-MOST_HOLES:]),
            **{name: moment and moment.isoformat() for name, moment in times.items()},
        }


@dataclass(frozen=True, slots=True)
class Known:
    """Both halves of the cursor."""

    progress: Progress = field(default_factory=Progress)
    state: State = field(default_factory=State)

    @classmethod
    def of(cls, cursor: Cursor) -> Self:
        return cls(Progress.of(cursor), State.of(cursor))

    def cursor(self) -> Cursor:
        return {**self.progress.cursor(), KEY: self.state.json()}

    def ids_of(self, number: int) -> tuple[int, ...]:
        """All ids of the post that this id belongs to."""
        own = self.progress.known_as.get(number, number)
        return next((ids for ids in self.progress.seen if ids[0] == own), (own,))


def kept(cursor: Cursor, other: Cursor) -> Cursor:
    """What the account knew stays while preview pages are read."""
    return {**other, KEY: cursor[KEY]} if KEY in cursor else other
