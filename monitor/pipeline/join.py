"""The serial step: figures of changed posts are joined with their neighbours, judged, and told as alerts.

One transaction under one advisory lock: killed at any moment it leaves nothing behind, and run again it comes to the
same. What it comes to depends on what is stored alone, not on the order in which it came.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

import structlog
from sqlalchemy import Select, func, select, tuple_, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from models.enums import Verdict
from models.tables import EventFigure, FigureRow, Heartbeat, Issue, Post, PostVersion
from monitor.pipeline.among import among
from monitor.pipeline.health import beat, report
from monitor.pipeline.joining import Joining
from monitor.pipeline.setup import Setup

log = structlog.get_logger()

LOCK: Final = 0x6A6F696E  # any number that nothing else locks by
BATCH: Final = 1000
BATCH_SPAN: Final = timedelta(days=2)  # posts of one join lie near each other, or its neighbourhood would be everything
DUE: Final = "join_due"
LOOKED_BACK: Final = timedelta(days=1)
LOOKED_EVERY: Final = timedelta(minutes=1)
EDITED_WITHIN: Final = timedelta(days=7)
UNJOINED: Final = "unjoined"


def join_next(setup: Setup, *, as_stated: bool = False) -> bool:
    """Join one batch of posts whose figures have changed; False where none waits.

    `as_stated`: in the order of their times, and alerts are dated by what was stated rather than by now, as when a past
    case is replayed. Else the newest come first, so that an archive does not hold up the day.
    """
    with setup.transaction() as session:
        _pass_over_timeless(session)
        waiting = _waiting(session, oldest_first=as_stated)
    if waiting:
        _join(setup, waiting, as_stated=as_stated)
    return bool(waiting)


def join_due(setup: Setup) -> int:
    """Have posts joined again whose time has come: six hours without an official figure. Returns how many."""
    now, after = setup.now(), setup.settings.thresholds.silence_after
    with setup.transaction() as session:
        last = session.scalar(select(Heartbeat.at).where(Heartbeat.name == DUE)) or now - LOOKED_BACK
        if now - last < LOOKED_EVERY:
            return 0
        flag = update(Post).where(Post.id.in_(_unanswered(last - after, now - after)), Post.unjoined_since.is_(None))
        flagged = session.scalars(flag.values(unjoined_since=now).returning(Post.id)).all()
        beat(session, DUE, now)
    return len(flagged)


def _join(setup: Setup, waiting: Mapping[int, datetime], *, as_stated: bool) -> None:
    """What makes joining fail is our own fault, and must not hold up the rest: it is found by halves, and set aside."""
    try:
        with setup.transaction() as session:
            session.execute(select(func.pg_advisory_xact_lock(LOCK)))
            joined = Joining(session, setup.settings, setup.now(), as_stated=as_stated).join(waiting.keys())
            _done(session, waiting, setup.now())
    except SQLAlchemyError:
        raise
    except Exception as error:
        log.exception("join_failed", posts=len(waiting))
        posts = list(waiting.items())
        if len(posts) == 1:
            _set_aside(setup, waiting, f"{type(error).__name__}: {error}"[:500])
            return
        for half in (posts[: len(posts) // 2], posts[len(posts) // 2 :]):
            _join(setup, dict(half), as_stated=as_stated)
    else:
        log.info("joined", posts=len(waiting), events=joined.events, alerts=joined.changes)


def _set_aside(setup: Setup, waiting: Mapping[int, datetime], reason: str) -> None:
    """It waits no more; reading it anew, or another change, brings it back."""
    with setup.transaction() as session:
        _done(session, waiting, setup.now())
        for post in waiting:
            report(session, _subject(post), UNJOINED, reason, setup.now())


def _subject(post: int) -> str:
    return f"post:{post}"


def _unanswered(since: datetime, until: datetime) -> Select[int]:
    """Posts with a claim of this time that no official figure has answered."""
    query = select(PostVersion.post_id).join(FigureRow, FigureRow.version_id == PostVersion.id)
    query = query.join(EventFigure, EventFigure.figure_id == FigureRow.id)
    return query.join(Post, Post.id == PostVersion.post_id).where(
        Post.published_at > since - EDITED_WITHIN,
        PostVersion.stated_at > since,
        PostVersion.stated_at <= until,
        EventFigure.verdict == Verdict.NO_OFFICIAL_FIGURE,
    )


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


def _done(session: Session, joined: Mapping[int, datetime], now: datetime) -> None:
    """What has changed again meanwhile waits on."""
    as_joined = tuple_(Post.id, Post.unjoined_since).in_(joined.items())
    session.execute(update(Post).where(as_joined).values(unjoined_since=None))
    told = Issue.kind == UNJOINED, Issue.closed_at.is_(None), among(Issue.subject, map(_subject, joined))
    session.execute(update(Issue).where(*told).values(closed_at=now))
