"""What a digest finds in the store: by period, with notes of edits and deletions, and the coverage."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.enums import AlertKind, AlertState, Health
from models.tables import AlertRow, Source
from monitor.digests.telling import change_words
from monitor.queries import alerts, coverage, digest
from monitor.queries.health import is_late
from tests.factories import make_source
from tests.story import beat, tell_story, trouble
from tests.teller import NIGHT

NOW = NIGHT + timedelta(days=3, hours=14)


def days_ago(days: float) -> datetime:
    return NOW - timedelta(days=days)


@pytest.mark.parametrize(
    ("since", "told", "standing"),
    [(None, 1, 0), (days_ago(1), 1, 0), (NOW - timedelta(hours=1), 0, 1)],
    ids=["ever", "a day", "an hour"],
)
def test_an_event_is_told_while_it_has_news_and_named_while_alerts_stand(
    session: Session, since: datetime | None, told: int, standing: int
) -> None:
    tell_story(session)
    found = digest(session, since, NOW)
    assert (len(found.events), len(found.standing), len(found.examples)) == (told, standing, 0)


def test_an_event_of_long_ago_without_an_open_alert_is_left_out(session: Session) -> None:
    tell_story(session, shift=timedelta(days=-30))
    for row in session.scalars(select(AlertRow)):
        row.state = AlertState.DISMISSED
    session.flush()
    found = digest(session, days_ago(1), NOW)
    assert (found.events, found.standing, found.calm) == ((), (), ())


def test_the_order_of_the_findings_does_not_change_from_one_reading_to_the_next(session: Session) -> None:
    tell_story(session)
    assert digest(session, None, NOW) == digest(session, None, NOW)
    assert [each.id for each in digest(session, None, NOW).events[0].firm] == [
        "a-stratcom", "a-svodka", "a-girkin", "a-wounded", "a-revision",
    ]  # fmt: skip


def test_examples_are_told_apart_however_old(session: Session) -> None:
    tell_story(session, prefix="ex-", example=True, shift=timedelta(days=-900))
    found = digest(session, days_ago(1), NOW)
    assert (len(found.events), len(found.examples)) == (0, 1)
    assert found.coverage.enabled == 0


def test_an_edit_and_a_deletion_are_told_by_what_became_of_the_figures(session: Session) -> None:
    tell_story(session)
    edited, deleted = digest(session, None, NOW).events[0].notes
    assert [change_words(change) for change in edited.changes] == ["500 → about 300 soldiers killed"]
    assert [change_words(change) for change in deleted.changes] == ["had said 41 vehicles destroyed"]
    assert (edited.deleted, deleted.deleted) == (False, True)


def test_the_coverage_counts_every_live_source_once(session: Session) -> None:
    tell_story(session)
    tell_story(session, prefix="ex-", example=True)
    trouble(session, NOW)
    make_source(session, "archive", kind="archive")
    beat(session, NOW)
    found = coverage(session, NOW)
    assert (found.enabled, found.checked, found.paused) == (15, 11, 1)
    assert [each.key for each in (*found.late, *found.failing, *found.unverified)] == [
        "late_wire", "gate", "closed", "fresh",
    ]  # fmt: skip
    assert not found.stands_still


@pytest.mark.parametrize(
    ("minutes", "interval", "late"),
    [(14, 60, False), (16, 60, True), (44, 900, False), (46, 900, True), (None, 60, True)],
)
def test_a_source_is_late_after_three_of_its_intervals_and_a_quarter_of_an_hour(
    minutes: int | None, interval: int, late: bool
) -> None:
    last = None if minutes is None else NOW - timedelta(minutes=minutes)
    source = Source(health=Health.OK, last_success_at=last, current_interval_s=interval)
    assert is_late(source, NOW) is late


def test_alerts_are_chosen_by_state_kind_time_and_example(session: Session) -> None:
    tell_story(session)
    tell_story(session, prefix="ex-", example=True)
    ids = {each["id"] for each in alerts(session)}
    assert len(ids) == 12
    assert "a-silence" not in ids
    closed = alerts(session, states=[AlertState.CLOSED], example=False)
    assert [each["id"] for each in closed] == ["a-silence"]
    assert {each["kind"] for each in alerts(session, kinds=[AlertKind.REVISION])} == {"revision"}
    assert alerts(session, since=NOW) == []
    assert len(alerts(session, states=None, example=True)) == 7
