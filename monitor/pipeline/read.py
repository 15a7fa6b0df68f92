"""One reading: a batch of versions that no reader of this version has seen becomes figures, in one transaction.

A text that takes its worker down takes its batch with it, once: what has been tried before is read alone, so that the
others go on and the one ends as `dead`.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import takewhile
from typing import Final

import structlog
from sqlalchemy import ColumnElement, and_, func, or_, select, update
from sqlalchemy.orm import Session

from models.enums import Lang, ReadState
from models.tables import Post, PostVersion, Source
from monitor.pipeline.figures import Reading, mark_not_read, store_readings
from monitor.pipeline.known import Known, known
from monitor.pipeline.setup import Reader, Setup
from monitor.values import ReadingContext

log = structlog.get_logger()

BATCH_SECONDS: Final = 20.0  # well below the time limit of a task: a slow batch is cut short, not killed


@dataclass(frozen=True, slots=True)
class Read:
    versions: int
    figures: int
    failed: int


@dataclass(frozen=True, slots=True)
class _Unread:
    version_id: int
    text: str
    context: ReadingContext


def read_next(setup: Setup) -> Read | None:
    """Read one batch, the newest first, so that an archive does not hold up the day. None where nothing waits."""
    reader = setup.reader()
    with setup.transaction() as session:
        batch = _take(session, setup, reader.version)
    if not batch:
        return None
    readings = _read(reader, batch)
    with setup.transaction() as session:
        figures = store_readings(session, readings, reader.version, setup.now())
        _give_back(session, [each.version_id for each in batch[len(readings) :]])
    failed = sum(reading.error is not None for reading in readings)
    log.info("read", versions=len(readings), figures=figures, failed=failed)
    return Read(len(readings), figures, failed)


def unread() -> ColumnElement[bool]:
    return PostVersion.read_state == ReadState.UNREAD


def outdated(version: int) -> ColumnElement[bool]:
    """Read, but by an older reader."""
    return and_(PostVersion.read_state != ReadState.UNREAD, PostVersion.reader_version < version)


def _take(session: Session, setup: Setup, version: int) -> list[_Unread]:
    """Count the attempt first: what kills its worker must not be tried for ever."""
    for waiting in (unread(), outdated(version)):
        while candidates := _candidates(session, waiting, setup):
            hopeless = [each for each, attempts in candidates if attempts >= setup.settings.max_attempts]
            if not hopeless:
                return _lease(session, [each for each, _ in candidates], setup)
            _bury(session, hopeless, version, setup)
    return []


def _candidates(session: Session, waiting: ColumnElement[bool], setup: Setup) -> list[tuple[int, int]]:
    """The first alone where it has been tried before, else all up to such a one."""
    now = setup.now()
    free = or_(PostVersion.leased_until.is_(None), PostVersion.leased_until <= now)
    newest = select(PostVersion.id, PostVersion.attempts).where(waiting, free).order_by(PostVersion.id.desc())
    some = newest.limit(setup.settings.read_batch).with_for_update(skip_locked=True)
    rows = [(version, attempts) for version, attempts in session.execute(some)]
    return rows[:1] if rows and rows[0][1] else list(takewhile(lambda row: row[1] == 0, rows))


def _lease(session: Session, ids: Sequence[int], setup: Setup) -> list[_Unread]:
    until = setup.now() + setup.settings.lease
    leasing = update(PostVersion).where(PostVersion.id.in_(ids))
    session.execute(leasing.values(attempts=PostVersion.attempts + 1, leased_until=until))
    columns = PostVersion.id, PostVersion.text, Post.lang, Source.side, Post.published_at, PostVersion.stated_at
    query = select(*columns).join(Post, Post.id == PostVersion.post_id).join(Source, Source.id == Post.source_id)
    rows = session.execute(query.where(PostVersion.id.in_(ids)).order_by(PostVersion.id.desc()))
    world = known(session)
    return [_unread(*row, world) for row in rows]


def _unread(
    version_id: int, text: str, lang: str | None, side: str, published: datetime | None, stated: datetime | None,
    world: Known,
) -> _Unread:  # fmt: skip
    context = ReadingContext(Lang(lang) if lang else None, side, published or stated, world.speakers, world.opponents)
    return _Unread(version_id, text, context)


def _read(reader: Reader, batch: Sequence[_Unread]) -> list[Reading]:
    """Of as many as the time allows, one at least."""
    ends, readings = time.monotonic() + BATCH_SECONDS, []
    for each in batch:
        readings.append(_reading(reader, each))
        if time.monotonic() > ends:
            break
    return readings


def _reading(reader: Reader, unread: _Unread) -> Reading:
    """What the reader raises is our own fault, and must not end the batch."""
    try:
        return Reading(unread.version_id, tuple(reader.read(unread.text, unread.context)))
    except Exception as error:
        log.exception("reading_failed", version=unread.version_id)
        return Reading(unread.version_id, error=f"{type(error).__name__}: {error}"[:500])


def _give_back(session: Session, ids: Sequence[int]) -> None:
    if ids:
        back = update(PostVersion).where(PostVersion.id.in_(ids))
        session.execute(back.values(attempts=func.greatest(PostVersion.attempts - 1, 0), leased_until=None))


def _bury(session: Session, ids: Sequence[int], version: int, setup: Setup) -> None:
    reason = f"reading took its worker down {setup.settings.max_attempts} times"
    mark_not_read(session, ids, version, ReadState.DEAD, reason, setup.now())
