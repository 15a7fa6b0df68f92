"""How far a channel's pages have been read, as the cursor keeps it between two polls."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, Self

from monitor.values import JSON, Cursor

KEPT: Final = 200  # newest posts whose disappearance is noticed
MOST_GAPS: Final = 5


@dataclass(frozen=True, slots=True)
class Gap:
    """Ids to be read: from below `before` (None: the newest page) down to above `down_to`.

    A first poll ends earlier: after `left` posts, or at the first page that reaches back to `since`.
    """

    before: int | None = None
    down_to: int = 0
    left: int | None = None
    since: datetime | None = None

    @classmethod
    def of(cls, given: Mapping[str, Any]) -> Self:
        since = given.get("since")
        return cls(given["before"], given["down_to"], given.get("left"), since and datetime.fromisoformat(since))

    def json(self) -> dict[str, JSON]:
        since = None if self.since is None else self.since.isoformat()
        return {"before": self.before, "down_to": self.down_to, "left": self.left, "since": since}


@dataclass(frozen=True, slots=True)
class Progress:
    """`last`: the highest id known. `gaps`: what is left over below it. `seen`: the ids of each of the newest posts,
    the one it is stored under first. `missing`: ids that were not where they stood, since when. `worded`: the channel
    has had text.
    """

    last: int | None = None
    gaps: tuple[Gap, ...] = ()
    seen: tuple[tuple[int, ...], ...] = ()
    missing: Mapping[int, datetime] = field(default_factory=dict)
    worded: bool = False

    @classmethod
    def of(cls, cursor: Mapping[str, Any]) -> Self:
        return cls(
            cursor.get("last"),
            tuple(Gap.of(each) for each in cursor.get("gaps", ())),
            tuple(tuple(ids) for ids in cursor.get("seen", ())),
            {int(number): datetime.fromisoformat(since) for number, since in cursor.get("missing", {}).items()},
            bool(cursor.get("worded")),
        )

    @property
    def known_as(self) -> Mapping[int, int]:
        """The number that a post is stored under, by each of its ids."""
        return {number: ids[0] for ids in self.seen for number in ids}

    def cursor(self) -> Cursor:
        return {
            "last": self.last,
            "gaps": [gap.json() for gap in _few(self.gaps)],
            "seen": [list(ids) for ids in sorted(self.seen)[-KEPT:]],
            "missing": {str(number): since.isoformat() for number, since in sorted(self.missing.items())[-KEPT:]},
            "worded": self.worded,
        }


def _few(gaps: Sequence[Gap]) -> Sequence[Gap]:
    """Many gaps become one that spans them: some pages are read twice, none is forgotten."""
    if len(gaps) <= MOST_GAPS:
        return gaps
    return [Gap(max(gap.before or 0 for gap in gaps), min(gap.down_to for gap in gaps))]
