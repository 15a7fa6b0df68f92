"""What has been kept long enough: raw bodies, polls, and the posts of sources that say how long they are kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete, exists, func, select, update
from sqlalchemy.orm import Session

from models.enums import FetchState
from models.tables import Fetch, FigureRow, PollRun, Post, PostVersion, Source
from monitor.pipeline.accounts import sweep_calls
from monitor.pipeline.figures import forget_figures
from monitor.pipeline.setup import Setup

AT_ONCE: Final = 500  # rows of each kind; what is left over waits for the next sweep
KEEP_POLLS: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Swept:
    fetches: int
    polls: int
    posts: int

    @property
    def full(self) -> bool:
        """Perhaps there is more."""
        return AT_ONCE in (self.fetches, self.polls, self.posts)


def sweep(setup: Setup) -> Swept:
    now = setup.now()
    with setup.transaction() as session:
        sweep_calls(session, now)
        fetches = _old_fetches(session, now - setup.settings.keep_bodies)
        return Swept(fetches, _old_polls(session, now - KEEP_POLLS), _old_posts(session, now))


def _old_fetches(session: Session, before: datetime) -> int:
    """Not those that wait to be parsed, however old."""
    old = select(Fetch.id).where(Fetch.fetched_at < before, Fetch.state != FetchState.STORED)
    gone = delete(Fetch).where(Fetch.id.in_(old.order_by(Fetch.fetched_at).limit(AT_ONCE)))
    return len(session.scalars(gone.returning(Fetch.id)).all())


def _old_polls(session: Session, before: datetime) -> int:
    old = select(PollRun.id).where(PollRun.started_at < before, PollRun.finished_at.is_not(None))
    gone = delete(PollRun).where(PollRun.id.in_(old.order_by(PollRun.started_at).limit(AT_ONCE)))
    return len(session.scalars(gone.returning(PollRun.id)).all())


def _old_posts(session: Session, now: datetime) -> int:
    """In two steps: the figures first, so that joining takes them out of events and alerts; then what has none left."""
    said_at = func.coalesce(Post.published_at, Post.first_seen_at)
    until = said_at + func.make_interval(0, 0, 0, 0, 0, 0, Source.retention_s)
    old = select(Post.id).join(Source, Source.id == Post.source_id).where(Source.retention_s.is_not(None), until < now)
    counts = exists().where(FigureRow.version_id == PostVersion.id, PostVersion.post_id == Post.id)
    _forget_figures(session, session.scalars(old.where(counts).limit(AT_ONCE)).all(), now)
    bare = session.scalars(old.where(~counts, Post.unjoined_since.is_(None)).limit(AT_ONCE)).all()
    session.execute(delete(Post).where(Post.id.in_(bare)))
    return len(bare)


def _forget_figures(session: Session, posts: Sequence[int], now: datetime) -> None:
    forget_figures(session, session.scalars(select(PostVersion.id).where(PostVersion.post_id.in_(posts))).all())
    session.execute(update(Post).where(Post.id.in_(posts)).values(unjoined_since=now))
