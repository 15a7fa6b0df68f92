"""Events as a list, the newest first."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ScalarSelect, func, select
from sqlalchemy.orm import Session

from models.enums import AlertState
from models.tables import AlertRow, EventFigure, EventRow

AT_MOST: Final = 1000


@dataclass(frozen=True, slots=True)
class EventLine:
    """`suggested`: how many of its figures are not firmly linked."""

    id: str
    title: str
    kind: str
    place: str | None
    start: datetime
    end: datetime
    figures: int
    suggested: int
    alerts: int
    example: bool


def event_lines(
    session: Session, *, since: datetime | None = None, place: str | None = None, limit: int = 50
) -> list[EventLine]:
    """`since`: begun after it. `place`: a part of the place's name."""
    counts = _count(EventFigure), _count(EventFigure, EventFigure.suggested), _count(AlertRow, _standing())
    query = select(EventRow, *counts).order_by(EventRow.start_at.desc(), EventRow.id).limit(min(limit, AT_MOST))
    if since is not None:
        query = query.where(EventRow.start_at >= since)
    if place is not None:
        query = query.where(EventRow.place_name.icontains(place, autoescape=True))
    return [
        EventLine(
            row.id,
            row.title,
            row.kind,
            row.place_name,
            row.start_at,
            row.end_at,
            figures,
            suggested,
            alerts,
            row.example,
        )
        for row, figures, suggested, alerts in session.execute(query)
    ]


def _standing() -> Any:
    return AlertRow.state.in_((AlertState.OPEN, AlertState.ACKNOWLEDGED))


def _count(table: type[EventFigure] | type[AlertRow], *which: Any) -> ScalarSelect[int]:
    counting = select(func.count()).select_from(table).where(table.event_id == EventRow.id, *which)
    return counting.correlate(EventRow).scalar_subquery()
