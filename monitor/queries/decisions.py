"""What people decided about an event, in the order taken, and where an event went that is no more."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from models.enums import DecidedRole, DecisionKind
from models.tables import DecisionFigure, DecisionRow, EventFigure, EventRow, FigureRow, Post, PostVersion
from monitor.digests.values import EventRef
from monitor.queries.material import event_ref

NEARBY: Final = timedelta(days=10)
MOST_NEARBY: Final = 40


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """`undone_by`: the id of the decision that took it back. `figures`: how many it is about."""

    id: int
    kind: DecisionKind
    event: str
    title: str
    other: str | None
    other_title: str | None
    at: datetime
    by: str
    reason: str
    figures: int
    undoes: int | None = None
    undone_by: int | None = None


def decisions_on(session: Session, event: str) -> tuple[DecisionLine, ...]:
    """Those that named it, and those about figures that it holds now."""
    held = select(DecisionFigure.decision_id).join(EventFigure, EventFigure.statement_id == DecisionFigure.statement_id)
    about = select(DecisionRow.id).where(
        or_(
            DecisionRow.event_id == event,
            DecisionRow.other_id == event,
            DecisionRow.id.in_(held.where(EventFigure.event_id == event)),
        )
    )
    ids = set(session.scalars(about))
    which = DecisionRow.id.in_(ids) | DecisionRow.undoes.in_(ids)
    rows = session.scalars(select(DecisionRow).where(which).order_by(DecisionRow.id)).all()
    return tuple(_lines(session, rows))


def _lines(session: Session, rows: Iterable[DecisionRow]) -> Iterable[DecisionLine]:
    known = list(rows)
    undone = {row.undoes: row.id for row in known if row.undoes is not None}
    concerned = DecisionFigure.role == DecidedRole.CONCERNED
    counts = select(DecisionFigure.decision_id, func.count()).where(
        concerned, DecisionFigure.decision_id.in_([row.id for row in known])
    )
    sizes = {decision: size for decision, size in session.execute(counts.group_by(DecisionFigure.decision_id))}  # noqa: C416
    for row in known:
        yield DecisionLine(
            row.id, DecisionKind(row.kind), row.event_id, row.title, row.other_id, row.other_title, row.decided_at,
            row.decided_by, row.reason, sizes.get(row.id, 0), row.undoes, undone.get(row.id),
        )  # fmt: skip


def heir_of(session: Session, event: str) -> str | None:
    """The event that holds what a decision once named as this one's, where that is another one now."""
    named = select(DecisionFigure.statement_id).join(DecisionRow, DecisionRow.id == DecisionFigure.decision_id)
    named = named.where(or_(DecisionRow.event_id == event, DecisionRow.other_id == event))
    now = select(EventFigure.event_id, func.count()).where(EventFigure.statement_id.in_(named))
    found = session.execute(now.group_by(EventFigure.event_id).order_by(func.count().desc(), EventFigure.event_id))
    return next((row.event_id for row in found if row.event_id != event), None)


def nearby(session: Session, event: EventRow) -> tuple[EventRef, ...]:
    """Events that this one may be merged with: of about its time, those of its place first."""
    here = EventRow.start_at.between(event.start_at - NEARBY, event.start_at + NEARBY)
    query = select(EventRow).where(here, EventRow.example.is_(event.example), EventRow.id != event.id)
    same_place = EventRow.place_name.is_not_distinct_from(event.place_name)
    distance = func.abs(func.extract("epoch", EventRow.start_at - event.start_at))
    rows = session.scalars(query.order_by(same_place.desc(), distance, EventRow.id).limit(MOST_NEARBY))
    return tuple(map(event_ref, rows))


def is_being_joined(session: Session, event: str) -> bool:
    """Whether one of its posts waits to be joined anew."""
    posts = select(Post.id).join(PostVersion, PostVersion.post_id == Post.id)
    posts = posts.join(FigureRow, FigureRow.version_id == PostVersion.id)
    posts = posts.join(EventFigure, EventFigure.figure_id == FigureRow.id)
    waiting = posts.where(EventFigure.event_id == event, Post.unjoined_since.is_not(None))
    return session.scalar(waiting.limit(1)) is not None
