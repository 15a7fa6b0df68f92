"""Who polls what, when. A lease goes with a token; a host gets one poll at a time, and none before it is free."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import uuid4

from sqlalchemy import ColumnElement, and_, exists, func, or_, select, update
from sqlalchemy.dialects.postgresql import distinct_on, insert
from sqlalchemy.orm import Session

from config.settings import Settings
from models.enums import Health, SourceKind
from models.tables import Host, Post, Source
from monitor.pipeline.backfills import running
from monitor.pipeline.health import note_health
from monitor.pipeline.pace import adapted, backoff, is_quiet, jittered, limits_for, sent_away, told_wait
from monitor.pipeline.sharing import capacity, stretched
from monitor.values import Trouble

KNOWN_POSTS: Final = 20  # how many of the newest posts tell the pace of a source


FETCH: Final = "fetch"
TELEGRAM: Final = "telegram"
ACCOUNT_SOON: Final = timedelta(seconds=5)  # its process keeps a poll for so long; a longer wait is the tick's
ACCOUNT: Final = "account:"  # an account is a host: one poll at a time, none before it is free


@dataclass(frozen=True, slots=True)
class Lease:
    """`token` proves it; `wait`: not to be taken up earlier than in so long, for the pace of the host.

    `queue`: Telegram's polls wait for one host and have a worker of their own, so that no blog waits behind them.
    """

    source_id: int
    key: str
    token: str
    wait: timedelta = timedelta(0)
    queue: str = FETCH


def lease_due(session: Session, now: datetime, settings: Settings, *, limit: int = 100) -> list[Lease]:
    """Lease the most overdue source of each free host. Two callers at once never get the same source or host."""
    hosts = _free_hosts(session, now, limit)
    if not hosts:
        return []
    overdue = (
        select(Source.id)
        .where(Source.host.in_(hosts), _due(now))
        .ext(distinct_on(Source.host))
        .order_by(Source.host, Source.next_poll_at, Source.id)
    )
    sources = session.scalars(select(Source).where(Source.id.in_(overdue)).with_for_update(skip_locked=True)).all()
    return [lease for source in sources if (lease := _leased(session, source, now, settings)) is not None]


def lease_next(session: Session, host: str, now: datetime, settings: Settings) -> Lease | None:
    """The next due source of a host that a poll has just ended on, so that it need not wait for the tick."""
    free_at = session.scalar(select(Host.free_at).where(Host.name == host).with_for_update(skip_locked=True))
    soon = max(settings.host_pace, ACCOUNT_SOON) if is_account(host) else settings.host_pace
    if free_at is None or free_at > now + soon:
        return None
    due = select(Source).where(Source.host == host, _due(now)).order_by(Source.next_poll_at, Source.id)
    source = session.scalar(due.limit(1).with_for_update(skip_locked=True))
    return None if source is None else _leased(session, source, now, settings, wait=max(free_at - now, timedelta(0)))


def lease_source(session: Session, key: str, now: datetime, settings: Settings) -> Lease | None:
    """Lease one source, due or not; None where it is polled already or there is no such source."""
    wanted = select(Source).where(Source.key == key, is_free(now)).with_for_update(skip_locked=True)
    source = session.scalar(wanted)
    return None if source is None else _lease(session, source, now, settings)


def claim(session: Session, source_id: int, token: str, now: datetime, settings: Settings) -> Source | None:
    """Take up a lease, once: the queue may deliver a poll twice, or after the lease ran out. The attempt counts."""
    mine = Source.id == source_id, Source.lease == token, Source.leased_until > now
    until = now + settings.lease
    taking = update(Source).where(*mine).values(lease=f"{token}+", leased_until=until, attempts=Source.attempts + 1)
    source = session.scalar(taking.returning(Source))
    if source is not None:
        session.execute(update(Host).where(Host.name == source.host).values(free_at=until))
    return source


def give_back(session: Session, lease: Lease, now: datetime) -> None:
    """Undo a lease that reached no worker, as when the broker is away."""
    source = session.scalar(select(Source).where(Source.id == lease.source_id, Source.lease == lease.token))
    if source is not None:
        end_lease(source)
        session.execute(update(Host).where(Host.name == source.host).values(free_at=now + lease.wait))


def end_lease(source: Source) -> None:
    source.lease = source.leased_until = None


def free_host(session: Session, name: str, now: datetime, settings: Settings, trouble: Trouble | None) -> None:
    """After a poll: its pace; where it sent us away, the wait that it told, or a growing one."""
    host = session.get_one(Host, name, with_for_update=True, populate_existing=True)
    told = told_wait(None if trouble is None else trouble.retry_after, now)
    sent = trouble is not None and trouble.health is Health.BLOCKED
    host.failures = host.failures + 1 if sent else 0
    wait = sent_away(host.failures) if sent else settings.host_pace
    host.free_at = max(now + settings.host_pace, now + wait if told is None else told)
    session.flush()


def settle(
    session: Session,
    source: Source,
    now: datetime,
    settings: Settings,
    *,
    not_before: datetime | None = None,
    at_once: bool = False,
) -> None:
    """End a poll with its outcome already noted on the row, and say when to poll next."""
    limits = limits_for(source.kind, settings)
    if source.failures:
        interval = backoff(source.failures, limits)
    elif source.interval_s is not None:
        interval = timedelta(seconds=source.interval_s)
    else:
        interval = adapted(_posted(session, source), now, limits)
    if source.account_id is not None and not source.failures:
        interval = _shared(session, source, interval, settings)
        if running(session, source.id) is not None:
            interval = min(interval, settings.account_calls_window)
    source.not_before = told_wait(not_before, now)
    source.current_interval_s = max(1, round(interval.total_seconds()))
    wait = timedelta(0) if at_once and not source.failures else jittered(interval, f"{source.key}@{now.isoformat()}")
    source.next_poll_at = max(now + wait, source.not_before or now)
    source.attempts, source.unparsed_poll = 0, None
    end_lease(source)


def quiet_or_ok(session: Session, source: Source, now: datetime) -> Health:
    return Health.QUIET if is_quiet(_posted(session, source), now) else Health.OK


def know_hosts(session: Session, names: Sequence[str], now: datetime) -> None:
    rows = [{"name": name, "free_at": now} for name in sorted(set(names))]
    if rows:
        session.execute(insert(Host).values(rows).on_conflict_do_nothing())


def account_host(name: str) -> str:
    return ACCOUNT + name


def is_account(host: str) -> bool:
    return host.startswith(ACCOUNT)


def account_queue(host: str) -> str:
    """Each account has a queue and a process of its own."""
    return f"{TELEGRAM}.{host.removeprefix(ACCOUNT)}"


def postpone(source: Source, until: datetime, now: datetime) -> None:
    """Nothing was asked, by no fault of the source: it stays due, and no attempt counts."""
    end_lease(source)
    source.attempts, source.not_before = 0, max(until, now)


def is_free(now: datetime) -> ColumnElement[bool]:
    return and_(Source.unparsed_poll.is_(None), or_(Source.leased_until.is_(None), Source.leased_until <= now))


def _due(now: datetime) -> ColumnElement[bool]:
    waits = or_(Source.not_before.is_(None), Source.not_before <= now)
    return and_(Source.enabled, Source.next_poll_at <= now, waits, is_free(now))


def _free_hosts(session: Session, now: datetime, limit: int) -> list[str]:
    """The row locks of hosts are what keeps two tickers apart."""
    has_due = exists().where(Source.host == Host.name, _due(now))
    free = (
        select(Host.name)
        .where(Host.free_at <= now, has_due)
        .order_by(Host.free_at)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return list(session.scalars(free))


def _leased(
    session: Session, source: Source, now: datetime, settings: Settings, *, wait: timedelta = timedelta(0)
) -> Lease | None:
    if source.attempts >= settings.max_attempts:
        _set_aside(session, source, now, settings)
        return None
    return _lease(session, source, now, settings, wait=wait)


def _lease(
    session: Session, source: Source, now: datetime, settings: Settings, *, wait: timedelta = timedelta(0)
) -> Lease:
    source.lease, source.leased_until = uuid4().hex, now + wait + settings.lease
    session.execute(update(Host).where(Host.name == source.host).values(free_at=source.leased_until))
    session.flush()
    return Lease(source.id, source.key, source.lease, wait, _queue(source))


def _queue(source: Source) -> str:
    if is_account(source.host):
        return account_queue(source.host)
    return TELEGRAM if source.kind in (SourceKind.TELEGRAM, SourceKind.PREVIEW) else FETCH


def _shared(session: Session, source: Source, interval: timedelta, settings: Settings) -> timedelta:
    """As far as the calls of its account go, that all its channels share."""
    source.wanted_interval_s = max(1, round(interval.total_seconds()))
    session.flush()
    rate = func.coalesce(func.sum(1.0 / func.coalesce(Source.wanted_interval_s, Source.interval_s, 300)), 0.0)
    theirs = Source.account_id == source.account_id, Source.enabled
    fixed, other = (
        float(session.scalar(select(rate).where(*theirs, own)) or 0)
        for own in (Source.interval_s.is_not(None), Source.interval_s.is_(None))
    )
    return stretched(
        interval, fixed=source.interval_s is not None, fixed_rate=fixed, other_rate=other, most=capacity(settings)
    )


def _set_aside(session: Session, source: Source, now: datetime, settings: Settings) -> None:
    reason = f"{source.attempts} polls in a row ended without an outcome: each took its worker down or hung"
    note_health(session, source, Health.BROKEN, reason, now)
    settle(session, source, now, settings)


def _posted(session: Session, source: Source) -> list[datetime]:
    newest = (
        select(Post.published_at)
        .where(Post.source_id == source.id, Post.published_at.is_not(None))
        .order_by(Post.published_at.desc())
        .limit(KNOWN_POSTS)
    )
    return [moment for moment in session.scalars(newest) if moment is not None]
