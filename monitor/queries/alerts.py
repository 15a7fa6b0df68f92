"""Alerts: as the contract's lines, and one with its history."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.enums import AlertKind, AlertState
from models.tables import AlertHistory, AlertRow, EventRow
from monitor.alerts.lines import in_order
from monitor.digests.values import Change, EventRef, Finding
from monitor.queries.findings import FindingBuilder
from monitor.queries.material import event_ref
from monitor.queries.statements import speakers, statements_of


def alerts(
    session: Session,
    *,
    states: Collection[AlertState] | None = (AlertState.OPEN,),
    kinds: Collection[AlertKind] | None = None,
    since: datetime | None = None,
    example: bool | None = None,
) -> list[dict[str, Any]]:
    """The contract's lines, oldest first; None takes all states, kinds, times, example or not."""
    query = select(AlertRow).order_by(AlertRow.opened_at, AlertRow.key)
    if states is not None:
        query = query.where(AlertRow.state.in_(states))
    if kinds is not None:
        query = query.where(AlertRow.kind.in_(kinds))
    if since is not None:
        query = query.where(AlertRow.updated_at >= since)
    if example is not None:
        query = query.where(AlertRow.example.is_(example))
    return [in_order(row.body | {"state": row.state}) for row in session.scalars(query)]


def alert_page(session: Session, public_id: str) -> Finding | None:
    row = session.scalar(select(AlertRow).where(AlertRow.public_id == public_id))
    if row is None:
        return None
    known = speakers(session)
    statements = statements_of(session, [row.event_id or ""], known)[row.event_id or ""]
    return FindingBuilder(session, [row], known).finding(
        row, event_of(session, row), statements, _history(session, row)
    )


def event_of(session: Session, row: AlertRow) -> EventRef:
    """The event as it stands, else as the alert remembers it."""
    event = session.get(EventRow, row.event_id) if row.event_id is not None else None
    if event is not None:
        return event_ref(event)
    kept = row.body["event"]
    start = datetime.fromisoformat(kept["start"])
    return EventRef(kept["id"], kept["title"], kept["place"], start, start, row.example)


def _history(session: Session, row: AlertRow) -> list[Change]:
    query = select(AlertHistory).where(AlertHistory.alert_id == row.id).order_by(AlertHistory.at, AlertHistory.id)
    return [Change(each.at, each.what, each.reason) for each in session.scalars(query)]
