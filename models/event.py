"""Events and the figures joined to them."""

from datetime import datetime

from sqlalchemy import Float, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Ref


class EventRow(Base):
    """`id` is made from content and kept by largest overlap when the joining is done anew."""

    __tablename__ = "events"
    __table_args__ = (Index("ix_events_window", "start_at", "end_at"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[str]
    kind: Mapped[str]
    place_name: Mapped[str | None]
    place_id: Mapped[str | None]
    start_at: Mapped[datetime]
    end_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    example: Mapped[bool] = mapped_column(default=False, server_default="false")


class EventFigure(Base):
    """`statement_id` is the statement's stable id; `verdict` and `rule` are its newest judgement, alert or not.

    `speaker` to `side`: who is held to it, and in which line of the register. `at_odds`: with the official figure of
    its time, by the factor `odds`; None: there was none. `turned`: where the official side went from there.
    """

    __tablename__ = "event_figures"
    __table_args__ = (Index("ix_event_figures_record", "speaker", "side", "measure"),)

    statement_id: Mapped[str] = mapped_column(primary_key=True)
    event_id: Mapped[str] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), index=True)
    figure_id: Mapped[Ref] = mapped_column(ForeignKey("figures.id", ondelete="CASCADE"), index=True)
    score: Mapped[float] = mapped_column(Float)
    reasons: Mapped[list[str]]
    suggested: Mapped[bool]
    role: Mapped[str] = mapped_column(default="", server_default="")
    verdict: Mapped[str | None]
    rule: Mapped[str | None]
    ratio: Mapped[float | None] = mapped_column(Float)
    reason: Mapped[str | None]
    carried_by: Mapped[str | None]
    speaker: Mapped[str | None]
    speaker_name: Mapped[str | None]
    measure: Mapped[str | None]
    side: Mapped[str | None]
    at_odds: Mapped[bool | None]
    odds: Mapped[float | None] = mapped_column(Float)
    turned: Mapped[str | None]
