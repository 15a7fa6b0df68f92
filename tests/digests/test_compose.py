"""What goes where in a digest, as situations."""

from dataclasses import replace
from datetime import timedelta

import pytest

from models.enums import AlertState, Severity, Verdict
from monitor.digests import Digest, compose_digest
from monitor.digests.values import EventMaterial, Finding
from tests.digests.made import EVENT, NOW, make_coverage, make_finding, make_material, make_told

DAY_AGO = NOW - timedelta(days=1)
LONG_AGO = NOW - timedelta(days=9)


def composed(*material: EventMaterial, **given: int) -> Digest:
    return compose_digest(material, make_coverage(), since=DAY_AGO, until=NOW, **given)


def old(finding: Finding) -> Finding:
    return replace(finding, opened=LONG_AGO, updated=LONG_AGO)


def test_a_finding_opened_in_the_period_is_new_and_an_older_one_stands() -> None:
    event = composed(make_material(make_finding("n"), replace(make_finding("o"), opened=LONG_AGO))).events[0]
    assert {finding.id: finding.new for finding in event.firm} == {"n": True, "o": False}
    assert event.news == 1


def test_what_is_to_check_stands_apart() -> None:
    event = composed(make_material(make_finding("firm"), make_finding("unsure", to_check=True))).events[0]
    assert [finding.id for finding in event.firm] == ["firm"]
    assert [finding.id for finding in event.to_check] == ["unsure"]


def test_an_event_where_nothing_moved_is_one_line_among_the_standing() -> None:
    digest = composed(make_material(old(make_finding()), changed=LONG_AGO))
    assert digest.events == ()
    assert [(line.event.id, line.open_findings) for line in digest.standing] == [("e1", 1)]


def test_an_event_that_moved_without_contradiction_is_one_line_among_the_calm() -> None:
    digest = composed(make_material(statements=(make_told(),)))
    assert (digest.events, digest.standing) == ((), ())
    assert [line.statements for line in digest.calm] == [1]


def test_an_old_event_without_findings_is_left_out() -> None:
    digest = composed(make_material(changed=LONG_AGO))
    assert (digest.events, digest.standing, digest.calm) == ((), (), ())


def test_the_newest_event_comes_first() -> None:
    events = [
        make_material(make_finding(), event=replace(EVENT, id=name), changed=NOW - timedelta(hours=hours))
        for name, hours in (("older", 5), ("newest", 1), ("middle", 3))
    ]
    assert [event.event.id for event in composed(*events).events] == ["newest", "middle", "older"]


def test_the_heaviest_finding_comes_first() -> None:
    findings = [make_finding(str(severity), severity=severity) for severity in (None, Severity.MINOR, Severity.MAJOR)]
    event = composed(make_material(*findings)).events[0]
    assert [finding.severity for finding in event.firm] == [Severity.MAJOR, Severity.MINOR, None]


def test_what_closed_in_the_period_is_told_once_and_what_a_person_dismissed_is_not() -> None:
    closed = make_finding("closed", state=AlertState.CLOSED, closed=NOW)
    before = make_finding("before", state=AlertState.CLOSED, closed=LONG_AGO, updated=LONG_AGO)
    dismissed = make_finding("dismissed", state=AlertState.DISMISSED)
    event = composed(make_material(closed, before, dismissed)).events[0]
    assert [finding.id for finding in event.closed] == ["closed"]
    assert event.firm == ()


def test_an_acknowledged_finding_still_stands() -> None:
    event = composed(make_material(make_finding(state=AlertState.ACKNOWLEDGED))).events[0]
    assert len(event.firm) == 1


def test_only_figures_without_an_alert_are_shown_below_and_retellings_are_not() -> None:
    told = (
        make_told("a", 1, verdict=Verdict.CONSISTENT),
        make_told("b", 2, verdict=Verdict.OUTDATED),
        make_told("c", 3, verdict=Verdict.NOT_COMPARABLE),
        make_told("d", 4, verdict=Verdict.INCOMPATIBLE),
        make_told("e", 5, verdict=Verdict.CONSISTENT, carried_by="a-1"),
        make_told("f", 6),
    )
    event = composed(make_material(make_finding(), statements=told)).events[0]
    assert {each.voice.name for each in event.shown} == {"a", "b", "c"}


def test_examples_stand_apart_and_whole_however_old_they_are() -> None:
    example = replace(EVENT, example=True, start=LONG_AGO, end=LONG_AGO)
    digest = composed(make_material(old(make_finding()), event=example, changed=LONG_AGO))
    assert (digest.events, digest.standing) == ((), ())
    assert len(digest.examples[0].firm) == 1


def test_events_beyond_the_limit_are_counted() -> None:
    events = [make_material(make_finding(), event=replace(EVENT, id=str(number))) for number in range(5)]
    digest = composed(*events, most_events=2)
    assert (len(digest.events), digest.omitted) == (2, 3)


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_arrival_changes_nothing(seed: int) -> None:
    events = [make_material(make_finding(), event=replace(EVENT, id=str(number))) for number in range(4)]
    turned = events[seed:] + events[:seed]
    assert composed(*turned) == composed(*events)
