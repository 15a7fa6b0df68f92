"""Posts, every version of their text, their media, and how far each version has been read."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Id, Ref
from models.enums import ReadState
from models.source import Source


class Post(Base):
    """`unjoined_since`: its figures changed and have not been joined to events since; `left_events`: those that lost a
    figure of its by that.

    `join_attempts` counts joins with it that have begun since the last one that ended.
    """

    __tablename__ = "posts"
    __table_args__ = (
        UniqueConstraint("source_id", "external_id"),
        Index("ix_posts_published_at", "published_at"),
        Index("ix_posts_source_time", "source_id", "published_at"),
        Index("ix_posts_forward", "forwarded_from", "forwarded_post"),
        Index(
            "ix_posts_unjoined",
            "join_attempts",
            text("published_at DESC"),
            "id",
            postgresql_where=text("unjoined_since IS NOT NULL"),
        ),
    )

    id: Mapped[Id]
    source_id: Mapped[Ref] = mapped_column(ForeignKey("sources.id", ondelete="CASCADE"))
    external_id: Mapped[str]
    url: Mapped[str | None]
    published_at: Mapped[datetime | None]
    first_seen_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    missing_since: Mapped[datetime | None]
    deleted_at: Mapped[datetime | None]
    forwarded_from: Mapped[str | None]
    forwarded_post: Mapped[str | None]
    reply_to: Mapped[str | None]
    group_ids: Mapped[list[str]] = mapped_column(default=list, server_default="[]")
    author: Mapped[str | None]
    service: Mapped[bool] = mapped_column(default=False, server_default="false")
    lang: Mapped[str | None]
    views: Mapped[int | None] = mapped_column(BigInteger)
    forwards: Mapped[int | None] = mapped_column(BigInteger)
    extra: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}")
    current_version: Mapped[int] = mapped_column(default=1, server_default="1")
    unjoined_since: Mapped[datetime | None]
    left_events: Mapped[list[str]] = mapped_column(default=list, server_default="[]")
    join_attempts: Mapped[int] = mapped_column(default=0, server_default="0")
    example: Mapped[bool] = mapped_column(default=False, server_default="false")

    source: Mapped[Source] = relationship(lazy="raise")
    versions: Mapped[list["PostVersion"]] = relationship(
        lazy="raise", order_by="PostVersion.number", back_populates="post"
    )


class PostVersion(Base):
    """One text ever seen, numbered by arrival. `stated_at`: when it was said; an edit, when it was first seen.

    `reader_version` is null until read; `attempts` counts readings that have begun since the last one that ended.
    """

    __tablename__ = "post_versions"
    __table_args__ = (
        UniqueConstraint("post_id", "number"),
        Index("ix_post_versions_unread", "id", postgresql_where=text("read_state = 'unread'")),
        Index("ix_post_versions_reader_version", "reader_version"),
    )

    id: Mapped[Id]
    post_id: Mapped[Ref] = mapped_column(ForeignKey("posts.id", ondelete="CASCADE"))
    number: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    content_hash: Mapped[str]
    seen_at: Mapped[datetime]
    stated_at: Mapped[datetime | None]
    edited_at: Mapped[datetime | None]
    fetch_id: Mapped[int | None] = mapped_column(BigInteger)
    reader_version: Mapped[int | None]
    read_state: Mapped[str] = mapped_column(default=ReadState.UNREAD, server_default=ReadState.UNREAD)
    attempts: Mapped[int] = mapped_column(default=0, server_default="0")
    leased_until: Mapped[datetime | None]
    read_error: Mapped[str | None]

    post: Mapped[Post] = relationship(lazy="raise", back_populates="versions")


class PostMedia(Base):
    """Nothing is downloaded: `file_id` is Telegram's own, for whoever looks for the file there."""

    __tablename__ = "post_media"

    id: Mapped[Id]
    version_id: Mapped[Ref] = mapped_column(ForeignKey("post_versions.id", ondelete="CASCADE"), index=True)
    type: Mapped[str]
    name: Mapped[str | None]
    size: Mapped[int | None] = mapped_column(BigInteger)
    mime: Mapped[str | None]
    file_id: Mapped[str | None]
