"""One poll: take up the lease, fetch, store the bodies. One parse: turn them into posts, with the cursor and the health.

No transaction is open while the network or a parser works. A poll is over when its bodies are parsed: until then the
source is not due, since both halves must see the same cursor.
"""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import uuid4

import structlog
from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from models.enums import FetchState, Health, Lang, SourceKind
from models.tables import Fetch, PollRun, Source
from monitor.errors import BadInputError
from monitor.pipeline.health import SOUND, mend, note_health, report, subject_of
from monitor.pipeline.schedule import claim, know_hosts, quiet_or_ok, settle
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
from monitor.sources.http import Client
from monitor.values import Batch, Cursor, Fetched, Haul, Target, Trouble

log = structlog.get_logger()

MOVED_FOR_GOOD_AFTER = 3  # permanent redirects in a row to the same place


@dataclass(frozen=True, slots=True)
class Polled:
    """`parse`: bodies wait to be parsed."""

    key: str
    host: str
    parse: bool


@dataclass(frozen=True, slots=True)
class Parsed:
    key: str
    health: Health
    reason: str | None
    stored: Stored


@dataclass(frozen=True, slots=True)
class _Job:
    source_id: int
    target: Target
    cursor: Cursor
    lease: str
    host: str


@dataclass(frozen=True, slots=True)
class _Bodies:
    poll_id: str
    source_id: int
    target: Target
    cursor: Cursor
    fetched: tuple[Fetched, ...]
    fetch_id: int


def poll(setup: Setup, source_id: int, token: str, client: Client) -> Polled | None:
    """None where the lease is not there any more: another delivery of this very poll has taken it up."""
    with setup.transaction() as session:
        source = claim(session, source_id, token)
        job = None if source is None else _job(source)
    if job is None:
        return None
    haul = _fetch(setup, job, client)
    with setup.transaction() as session:
        kept = _keep(session, job, haul, setup)
    return Polled(job.target.key, job.host, parse=kept and bool(haul.fetched))


def parse_next(setup: Setup) -> Parsed | None:
    """Parse the bodies of one poll; None where none wait. A parser that dies is tried again, a few times."""
    with setup.transaction() as session:
        bodies = _take(session, setup)
    if bodies is None:
        return None
    try:
        batch = setup.collector(bodies.target.kind).parse(bodies.target, bodies.cursor, bodies.fetched)
    except Exception as error:
        log.exception("parse_failed", source=bodies.target.key, poll=bodies.poll_id)
        with setup.transaction() as session:
            return _bury(session, bodies, f"{type(error).__name__}: {error}"[:500], setup)
    with setup.transaction() as session:
        return _store(session, bodies, batch, setup)


def target_of(source: Source) -> Target:
    return Target(source.key, SourceKind(source.kind), source.address, Lang(source.lang) if source.lang else None)


def _job(source: Source) -> _Job:
    assert source.lease is not None
    return _Job(source.id, target_of(source), source.cursor, source.lease, source.host)


def _fetch(setup: Setup, job: _Job, client: Client) -> Haul:
    """A collector answers what the other side does; what it raises is our own fault and must not end the poll."""
    try:
        return setup.collector(job.target.kind).fetch(job.target, job.cursor, client, setup.now())
    except Exception as error:
        log.exception("fetch_failed", source=job.target.key)
        return Haul(trouble=Trouble(Health.BROKEN, f"fetching failed: {type(error).__name__}: {error}"[:500]))


def _keep(session: Session, job: _Job, haul: Haul, setup: Setup) -> bool:
    """Store the bodies with what is known of the poll. False where the lease ran out meanwhile: then all is dropped."""
    source, now = lock_source(session, job.source_id), setup.now()
    if source.lease != job.lease:
        log.warning("poll_too_late", source=job.target.key)
        return False
    run = PollRun(source_id=source.id, poll_id=uuid4().hex, started_at=source.last_poll_at or now, requests=haul.requests)
    run.moved_to = storable(haul.moved_to)
    session.add(run)
    if haul.trouble is not None:
        run.health, run.reason = haul.trouble.health, storable(haul.trouble.reason)
        run.not_before = haul.trouble.retry_after
    session.add_all(_rows(source, run.poll_id, haul.fetched))
    if not haul.fetched:
        _finish(session, source, run, Batch(cursor=source.cursor), setup)
    return True


def _rows(source: Source, poll_id: str, fetched: Sequence[Fetched]) -> list[Fetch]:
    return [
        Fetch(
            source_id=source.id, poll_id=poll_id, position=position, url=storable(each.url), status=each.status,
            headers=storable(each.headers), requested=storable(each.requested), body=zlib.compress(each.body),
            body_hash=sha256(each.body).hexdigest(), fetched_at=each.fetched_at,
        )
        for position, each in enumerate(fetched)
    ]  # fmt: skip


def _take(session: Session, setup: Setup) -> _Bodies | None:
    """Count the attempt first: what kills its worker must not be tried for ever."""
    now = setup.now()
    free = Fetch.state == FetchState.STORED, or_(Fetch.leased_until.is_(None), Fetch.leased_until <= now)
    next_one = select(Fetch.poll_id).where(*free).order_by(Fetch.id).limit(1).with_for_update(skip_locked=True)
    poll_id = session.scalar(next_one)
    taking = update(Fetch).where(Fetch.poll_id == poll_id, *free).returning(Fetch)
    taken = session.scalars(taking.values(attempts=Fetch.attempts + 1, leased_until=now + setup.settings.lease)).all()
    if not taken:
        return None
    bodies = _bodies(session, sorted(taken, key=lambda fetch: fetch.position))
    if taken[0].attempts > setup.settings.max_attempts:
        _bury(session, bodies, f"parsing took its worker down {setup.settings.max_attempts} times", setup)
        return _take(session, setup)
    return bodies


def _bodies(session: Session, fetches: Sequence[Fetch]) -> _Bodies:
    source = session.get_one(Source, fetches[0].source_id)
    fetched = tuple(
        Fetched(each.url, each.status, each.headers, zlib.decompress(each.body), each.fetched_at, each.requested)
        for each in fetches
    )
    return _Bodies(fetches[0].poll_id, source.id, target_of(source), source.cursor, fetched, fetches[0].id)


def _bury(session: Session, bodies: _Bodies, reason: str, setup: Setup) -> Parsed:
    """Keep the bodies as evidence, say so, and go on with the next poll from the old cursor."""
    source = lock_source(session, bodies.source_id)
    _mark(session, bodies, FetchState.DEAD, reason)
    report(session, f"poll:{bodies.poll_id}", "dead", f"{source.key}: {reason}", setup.now())
    run = session.execute(select(PollRun).where(PollRun.poll_id == bodies.poll_id)).scalar_one()
    return _finish(session, source, run, Batch(cursor=source.cursor, state=Health.BROKEN, reason=reason), setup)


def _mark(session: Session, bodies: _Bodies, state: FetchState, reason: str | None = None) -> None:
    done = update(Fetch).where(Fetch.poll_id == bodies.poll_id)
    session.execute(done.values(state=state, reason=storable(reason), leased_until=None))


def _store(session: Session, bodies: _Bodies, batch: Batch, setup: Setup) -> Parsed | None:
    """None where another worker was faster: this one took longer than its lease."""
    source = lock_source(session, bodies.source_id)
    fetch = session.get_one(Fetch, bodies.fetch_id)
    if fetch.state != FetchState.STORED:
        return None
    run = session.execute(select(PollRun).where(PollRun.poll_id == bodies.poll_id)).scalar_one()
    _mark(session, bodies, FetchState.PARSED)
    stored = Stored()
    if _is_itself(source, batch):
        stored = _store_batch(session, source, batch, bodies)
    else:
        batch = _stop_impostor(source, batch)
    run.new_posts, run.new_versions = stored.posts, stored.versions
    parsed = _finish(session, source, run, batch, setup)
    return Parsed(parsed.key, parsed.health, parsed.reason, stored)


def _store_batch(session: Session, source: Source, batch: Batch, bodies: _Bodies) -> Stored:
    seen_at = bodies.fetched[0].fetched_at
    archived = source.kind in (SourceKind.ARCHIVE, SourceKind.EXAMPLE)
    stored = store_posts(session, batch.posts, Arrival(source, seen_at, archived=archived, fetch_id=bodies.fetch_id))
    mark_missing(session, source, batch.vanished, seen_at)
    mark_deleted(session, source, batch.deleted, seen_at)
    mark_returned(session, source, batch.returned, seen_at)
    source.cursor = dict(batch.cursor)
    _report_problems(session, source, batch, seen_at)
    if source.telegram_id is None and batch.telegram_id is not None:
        source.telegram_id = batch.telegram_id
        source.handles = [*source.handles, {"address": source.address, "since": seen_at.isoformat()}]
    if batch.title and source.title == source.key:
        source.title = storable(batch.title)
    if stored.versions:
        source.last_post_at = seen_at
    return stored


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


def _finish(session: Session, source: Source, run: PollRun, batch: Batch, setup: Setup) -> Parsed:
    """The trouble of fetching outweighs what the bodies say, save that they are another's."""
    now = setup.now()
    health, reason = batch.state, batch.reason
    if run.health is not None and health is not Health.IMPOSTOR:
        health, reason = Health(run.health), run.reason
    if health is Health.OK:
        health = quiet_or_ok(session, source, now)
    note_health(session, source, health, storable(reason), now)
    _note_moved(session, source, run.moved_to, setup)
    run.health, run.reason, run.finished_at = health, source.health_reason, now
    source.last_poll_at = now
    if health in SOUND:
        source.last_success_at = now
    waits = [told for told in (run.not_before, batch.not_before) if told is not None]
    settle(session, source, now, setup.settings, not_before=max(waits, default=None), at_once=batch.more)
    log.info("polled", source=source.key, health=health, posts=run.new_posts, versions=run.new_versions)
    return Parsed(source.key, health, source.health_reason, Stored(run.new_posts, run.new_versions))


def _note_moved(session: Session, source: Source, moved_to: str | None, setup: Setup) -> None:
    """Follow a permanent redirect once it was answered a few times in a row; one alone may be a mishap."""
    source.moved_seen = 0 if moved_to is None else source.moved_seen + 1 if moved_to == source.moved_to else 1
    source.moved_to = moved_to
    if moved_to is None or source.moved_seen < MOVED_FOR_GOOD_AFTER:
        return
    collector = setup.collector(source.kind)
    try:
        address = collector.address(moved_to)
    except BadInputError as error:
        report(session, subject_of(source), "moved", f"moved to {moved_to}, which cannot be followed: {error}", setup.now())
        return
    left: dict[str, Any] = {"address": source.address, "until": setup.now().isoformat()}
    source.handles, source.address = [*source.handles, left], address
    source.host, source.moved_to, source.moved_seen = collector.host(target_of(source)), None, 0
    know_hosts(session, [source.host], setup.now())
