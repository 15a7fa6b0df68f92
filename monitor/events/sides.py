"""Whose losses a relay counts: the party's own words say it better than the text that passes them on."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Final, TypeAlias

from models.enums import UNKNOWN_SIDE
from monitor.events.profiles import RARE_FROM, value_of
from monitor.measures import measure_of
from monitor.statements import Statement

TOLD_WITHIN: Final = timedelta(days=10)

Told: TypeAlias = tuple[str, str, float | None, float | None]


def with_sides(statements: Sequence[Statement]) -> list[Statement]:
    """A number that a party gave, told again in its name, counts the side that the party counted."""
    own: dict[Told, list[Statement]] = defaultdict(list)
    for statement in statements:
        if statement.own and statement.speaker.party and statement.figure.side != UNKNOWN_SIDE:
            own[_told(statement)].append(statement)
    return [_as_the_party(statement, own) for statement in statements]


def _as_the_party(statement: Statement, own: Mapping[Told, Sequence[Statement]]) -> Statement:
    if statement.own or not statement.speaker.party:
        return statement
    sides = {said.figure.side for said in _same(statement, own.get(_told(statement), ()))}
    if len(sides) != 1 or statement.figure.side in sides:
        return statement
    return replace(statement, figure=replace(statement.figure, side=sides.pop()))


def _same(statement: Statement, said: Iterable[Statement]) -> Iterable[Statement]:
    """A small number is the same one only of the same place."""
    figure = statement.figure
    for each in said:
        near = abs(each.post.stated_at - statement.post.stated_at) <= TOLD_WITHIN
        rare = value_of(figure) >= RARE_FROM or each.figure.place == figure.place
        if near and rare:
            yield each


def _told(statement: Statement) -> Told:
    figure = statement.figure
    return statement.speaker.key, measure_of(figure), figure.low, figure.high
