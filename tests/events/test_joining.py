"""Which figures speak of one event: named situations. A line is a post; its last word is the event it belongs to."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.enums import EventKind, Stance
from monitor.events import Neighbourhood, join
from monitor.statements import Event, Statement
from tests.saying import DONETSK_REGION, Map, at, edited, place, post, say

HORLIVKA = place("Horlivka")


def joined(*statements: Statement, **given: object) -> tuple[Event, ...]:
    return join(Neighbourhood(tuple(statements), **given), Map())  # type: ignore[arg-type]


def groups(events: tuple[Event, ...]) -> set[frozenset[str]]:
    return {frozenset(member.statement.id for member in event.members) for event in events}


def are_one(*statements: Statement) -> bool:
    return frozenset(each.id for each in statements) in groups(joined(*statements))


def test_same_place_and_day_are_one_event() -> None:
    assert are_one(say(post("stratcom", at(1, 8)), "~400"), say(post("mod", at(2, 7)), "63"))
