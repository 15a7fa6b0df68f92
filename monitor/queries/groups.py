"""The figures of an event by what is counted, as the rules group them, but with all people beside each other."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from models.enums import PEOPLE, UNKNOWN_SIDE, AlertState, Bound, Measure, Object
from monitor.digests.values import Finding, ToldFigure
from monitor.measures import measure_of
from monitor.queries.register import register_steps
from monitor.values import Figure
from monitor.verdicts.groups import CHILDREN, part_key

MEASURE_ORDER = tuple(Measure)
EVERYBODY = "people"


@dataclass(frozen=True, slots=True)
class Counted:
    """`kind` is an object, or all people together: 'soldiers' and 'comrades' are to be seen beside each other."""

    measure: Measure
    kind: str
    side: str
    part: str | None


@dataclass(frozen=True, slots=True)
class FigureGroup:
    """`object` is the one named most often. `register`: what the official side said, step by step."""

    measure: Measure
    object: Object
    side: str
    part: str | None
    statements: tuple[ToldFigure, ...]
    register: tuple[ToldFigure, ...]


def group_figures(statements: Iterable[ToldFigure], findings: Iterable[Finding]) -> tuple[FigureGroup, ...]:
    """Groups with an open finding first, then in the order of the measures, parts behind their whole."""
    members = grouped(statements)
    found = {_counted_by(finding) for finding in findings if finding.state is not AlertState.CLOSED}
    order = sorted(members, key=lambda key: _weight(key, found))
    return tuple(_group(key, members[key]) for key in order)


def grouped(statements: Iterable[ToldFigure]) -> Mapping[Counted, list[ToldFigure]]:
    """Each group in the order of speaking."""
    told = sorted(statements, key=_time)
    sides = _known_sides(told)
    members: dict[Counted, list[ToldFigure]] = defaultdict(list)
    for each in told:
        members[_counted(each, sides)].append(each)
    return members


def _counted(told: ToldFigure, sides: Mapping[bool, frozenset[str]]) -> Counted:
    """A side left open is the only one that the event knows for people or for things."""
    known = sides[told.said.object in PEOPLE]
    side = next(iter(known)) if told.side == UNKNOWN_SIDE and len(known) == 1 else told.side
    return Counted(_measure(told), _kind(told.said.object), side, _part(told))


def _counted_by(finding: Finding) -> Counted:
    return Counted(finding.measure, _kind(finding.object), finding.side, finding.part)


def _known_sides(told: Iterable[ToldFigure]) -> Mapping[bool, frozenset[str]]:
    known = {(each.said.object in PEOPLE, each.side) for each in told if each.side != UNKNOWN_SIDE}
    return {people: frozenset(side for kind, side in known if kind is people) for people in (True, False)}


def _measure(told: ToldFigure) -> Measure:
    return measure_of(Figure(0, 0, "", told.said.measure, told.said.object, None, None, Bound.EXACT))


def _kind(thing: Object) -> str:
    return EVERYBODY if thing in PEOPLE else thing


def _part(told: ToldFigure) -> str | None:
    if told.said.object is Object.CHILD:
        return CHILDREN
    return None if told.part is None else part_key(told.part)


def _group(key: Counted, members: list[ToldFigure]) -> FigureGroup:
    objects = [each.said.object for each in members]
    named = max(objects, key=objects.count)
    return FigureGroup(key.measure, named, key.side, key.part, tuple(members), register_steps(members))


def _weight(key: Counted, found: set[Counted]) -> tuple[bool, int, str, str]:
    return key not in found, MEASURE_ORDER.index(key.measure), key.kind, key.part or ""


def _time(told: ToldFigure) -> tuple[bool, float]:
    """What has no time stands last."""
    return told.said_at is None, 0 if told.said_at is None else told.said_at.timestamp()
