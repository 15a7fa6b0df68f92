"""A joining as tests look at it."""

from typing import Any

from models.enums import Scope
from monitor.events import Neighbourhood, join
from monitor.statements import Event, Member, Statement
from tests.saying import Map


def joined(*statements: Statement, **given: Any) -> tuple[Event, ...]:
    return join(Neighbourhood(tuple(statements), **given), Map())


def holder(events: tuple[Event, ...], statement: Statement) -> Event | None:
    return next((event for event in events for each in event.members if each.statement.id == statement.id), None)


def member(events: tuple[Event, ...], statement: Statement) -> Member:
    return next(each for event in events for each in event.members if each.statement.id == statement.id)


def groups(events: tuple[Event, ...]) -> set[frozenset[str]]:
    return {frozenset(each.statement.id for each in event.members) for event in events}


def are_one(*statements: Statement, **given: Any) -> bool:
    """Totals aside, which belong to no event."""
    counted = (each.id for each in statements if each.figure.scope is Scope.EVENT)
    return frozenset(counted) in groups(joined(*statements, **given))
