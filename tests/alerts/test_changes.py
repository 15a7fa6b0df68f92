"""What is written down of alerts: named situations. Nothing is told twice."""

from dataclasses import replace

import pytest

from models.enums import AlertState, ChangeKind
from monitor.alerts import alerts_of, changes
from monitor.statements import Alert, AlertChange, Standing
from tests.saying import at, post, say
from tests.verdicts.judged import judged

NOW = at(9)
ALERT = next(iter(alerts_of(judged(say(post("stratcom", at(1)), "~400"), say(post("mod", at(2)), "63")))))
CHANGED = replace(ALERT, fingerprint="changed")
TO_CHECK = replace(ALERT, to_check=True)


def standing(state: AlertState, alert: Alert = ALERT, **given: object) -> Standing:
    return replace(Standing(alert.key, alert.fingerprint, state), **given)  # type: ignore[arg-type]


def change(alerts: list[Alert], known: list[Standing], *, why: str | None = None) -> list[AlertChange]:
    return changes(alerts, known, {} if why is None else {ALERT.key: why}, NOW)


@pytest.mark.parametrize(
    ("why", "alerts", "known", "expected"),
    [
        ("new", [ALERT], [], (ChangeKind.OPENED, AlertState.OPEN, True)),
        ("new and to check", [TO_CHECK], [], (ChangeKind.OPENED, AlertState.OPEN, False)),
        ("as before", [ALERT], [standing(AlertState.OPEN)], None),
        ("as acknowledged", [ALERT], [standing(AlertState.ACKNOWLEDGED)], None),
        ("changed", [CHANGED], [standing(AlertState.OPEN)], (ChangeKind.UPDATED, AlertState.OPEN, True)),
        (
            "changed back to what the desk was told before",
            [ALERT],
            [standing(AlertState.OPEN, CHANGED, told=frozenset({ALERT.fingerprint}))],
            (ChangeKind.UPDATED, AlertState.OPEN, False),
        ),
        (
            "changed after it was acknowledged",
            [CHANGED],
            [standing(AlertState.ACKNOWLEDGED)],
            (ChangeKind.UPDATED, AlertState.ACKNOWLEDGED, True),
        ),
        (
            "changed after it was dismissed",
            [CHANGED],
            [standing(AlertState.DISMISSED)],
            (ChangeKind.UPDATED, AlertState.DISMISSED, False),
        ),
        ("ended", [], [standing(AlertState.OPEN)], (ChangeKind.CLOSED, AlertState.CLOSED, False)),
        ("ended, dismissed before", [], [standing(AlertState.DISMISSED)], None),
        ("ended long ago", [], [standing(AlertState.CLOSED)], None),
        (
            "back with other figures",
            [CHANGED],
            [standing(AlertState.CLOSED)],
            (ChangeKind.REOPENED, AlertState.OPEN, True),
        ),
        (
            "back with the figures already told",
            [ALERT],
            [standing(AlertState.CLOSED)],
            (ChangeKind.REOPENED, AlertState.OPEN, False),
        ),
    ],
)
def test_what_becomes_of_an_alert(
    why: str, alerts: list[Alert], known: list[Standing], expected: tuple[ChangeKind, AlertState, bool] | None
) -> None:
    found = [(each.kind, each.state, each.notify) for each in change(alerts, known)]
    assert found == ([] if expected is None else [expected])


def test_an_alert_is_closed_with_the_reason_why_it_contradicts_nothing() -> None:
    assert change([], [standing(AlertState.OPEN)], why="they meet")[0].reason == "they meet"


def test_an_alert_that_nothing_explains_is_closed_with_a_reason_too() -> None:
    assert change([], [standing(AlertState.OPEN)])[0].reason.startswith("It contradicts nothing any more")


def test_the_same_figures_under_another_key_go_on_with_their_state_and_are_not_told_again() -> None:
    moved = replace(ALERT, key="contradiction|e2|killed|military|ru||ua_stratcom")
    found = change([moved], [standing(AlertState.ACKNOWLEDGED)])
    assert [(each.kind, each.state, each.notify, each.key) for each in found] == [
        (ChangeKind.UPDATED, AlertState.ACKNOWLEDGED, False, ALERT.key)
    ]


def test_writing_the_changes_down_leaves_nothing_to_change() -> None:
    first = change([ALERT], [])[0]
    assert first.alert is not None
    written = Standing(first.alert.key, first.alert.fingerprint, first.state)
    assert change([ALERT], [written]) == []
