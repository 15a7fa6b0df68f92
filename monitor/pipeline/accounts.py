"""Accounts of Telegram in the store: their lease, their budgets, whom they know, and how one ends.

A session used in two places at once is lost for good. So a process holds the account's lease, and before each call it
asks for leave here: where another process has taken the lease since, or it ran out, no call goes out.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlsplit

import structlog
from sqlalchemy import delete, false, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from config.settings import Settings
from models.enums import AccountState, Method
from models.tables import Account, AccountCall, AccountPeer, Host, Source
from monitor.errors import BadInputError
from monitor.pipeline.budgets import MARGIN, budgets_for, pace, room_at
from monitor.pipeline.health import mend, report
from monitor.pipeline.schedule import account_host, know_hosts
from monitor.sources.telegram.line import LineDownError, Peer, PostponedError

log = structlog.get_logger()

KEPT_CALLS: Final = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Holding:
    """A lease: the account, and the number of this holder. A later holder has a higher one."""

    account_id: int
    name: str
    fence: int


def add_account(session: Session, name: str, sealed: str, now: datetime, *, proxy: str | None = None,
                telegram_id: int | None = None, title: str | None = None) -> Account:  # fmt: skip
    """`sealed` and `proxy` are encrypted already. Raises BadInputError where the name or the account is there."""
    same = Account.telegram_id == telegram_id if telegram_id is not None else false()
    known = select(Account).where(or_(Account.name == name, same))
    for other in session.scalars(known):
        raise BadInputError(f"account {other.name} is there already" + ("" if other.name == name else ": the same one"))
    account = Account(name=name, session=sealed, proxy=proxy, telegram_id=telegram_id, title=title, state_since=now,
                      added_at=now)  # fmt: skip
    session.add(account)
    session.execute(insert(Host).values(name=account_host(name), free_at=now).on_conflict_do_nothing())
    session.flush()
    return account


def account_named(session: Session, name: str) -> Account:
    """Locked. Raises BadInputError."""
    found = session.scalar(select(Account).where(Account.name == name).with_for_update())
    if found is None:
        raise BadInputError(f"{name}: no such account")
    return found


def remove_account(session: Session, name: str, now: datetime, settings: Settings) -> int:
    """How many channels it leaves to others."""
    account = account_named(session, name)
    left = _leave_channels(session, account, now, settings)
    session.execute(delete(Account).where(Account.id == account.id))
    session.execute(delete(Host).where(Host.name == account_host(name)))
    mend(session, subject_of(name), now)
    return left


def active_names(session: Session) -> list[str]:
    return list(session.scalars(select(Account.name).where(Account.state == AccountState.ACTIVE).order_by(Account.id)))


def take_lease(session: Session, name: str, holder: str, now: datetime, settings: Settings) -> Holding | None:
    """None while another process holds it. Raises BadInputError where there is no such account, or it is dead."""
    account = account_named(session, name)
    if account.state != AccountState.ACTIVE:
        raise BadInputError(f"account {name} is {account.state}: {account.reason}")
    if account.leased_until is not None and account.leased_until > now:
        return None
    account.fence, account.holder, account.leased_until = account.fence + 1, holder, now + settings.account_lease
    _end_polls(session, account, now)
    return Holding(account.id, name, account.fence)


def _end_polls(session: Session, account: Account, now: datetime) -> None:
    """Whoever held the lease before polls no more: what it had begun is due at once."""
    theirs = Source.account_id == account.id, Source.unparsed_poll.is_(None)
    session.execute(update(Source).where(*theirs).values(lease=None, leased_until=None))
    session.execute(update(Host).where(Host.name == account_host(account.name)).values(free_at=now))


def renew_lease(session: Session, held: Holding, now: datetime, settings: Settings) -> bool:
    """False where another process has it, or the account is gone or dead."""
    mine = Account.id == held.account_id, Account.fence == held.fence, Account.state == AccountState.ACTIVE
    until = update(Account).where(*mine).values(leased_until=now + settings.account_lease)
    return session.scalar(until.returning(Account.id)) is not None


def end_lease(session: Session, held: Holding) -> None:
    mine = Account.id == held.account_id, Account.fence == held.fence
    session.execute(update(Account).where(*mine).values(leased_until=None, holder=None))


def spend(
    session: Session, held: Holding, method: Method, now: datetime, settings: Settings, *, low: bool = False
) -> None:
    """Count one call, just before it goes out. Raises LineDownError or PostponedError where it may not."""
    account = session.scalar(select(Account).where(Account.id == held.account_id).with_for_update())
    if account is None or account.fence != held.fence or account.state != AccountState.ACTIVE:
        raise LineDownError(f"account {held.name} is not this process's any more", now)
    blocked = blocked_until(account, method)
    if blocked is not None and blocked > now:
        raise PostponedError(f"{method}: flood wait", blocked)
    free_at = next_room(session, account.id, method, now, settings, low=low)
    if free_at > now:
        raise PostponedError(f"{method}: its budget is spent", free_at)
    session.add(AccountCall(account_id=account.id, method=method, at=now))
    account.last_call, account.last_call_at = method, now
    account.leased_until = now + settings.account_lease


def next_room(
    session: Session, account_id: int, method: Method, now: datetime, settings: Settings, *, low: bool = False
) -> datetime:
    """When the budgets allow the next call; `now` where they do."""
    budgets = budgets_for(method, settings, low=low)
    longest = max(budget.window for budget in budgets)
    calls = select(AccountCall.at).where(
        AccountCall.account_id == account_id, AccountCall.method == method, AccountCall.at > now - longest - MARGIN
    )
    return room_at(session.scalars(calls.order_by(AccountCall.at)).all(), budgets, now)


def free_account(
    session: Session, account_id: int, host: str, now: datetime, settings: Settings, *, until: datetime | None = None
) -> None:
    """After a poll: when the next one may begin. `until`: told for a poll that did not take place."""
    account = session.get_one(Account, account_id)
    waits = [now + pace(settings), next_room(session, account_id, Method.HISTORY, now, settings)]
    waits += [told for told in (blocked_until(account, Method.HISTORY),) if told is not None]
    if account.offline_since is not None and until is not None:
        waits.append(until)
    session.execute(update(Host).where(Host.name == host).values(free_at=max(waits)))


def note_flood(session: Session, held: Holding, method: Method, until: datetime) -> None:
    """The later of two stands: another process of ours may have been told so, too."""
    account = session.scalar(select(Account).where(Account.id == held.account_id).with_for_update())
    if account is not None:
        known = blocked_until(account, method)
        account.blocked = {**account.blocked, method.value: max(until, known or until).isoformat()}
        log.warning("flood_wait", account=held.name, method=method, until=until.isoformat())


def blocked_until(account: Account, method: Method) -> datetime | None:
    told = account.blocked.get(method.value)
    return None if told is None else datetime.fromisoformat(told)


def note_online(session: Session, held: Holding, now: datetime, *, online: bool) -> None:
    """One issue while there is no connection; the channels are not to blame for it."""
    account = session.get(Account, held.account_id)
    if account is None or online == (account.offline_since is None):
        return
    account.offline_since = None if online else now
    if online:
        mend(session, subject_of(held.name), now, kind="offline")
    else:
        report(session, subject_of(held.name), "offline", f"account {held.name}: no connection to Telegram", now)


def end_account(session: Session, name: str, reason: str, now: datetime, settings: Settings) -> None:
    """Once: later calls change nothing. Its channels go to other accounts, or back to their preview pages."""
    account = session.scalar(select(Account).where(Account.name == name).with_for_update())
    if account is None or account.state == AccountState.DEAD:
        return
    account.state, account.reason, account.state_since = AccountState.DEAD, reason, now
    account.leased_until = account.holder = account.offline_since = None
    left = _leave_channels(session, account, now, settings)
    mend(session, subject_of(name), now)
    report(session, subject_of(name), "dead", f"account {name} is dead: {reason}; {left} channels left it", now)
    log.error("account_dead", account=name, reason=reason, channels=left)


def subject_of(name: str) -> str:
    return f"account:{name}"


def peer_of(session: Session, account_id: int, telegram_id: int | None, handle: str) -> Peer | None:
    mine = select(AccountPeer).where(AccountPeer.account_id == account_id)
    if telegram_id is not None:
        found = session.scalar(mine.where(AccountPeer.telegram_id == telegram_id))
    else:
        found = session.scalar(mine.where(func.lower(AccountPeer.handle) == handle.lower()).limit(1))
    return None if found is None else Peer(found.telegram_id, found.access_hash, found.handle, found.title)


def keep_peer(session: Session, account_id: int, peer: Peer, now: datetime) -> None:
    row = insert(AccountPeer).values(
        account_id=account_id, telegram_id=peer.telegram_id, access_hash=peer.access_hash, handle=peer.handle,
        title=peer.title, resolved_at=now,
    )  # fmt: skip
    names = ("access_hash", "handle", "title", "resolved_at")
    again = {name: row.excluded[name] for name in names}
    session.execute(row.on_conflict_do_update(index_elements=["account_id", "telegram_id"], set_=again))


def forget_peer(session: Session, account_id: int, telegram_id: int) -> None:
    session.execute(
        delete(AccountPeer).where(AccountPeer.account_id == account_id, AccountPeer.telegram_id == telegram_id)
    )


def sweep_calls(session: Session, now: datetime) -> None:
    session.execute(delete(AccountCall).where(AccountCall.at < now - KEPT_CALLS))


def _leave_channels(session: Session, account: Account, now: datetime, settings: Settings) -> int:
    """They are due at once, by their preview pages until another account takes them. A poll under way is dropped."""
    host = urlsplit(settings.preview_base).netloc
    know_hosts(session, [host], now)
    leaving = update(Source).where(Source.account_id == account.id)
    leaving = leaving.values(
        account_id=None, host=host, next_poll_at=now, not_before=None, lease=None, leased_until=None
    )
    return len(session.scalars(leaving.returning(Source.id)).all())
