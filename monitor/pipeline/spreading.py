"""Which account reads which channel. Channels move when their account dies or goes, not when it waits.

An account names a channel only after resolving its handle, and may do that a few times a minute; so no more channels
are given to it at once. Until then, and where there is no account, their preview pages are read.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import structlog
from sqlalchemy import Select, exists, func, or_, select
from sqlalchemy.orm import Session

from config.settings import Settings
from models.enums import AccountState, Health, Method, SourceKind
from models.tables import Account, AccountCall, AccountPeer, Source
from monitor.pipeline.accounts import blocked_until
from monitor.pipeline.budgets import MARGIN, budgets_for
from monitor.pipeline.schedule import ACCOUNT, account_host, is_free
from monitor.pipeline.setup import Setup

log = structlog.get_logger()

LOCK: Final = 0x737072656164
AT_ONCE: Final = 200
UNEVEN: Final = 1.2  # so many times the smallest share; evening out costs a resolved handle for each channel


@dataclass(slots=True)
class Reader:
    """An account that can take channels. `room`: how many handles it may resolve by now."""

    id: int
    name: str
    channels: int
    room: int
    knows: frozenset[int]

    def may_take(self, source: Source, most: int) -> bool:
        return self.channels < most and (self.room > 0 or source.telegram_id in self.knows)

    def take(self, source: Source, now: datetime) -> None:
        source.account_id, source.host = self.id, account_host(self.name)
        source.next_poll_at, source.not_before = now, None
        self.channels += 1
        self.room -= source.telegram_id not in self.knows


def spread(setup: Setup) -> int:
    """How many channels were given to an account, or to another one."""
    now = setup.now()
    with setup.transaction() as session:
        if not session.scalar(select(exists().where(Account.state == AccountState.ACTIVE))):
            return 0
        session.execute(select(func.pg_advisory_xact_lock(LOCK)))
        readers = _readers(session, now, setup.settings)
        given = _give(readers, _unread(session, now), now, setup.settings)
        return given or _even_out(session, readers, now, setup.settings)


def _give(readers: Sequence[Reader], sources: Iterable[Source], now: datetime, settings: Settings) -> int:
    given = 0
    for source in sources:
        able = [reader for reader in readers if reader.may_take(source, settings.account_channels)]
        if able:
            min(able, key=lambda reader: (source.telegram_id not in reader.knows, reader.channels)).take(source, now)
            given += 1
    if given:
        log.info("channels_given", channels=given)
    return given


def _even_out(session: Session, readers: Sequence[Reader], now: datetime, settings: Settings) -> int:
    """A new account takes its share from the fullest one, as fast as it may resolve."""
    if len(readers) < 2:
        return 0
    least, most = (pick(readers, key=lambda reader: reader.channels) for pick in (min, max))
    excess = (most.channels - least.channels) // 2 if most.channels > UNEVEN * least.channels + 1 else 0
    moving = min(excess, max(0, least.room))
    if moving <= 0:
        return 0
    theirs = _movable(now).where(Source.account_id == most.id).order_by(Source.id.desc()).limit(moving)
    return _give([least], session.scalars(theirs.with_for_update(skip_locked=True)).all(), now, settings)


def _readers(session: Session, now: datetime, settings: Settings) -> list[Reader]:
    """Those whose process runs, that no long wait keeps from resolving."""
    running = select(Account).where(Account.state == AccountState.ACTIVE, Account.leased_until > now)
    counts = dict(session.execute(select(Source.account_id, func.count()).group_by(Source.account_id)).all())
    return [
        Reader(account.id, account.name, counts.get(account.id, 0), _room(session, account, now, settings),
               frozenset(session.scalars(select(AccountPeer.telegram_id).where(AccountPeer.account_id == account.id))))
        for account in session.scalars(running.order_by(Account.id))
    ]  # fmt: skip


def _room(session: Session, account: Account, now: datetime, settings: Settings) -> int:
    """What the budgets leave, less what was given already and waits to be resolved."""
    blocked = blocked_until(account, Method.RESOLVE)
    if blocked is not None and blocked > now:
        return 0
    left = [
        budget.calls - (session.scalar(
            select(func.count()).where(AccountCall.account_id == account.id, AccountCall.method == Method.RESOLVE,
                                       AccountCall.at > now - budget.window - MARGIN)
        ) or 0)
        for budget in budgets_for(Method.RESOLVE, settings)
    ]  # fmt: skip
    known = exists().where(AccountPeer.account_id == account.id, AccountPeer.telegram_id == Source.telegram_id)
    by_name = exists().where(AccountPeer.account_id == account.id, AccountPeer.handle == Source.address)
    asked_first = Source.account_id == account.id, Source.enabled, Source.failures == 0  # no handle that nobody has
    waiting = select(func.count()).where(*asked_first, ~known, ~by_name)
    return max(0, min(left) - (session.scalar(waiting) or 0))


def _unread(session: Session, now: datetime) -> Sequence[Source]:
    """Those without a preview page first, then official ones: they lose most by waiting.

    Also those whose host was set anew by whoever changed their address.
    """
    closed = Source.health == Health.PREVIEW_CLOSED
    order = closed.desc(), Source.party.is_(None), Source.id
    by_nobody = or_(Source.account_id.is_(None), ~Source.host.startswith(ACCOUNT))
    unread = _movable(now).where(by_nobody).order_by(*order).limit(AT_ONCE)
    return session.scalars(unread.with_for_update(skip_locked=True)).all()


def _movable(now: datetime) -> Select[Source]:
    return select(Source).where(Source.kind == SourceKind.TELEGRAM, Source.enabled, ~Source.example, is_free(now))
