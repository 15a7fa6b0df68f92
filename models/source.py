"""Sources, what was fetched of them, one row a poll, and what went wrong with them."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, LargeBinary, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Id, Ref
from models.enums import UNKNOWN_SIDE, FetchState, Health


class Source(Base):
    """One channel, feed, page or archive. `cursor` is the collector's.

    `lease`, `leased_until`: who polls it now; `attempts` counts polls that began and ended without an outcome.
    `unparsed_poll`: its bodies wait to be parsed, and until then it is not polled. `not_before` was told by the other
    side. `moved_to` was answered `moved_seen` times in a row. `account_id`: the account that reads it; none, and the
    preview page is read. `wanted_interval_s`: what it would be polled at if its account had the room.
    """

    __tablename__ = "sources"
    __table_args__ = (Index("ix_sources_due", "host", "next_poll_at", postgresql_where=text("enabled")),)

    id: Mapped[Id]
    key: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    address: Mapped[str]
    host: Mapped[str] = mapped_column(default="", server_default="")
    title: Mapped[str]
    party: Mapped[str | None]
    speaker: Mapped[str | None]
    side: Mapped[str] = mapped_column(default=UNKNOWN_SIDE, server_default=UNKNOWN_SIDE)
    lang: Mapped[str | None]
    groups: Mapped[list[str]] = mapped_column(default=list, server_default="[]")
    grade: Mapped[str | None]
    note: Mapped[str | None]
    retention_s: Mapped[int | None] = mapped_column(BigInteger)
    example: Mapped[bool] = mapped_column(default=False, server_default="false")

    enabled: Mapped[bool] = mapped_column(default=True, server_default="true")
    interval_s: Mapped[int | None]
    current_interval_s: Mapped[int | None]
    cursor: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}")
    next_poll_at: Mapped[datetime | None]
    last_poll_at: Mapped[datetime | None]
    last_success_at: Mapped[datetime | None]
    last_post_at: Mapped[datetime | None]
    lease: Mapped[str | None]
    leased_until: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0, server_default="0")
    unparsed_poll: Mapped[str | None]
    not_before: Mapped[datetime | None]
    moved_to: Mapped[str | None]
    moved_seen: Mapped[int] = mapped_column(default=0, server_default="0")

    health: Mapped[str] = mapped_column(default=Health.UNVERIFIED, server_default=Health.UNVERIFIED)
    health_reason: Mapped[str | None]
    health_since: Mapped[datetime | None]
    failures: Mapped[int] = mapped_column(default=0, server_default="0")

    account_id: Mapped[int | None] = mapped_column(
        BigInteger, ForeignKey("accounts.id", ondelete="SET NULL"), index=True
    )
    wanted_interval_s: Mapped[int | None]
    telegram_id: Mapped[int | None] = mapped_column(BigInteger)
    handles: Mapped[list[dict[str, Any]]] = mapped_column(default=list, server_default="[]")


class Fetch(Base):
    """One raw body as it came, zlib-compressed: evidence, and what is parsed (again)."""

    __tablename__ = "fetches"
    __table_args__ = (
        UniqueConstraint("poll_id", "position"),
        Index("ix_fetches_unparsed", "id", postgresql_where=text("state = 'stored'")),
    )

    id: Mapped[Id]
    source_id: Mapped[Ref] = mapped_column(ForeignKey("sources.id", ondelete="CASCADE"), index=True)
    poll_id: Mapped[str]
    position: Mapped[int] = mapped_column(default=0, server_default="0")
    url: Mapped[str]
    status: Mapped[int]
    headers: Mapped[dict[str, Any]]
    requested: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}")
    body: Mapped[bytes] = mapped_column(LargeBinary)
    body_hash: Mapped[str]
    fetched_at: Mapped[datetime] = mapped_column(index=True)
    state: Mapped[str] = mapped_column(default=FetchState.STORED, server_default=FetchState.STORED)
    attempts: Mapped[int] = mapped_column(default=0, server_default="0")
    leased_until: Mapped[datetime | None]
    reason: Mapped[str | None]


class Host(Base):
    """One poll at a time goes to a host, none before `free_at`: its pace, a poll under way, or a wait that it told.

    `failures` counts the answers in a row that sent us away.
    """

    __tablename__ = "hosts"

    name: Mapped[str] = mapped_column(primary_key=True)
    free_at: Mapped[datetime] = mapped_column(index=True)
    failures: Mapped[int] = mapped_column(default=0, server_default="0")


class PollRun(Base):
    """One row a poll. `health` with its reason is the trouble of fetching, then the outcome once parsed."""

    __tablename__ = "poll_runs"

    id: Mapped[Id]
    source_id: Mapped[Ref] = mapped_column(ForeignKey("sources.id", ondelete="CASCADE"), index=True)
    poll_id: Mapped[str] = mapped_column(unique=True)
    started_at: Mapped[datetime] = mapped_column(index=True)
    finished_at: Mapped[datetime | None]
    health: Mapped[str | None]
    reason: Mapped[str | None]
    not_before: Mapped[datetime | None]
    moved_to: Mapped[str | None]
    requests: Mapped[int] = mapped_column(default=0, server_default="0")
    new_posts: Mapped[int] = mapped_column(default=0, server_default="0")
    new_versions: Mapped[int] = mapped_column(default=0, server_default="0")


class Issue(Base):
    """One row per trouble of a source, post or stage: seen again it counts up, mended it closes."""

    __tablename__ = "issues"
    __table_args__ = (
        Index("uq_issues_open", "subject", "kind", unique=True, postgresql_where=text("closed_at IS NULL")),
    )

    id: Mapped[Id]
    subject: Mapped[str]
    kind: Mapped[str]
    reason: Mapped[str]
    opened_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    seen: Mapped[int] = mapped_column(default=1, server_default="1")


class SpeakerRow(Base):
    """Parties and listed speakers as the sources file names them; `people` held a party's office for a time.

    `shipped`: it came with the program, and a newer program may change it; what a desk says itself, it may not.
    """

    __tablename__ = "speakers"
    __table_args__ = (UniqueConstraint("key"),)

    id: Mapped[Id]
    key: Mapped[str]
    name: Mapped[str]
    side: Mapped[str] = mapped_column(default=UNKNOWN_SIDE, server_default=UNKNOWN_SIDE)
    party: Mapped[bool]
    aliases: Mapped[dict[str, Any]]
    people: Mapped[list[dict[str, Any]]] = mapped_column(default=list, server_default="[]")
    since: Mapped[datetime | None]
    until: Mapped[datetime | None]
    shipped: Mapped[bool] = mapped_column(default=False, server_default="false")
    example: Mapped[bool] = mapped_column(default=False, server_default="false")


class SideRow(Base):
    __tablename__ = "sides"

    key: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    opponents: Mapped[list[str]]


class Heartbeat(Base):
    """When each part of the machinery last did something: tick, worker, telegram account."""

    __tablename__ = "heartbeats"

    name: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]
