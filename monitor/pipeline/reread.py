"""Run what is stored through the current reader again, in pieces that are marked and read one after the other.

What is marked stays marked and how far the marking has come is written with it, so that a rereading goes on where it
was killed, whoever reads meanwhile. All is read before it is joined: half-read neighbours would change alerts for a
moment only.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Select, func, or_, select, update
from sqlalchemy.orm import Session

from models.enums import ReadState
from models.tables import AlertHistory, FigureRow, Post, PostVersion, Rereading, Source
from monitor.errors import BadInputError
from monitor.pipeline.among import among
from monitor.pipeline.join import join_next
from monitor.pipeline.read import outdated, read_next
from monitor.pipeline.rereading import FROM_SCRATCH
from monitor.pipeline.setup import Setup

PIECE: Final = 1000  # versions
LOOK_AGAIN: Final = timedelta(seconds=1)

Step = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Asked:
    """One rereading. `done` of `total` versions were marked when it was looked at; `resumed`: it was begun before."""

    id: int
    asked_at: datetime
    done: int
    total: int
    resumed: bool


@dataclass(frozen=True, slots=True)
class Reread:
    """`changes`: how many lines of each kind the histories of alerts have got since it began."""

    versions: int
    joins: int
    changes: dict[str, int]


def ask(setup: Setup, *, sources: Collection[str] = (), since: datetime | None = None, rejoin: bool = False) -> Asked:
    """The rereading that was begun and not ended goes on, whatever is asked for; else a new one begins.

    No sources: of all. `rejoin`: also join anew what reads as before. Raises BadInputError for a source not known.
    """
    with setup.transaction() as session:
        session.execute(select(func.pg_advisory_xact_lock(FROM_SCRATCH, PIECE)))
        begun = session.scalar(select(Rereading).where(Rereading.finished_at.is_(None)).order_by(Rereading.id))
        if begun is not None:
            return Asked(begun.id, begun.asked_at, begun.done, begun.total, resumed=True)
        _know(session, sources)
        last = session.scalar(select(func.max(PostVersion.id))) or 0
        row = Rereading(
            asked_at=setup.now(), sources=sorted(sources), since=since, rejoin=rejoin, last_id=last, cursor=last + 1,
            total=0, done=0,
        )  # fmt: skip
        row.total = session.scalar(select(func.count()).select_from(_scope(row).subquery())) or 0
        session.add(row)
        session.flush()
        return Asked(row.id, row.asked_at, 0, row.total, resumed=False)


def go_on(setup: Setup, asked: Asked, *, step: Step, wait: Callable[[timedelta], None]) -> Reread:
    """Until it is done. `step` is told how many more versions were read, `wait` waits for what others are reading."""
    while marked := _mark_piece(setup, asked.id):
        _read_all(setup, wait)
        step(marked)
    _read_all(setup, wait)
    joins = 0
    while join_next(setup):
        joins += 1
    with setup.transaction() as session:
        row = session.get_one(Rereading, asked.id)
        row.finished_at = setup.now()
        return Reread(row.done, joins, _changes(session, row.asked_at))


def _read_all(setup: Setup, wait: Callable[[timedelta], None]) -> None:
    """What others have taken is theirs until their lease ends: whoever was killed reads no more."""
    while True:
        while read_next(setup) is not None:
            pass
        with setup.transaction() as session:
            if session.scalar(select(PostVersion.id).where(outdated(setup.reader().version)).limit(1)) is None:
                return
        wait(LOOK_AGAIN)


def _mark_piece(setup: Setup, rereading: int) -> int:
    with setup.transaction() as session:
        row = session.get_one(Rereading, rereading, with_for_update=True)
        piece = _scope(row).where(PostVersion.id < row.cursor).order_by(PostVersion.id.desc()).limit(PIECE)
        ids = session.scalars(piece).all()
        if ids:
            done = PostVersion.read_state != ReadState.UNREAD, among(PostVersion.id, ids)
            session.execute(update(PostVersion).where(*done).values(reader_version=FROM_SCRATCH))
            row.cursor, row.done = ids[-1], row.done + len(ids)
        if ids and row.rejoin:
            session.execute(_tell_something(ids).values(unjoined_since=setup.now()))
        return len(ids)


def _scope(row: Rereading) -> Select[Any]:
    query = select(PostVersion.id).where(PostVersion.id <= row.last_id)
    if row.sources or row.since is not None:
        query = query.join(Post, Post.id == PostVersion.post_id)
    if row.sources:
        query = query.where(Post.source_id.in_(select(Source.id).where(among(Source.key, row.sources))))
    return query if row.since is None else query.where(Post.published_at >= row.since)


def _tell_something(versions: Collection[int]) -> Any:
    """Posts with figures, and official ones, whose word without a number counts too."""
    posts = select(Post.id).join(PostVersion, PostVersion.post_id == Post.id).join(Source, Source.id == Post.source_id)
    counts = PostVersion.id.in_(select(FigureRow.version_id).where(among(FigureRow.version_id, versions)))
    posts = posts.where(among(PostVersion.id, versions), or_(counts, Source.party.is_not(None)))
    return update(Post).where(Post.id.in_(posts))


def _know(session: Session, sources: Collection[str]) -> None:
    known = set(session.scalars(select(Source.key).where(among(Source.key, sources))))
    if unknown := sorted(set(sources) - known):
        raise BadInputError(f"{', '.join(unknown)}: no such source")


def _changes(session: Session, since: datetime) -> dict[str, int]:
    query = select(AlertHistory.what, func.count()).where(AlertHistory.at >= since).group_by(AlertHistory.what)
    return dict(session.execute(query.order_by(AlertHistory.what)).all())
