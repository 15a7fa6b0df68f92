"""Which figures of an event may be compared at all: measure, object group, side counted, part (sections 1 and 4)."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from models.enums import PEOPLE, UNKNOWN_SIDE, Measure, Object, Scope, Stance
from monitor.measures import COUNTED_BY_DEFENDER, IN_THE_AIR, measure_of
from monitor.statements import Bench, Event, GroupKey, Member, Statement

CHILDREN = "children"
_PART_WORDS = re.compile(r"[^\W\d_]+|\d{1,2}[:.]\d{2}(?!\d)")


def part_of(member: Member) -> str | None:
    """The portion counted. A child is a part of the people hit, however the text puts it."""
    figure = member.statement.figure
    if figure.object is Object.CHILD:
        return CHILDREN
    if member.portion is not None or figure.part is None:
        return member.portion
    return part_key(figure.part.quote)


def part_key(quote: str) -> str | None:
    """The words of a portion and its clock times; counts are left out ('3 railway workers' after 'two')."""
    return " ".join(_PART_WORDS.findall(quote.casefold())) or None


@dataclass(frozen=True, slots=True)
class Grouping:
    """How one event sorts its figures: the sides settled, and the kinds of people that each side's officials state."""

    opponents: Mapping[str, tuple[str, ...]]
    defender: str | None
    sides: Mapping[bool, frozenset[str]]
    stated: Mapping[tuple[str, Measure | None], frozenset[Object]]

    def side_of(self, statement: Statement) -> str:
        """The side counted; where the text leaves it open, the only one that the event knows, else the speaker's."""
        figure = statement.figure
        if figure.side != UNKNOWN_SIDE:
            return figure.side
        known = self.sides.get(figure.object in PEOPLE, frozenset())
        if len(known) == 1:
            return next(iter(known))
        return self._side_by_speaker(statement) if not known else UNKNOWN_SIDE

    def _side_by_speaker(self, statement: Statement) -> str:
        if measure_of(statement.figure) in COUNTED_BY_DEFENDER:
            attackers = self.opponents.get(self.defender or statement.speaker.side, ())
            return attackers[0] if len(attackers) == 1 and (self.defender or statement.speaker.party) else UNKNOWN_SIDE
        party = statement.speaker.party and statement.figure.object in PEOPLE
        return statement.speaker.side if party else UNKNOWN_SIDE

    def reference_side(self, key: GroupKey) -> str | None:
        """Who may speak of it officially: the side counted, for things in the air the side under attack."""
        if key.side == UNKNOWN_SIDE:
            return None
        if key.measure not in COUNTED_BY_DEFENDER or key.group not in IN_THE_AIR:
            return key.side
        if self.defender is not None:
            return self.defender
        attacked = self.opponents.get(key.side, ())
        return attacked[0] if len(attacked) == 1 else None

    def key_of(self, member: Member) -> GroupKey:
        figure = member.statement.figure
        side, measure = self.side_of(member.statement), measure_of(figure)
        return GroupKey(measure, self._group_of(figure.object, side, measure), side, part_of(member))

    def _group_of(self, thing: Object, side: str, measure: Measure) -> Object:
        if thing not in PEOPLE:
            return thing
        whole = self.stated.get((side, None), frozenset())
        if not whole:
            return Object.PERSON
        if thing is not Object.PERSON:
            return Object.CIVILIAN if thing is Object.CHILD else thing
        stated = self.stated.get((side, measure), whole)
        return next(iter(stated)) if len(stated) == 1 else Object.PERSON

    def states_both(self, side: str) -> bool:
        return len(self.stated.get((side, None), frozenset())) > 1

    def states_only(self, side: str) -> Object | None:
        """The one kind of people that the reference side's figures of this event state."""
        stated = self.stated.get((side, None), frozenset())
        return next(iter(stated)) if len(stated) == 1 else None


def grouping_of(event: Event, bench: Bench) -> Grouping:
    """`stated`: military, civilian or both, as the reference side's own figures (else relays of them) put it."""
    firm = [member.statement for member in event.members if not member.suggested]
    sides = {people: _sides(firm, people=people) for people in (True, False)}
    draft = Grouping(bench.opponents, event.defender, sides, {})
    return Grouping(bench.opponents, event.defender, sides, _stated(firm, draft))


def _sides(statements: Iterable[Statement], *, people: bool) -> frozenset[str]:
    return frozenset(
        statement.figure.side
        for statement in statements
        if (statement.figure.object in PEOPLE) is people and statement.figure.side != UNKNOWN_SIDE
    )


def _stated(statements: list[Statement], draft: Grouping) -> dict[tuple[str, Measure | None], frozenset[Object]]:
    """By side and measure, and by side alone (measure None). Relays count only where a side said nothing itself."""
    stated: dict[tuple[str, Measure | None], set[Object]] = {}
    for own in (True, False):
        told = [statement for statement in statements if statement.own is own and _states_kind(statement)]
        known = set(stated)
        for statement in told:
            side = draft.side_of(statement)
            for key in ((side, None), (side, measure_of(statement.figure))):
                if _speaks_for(statement, side) and (side, None) not in known:
                    stated.setdefault(key, set()).add(statement.figure.object)
    return {key: frozenset(kinds) for key, kinds in stated.items()}


def _states_kind(statement: Statement) -> bool:
    figure = statement.figure
    kind = figure.object in {Object.MILITARY, Object.CIVILIAN}
    return kind and figure.scope is Scope.EVENT and figure.stance is Stance.ASSERTS


def _speaks_for(statement: Statement, side: str) -> bool:
    return statement.speaker.party and statement.speaker.side == side
