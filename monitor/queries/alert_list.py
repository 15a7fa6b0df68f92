"""Alerts as a list to work through: filtered, by pages, the newest first."""

from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from models.enums import AlertKind, AlertState, Severity
from models.tables import AlertRow, EventRow
from monitor.digests.values import EventRef, Finding
from monitor.queries.alerts import event_of
from monitor.queries.findings import FindingBuilder
from monitor.queries.material import event_ref
from monitor.queries.statements import speakers

PAGE: Final = 50


@dataclass(frozen=True, slots=True)
class AlertFilter:
    """None leaves open. `speaker`: a part of the key or name. `state` None: of every state."""

    state: AlertState | None = AlertState.OPEN
    kind: AlertKind | None = None
    severity: Severity | None = None
    speaker: str | None = None
    event: str | None = None
    to_check: bool | None = None


@dataclass(frozen=True, slots=True)
class AlertList:
    findings: tuple[Finding, ...]
    more: bool


def alert_list(session: Session, wanted: AlertFilter, page: int = 1) -> AlertList:
    """Findings as the alerts themselves keep them: the quotes in their posts are on each alert's own page."""
    query = _filtered(wanted).order_by(AlertRow.updated_at.desc(), AlertRow.id.desc())
    rows = session.scalars(query.limit(PAGE + 1).offset((page - 1) * PAGE)).all()
    shown, events = rows[:PAGE], _events(session, rows)
    builder = FindingBuilder(session, shown, speakers(session))
    found = (builder.finding(row, events.get(row.event_id or "") or event_of(session, row), ()) for row in shown)
    return AlertList(tuple(found), more=len(rows) > PAGE)


def _filtered(wanted: AlertFilter) -> Select[Any]:
    query = select(AlertRow)
    equal = {
        AlertRow.state: wanted.state, AlertRow.kind: wanted.kind, AlertRow.severity: wanted.severity,
        AlertRow.event_id: wanted.event,
    }  # fmt: skip
    query = query.where(*(column == value for column, value in equal.items() if value is not None))
    if wanted.to_check is not None:
        query = query.where(AlertRow.to_check.is_(wanted.to_check))
    if wanted.speaker is not None:
        names = AlertRow.speaker, AlertRow.speaker_name
        query = query.where(or_(*(name.icontains(wanted.speaker, autoescape=True) for name in names)))
    return query


def _events(session: Session, rows: Any) -> dict[str, EventRef]:
    ids = {row.event_id for row in rows if row.event_id is not None}
    return {row.id: event_ref(row) for row in session.scalars(select(EventRow).where(EventRow.id.in_(ids)))}
