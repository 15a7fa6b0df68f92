"""Events and their figures in the tables, written by difference: what stays the same is not touched."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from models.tables import EventFigure, EventRow
from monitor.pipeline.surroundings import Surroundings
from monitor.statements import Assignment, Event, Judged, Judgement, Member

Values: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Stored:
    """Events as they were joined last; those that have lost all their figures are among them."""

    events: Mapping[str, Values]
    figures: Mapping[str, Values]

    def assignments(self) -> tuple[Assignment, ...]:
        return tuple(Assignment(event, frozenset(ids)) for event, ids in sorted(self.members().items()))

    def members(self) -> Mapping[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for statement, row in self.figures.items():
            found[row["event_id"]].add(statement)
        return found


def stored(session: Session, near: Surroundings, statements: Collection[str]) -> Stored:
    """The events of these statements whole, and all others that `near` knows."""
    joined = select(EventFigure.event_id).where(EventFigure.statement_id.in_(statements))
    ids = near.events | set(session.scalars(joined))
    events = session.execute(select(EventRow.__table__).where(EventRow.id.in_(ids))).mappings()
    figures = session.execute(select(EventFigure.__table__).where(EventFigure.event_id.in_(ids))).mappings()
    return Stored(
        {row["id"]: dict(row) for row in events},
        {row["statement_id"]: dict(row) for row in figures},
    )


def event_values(event: Event, *, example: bool) -> Values:
    place = event.place
    return {
        "id": event.id,
        "title": event.title,
        "kind": event.kind.value,
        "place_name": None if place is None else place.name,
        "place_id": None if place is None else place.id,
        "start_at": event.start,
        "end_at": event.end,
        "example": example,
    }


def link_values(event: Event, member: Member, figure_id: int) -> Values:
    return {
        "statement_id": member.statement.id,
        "event_id": event.id,
        "figure_id": figure_id,
        "score": member.score,
        "reasons": list(member.reasons),
        "suggested": member.suggested,
    }


def judged_values(judged: Judged) -> Values:
    return {
        "role": judged.role.value,
        "verdict": None if judged.verdict is None else judged.verdict.value,
        "rule": None if judged.rule is None else judged.rule.value,
        "ratio": judged.ratio,
        "reason": judged.reason,
        "carried_by": judged.carried_by,
    }


def differs(values: Values, before: Values | None) -> bool:
    return before is None or any(before[name] != value for name, value in values.items())


def write_event(
    session: Session, judgement: Judgement, figures: Mapping[str, int], before: Stored, now: datetime, *, example: bool
) -> bool:
    """Whether anything changed."""
    event = judgement.event
    values = event_values(event, example=example)
    links = {member.statement.id: link_values(event, member, figures[member.statement.id]) for member in event.members}
    for judged in judgement.statements:
        links[judged.statement.id] |= judged_values(judged)
    changed = [row for statement, row in links.items() if differs(row, before.figures.get(statement))]
    known = before.events.get(event.id)
    left = {statement for statement, row in before.figures.items() if row["event_id"] == event.id} - set(links)
    if not changed and not left and not differs(values, known):
        return False
    _put(session, EventRow, [values | {"changed_at": now}], "id")
    _put(session, EventFigure, changed, "statement_id")
    return True


def _put(session: Session, table: type[EventRow] | type[EventFigure], rows: list[Values], key: str) -> None:
    """Insert, or set the given columns where the row is there."""
    for columns in {tuple(sorted(row)) for row in rows}:
        batch = [row for row in rows if tuple(sorted(row)) == columns]
        put = insert(table).values(batch)
        given = {name: put.excluded[name] for name in columns if name != key}
        session.execute(put.on_conflict_do_update(index_elements=[key], set_=given))


def unlink(session: Session, statements: Iterable[str]) -> None:
    session.execute(delete(EventFigure).where(EventFigure.statement_id.in_(set(statements))))


def remove_events(session: Session, events: Collection[str]) -> None:
    session.execute(delete(EventRow).where(EventRow.id.in_(events)))
