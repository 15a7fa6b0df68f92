"""What people decided about joining, kept for ever: a decision is never changed, only undone by another one."""

from datetime import datetime

from sqlalchemy import Float, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Id, Ref


class DecisionRow(Base):
    """`event_id`, `title`: the event as it was when decided, `other_id` and `other_title` the second one, where there
    is one. `undoes`: the decision that this one takes back."""

    __tablename__ = "decisions"

    id: Mapped[Id]
    kind: Mapped[str]
    event_id: Mapped[str] = mapped_column(index=True)
    title: Mapped[str]
    other_id: Mapped[str | None] = mapped_column(index=True)
    other_title: Mapped[str | None]
    decided_at: Mapped[datetime]
    decided_by: Mapped[str]
    reason: Mapped[str]
    undoes: Mapped[int | None] = mapped_column(ForeignKey("decisions.id"), unique=True)


class DecisionFigure(Base):
    """A figure that a decision names, by what outlives reading it anew: post, text and place in it.

    `role`: whether it is one of those decided about, or one that tells which event they were held against.
    """

    __tablename__ = "decision_figures"
    __table_args__ = (Index("ix_decision_figures_post", "source", "external_id"),)

    id: Mapped[Id]
    decision_id: Mapped[Ref] = mapped_column(ForeignKey("decisions.id"), index=True)
    role: Mapped[str]
    statement_id: Mapped[str]
    source: Mapped[str]
    external_id: Mapped[str]
    text_hash: Mapped[str]
    stated_at: Mapped[datetime]
    start: Mapped[int]
    end: Mapped[int]
    measure: Mapped[str]
    place: Mapped[str | None]
    low: Mapped[float | None] = mapped_column(Float)
    high: Mapped[float | None] = mapped_column(Float)
