"""One event with all its figures."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from models.tables import EventRow
from monitor.digests.compose import by_weight
from monitor.digests.values import EventRef, Finding, PostNote
from monitor.queries.decisions import DecisionLine, decisions_on, is_being_joined, nearby
from monitor.queries.groups import FigureGroup, group_figures
from monitor.queries.material import material_of


@dataclass(frozen=True, slots=True)
class EventPage:
    """`findings`: the open ones first, the heaviest of them on top. `joining`: it is being joined anew."""

    event: EventRef
    changed: datetime
    groups: tuple[FigureGroup, ...]
    findings: tuple[Finding, ...]
    notes: tuple[PostNote, ...]
    decisions: tuple[DecisionLine, ...]
    nearby: tuple[EventRef, ...]
    joining: bool


def event_page(session: Session, event_id: str) -> EventPage | None:
    row = session.get(EventRow, event_id)
    if row is None:
        return None
    known = material_of(session, [row])[0]
    groups = group_figures(known.statements, known.findings)
    return EventPage(
        known.event,
        known.changed,
        groups,
        tuple(by_weight(known.findings)),
        known.notes,
        decisions_on(session, event_id),
        nearby(session, row),
        is_being_joined(session, event_id),
    )
