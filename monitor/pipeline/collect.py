"""One poll: take up the lease, fetch, store the bodies. What they hold is read in `parse`.

No transaction is open while the network works. A poll is over when its bodies are parsed: until then its source is not
due, since both halves must see the same cursor; its host is free for others as soon as the fetching ends.
"""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from uuid import uuid4

import structlog
from sqlalchemy.orm import Session

from models.enums import Health
from models.tables import Fetch, PollRun, Source
from monitor.pipeline.accounts import free_account
from monitor.pipeline.backfills import backfilling
from monitor.pipeline.outcome import finish, target_of
from monitor.pipeline.schedule import Lease, claim, end_lease, free_host, is_account, lease_next, postpone
from monitor.pipeline.setup import Setup
from monitor.pipeline.store import lock_source, storable
from monitor.values import Batch, Cursor, Fetched, Haul, Target, Trouble

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Polled:
    """`parse`: bodies wait to be parsed. `next`: another source of this host, leased in passing."""

    key: str
    poll_id: str
    parse: bool
    next: Lease | None


@dataclass(frozen=True, slots=True)
class _Job:
    source_id: int
    target: Target
    cursor: Cursor
    lease: str
    host: str
    started_at: datetime


def poll(setup: Setup, source_id: int, token: str, *, go_on: bool = False) -> Polled | None:
    """None where the lease is not there any more: taken up by another delivery, or run out. `go_on`: lease the next."""
    with setup.transaction() as session:
        source = claim(session, source_id, token, setup.now(), setup.settings)
        job = None if source is None else _job(session, source, setup.now())
    if job is None:
        log.info("poll_without_lease", source_id=source_id)
        return None
    haul = _fetch(setup, job)
    with setup.transaction() as session:
        return _keep(session, job, haul, setup, go_on=go_on)


def _job(session: Session, source: Source, now: datetime) -> _Job:
    target = replace(target_of(source), backfilling=backfilling(session, source.id))
    return _Job(source.id, target, source.cursor, source.lease or "", source.host, now)


def _fetch(setup: Setup, job: _Job) -> Haul:
    """A collector answers what the other side does; what it raises is our own fault and must not end the poll."""
    try:
        with setup.client() as client:
            return setup.collector(job.target.kind).fetch(job.target, job.cursor, client, setup.now())
    except Exception as error:
        log.exception("fetch_failed", source=job.target.key)
        return Haul(trouble=Trouble(Health.BROKEN, f"fetching failed: {type(error).__name__}: {error}"[:500]))


def _keep(session: Session, job: _Job, haul: Haul, setup: Setup, *, go_on: bool) -> Polled | None:
    """Store the bodies with what is known of the poll. None where the lease ran out meanwhile: then all is dropped."""
    source = lock_source(session, job.source_id)
    if source.lease != job.lease:
        log.warning("poll_too_late", source=job.target.key)
        return None
    if haul.postponed is not None and not haul.fetched:
        return _postpone(session, source, job, haul.postponed, setup, go_on=go_on)
    run = _run(job, haul)
    session.add(run)
    if haul.fetched:
        session.add_all(_rows(source, run.poll_id, haul.fetched))
        source.unparsed_poll, source.attempts = run.poll_id, 0
        end_lease(source)
        session.flush()
    else:
        finish(session, source, run, Batch(cursor=source.cursor), setup)
    now = setup.now()
    free_host(session, job.host, now, setup.settings, haul.trouble)
    if source.account_id is not None and is_account(job.host):
        free_account(session, source.account_id, job.host, now, setup.settings)
    following = lease_next(session, job.host, now, setup.settings) if go_on else None
    return Polled(job.target.key, run.poll_id, parse=bool(haul.fetched), next=following)


def _postpone(session: Session, source: Source, job: _Job, until: datetime, setup: Setup, *, go_on: bool) -> Polled:
    """No row of a poll: there was none."""
    now = setup.now()
    postpone(source, until, now)
    if source.account_id is not None and is_account(job.host):
        free_account(session, source.account_id, job.host, now, setup.settings, until=until)
    log.info("poll_postponed", source=job.target.key, until=until.isoformat())
    following = lease_next(session, job.host, now, setup.settings) if go_on else None
    return Polled(job.target.key, "", parse=False, next=following)


def _run(job: _Job, haul: Haul) -> PollRun:
    run = PollRun(
        source_id=job.source_id, poll_id=uuid4().hex, started_at=job.started_at, requests=haul.requests,
        moved_to=storable(haul.moved_to), new_posts=0, new_versions=0,
    )  # fmt: skip
    if haul.trouble is not None:
        run.health, run.reason = haul.trouble.health, storable(haul.trouble.reason)
        run.not_before = haul.trouble.retry_after
    return run


def _rows(source: Source, poll_id: str, fetched: Sequence[Fetched]) -> list[Fetch]:
    return [
        Fetch(
            source_id=source.id, poll_id=poll_id, position=position, url=storable(each.url), status=each.status,
            headers=storable(each.headers), requested=storable(each.requested), body=zlib.compress(each.body),
            body_hash=sha256(each.body).hexdigest(), fetched_at=each.fetched_at,
        )
        for position, each in enumerate(fetched)
    ]  # fmt: skip
