"""Where posts of a channel may be missing, as rows that people look at. What is re-fetched stands in the cursor."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.enums import GapKind, GapState
from models.tables import GapRow, Source
from monitor.values import Survey

BLIND_AFTER: Final = timedelta(minutes=15)
BLIND_INTERVALS: Final = 3


def note_survey(session: Session, source: Source, survey: Survey, now: datetime) -> None:
    rows = session.scalars(select(GapRow).where(GapRow.source_id == source.id, GapRow.state == GapState.OPEN)).all()
    _note_leading(session, source, [row for row in rows if row.kind == GapKind.LEADING], survey.leading, now)
    _note_holes(session, source, [row for row in rows if row.kind == GapKind.IDS], survey, now)


def note_blindness(session: Session, source: Source, now: datetime, new_posts: int) -> None:
    """After a time without a poll: what was posted and taken back in it, nobody has seen."""
    if source.last_success_at is None:
        return
    usual = timedelta(seconds=source.current_interval_s or source.interval_s or 0)
    if now - source.last_success_at > max(BLIND_AFTER, BLIND_INTERVALS * usual):
        since = source.last_success_at
        times = {"since": since, "until": now, "opened_at": since, "closed_at": now}
        row = GapRow(source_id=source.id, kind=GapKind.DEAD, state=GapState.FILLED, found=new_posts, **times)
        session.add(row)


def runs(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    """First and last of each unbroken row of numbers."""
    first = last = None
    for number in sorted(numbers):
        if last is not None and number == last + 1:
            last = number
            continue
        if first is not None and last is not None:
            yield first, last
        first = last = number
    if first is not None and last is not None:
        yield first, last


def _note_leading(
    session: Session, source: Source, rows: Sequence[GapRow], leading: Sequence[tuple[int, int]], now: datetime
) -> None:
    """It is read from above: the low end tells which one it is."""
    left, known = dict(leading), {row.low: row for row in rows}
    for low, row in known.items():
        if low in left:
            row.high = left[low]
        else:
            row.state, row.closed_at = GapState.FILLED, now
    for low, high in leading:
        if low not in known:
            session.add(_open(source, GapKind.LEADING, low, high, now))


def _note_holes(session: Session, source: Source, rows: Sequence[GapRow], survey: Survey, now: datetime) -> None:
    holes, filled = set(survey.holes), set(survey.filled)
    for row in rows:
        mine = range(row.low or 0, (row.high or 0) + 1)
        row.found += sum(number in filled for number in mine)
        if holes.isdisjoint(mine):
            row.state, row.closed_at = (GapState.FILLED if row.found else GapState.EMPTY), now
        holes.difference_update(mine)
    session.add_all(_open(source, GapKind.IDS, low, high, now) for low, high in runs(holes))


def _open(source: Source, kind: GapKind, low: int, high: int, now: datetime) -> GapRow:
    return GapRow(source_id=source.id, kind=kind, state=GapState.OPEN, low=low, high=high, opened_at=now)
