"""All that is known of some events, in a handful of queries however many they are."""

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.tables import AlertRow, EventRow
from monitor.digests.values import EventMaterial, EventRef
from monitor.queries.findings import FindingBuilder
from monitor.queries.notes import notes_of
from monitor.queries.statements import speakers, statements_of


def event_ref(row: EventRow) -> EventRef:
    return EventRef(row.id, row.title, row.place_name, row.start_at, row.end_at, row.example)


def material_of(session: Session, rows: Sequence[EventRow]) -> list[EventMaterial]:
    if not rows:
        return []
    ids, known = [row.id for row in rows], speakers(session)
    statements = statements_of(session, ids, known)
    found = session.scalars(select(AlertRow).where(AlertRow.event_id.in_(ids)).order_by(AlertRow.id)).all()
    builder, notes = FindingBuilder(session, found, known), notes_of(session, statements)
    by_event: dict[str, list[AlertRow]] = defaultdict(list)
    for alert in found:
        by_event[str(alert.event_id)].append(alert)
    return [
        EventMaterial(
            event=(event := event_ref(row)),
            changed=row.changed_at,
            findings=tuple(builder.finding(alert, event, statements[row.id]) for alert in by_event[row.id]),
            statements=tuple(statements[row.id]),
            notes=tuple(notes.get(row.id, ())),
        )
        for row in rows
    ]
