"""Telegram accounts: their sessions, what they have called, whom they know, and what is still to be read by them."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Id, Ref
from models.enums import AccountState, BackfillState


class Account(Base):
    """`session` and `proxy` are encrypted. `fence` counts who has held the lease: an older holder may not call.

    `blocked`: method -> until when a flood wait forbids it. `offline_since`: no connection since then.
    """

    __tablename__ = "accounts"

    id: Mapped[Id]
    name: Mapped[str] = mapped_column(unique=True)
    telegram_id: Mapped[int | None] = mapped_column(BigInteger, unique=True)
    title: Mapped[str | None]
    session: Mapped[str]
    proxy: Mapped[str | None]
    state: Mapped[str] = mapped_column(default=AccountState.ACTIVE, server_default=AccountState.ACTIVE)
    reason: Mapped[str | None]
    state_since: Mapped[datetime]
    added_at: Mapped[datetime]
    fence: Mapped[int] = mapped_column(BigInteger, default=0, server_default="0")
    holder: Mapped[str | None]
    leased_until: Mapped[datetime | None]
    blocked: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}")
    offline_since: Mapped[datetime | None]
    last_call: Mapped[str | None]
    last_call_at: Mapped[datetime | None]


class AccountCall(Base):
    """One call that was sent; the budgets are counted by these rows."""

    __tablename__ = "account_calls"
    __table_args__ = (Index("ix_account_calls_budget", "account_id", "method", "at"),)

    id: Mapped[Id]
    account_id: Mapped[Ref] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"))
    method: Mapped[str]
    at: Mapped[datetime]


class AccountPeer(Base):
    """A channel as one account may name it: access hashes are no other account's."""

    __tablename__ = "account_peers"
    __table_args__ = (UniqueConstraint("account_id", "telegram_id"),)

    id: Mapped[Id]
    account_id: Mapped[Ref] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"))
    telegram_id: Mapped[int] = mapped_column(BigInteger)
    access_hash: Mapped[int] = mapped_column(BigInteger)
    handle: Mapped[str | None]
    title: Mapped[str | None]
    resolved_at: Mapped[datetime]


class GapRow(Base):
    """Where posts may be missing: ids from `low` to `high`, or a time from `since` to `until` without a poll."""

    __tablename__ = "gaps"
    __table_args__ = (Index("ix_gaps_source", "source_id", "kind", "low"),)

    id: Mapped[Id]
    source_id: Mapped[Ref] = mapped_column(ForeignKey("sources.id", ondelete="CASCADE"))
    kind: Mapped[str]
    state: Mapped[str]
    low: Mapped[int | None] = mapped_column(BigInteger)
    high: Mapped[int | None] = mapped_column(BigInteger)
    since: Mapped[datetime | None]
    until: Mapped[datetime | None]
    found: Mapped[int] = mapped_column(default=0, server_default="0")
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]


class Backfill(Base):
    """Older posts that were asked for, read downwards: `before` is the lowest id that was read, `reached` its time."""

    __tablename__ = "backfills"
    __table_args__ = (
        Index("uq_backfills_running", "source_id", unique=True, postgresql_where=text("state = 'running'")),
    )

    id: Mapped[Id]
    source_id: Mapped[Ref] = mapped_column(ForeignKey("sources.id", ondelete="CASCADE"))
    since: Mapped[datetime]
    state: Mapped[str] = mapped_column(default=BackfillState.RUNNING, server_default=BackfillState.RUNNING)
    before: Mapped[int | None] = mapped_column(BigInteger)
    reached: Mapped[datetime | None]
    posts: Mapped[int] = mapped_column(default=0, server_default="0")
    new_posts: Mapped[int] = mapped_column(default=0, server_default="0")
    asked_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
