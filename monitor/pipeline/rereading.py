"""What has been read is read again where the reader, or what it knew of a source, has changed. In the background."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from models.enums import ReadState
from models.tables import Post, PostVersion

REREAD_BACK: Final = timedelta(days=30)  # whom names mean is not asked again of older posts
FROM_SCRATCH: Final = 0  # older than any reader


def read_again_recent(session: Session, now: datetime) -> None:
    """After names have changed: any post may speak of them."""
    _read_again(session, PostVersion.seen_at > now - REREAD_BACK)


def read_again_source(session: Session, source_id: int) -> None:
    """After its side or language has changed."""
    _read_again(session, PostVersion.post_id.in_(select(Post.id).where(Post.source_id == source_id)))


def join_again_source(session: Session, source_id: int, now: datetime) -> None:
    """After it has become, or ceased to be, somebody's own channel."""
    session.execute(update(Post).where(Post.source_id == source_id).values(unjoined_since=now))


def _read_again(session: Session, which: ColumnElement[bool]) -> None:
    done = PostVersion.read_state != ReadState.UNREAD
    session.execute(update(PostVersion).where(done, which).values(reader_version=FROM_SCRATCH))
