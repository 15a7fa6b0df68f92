"""Events and their figures in the tables, written by difference: what stays the same is not touched."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, TypeAlias

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from models.tables import EventFigure, EventRow
from monitor.measures import measure_of
from monitor.pipeline.among import among
from monitor.pipeline.surroundings import Surroundings
from monitor.statements import Assignment, Event, Judged, Judgement, Member, Thresholds
from monitor.verdicts.record import fared

Values: TypeAlias = dict[str, Any]
_JUDGED: Final = (
    "verdict", "rule", "ratio", "reason", "carried_by", "speaker", "speaker_name", "measure", "side", "at_odds", "odds",
    "turned",
)  # fmt: skip


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
    joined = select(EventFigure.event_id).where(among(EventFigure.statement_id, statements))
    ids = near.events | set(session.scalars(joined))
    events = session.execute(select(EventRow.__table__).where(among(EventRow.id, ids))).mappings()
    figures = session.execute(select(EventFigure.__table__).where(among(EventFigure.event_id, ids))).mappings()
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


def judged_values(judged: Judged | None, judgement: Judgement, thresholds: Thresholds) -> Values:
    """None: what was stated later than now is not judged yet."""
    if judged is None:
        return {"role": ""} | dict.fromkeys(_JUDGED)
    speaker, figure = judged.speaker or judged.statement.speaker, judged.statement.figure
    counted, fares = judged.key, fared(judged, judgement, thresholds)
    return {
        "role": judged.role.value,
        "verdict": None if judged.verdict is None else judged.verdict.value,
        "rule": None if judged.rule is None else judged.rule.value,
        "ratio": judged.ratio,
        "reason": judged.reason,
        "carried_by": judged.carried_by,
        "speaker": speaker.key,
        "speaker_name": speaker.name,
        "measure": (measure_of(figure) if counted is None else counted.measure).value,
        "side": figure.side if counted is None else counted.side,
        "at_odds": fares.at_odds,
        "odds": fares.odds,
        "turned": None if fares.turned is None else fares.turned.value,
    }


def differs(values: Values, before: Values | None) -> bool:
    return before is None or any(before[name] != value for name, value in values.items())


def write_events(
    session: Session,
    judgements: Iterable[Judgement],
    figures: Mapping[str, int],
    before: Stored,
    now: datetime,
    *,
    thresholds: Thresholds,
    example: bool,
) -> None:
    """`figures`: the row that each statement was read from. What is as before is left alone."""
    events: list[Values] = []
    links: list[Values] = []
    members = before.members()
    for judgement in judgements:
        changed = _changed_links(judgement, figures, before, thresholds)
        ids = {member.statement.id for member in judgement.event.members}
        values = event_values(judgement.event, example=example)
        if changed or ids != members.get(values["id"]) or differs(values, before.events.get(values["id"])):
            events.append(values | {"changed_at": now})
        links += changed
    _put(session, EventRow, events, "id")
    _put(session, EventFigure, links, "statement_id")


def _changed_links(
    judgement: Judgement, figures: Mapping[str, int], before: Stored, thresholds: Thresholds
) -> list[Values]:
    event, judged = judgement.event, {each.statement.id: each for each in judgement.statements}
    rows = []
    for member in event.members:
        statement = member.statement.id
        said = judged_values(judged.get(statement), judgement, thresholds)
        row = link_values(event, member, figures[statement]) | said
        if differs(row, before.figures.get(statement)):
            rows.append(row)
    return rows


def _put(session: Session, table: type[EventRow] | type[EventFigure], rows: list[Values], key: str) -> None:
    """Insert, or set all columns where the row is there."""
    if rows:
        put = insert(table)
        given = {name: put.excluded[name] for name in rows[0] if name != key}
        session.connection().execute(put.on_conflict_do_update(index_elements=[key], set_=given), rows)


def unlink(session: Session, statements: Iterable[str]) -> None:
    session.execute(delete(EventFigure).where(among(EventFigure.statement_id, set(statements))))


def remove_events(session: Session, events: Collection[str]) -> None:
    session.execute(delete(EventRow).where(among(EventRow.id, events)))
