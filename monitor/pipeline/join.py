"""The serial step: figures of changed posts are joined with their neighbours, judged, and told as alerts.

One transaction under one advisory lock: killed at any moment it leaves nothing behind, and run again it comes to the
same. What it comes to depends on what is stored alone, not on the order in which it came.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

import structlog
from sqlalchemy import func, select, tuple_, update
from sqlalchemy.orm import Session

from models.enums import Verdict
from models.tables import EventFigure, FigureRow, Heartbeat, Post, PostVersion
from monitor.pipeline.health import beat
from monitor.pipeline.joining import Joining
from monitor.pipeline.setup import Setup

log = structlog.get_logger()

LOCK: Final = 0x6A6F696E  # any number that nothing else locks by
BATCH: Final = 300
BATCH_SPAN: Final = timedelta(days=2)  # posts of one join lie near each other, or its neighbourhood would be everything
DUE: Final = "join_due"
LOOKED_BACK: Final = timedelta(days=1)


def join_next(setup: Setup, *, as_stated: bool = False) -> bool:
    """Join one batch of posts whose figures have changed; False where none waits.

    `as_stated`: in the order of their times, and alerts are dated by what was stated rather than by now, as when a past
    case is replayed. Else the newest come first, so that an archive does not hold up the day.
    """
    with setup.transaction() as session:
        session.execute(select(func.pg_advisory_xact_lock(LOCK)))
        _pass_over_timeless(session)
        waiting = _waiting(session, oldest_first=as_stated)
        if not waiting:
            return False
        joined = Joining(session, setup.settings, setup.now(), as_stated=as_stated).join(waiting.keys())
        _done(session, waiting)
    log.info("joined", posts=len(waiting), events=joined.events, alerts=joined.changes)
    return True


def join_due(setup: Setup) -> int:
    """Have posts joined again whose time has come: six hours without an official figure. Returns how many."""
    now, after = setup.now(), setup.settings.thresholds.silence_after
    with setup.transaction() as session:
        last = session.scalar(select(Heartbeat.at).where(Heartbeat.name == DUE)) or now - LOOKED_BACK
        waiting = select(PostVersion.post_id).join(FigureRow, FigureRow.version_id == PostVersion.id)
        waiting = waiting.join(EventFigure, EventFigure.figure_id == FigureRow.id).where(
            EventFigure.verdict == Verdict.NO_OFFICIAL_FIGURE,
            PostVersion.stated_at > last - after,
            PostVersion.stated_at <= now - after,
        )
        flag = update(Post).where(Post.id.in_(waiting), Post.unjoined_since.is_(None)).values(unjoined_since=now)
        flagged = session.scalars(flag.returning(Post.id)).all()
        beat(session, DUE, now)
    return len(flagged)


def _pass_over_timeless(session: Session) -> None:
    """A post without a time is stored and never joined."""
    timeless = Post.unjoined_since.is_not(None), Post.published_at.is_(None)
    session.execute(update(Post).where(*timeless).values(unjoined_since=None))


def _waiting(session: Session, *, oldest_first: bool) -> Mapping[int, datetime]:
    """With the time since which each one waits; of the example, or none is."""
    order = Post.published_at.asc() if oldest_first else Post.published_at.desc()
    columns = Post.id, Post.published_at, Post.example, Post.unjoined_since
    query = select(*columns).where(Post.unjoined_since.is_not(None)).order_by(order, Post.id).limit(BATCH)
    rows = session.execute(query).all()
    first = rows[0] if rows else None
    return {
        row.id: row.unjoined_since
        for row in rows
        if first is not None
        and row.example is first.example
        and abs(row.published_at - first.published_at) <= BATCH_SPAN
    }


def _done(session: Session, joined: Mapping[int, datetime]) -> None:
    """What has changed again meanwhile waits on."""
    as_joined = tuple_(Post.id, Post.unjoined_since).in_(joined.items())
    session.execute(update(Post).where(as_joined).values(unjoined_since=None))
