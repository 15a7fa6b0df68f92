"""Figures read from one version of a post."""

from datetime import datetime

from sqlalchemy import Float, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Id, Ref
from models.enums import UNKNOWN_SIDE
from models.post import PostVersion


class FigureRow(Base):
    __tablename__ = "figures"
    __table_args__ = (
        UniqueConstraint("version_id", "start", "end", "measure"),
        Index("ix_figures_place", "place_id", "measure", "low", postgresql_where=text("place_id IS NOT NULL")),
        Index("ix_figures_total", "id", postgresql_where=text("scope = 'total'")),
        Index("ix_figures_number", "measure", "low", "high", postgresql_where=text("place_name IS NOT NULL")),
    )

    id: Mapped[Id]
    version_id: Mapped[Ref] = mapped_column(ForeignKey("post_versions.id", ondelete="CASCADE"), index=True)
    start: Mapped[int]
    end: Mapped[int]
    quote: Mapped[str]
    measure: Mapped[str]
    object: Mapped[str]
    low: Mapped[float | None] = mapped_column(Float)
    high: Mapped[float | None] = mapped_column(Float)
    bound: Mapped[str]
    modifier: Mapped[str]
    side: Mapped[str] = mapped_column(default=UNKNOWN_SIDE)
    scope: Mapped[str]
    part_quote: Mapped[str | None]
    part_of: Mapped[str | None]
    stance: Mapped[str]
    provisional: Mapped[bool]
    speaker_quote: Mapped[str | None]
    speaker_key: Mapped[str | None]
    place_quote: Mapped[str | None]
    place_name: Mapped[str | None]
    place_id: Mapped[str | None]
    as_of_start: Mapped[datetime | None]
    as_of_end: Mapped[datetime | None]
    confidence: Mapped[float] = mapped_column(Float)
    reader_version: Mapped[int]

    version: Mapped[PostVersion] = relationship(lazy="raise")
