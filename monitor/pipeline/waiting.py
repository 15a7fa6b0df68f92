"""Which posts are joined next, and what is set aside.

What is joined counts as tried before it is: a batch that took its worker down, or too long, is tried again in an eighth
of its size, at last post by post, behind all that was never tried.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import func, select, tuple_, update
from sqlalchemy.orm import Session

from models.tables import Issue, Post, Source
from monitor.pipeline.among import among
from monitor.pipeline.health import report
from monitor.pipeline.setup import Setup

BATCH: Final = 1000
BATCH_SPAN: Final = timedelta(days=2)  # posts of one join lie near each other, or its neighbourhood would be everything
SMALLER: Final = 8  # times, after each attempt
ALONE_AFTER: Final = 4  # attempts: 1000, 125, 15, 1
UNJOINED: Final = "unjoined"


@dataclass(frozen=True, slots=True)
class ToJoin:
    """With the time since which each post waits. `hopeless`: how many have just been set aside."""

    waiting: Mapping[int, datetime] = field(default_factory=dict)
    hopeless: int = 0


def take(
    session: Session, setup: Setup, *, oldest_first: bool = False, among_posts: Collection[int] | None = None
) -> ToJoin:
    """Of the example, or none is; an attempt is counted. What has been tried alone too often is set aside."""
    at = Post.published_at.asc() if oldest_first else Post.published_at.desc()
    columns = Post.id, Post.published_at, Post.example, Post.unjoined_since, Post.join_attempts
    query = select(*columns).where(Post.unjoined_since.is_not(None), Post.published_at.is_not(None))
    if among_posts is not None:
        query = query.where(among(Post.id, among_posts))
    rows = session.execute(query.order_by(Post.join_attempts, at, Post.id).limit(BATCH)).all()
    if not rows:
        return ToJoin()
    first, size = rows[0], max(1, BATCH // SMALLER ** rows[0].join_attempts)
    waiting = {
        row.id: row.unjoined_since
        for row in rows[:size]
        if row.join_attempts == first.join_attempts
        and row.example is first.example
        and abs(row.published_at - first.published_at) <= BATCH_SPAN
    }
    if first.join_attempts >= ALONE_AFTER - 1 + setup.settings.max_attempts:
        reason = f"joining it took its worker down, or too long, {setup.settings.max_attempts} times"
        set_aside(session, waiting, reason, setup.now())
        return ToJoin(hopeless=len(waiting))
    session.execute(update(Post).where(among(Post.id, waiting)).values(join_attempts=Post.join_attempts + 1))
    return ToJoin(waiting)


def done(session: Session, joined: Mapping[int, datetime], now: datetime) -> None:
    """What has changed again meanwhile waits on, as if never tried: this join did not fail it."""
    session.execute(update(Post).where(among(Post.id, joined)).values(join_attempts=0))
    as_joined = tuple_(Post.id, Post.unjoined_since).in_(joined.items())
    session.execute(update(Post).where(as_joined).values(unjoined_since=None, left_events=[]))
    told = Issue.kind == UNJOINED, Issue.closed_at.is_(None), among(Issue.subject, map(_subject, joined))
    session.execute(update(Issue).where(*told).values(closed_at=now))


def give_back(session: Session, waiting: Collection[int]) -> None:
    fewer = func.greatest(Post.join_attempts - 1, 0)
    session.execute(update(Post).where(among(Post.id, waiting)).values(join_attempts=fewer))


def set_aside(session: Session, waiting: Mapping[int, datetime], reason: str, now: datetime) -> None:
    """It waits no more; reading it anew, or another change, brings it back."""
    done(session, waiting, now)
    named = select(Post.id, Source.key, Post.external_id).join(Source, Source.id == Post.source_id)
    for post, source, external in session.execute(named.where(among(Post.id, waiting))):
        report(session, _subject(post), UNJOINED, f"{source}/{external}: {reason}", now)


def pass_over_timeless(session: Session) -> None:
    """A post without a time is stored and never joined."""
    timeless = Post.unjoined_since.is_not(None), Post.published_at.is_(None)
    session.execute(update(Post).where(*timeless).values(unjoined_since=None))


def _subject(post: int) -> str:
    return f"post:{post}"
