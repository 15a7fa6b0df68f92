"""Values of a digest with everything filled in that a test does not care about."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from models.enums import AlertKind, AlertState, Bound, Health, Measure, Modifier, Object, Role, Rule, Severity, Verdict
from monitor.digests.values import (
    Coverage,
    EventMaterial,
    EventRef,
    Excerpt,
    Finding,
    Said,
    SourceState,
    ToldFigure,
    ToldPost,
    Voice,
)
from monitor.statements import Span

NOW = datetime(2024, 5, 10, 12, tzinfo=UTC)
EVENT = EventRef("e1", "Strike on a depot", "Izium", NOW - timedelta(hours=8), NOW - timedelta(hours=7))
POST = ToldPost("rybar", "Rybar", "1", "https://t.me/rybar/1", NOW)


def make_said(low: float | None, high: float | None, bound: Bound = Bound.EXACT, **given: Any) -> Said:
    modifier = given.pop("modifier", Modifier.NONE)
    span = Span(low or 0, high, low or high or 0, **given)
    return Said(Measure.KILLED, Object.MILITARY, "63", low, high, bound, modifier, span)


def make_told(name: str = "Rybar", value: float = 63, **given: Any) -> ToldFigure:
    told = ToldFigure(
        id=f"{name}-{value}", voice=Voice(name, None, "ru", official=False), post=POST, said_at=NOW,
        said=make_said(value, value), excerpt=Excerpt("Of them ", str(value), " were killed."), side="ru",
    )  # fmt: skip
    return replace(told, **given)


def make_official(name: str = "Ministry", value: float = 20, **given: Any) -> ToldFigure:
    return make_told(name, value, voice=Voice(name, "ru_mod", "ru", official=True), role=Role.OFFICIAL, **given)


def make_finding(name: str = "a1", **given: Any) -> Finding:
    finding = Finding(
        id=name, event=EVENT, kind=AlertKind.CONTRADICTION, verdict=Verdict.INCOMPATIBLE, severity=Severity.MAJOR,
        rule=Rule.DISJOINT, state=AlertState.OPEN, to_check=False, opened=NOW - timedelta(hours=2), updated=NOW,
        closed=None, closed_reason=None, measure=Measure.KILLED, object=Object.MILITARY, side="ru", part=None,
        ratio=3.15, reason="63 / 20 = 3.15", claims=(make_told(),), official=make_official(),
    )  # fmt: skip
    return replace(finding, **given)


def make_material(*findings: Finding, event: EventRef = EVENT, **given: Any) -> EventMaterial:
    material = EventMaterial(event, NOW - timedelta(hours=1), findings, ())
    return replace(material, **given)


def make_source(title: str = "Some channel", **given: Any) -> SourceState:
    return replace(SourceState(title, title, Health.OK, None, None, NOW - timedelta(minutes=3)), **given)


def make_coverage(**given: Any) -> Coverage:
    nothing: dict[str, Any] = {"unverified": (), "late": (), "failing": (), "officials": ()}
    whole = Coverage(enabled=3, checked=3, paused=0, **nothing, last_tick=NOW, stands_still=False)
    return replace(whole, **given)
