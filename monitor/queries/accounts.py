"""The accounts of Telegram with their state, gaps in what was read, backfills under way."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from config.settings import Settings
from models.enums import AccountState, BackfillState, GapKind, GapState, Method
from models.tables import Account, AccountCall, Backfill, GapRow, Source

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Wait:
    """A flood wait: no such call before `until`."""

    method: Method
    until: datetime


@dataclass(frozen=True, slots=True)
class AccountStatus:
    """`running`: a process holds its lease now. Calls of the last window and day, with what the budgets allow."""

    name: str
    title: str | None
    state: AccountState
    reason: str | None
    since: datetime
    running: bool
    holder: str | None
    offline_since: datetime | None
    channels: int
    history_calls: int
    history_budget: int
    resolves: int
    resolve_budget: int
    waits: tuple[Wait, ...]
    last_call: str | None
    last_call_at: datetime | None
    delay_s: float | None


@dataclass(frozen=True, slots=True)
class GapLine:
    """`low`/`high` are ids, `since`/`until` times; a kind has either."""

    source: str
    kind: GapKind
    state: GapState
    low: int | None
    high: int | None
    since: datetime | None
    until: datetime | None
    found: int
    opened: datetime
    closed: datetime | None


@dataclass(frozen=True, slots=True)
class BackfillLine:
    source: str
    since: datetime
    state: BackfillState
    reached: datetime | None
    posts: int
    new_posts: int
    asked: datetime
    ended: datetime | None


def list_accounts(session: Session, now: datetime, settings: Settings) -> tuple[AccountStatus, ...]:
    rows = session.scalars(select(Account).order_by(Account.name)).all()
    channels = _counts(session)
    history = _calls(session, Method.HISTORY, now - settings.account_calls_window)
    resolves = _calls(session, Method.RESOLVE, now - DAY)
    delays = _delays(session)
    return tuple(
        AccountStatus(
            name=row.name, title=row.title, state=AccountState(row.state), reason=row.reason, since=row.state_since,
            running=row.leased_until is not None and row.leased_until > now, holder=row.holder,
            offline_since=row.offline_since, channels=channels.get(row.id, 0), history_calls=history.get(row.id, 0),
            history_budget=settings.account_history_calls, resolves=resolves.get(row.id, 0),
            resolve_budget=settings.account_resolves_day, waits=_waits(row, now), last_call=row.last_call,
            last_call_at=row.last_call_at, delay_s=delays.get(row.id),
        )
        for row in rows
    )  # fmt: skip


def list_gaps(
    session: Session, *, source: str | None = None, everything: bool = False, limit: int = 500
) -> tuple[GapLine, ...]:
    """The open ones and times without a poll, newest first; `everything`: also those that were closed."""
    query = select(GapRow, Source.key).join(Source, Source.id == GapRow.source_id)
    if source is not None:
        query = query.where(Source.key == source)
    if not everything:
        query = query.where((GapRow.state == GapState.OPEN) | (GapRow.kind == GapKind.DEAD))
    rows = session.execute(query.order_by(GapRow.opened_at.desc(), GapRow.id.desc()).limit(limit)).all()
    return tuple(
        GapLine(key, GapKind(row.kind), GapState(row.state), row.low, row.high, row.since, row.until, row.found,
                row.opened_at, row.closed_at)
        for row, key in rows
    )  # fmt: skip


def list_backfills(session: Session, *, source: str | None = None) -> tuple[BackfillLine, ...]:
    query = select(Backfill, Source.key).join(Source, Source.id == Backfill.source_id)
    if source is not None:
        query = query.where(Source.key == source)
    rows = session.execute(query.order_by(Backfill.asked_at.desc(), Backfill.id.desc())).all()
    return tuple(
        BackfillLine(key, row.since, BackfillState(row.state), row.reached, row.posts, row.new_posts, row.asked_at,
                     row.ended_at)
        for row, key in rows
    )  # fmt: skip


def _counts(session: Session) -> Mapping[int | None, int]:
    query = select(Source.account_id, func.count()).where(Source.account_id.is_not(None)).group_by(Source.account_id)
    return {row[0]: row[1] for row in session.execute(query)}


def _calls(session: Session, method: Method, since: datetime) -> Mapping[int, int]:
    query = select(AccountCall.account_id, func.count()).where(AccountCall.method == method, AccountCall.at > since)
    return {row[0]: row[1] for row in session.execute(query.group_by(AccountCall.account_id))}


def _delays(session: Session) -> Mapping[int, float]:
    """The mean interval at which the channels of an account are polled."""
    query = select(Source.account_id, func.avg(Source.current_interval_s)).where(
        Source.account_id.is_not(None), Source.enabled
    )
    rows = session.execute(query.group_by(Source.account_id))
    return {account: float(mean) for account, mean in rows if mean is not None}


def _waits(row: Account, now: datetime) -> tuple[Wait, ...]:
    told = {Method(method): datetime.fromisoformat(until) for method, until in row.blocked.items()}
    return tuple(Wait(method, until) for method, until in sorted(told.items()) if until > now)
