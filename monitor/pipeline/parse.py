"""One parse: the stored bodies of a poll become posts, with the new cursor and the health, in one transaction."""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import structlog
from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from models.enums import FetchState, Health, SourceKind
from models.tables import Fetch, PollRun, Source
from monitor.pipeline.backfills import note_backfill
from monitor.pipeline.gaps import note_blindness, note_survey
from monitor.pipeline.handles import forget_handle, note_handle
from monitor.pipeline.health import mend, report
from monitor.pipeline.outcome import finish, target_of
from monitor.pipeline.setup import Setup
from monitor.pipeline.store import (
    Arrival,
    Stored,
    lock_source,
    mark_deleted,
    mark_missing,
    mark_returned,
    storable,
    store_posts,
)
from monitor.values import Batch, Cursor, Fetched, Target

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Parsed:
    key: str
    health: Health
    reason: str | None
    stored: Stored


@dataclass(frozen=True, slots=True)
class _Bodies:
    poll_id: str
    source_id: int
    target: Target
    cursor: Cursor
    fetched: tuple[Fetched, ...]
    fetch_id: int
    attempts: int


def parse_next(setup: Setup, poll_id: str | None = None) -> Parsed | None:
    """Parse the bodies of one poll, the given one or any; None where none wait. A parser that dies is tried again."""
    with setup.transaction() as session:
        bodies = _take(session, setup, poll_id)
    if bodies is None:
        return None
    if bodies.attempts > setup.settings.max_attempts:
        return _give_up(setup, bodies, f"parsing took its worker down {setup.settings.max_attempts} times")
    try:
        batch = setup.collector(bodies.target.kind).parse(bodies.target, bodies.cursor, bodies.fetched)
    except Exception as error:
        log.exception("parse_failed", source=bodies.target.key, poll=bodies.poll_id)
        return _give_up(setup, bodies, f"{type(error).__name__}: {error}"[:500])
    with setup.transaction() as session:
        return _store(session, bodies, batch, setup)


def _take(session: Session, setup: Setup, poll_id: str | None) -> _Bodies | None:
    """Count the attempt first: what kills its worker must not be tried for ever."""
    now = setup.now()
    free = Fetch.state == FetchState.STORED, or_(Fetch.leased_until.is_(None), Fetch.leased_until <= now)
    if poll_id is None:
        oldest = select(Fetch.poll_id).where(*free).order_by(Fetch.id).limit(1)
        poll_id = session.scalar(oldest.with_for_update(skip_locked=True))
    taking = update(Fetch).where(Fetch.poll_id == poll_id, *free)
    taking = taking.values(attempts=Fetch.attempts + 1, leased_until=now + setup.settings.lease)
    taken = session.scalars(taking.returning(Fetch)).all()
    return _bodies(session, sorted(taken, key=lambda fetch: fetch.position)) if taken else None


def _bodies(session: Session, fetches: Sequence[Fetch]) -> _Bodies:
    first, source = fetches[0], session.get_one(Source, fetches[0].source_id)
    fetched = tuple(
        Fetched(each.url, each.status, each.headers, zlib.decompress(each.body), each.fetched_at, each.requested)
        for each in fetches
    )
    return _Bodies(first.poll_id, source.id, target_of(source), source.cursor, fetched, first.id, first.attempts)


def _give_up(setup: Setup, bodies: _Bodies, reason: str) -> Parsed | None:
    """Keep the bodies as evidence, say so, and go on with the next poll from the old cursor."""
    with setup.transaction() as session:
        source = lock_source(session, bodies.source_id)
        if not _is_waiting(session, bodies):
            return None
        _mark(session, bodies, FetchState.DEAD, reason)
        report(session, f"poll:{bodies.poll_id}", "dead", f"{source.key}: {storable(reason)}", setup.now())
        batch = Batch(cursor=source.cursor, state=Health.BROKEN, reason=reason)
        return _finish(session, source, bodies, batch, setup, Stored())


def _is_waiting(session: Session, bodies: _Bodies) -> bool:
    """False where another worker was faster: this one took longer than its lease."""
    return session.scalar(select(Fetch.state).where(Fetch.id == bodies.fetch_id)) == FetchState.STORED


def _mark(session: Session, bodies: _Bodies, state: FetchState, reason: str | None = None) -> None:
    done = update(Fetch).where(Fetch.poll_id == bodies.poll_id)
    session.execute(done.values(state=state, reason=storable(reason), leased_until=None))


def _store(session: Session, bodies: _Bodies, batch: Batch, setup: Setup) -> Parsed | None:
    source = lock_source(session, bodies.source_id)
    if not _is_waiting(session, bodies):
        return None
    _mark(session, bodies, FetchState.PARSED)
    if _is_itself(source, batch):
        return _finish(session, source, bodies, batch, setup, _store_batch(session, source, batch, bodies))
    forget_handle(session, source.address)
    return _finish(session, source, bodies, _stop_impostor(source, batch), setup, Stored())


def _store_batch(session: Session, source: Source, batch: Batch, bodies: _Bodies) -> Stored:
    seen_at = bodies.fetched[0].fetched_at
    archived = source.kind == SourceKind.ARCHIVE
    stored = store_posts(session, batch.posts, Arrival(source, seen_at, archived=archived, fetch_id=bodies.fetch_id))
    mark_missing(session, source, batch.vanished, seen_at)
    mark_deleted(session, source, batch.deleted, seen_at)
    mark_returned(session, source, batch.returned, seen_at)
    source.cursor = dict(batch.cursor)
    _note_telegram(session, source, batch, stored, seen_at)
    _report_problems(session, source, batch, seen_at)
    if source.telegram_id is None and batch.telegram_id is not None:
        source.telegram_id = batch.telegram_id
        source.handles = [*source.handles, {"address": source.address, "since": seen_at.isoformat()}]
    if batch.title and source.title in (source.key, source.address):
        source.title = storable(batch.title)
    if stored.versions:
        source.last_post_at = seen_at
    return stored


def _note_telegram(session: Session, source: Source, batch: Batch, stored: Stored, now: datetime) -> None:
    if source.kind == SourceKind.TELEGRAM:
        note_blindness(session, source, now, stored.posts)
    if batch.survey is not None:
        note_survey(session, source, batch.survey, now)
    if batch.backfilled is not None:
        note_backfill(session, batch.backfilled, stored.posts, now)
    if batch.handle is not None and batch.handle.lower() != source.address.lower():
        note_handle(session, source, batch.handle, now)


def _report_problems(session: Session, source: Source, batch: Batch, now: datetime) -> None:
    """What could not be read of a page that otherwise was: one issue, mended by a page without any."""
    subject = f"parse:{source.key}"
    if batch.problems:
        first = batch.problems[0]
        more = f" (and {len(batch.problems) - 1} more)" if len(batch.problems) > 1 else ""
        report(session, subject, "unreadable", storable(f"{first.place}: {first.reason}{more}"), now)
    else:
        mend(session, subject, now)


def _is_itself(source: Source, batch: Batch) -> bool:
    return source.telegram_id is None or batch.telegram_id is None or source.telegram_id == batch.telegram_id


def _stop_impostor(source: Source, batch: Batch) -> Batch:
    """The handle leads to another channel now: nothing of it is stored, and a person decides."""
    source.enabled = False
    reason = f"{source.address} was channel {source.telegram_id} and is {batch.telegram_id} now: stopped"
    return Batch(cursor=source.cursor, state=Health.IMPOSTOR, reason=reason)


def _finish(session: Session, source: Source, bodies: _Bodies, batch: Batch, setup: Setup, stored: Stored) -> Parsed:
    run = session.execute(select(PollRun).where(PollRun.poll_id == bodies.poll_id)).scalar_one()
    run.new_posts, run.new_versions = stored.posts, stored.versions
    finish(session, source, run, batch, setup)
    return Parsed(source.key, Health(source.health), source.health_reason, stored)
