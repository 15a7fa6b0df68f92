"""The serial step: figures of changed posts are joined with their neighbours, judged, and told as alerts.

One transaction under one advisory lock: killed at any moment it leaves nothing behind, and run again it comes to the
same. What it comes to depends on what is stored alone, not on the order in which it came.
"""

from collections.abc import Collection, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Final

import structlog
from sqlalchemy import Select, func, select, update
from sqlalchemy.exc import DBAPIError, IntegrityError, InterfaceError, OperationalError

from models.enums import Verdict
from models.tables import EventFigure, FigureRow, Heartbeat, Post, PostVersion
from monitor.pipeline.health import beat
from monitor.pipeline.joining import Joining
from monitor.pipeline.setup import Setup
from monitor.pipeline.waiting import done, give_back, pass_over_timeless, set_aside, take

log = structlog.get_logger()

LOCK: Final = 0x6A6F696E  # any number that nothing else locks by
STATEMENT_TIMEOUT: Final = "300s"  # a query outlives its killed worker, and holds the lock so long
QUERY_CANCELED: Final = "57014"
DUE: Final = "join_due"
LOOKED_BACK: Final = timedelta(days=1)
LOOKED_EVERY: Final = timedelta(minutes=1)
EDITED_WITHIN: Final = timedelta(days=7)


def join_next(setup: Setup, *, as_stated: bool = False, cut_short: tuple[type[Exception], ...] = ()) -> bool:
    """Join one batch of posts whose figures have changed; False where none waits.

    `as_stated`: in the order of their times, and alerts are dated by what was stated rather than by now, as when a past
    case is replayed. Else the newest come first, so that an archive does not hold up the day. `cut_short`: what the
    caller's clock raises in a join that takes too long.
    """
    with setup.transaction() as session:
        pass_over_timeless(session)
        batch = take(session, setup, oldest_first=as_stated)
    if batch.waiting:
        _join(setup, batch.waiting, as_stated=as_stated, cut_short=cut_short)
    return bool(batch.waiting or batch.hopeless)


def join_these(setup: Setup, posts: Collection[int]) -> None:
    """Join what waits of these, at once."""
    while True:
        with setup.transaction() as session:
            batch = take(session, setup, among_posts=posts)
        if not batch.waiting:
            return
        _join(setup, batch.waiting, as_stated=False, cut_short=())


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


def _join(
    setup: Setup, waiting: Mapping[int, datetime], *, as_stated: bool, cut_short: tuple[type[Exception], ...]
) -> None:
    """What makes joining fail is our own fault, and must not hold up the rest: it is found by halves, and set aside.

    A join that is cut short counts as an attempt of all its posts, and the next one takes fewer of them.
    """
    try:
        with setup.transaction() as session:
            session.execute(select(func.pg_advisory_xact_lock(LOCK)))
            session.execute(select(func.set_config("statement_timeout", STATEMENT_TIMEOUT, True)))  # noqa: FBT003
            joined = Joining(session, setup.settings, setup.now(), as_stated=as_stated).join(waiting.keys())
            done(session, waiting, setup.now())
    except cut_short:
        log.warning("join_cut_short", posts=len(waiting))
        raise
    except (OperationalError, InterfaceError) as error:
        if not _took_too_long(error):
            _give_back(setup, waiting)  # the store's trouble, and no fault of these posts
        raise
    except IntegrityError:
        log.warning("join_overtaken", posts=len(waiting), exc_info=True)  # read anew meanwhile: they wait on
    except Exception as error:
        log.exception("join_failed", posts=len(waiting))
        posts = list(waiting.items())
        if len(posts) == 1:
            with setup.transaction() as session:
                set_aside(session, waiting, f"{type(error).__name__}: {error}"[:500], setup.now())
            return
        for half in (posts[: len(posts) // 2], posts[len(posts) // 2 :]):
            _join(setup, dict(half), as_stated=as_stated, cut_short=cut_short)
    else:
        log.info("joined", posts=len(waiting), events=joined.events, alerts=joined.changes)


def _took_too_long(error: DBAPIError) -> bool:
    return getattr(error.orig, "sqlstate", None) == QUERY_CANCELED


def _give_back(setup: Setup, waiting: Mapping[int, datetime]) -> None:
    """Where the store answers again; else they have one attempt more, which takes nothing from them."""
    with suppress(OperationalError, InterfaceError), setup.transaction() as session:
        give_back(session, waiting)


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
