"""A rereading of what is stored, with how far it has come: killed at any moment, it goes on from there."""

from datetime import datetime

from sqlalchemy import BigInteger
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Id


class Rereading(Base):
    """Versions with ids up to `last_id`, of `sources` (none named: of all) and published `since`.

    `cursor`: from here on they have been marked to be read again, `done` of `total`. `rejoin`: they are also joined
    anew where they read as before.
    """

    __tablename__ = "rereadings"

    id: Mapped[Id]
    asked_at: Mapped[datetime]
    sources: Mapped[list[str]]
    since: Mapped[datetime | None]
    rejoin: Mapped[bool] = mapped_column(default=False, server_default="false")
    last_id: Mapped[int] = mapped_column(BigInteger)
    cursor: Mapped[int] = mapped_column(BigInteger, default=0, server_default="0")
    total: Mapped[int] = mapped_column(BigInteger)
    done: Mapped[int] = mapped_column(BigInteger, default=0, server_default="0")
    finished_at: Mapped[datetime | None]
