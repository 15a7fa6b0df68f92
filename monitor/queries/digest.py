"""The digest of a period."""

from datetime import datetime

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from models.enums import AlertState
from models.tables import AlertRow, EventRow
from monitor.digests import Digest, compose_digest
from monitor.digests.compose import MOST_EVENTS
from monitor.queries.health import coverage
from monitor.queries.material import material_of

READ_AT_MOST = 500


def digest(session: Session, since: datetime | None, now: datetime, *, most_events: int = MOST_EVENTS) -> Digest:
    """What was found since then (None: ever), what still stands, how far the sources were read. Examples apart."""
    query = (
        select(EventRow)
        .where(or_(EventRow.example, _concerns(since)))
        .order_by(EventRow.changed_at.desc(), EventRow.id)
    )
    rows = session.scalars(query.limit(READ_AT_MOST)).all()
    return compose_digest(
        material_of(session, rows), coverage(session, now), since=since, until=now, most_events=most_events
    )


def _concerns(since: datetime | None) -> ColumnElement[bool]:
    """Events that changed in the period, or that an alert still stands on."""
    told = AlertRow.state.in_((AlertState.OPEN, AlertState.ACKNOWLEDGED))
    if since is None:
        return EventRow.id.is_not(None)
    standing = select(AlertRow.event_id).where(told | (AlertRow.updated_at >= since))
    return (EventRow.changed_at >= since) | EventRow.id.in_(standing)
