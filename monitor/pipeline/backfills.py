"""Backfills: older posts of a channel that a person asked for. They go with its polls, where fresh posts leave room."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.enums import BackfillState, SourceKind
from models.tables import Backfill, Source
from monitor.errors import BadInputError
from monitor.values import Backfilled, Backfilling


def ask_backfill(session: Session, key: str, since: datetime, now: datetime) -> Backfill:
    """A running one goes on, to the earlier of the two dates. Raises BadInputError."""
    source = session.scalar(select(Source).where(Source.key == key, ~Source.example).with_for_update())
    if source is None:
        raise BadInputError(f"{key}: no such source")
    if source.kind != SourceKind.TELEGRAM or source.account_id is None:
        raise BadInputError(f"{key}: only what an account reads can be read backwards; `counterclaim accounts list`")
    if since >= now:
        raise BadInputError(f"{since:%Y-%m-%d} has not been yet")
    source.next_poll_at = now
    known = running(session, source.id)
    if known is None:
        known = Backfill(source_id=source.id, since=since, asked_at=now)
        session.add(known)
        session.flush()
    known.since = min(known.since, since)
    return known


def stop_backfill(session: Session, key: str, now: datetime) -> bool:
    known = session.scalar(
        select(Backfill).join(Source, Source.id == Backfill.source_id)
        .where(Source.key == key, Backfill.state == BackfillState.RUNNING).with_for_update()
    )  # fmt: skip
    if known is not None:
        known.state, known.ended_at = BackfillState.STOPPED, now
    return known is not None


def running(session: Session, source_id: int) -> Backfill | None:
    mine = Backfill.source_id == source_id, Backfill.state == BackfillState.RUNNING
    return session.scalar(select(Backfill).where(*mine))


def backfilling(session: Session, source_id: int) -> Backfilling | None:
    known = running(session, source_id)
    return None if known is None else Backfilling(known.id, known.since, known.before)


def note_backfill(session: Session, done: Backfilled, new_posts: int, now: datetime) -> None:
    """The posts are stored in the same transaction: whoever goes on from here has them all."""
    known = session.get(Backfill, done.id, with_for_update=True)
    if known is None or known.state != BackfillState.RUNNING:
        return
    known.before, known.reached = done.before, done.reached or known.reached
    known.posts += done.posts
    known.new_posts += new_posts
    if done.done and known.since >= done.since:
        known.state, known.ended_at = BackfillState.DONE, now
