"""What does not go as it should: open issues, and what waits to be read and joined."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from models.enums import ReadState
from models.tables import Heartbeat, Issue, Post, PostVersion, Rereading

SHOWN: Final = 200
COUNTED: Final = 10_000  # beyond that a number says no more than 'many'


@dataclass(frozen=True, slots=True)
class Trouble:
    """`seen`: how often since it began."""

    subject: str
    kind: str
    reason: str
    since: datetime
    last: datetime
    seen: int


@dataclass(frozen=True, slots=True)
class Beat:
    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class UnderWay:
    """A rereading that has not ended."""

    since: datetime
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Troubles:
    """`unread`, `unjoined`: how many wait, `COUNTED` at most; `tried`: of the unjoined, those that failed before."""

    troubles: tuple[Trouble, ...]
    omitted: int
    unread: int
    unjoined: int
    tried: int
    beats: tuple[Beat, ...]
    rereading: UnderWay | None


def troubles(session: Session) -> Troubles:
    """The longest lasting first."""
    count = session.scalar(select(func.count()).where(Issue.closed_at.is_(None))) or 0
    query = select(Issue).where(Issue.closed_at.is_(None)).order_by(Issue.opened_at, Issue.id).limit(SHOWN)
    waiting = select(Post.id).where(Post.unjoined_since.is_not(None))
    begun = session.scalar(select(Rereading).where(Rereading.finished_at.is_(None)).order_by(Rereading.id).limit(1))
    return Troubles(
        tuple(_trouble(row) for row in session.scalars(query)),
        max(0, count - SHOWN),
        unread=_count(session, select(PostVersion.id).where(PostVersion.read_state == ReadState.UNREAD)),
        unjoined=_count(session, waiting),
        tried=_count(session, waiting.where(Post.join_attempts > 0)),
        beats=tuple(Beat(row.name, row.at) for row in session.scalars(select(Heartbeat).order_by(Heartbeat.name))),
        rereading=None if begun is None else UnderWay(begun.asked_at, begun.done, begun.total),
    )


def _trouble(row: Issue) -> Trouble:
    return Trouble(row.subject, row.kind, row.reason, row.opened_at, row.last_seen_at, row.seen)


def _count(session: Session, query: Select[Any]) -> int:
    return session.scalar(select(func.count()).select_from(query.limit(COUNTED).subquery())) or 0
