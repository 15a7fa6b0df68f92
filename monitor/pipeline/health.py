"""The state of sources, and one open issue row a trouble: counted while it lasts, closed when mended."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from models.enums import Health
from models.tables import Heartbeat, Issue, Source

SOUND: Final = frozenset({Health.UNVERIFIED, Health.OK, Health.QUIET, Health.EMPTY})


def subject_of(source: Source) -> str:
    return f"source:{source.key}"


def report(session: Session, subject: str, kind: str, reason: str, now: datetime) -> None:
    """Open an issue, or count it once more."""
    row = insert(Issue).values(subject=subject, kind=kind, reason=reason, opened_at=now, last_seen_at=now, seen=1)
    again = {"reason": row.excluded.reason, "last_seen_at": row.excluded.last_seen_at, "seen": Issue.seen + 1}
    where_open = Issue.closed_at.is_(None)
    session.execute(row.on_conflict_do_update(index_elements=["subject", "kind"], index_where=where_open, set_=again))


def mend(session: Session, subject: str, now: datetime, *, kind: str | None = None, but: str | None = None) -> None:
    """Close the open issues of a subject: all of them, those of one kind, or all but one."""
    closing = update(Issue).where(Issue.subject == subject, Issue.closed_at.is_(None)).values(closed_at=now)
    if kind is not None:
        closing = closing.where(Issue.kind == kind)
    if but is not None:
        closing = closing.where(Issue.kind != but)
    session.execute(closing)


def note_health(session: Session, source: Source, health: Health, reason: str | None, now: datetime) -> None:
    """Set the state of a source, with `since` kept while it stays the same, and open or close its issue."""
    if source.health != health:
        source.health_since = now
    source.health, source.health_reason = health, reason
    sound = health in SOUND
    source.failures = 0 if sound else source.failures + 1
    if not sound:
        report(session, subject_of(source), health, reason or health, now)
    mend(session, subject_of(source), now, but=None if sound else health)


def beat(session: Session, name: str, now: datetime) -> None:
    row = insert(Heartbeat).values(name=name, at=now)
    session.execute(row.on_conflict_do_update(index_elements=["name"], set_={"at": row.excluded.at}))


def take_turn(session: Session, name: str, now: datetime, every: timedelta) -> bool:
    """True for one caller in so long, whoever asks."""
    row = insert(Heartbeat).values(name=name, at=now)
    due = row.on_conflict_do_update(
        index_elements=["name"], set_={"at": row.excluded.at}, where=Heartbeat.at <= now - every
    )
    return session.scalar(due.returning(Heartbeat.name)) is not None
