"""What goes where in a digest: by event, newest first; firm, to check, closed, shown only."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from models.enums import AlertState, Severity, Verdict
from monitor.digests.values import (
    Coverage,
    Digest,
    EventDigest,
    EventLine,
    EventMaterial,
    Finding,
    PostNote,
    ToldFigure,
)

OPEN = frozenset({AlertState.OPEN, AlertState.ACKNOWLEDGED})
SHOWN_ONLY = (Verdict.NOT_COMPARABLE, Verdict.CONSISTENT, Verdict.OUTDATED)
WEIGHT = {Severity.MAJOR: 0, Severity.NOTABLE: 1, Severity.MINOR: 2, None: 3}
MOST_EVENTS = 100


def compose_digest(
    events: Iterable[EventMaterial],
    coverage: Coverage,
    *,
    since: datetime | None,
    until: datetime,
    most_events: int = MOST_EVENTS,
) -> Digest:
    """Example events stand apart and whole, whatever the period."""
    material = sorted(events, key=lambda each: (each.changed, each.event.start, each.event.id), reverse=True)
    live = [each for each in material if not each.event.example]
    told = [each for each in live if has_news(each, since)]
    speaking = [each for each in told if _speaks(each, since)]
    return Digest(
        since=since,
        until=until,
        events=tuple(_event(each, since) for each in speaking[:most_events]),
        standing=tuple(_line(each) for each in live if each not in told and _open(each)),
        calm=tuple(_line(each) for each in told if each not in speaking),
        examples=tuple(_event(each, None) for each in material if each.event.example),
        coverage=coverage,
        omitted=max(0, len(speaking) - most_events),
    )


def by_weight(findings: Iterable[Finding]) -> list[Finding]:
    """Open ones first, the heaviest on top; the opening time decides between equals."""
    return sorted(
        findings,
        key=lambda each: (each.state not in OPEN, WEIGHT[each.severity], -(each.ratio or 0), each.opened, each.id),
    )


def has_news(material: EventMaterial, since: datetime | None) -> bool:
    """Whether anything about the event was found or changed since then."""
    return since is None or material.changed >= since or any(finding.updated >= since for finding in material.findings)


def _speaks(material: EventMaterial, since: datetime | None) -> bool:
    return bool(_open(material) or _closed(material, since) or _notes(material, since))


def _event(material: EventMaterial, since: datetime | None) -> EventDigest:
    standing = [replace(each, new=_is_new(each, since)) for each in _open(material)]
    return EventDigest(
        event=material.event,
        newest=max([material.changed, *(finding.updated for finding in material.findings)]),
        firm=tuple(each for each in standing if not each.to_check),
        to_check=tuple(each for each in standing if each.to_check),
        closed=tuple(_closed(material, since)),
        shown=tuple(_shown(material)),
        notes=tuple(_notes(material, since)),
    )


def _is_new(finding: Finding, since: datetime | None) -> bool | None:
    return None if since is None else finding.opened >= since


def _open(material: EventMaterial) -> list[Finding]:
    return by_weight(finding for finding in material.findings if finding.state in OPEN)


def _closed(material: EventMaterial, since: datetime | None) -> list[Finding]:
    """What ended by itself in the period; what a person dismissed is not told again."""
    found = [finding for finding in material.findings if finding.state is AlertState.CLOSED]
    return [each for each in found if since is None or (each.closed or each.updated) >= since]


def _shown(material: EventMaterial) -> list[ToldFigure]:
    """Figures without an alert, in the order of speaking; a retelling stands with the figure that it repeats."""
    found = [each for each in material.statements if each.verdict in SHOWN_ONLY and each.carried_by is None]
    return sorted(found, key=lambda each: (SHOWN_ONLY.index(each.verdict or SHOWN_ONLY[0]), _time(each), each.id))


def _notes(material: EventMaterial, since: datetime | None) -> list[PostNote]:
    found = [note for note in material.notes if since is None or note.at >= since]
    return sorted(found, key=lambda note: note.at, reverse=True)


def _line(material: EventMaterial) -> EventLine:
    return EventLine(material.event, len(_open(material)), len(material.statements))


def _time(statement: ToldFigure) -> float:
    return 0 if statement.said_at is None else statement.said_at.timestamp()
