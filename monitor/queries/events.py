"""One event with all its figures, by what is counted."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from models.enums import PEOPLE, AlertState, Measure, Object, Stance
from models.tables import EventRow
from monitor.digests.values import EventRef, Finding, PostNote, ToldFigure
from monitor.queries.material import material_of

MEASURE_ORDER = tuple(Measure)


@dataclass(frozen=True, slots=True)
class FigureGroup:
    """What is compared with each other: one measure of one kind of thing on one side, whole or the same part of it.

    All people stand together, so that 'soldiers' and 'comrades' can be seen beside each other. `official` are the steps
    of what the official side said, oldest first.
    """

    measure: Measure
    object: Object
    side: str
    part: str | None
    statements: tuple[ToldFigure, ...]
    findings: tuple[Finding, ...]

    @property
    def official(self) -> tuple[ToldFigure, ...]:
        return tuple(each for each in self.statements if is_register_step(each))


@dataclass(frozen=True, slots=True)
class EventPage:
    event: EventRef
    changed: datetime
    groups: tuple[FigureGroup, ...]
    findings: tuple[Finding, ...]
    notes: tuple[PostNote, ...]


def event_page(session: Session, event_id: str) -> EventPage | None:
    row = session.get(EventRow, event_id)
    if row is None:
        return None
    material = material_of(session, [row])[0]
    groups = group_figures(material.statements, material.findings)
    return EventPage(material.event, material.changed, groups, material.findings, material.notes)


def group_figures(statements: Iterable[ToldFigure], findings: Iterable[Finding]) -> tuple[FigureGroup, ...]:
    """Groups with an open finding first, then in the order of the measures; parts behind their whole."""
    by_group: dict[tuple[Measure, str, str, str | None], list[ToldFigure]] = defaultdict(list)
    found: dict[tuple[Measure, str, str, str | None], list[Finding]] = defaultdict(list)
    for statement in statements:
        kind = _kind(statement.said.object)
        by_group[statement.said.measure, kind, statement.side, statement.part].append(statement)
    for finding in findings:
        found[finding.measure, _kind(finding.object), finding.side, finding.part].append(finding)
    groups = (_group(key, members, found.get(key, [])) for key, members in by_group.items())
    return tuple(sorted(groups, key=_weight))


def is_register_step(statement: ToldFigure) -> bool:
    """Whether this is a figure of the side that is counted, said by an official body of that side."""
    return statement.voice.official and statement.voice.side == statement.side and statement.stance is Stance.ASSERTS


def _kind(object_: Object) -> str:
    return "people" if object_ in PEOPLE else object_


def _group(
    key: tuple[Measure, str, str, str | None], members: list[ToldFigure], findings: list[Finding]
) -> FigureGroup:
    objects = [each.said.object for each in members]
    return FigureGroup(key[0], max(objects, key=objects.count), key[2], key[3], tuple(members), tuple(findings))


def _weight(group: FigureGroup) -> tuple[bool, int, str, str]:
    told = any(each.state is not AlertState.CLOSED for each in group.findings)
    return not told, MEASURE_ORDER.index(group.measure), group.object, group.part or ""
