"""The list of sources with their health."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.enums import Health, SourceKind
from models.tables import Account, PollRun, Post, Source, SpeakerRow
from monitor.queries.health import is_failing, is_late

COUNTED_DAYS = 7
DELAYS_WITHIN = timedelta(hours=6)


class Condition(StrEnum):
    """What an operator filters by: several healths are one condition, and two are none of the collector's words."""

    FAILING = "failing"
    LATE = "late"
    READ = "read"
    QUIET = "quiet"
    UNVERIFIED = "unverified"
    PAUSED = "paused"
    EXAMPLE = "example"


@dataclass(frozen=True, slots=True)
class SourceLine:
    """`account`: the Telegram account that reads it. `delay_s`: how far apart its last polls were, on average."""

    key: str
    title: str
    kind: SourceKind
    address: str
    side: str
    official_for: str | None
    lang: str | None
    groups: tuple[str, ...]
    condition: Condition
    health: Health
    reason: str | None
    since: datetime | None
    last_success: datetime | None
    last_post: datetime | None
    next_poll: datetime | None
    failures: int
    posts_a_day: float
    account: str | None
    delay_s: float | None


@dataclass(frozen=True, slots=True)
class SourceList:
    """`counts` and `groups` are those of all sources, whatever the filter lets through."""

    lines: tuple[SourceLine, ...]
    counts: Mapping[Condition, int]
    groups: tuple[str, ...]


def list_sources(
    session: Session, now: datetime, *, condition: Condition | None = None, group: str | None = None
) -> SourceList:
    """Failing ones first, then by title."""
    everything = _lines(session, now)
    chosen = [
        line for line in everything if condition in (None, line.condition) and (group is None or group in line.groups)
    ]
    return SourceList(
        lines=tuple(chosen),
        counts={each: sum(line.condition is each for line in everything) for each in Condition},
        groups=tuple(sorted({name for line in everything for name in line.groups})),
    )


def _lines(session: Session, now: datetime) -> list[SourceLine]:
    names = dict(session.execute(select(SpeakerRow.key, SpeakerRow.name)).all())
    rates, delays = _posts_a_day(session, now), _delays(session, now)
    accounts = dict(session.execute(select(Account.id, Account.name)).all())
    sources = session.scalars(select(Source).order_by(Source.title, Source.key)).all()
    order = tuple(Condition)
    lines = [
        replace(
            _line(source, now, names, rates.get(source.id, 0)),
            account=None if source.account_id is None else accounts.get(source.account_id),
            delay_s=delays.get(source.id),
        )
        for source in sources
    ]
    return sorted(lines, key=lambda line: (order.index(line.condition), line.title.casefold(), line.key))


def _line(source: Source, now: datetime, names: Mapping[str, str], posts_a_day: float) -> SourceLine:
    return SourceLine(
        key=source.key,
        title=source.title,
        kind=SourceKind(source.kind),
        address=source.address,
        side=source.side,
        official_for=None if source.party is None else names.get(source.party, source.party),
        lang=source.lang,
        groups=tuple(source.groups),
        condition=_condition(source, now),
        health=Health(source.health),
        reason=source.health_reason,
        since=source.health_since,
        last_success=source.last_success_at,
        last_post=source.last_post_at,
        next_poll=source.next_poll_at if source.enabled else None,
        failures=source.failures,
        posts_a_day=posts_a_day,
        account=None,
        delay_s=None,
    )


def _condition(source: Source, now: datetime) -> Condition:
    if source.example or source.kind == SourceKind.EXAMPLE:
        return Condition.EXAMPLE
    if not source.enabled:
        return Condition.PAUSED
    if source.health == Health.UNVERIFIED:
        return Condition.UNVERIFIED
    if is_failing(source):
        return Condition.FAILING
    if source.kind != SourceKind.ARCHIVE and is_late(source, now):
        return Condition.LATE
    return Condition.QUIET if source.health == Health.QUIET else Condition.READ


def _posts_a_day(session: Session, now: datetime) -> dict[int, float]:
    recent = Post.published_at > now - timedelta(days=COUNTED_DAYS)
    query = select(Post.source_id, func.count()).where(recent, Post.published_at <= now).group_by(Post.source_id)
    return {source: count / COUNTED_DAYS for source, count in session.execute(query)}


def _delays(session: Session, now: datetime) -> dict[int, float]:
    """Of those polled twice at least within these hours."""
    first, last, polls = func.min(PollRun.started_at), func.max(PollRun.started_at), func.count()
    spans = (
        select(PollRun.source_id, func.extract("epoch", last - first) / (polls - 1))
        .where(PollRun.started_at > now - DELAYS_WITHIN)
        .group_by(PollRun.source_id)
        .having(polls > 1)
    )
    return {source: float(delay) for source, delay in session.execute(spans)}
