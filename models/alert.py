"""Alerts, their history and the posts that carry the same claim."""

from datetime import datetime
from typing import Any

from sqlalchemy import Float, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Id, Ref


class AlertRow(Base):
    """`body` is the alert as printed (the contract's line); the columns are what lists filter and sort by."""

    __tablename__ = "alerts"
    __table_args__ = (UniqueConstraint("key"), Index("ix_alerts_state_updated", "state", "updated_at"))

    id: Mapped[Id]
    key: Mapped[str]
    public_id: Mapped[str] = mapped_column(unique=True)
    event_id: Mapped[str | None] = mapped_column(index=True)
    kind: Mapped[str]
    verdict: Mapped[str]
    severity: Mapped[str | None]
    rule: Mapped[str]
    state: Mapped[str]
    to_check: Mapped[bool]
    measure: Mapped[str]
    object: Mapped[str]
    side: Mapped[str]
    part: Mapped[str | None]
    speaker: Mapped[str | None] = mapped_column(index=True)
    speaker_name: Mapped[str | None]
    ratio: Mapped[float | None] = mapped_column(Float)
    reason: Mapped[str]
    opened_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    closed_reason: Mapped[str | None]
    fingerprint: Mapped[str]
    body: Mapped[dict[str, Any]]
    example: Mapped[bool] = mapped_column(default=False, server_default="false")


class AlertHistory(Base):
    """One row a change; `fingerprint` makes the same change twice impossible. `notify`: news to the desk, and firm."""

    __tablename__ = "alert_history"
    __table_args__ = (UniqueConstraint("alert_id", "what", "fingerprint"),)

    id: Mapped[Id]
    alert_id: Mapped[Ref] = mapped_column(ForeignKey("alerts.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime]
    what: Mapped[str]
    reason: Mapped[str | None]
    fingerprint: Mapped[str]
    notify: Mapped[bool] = mapped_column(default=False, server_default="false")
    body: Mapped[dict[str, Any]]


class AlertPost(Base):
    __tablename__ = "alert_posts"
    __table_args__ = (UniqueConstraint("alert_id", "post_id"),)

    id: Mapped[Id]
    alert_id: Mapped[Ref] = mapped_column(ForeignKey("alerts.id", ondelete="CASCADE"), index=True)
    post_id: Mapped[Ref] = mapped_column(ForeignKey("posts.id", ondelete="CASCADE"), index=True)
