"""How many calls an account may make, and how its channels share them."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.settings import load_settings
from models.enums import Method
from monitor.pipeline.budgets import Budget, budgets_for, room_at
from monitor.pipeline.sharing import capacity, stretched

NOW = datetime(2023, 1, 2, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def calls(*seconds_ago: float) -> list[datetime]:
    return [NOW - each * SECOND for each in seconds_ago]


ROOM = [
    ("none yet", calls(), 0),
    ("one left", calls(20), 0),
    ("spent", calls(20, 5), 10.25),
    ("spent, the first long ago", calls(31, 5), 0),
    ("overdrawn", calls(20, 10, 5), 20.25),
]


@pytest.mark.parametrize(("name", "before", "wait"), ROOM, ids=[case[0] for case in ROOM])
def test_when_the_next_call_is_within_the_budget(name: str, before: list[datetime], wait: float) -> None:
    assert room_at(before, [Budget(2, 30 * SECOND)], NOW) == NOW + wait * SECOND


@given(st.lists(st.floats(0, 20), max_size=60), st.integers(1, 5))
def test_whoever_waits_for_room_keeps_to_the_budget_at_any_moment(gaps: list[float], most: int) -> None:
    budget, made, now = Budget(most, 10 * SECOND), list[datetime](), NOW
    for gap in gaps:
        now = room_at(made, [budget], now + gap * SECOND)
        made.append(now)
    assert all(sum(at <= each < at + budget.window for each in made) <= most for at in made)


def test_handles_have_a_budget_of_a_minute_and_one_of_a_day() -> None:
    settings = load_settings(account_resolves_minute=5, account_resolves_day=150)
    assert budgets_for(Method.RESOLVE, settings) == (
        Budget(5, timedelta(minutes=1)), Budget(150, timedelta(days=1)),
    )  # fmt: skip


def test_what_is_in_no_hurry_has_half_of_the_budget() -> None:
    settings = load_settings(account_history_calls=24)
    assert [each.calls for each in budgets_for(Method.HISTORY, settings, low=True)] == [12]


SHARED = [
    ("room for all", 60, False, 0.1, 0.3, 60),
    ("twice too many", 60, False, 0.0, 1.28, 120),
    ("intervals set by hand come first", 60, False, 0.32, 0.64, 120),
    ("those are kept", 30, True, 0.32, 6.4, 30),
    ("too many of those alone", 30, True, 1.28, 0.0, 60),
    ("they leave a tenth to the others", 60, False, 0.64, 0.064, 60),
]


@pytest.mark.parametrize(
    ("name", "wanted", "fixed", "fixed_rate", "other_rate", "given_"), SHARED, ids=[case[0] for case in SHARED]
)
def test_intervals_are_stretched_to_what_the_account_can_do(
    name: str, wanted: int, fixed: bool, fixed_rate: float, other_rate: float, given_: int
) -> None:
    most = capacity(load_settings(account_history_calls=24, account_calls_window=timedelta(seconds=30)))
    assert most == pytest.approx(0.64)
    found = stretched(wanted * SECOND, fixed=fixed, fixed_rate=fixed_rate, other_rate=other_rate, most=most)
    assert found / SECOND == pytest.approx(given_)
