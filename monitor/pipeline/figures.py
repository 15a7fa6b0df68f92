"""Readings into the table of figures. Storing one twice changes nothing, and what stays the same keeps its rows."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import structlog
from sqlalchemy import ColumnElement, and_, cast, delete, insert, or_, select, update
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Session

from models.enums import ReadState
from models.tables import EventFigure, FigureRow, Issue, Post, PostVersion, Source
from monitor.pipeline.among import among
from monitor.pipeline.health import report
from monitor.pipeline.store import storable
from monitor.values import Figure

log = structlog.get_logger()

_COLUMNS: Final = tuple(
    column.name for column in FigureRow.__table__.columns if column.name not in ("id", "version_id", "reader_version")
)


@dataclass(frozen=True, slots=True)
class Reading:
    """`error`: why there is none; then what was read before stays."""

    version_id: int
    figures: tuple[Figure, ...] = ()
    error: str | None = None


def store_readings(session: Session, readings: Sequence[Reading], version: int, now: datetime) -> int:
    """How many figures were read. What another worker has read meanwhile is left alone."""
    mine = _lock(session, [reading.version_id for reading in readings], version)
    fresh = [each for each, state in mine.items() if state != ReadState.READ]
    given = {each.version_id: _rows(each) for each in readings if each.version_id in mine and each.error is None}
    changed = _replace(session, given, version)
    _mark_read(session, list(given), version, now)
    _mark_unjoined(session, fresh, changed, now)
    for each in readings:
        if each.version_id in mine and each.error is not None:
            mark_not_read(session, [each.version_id], version, ReadState.FAILED, each.error, now)
    return sum(map(len, given.values()))


def mark_not_read(
    session: Session, ids: Sequence[int], version: int, state: ReadState, reason: str, now: datetime
) -> None:
    """Given up by this version of the reader; the figures of an older one stay."""
    values = {"read_state": state, "reader_version": version, "read_error": storable(reason)}
    session.execute(update(PostVersion).where(PostVersion.id.in_(ids)).values(**values, attempts=0, leased_until=None))
    named = select(PostVersion.id, PostVersion.number, Post.external_id, Source.key)
    named = named.join(Post, Post.id == PostVersion.post_id).join(Source, Source.id == Post.source_id)
    for version_id, number, post, source in session.execute(named.where(PostVersion.id.in_(ids))):
        where = f"{source}/{post}, version {number}"
        report(session, subject_of_version(version_id), state, f"{where}: {storable(reason)}", now)


def subject_of_version(version_id: int) -> str:
    return f"version:{version_id}"


def _replace(session: Session, given: Mapping[int, Sequence[dict[str, Any]]], version: int) -> list[int]:
    """Which versions have other figures now than before."""
    stood = _standing(session, list(given))
    changed = [each for each, rows in given.items() if _sorted(rows) != _sorted(stood[each])]
    forget_figures(session, changed)
    rows = [{**row, "version_id": each, "reader_version": version} for each in changed for row in given[each]]
    if rows:
        session.execute(insert(FigureRow), rows)
    return changed


def forget_figures(session: Session, versions: Sequence[int]) -> None:
    """Their links to events go with them; the posts remember which events those were, for the next joining."""
    left = select(PostVersion.post_id, EventFigure.event_id).distinct()
    left = left.join(FigureRow, FigureRow.version_id == PostVersion.id)
    left = left.join(EventFigure, EventFigure.figure_id == FigureRow.id).where(among(PostVersion.id, versions))
    by_post: dict[int, list[str]] = defaultdict(list)
    for post, event in session.execute(left):
        by_post[post].append(event)
    for post, events in by_post.items():
        remembering = update(Post).where(Post.id == post)
        session.execute(remembering.values(left_events=Post.left_events.op("||")(cast(sorted(events), JSONB))))
    session.execute(delete(FigureRow).where(among(FigureRow.version_id, versions)))


def _lock(session: Session, ids: Sequence[int], version: int) -> Mapping[int, str]:
    """Those that no reader of this version or a newer one has read, with their state."""
    unread = or_(PostVersion.read_state == ReadState.UNREAD, PostVersion.reader_version < version)
    waiting = select(PostVersion.id, PostVersion.read_state).where(PostVersion.id.in_(ids), unread)
    rows = session.execute(waiting.order_by(PostVersion.id).with_for_update())
    return {version_id: state for version_id, state in rows}  # noqa: C416


def _standing(session: Session, ids: Sequence[int]) -> Mapping[int, list[dict[str, Any]]]:
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in session.scalars(select(FigureRow).where(FigureRow.version_id.in_(ids))):
        found[row.version_id].append({column: getattr(row, column) for column in _COLUMNS})
    return found


def _sorted(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(rows, key=_place)


def _place(row: Mapping[str, Any]) -> tuple[int, int, str]:
    return row["start"], row["end"], row["measure"]


def _mark_read(session: Session, ids: Sequence[int], version: int, now: datetime) -> None:
    done = update(PostVersion).where(PostVersion.id.in_(ids))
    as_read = {"read_state": ReadState.READ, "reader_version": version, "attempts": 0, "leased_until": None}
    session.execute(done.values(**as_read, read_error=None))
    subjects = Issue.subject.in_([subject_of_version(each) for each in ids])
    session.execute(update(Issue).where(subjects, Issue.closed_at.is_(None)).values(closed_at=now))


def _mark_unjoined(session: Session, fresh: Sequence[int], changed: Sequence[int], now: datetime) -> None:
    """What joining must look at: figures that came, changed or went; of what is read for the first time also a later
    version, which may have taken some back, and whatever an official body wrote: its word without a number counts."""
    counts = or_(PostVersion.id.in_(changed), and_(PostVersion.id.in_(fresh), _may_count()))
    posts = select(Post.id).join(PostVersion, PostVersion.post_id == Post.id).join(Source, Source.id == Post.source_id)
    session.execute(update(Post).where(Post.id.in_(posts.where(counts))).values(unjoined_since=now))


def _may_count() -> ColumnElement[bool]:
    return or_(Source.party.is_not(None), PostVersion.number > 1)


def _rows(reading: Reading) -> list[dict[str, Any]]:
    """One figure for a number and measure; a second one is the reader's fault, and must not stop the batch."""
    rows: dict[tuple[int, int, str], dict[str, Any]] = {}
    for row in map(_row, reading.figures):
        if rows.setdefault(_place(row), row) is not row:
            log.error("figure_doubled", version=reading.version_id, start=row["start"], measure=row["measure"])
    return list(rows.values())


def _row(figure: Figure) -> dict[str, Any]:
    speaker, place, part, as_of = figure.speaker, figure.place, figure.part, figure.as_of
    return {
        "start": figure.start, "end": figure.end, "quote": figure.quote, "measure": figure.measure.value,
        "object": figure.object.value, "low": figure.low, "high": figure.high, "bound": figure.bound.value,
        "modifier": figure.modifier.value, "side": figure.side, "scope": figure.scope.value,
        "part_quote": None if part is None else part.quote, "part_of": None if part is None else part.of,
        "stance": figure.stance.value, "provisional": figure.provisional,
        "speaker_quote": None if speaker is None else speaker.quote,
        "speaker_key": None if speaker is None else speaker.key,
        "place_quote": None if place is None else place.quote, "place_name": None if place is None else place.name,
        "place_id": None if place is None else place.id,
        "as_of_start": None if as_of is None else as_of.start, "as_of_end": None if as_of is None else as_of.end,
        "confidence": figure.confidence,
    }  # fmt: skip
