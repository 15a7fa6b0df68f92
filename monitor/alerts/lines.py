"""An alert as one line of the contract (docs/formats.md)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from models.enums import AlertState
from monitor.statements import Alert, Judged, Official, PostRef, Statement

# As the formats list them: the store keeps no order of keys.
_ORDER: Final = {
    key: place
    for place, key in enumerate(
        (
            "id", "kind", "verdict", "severity", "rule", "state", "to_check", "opened", "updated",
            "party", "post", "url", "published", "speaker", "measure", "object", "quote", "low", "high", "bound",
            "modifier", "relayed", "provisional", "side", "part", "claim", "official", "series", "claims", "event",
            "source", "key", "name", "title", "place", "start", "ratio", "reason", "carried_by",
        )
    )
}  # fmt: skip


def in_order(line: Any) -> Any:
    """The same line with its keys as the formats list them."""
    if isinstance(line, Mapping):
        return {key: in_order(line[key]) for key in sorted(line, key=lambda key: _ORDER.get(key, len(_ORDER)))}
    return [in_order(each) for each in line] if isinstance(line, list) else line


def alert_line(
    alert: Alert,
    *,
    public_id: str,
    state: AlertState,
    opened: datetime,
    updated: datetime,
) -> dict[str, Any]:
    """`public_id` is the one that the alert was first printed with: its key may have changed since."""
    group, event, official = alert.group, alert.event, alert.official
    return {
        "id": public_id,
        "kind": alert.kind.value,
        "verdict": alert.verdict.value,
        "severity": None if alert.severity is None else alert.severity.value,
        "rule": alert.rule.value,
        "state": state.value,
        "to_check": alert.to_check,
        "opened": opened.isoformat(),
        "updated": updated.isoformat(),
        "measure": group.measure.value,
        "object": group.group.value,
        "side": group.side,
        "part": group.part,
        "claim": _claim(alert.claim),
        "official": None if official is None else _official(official),
        "series": [_official(each) for each in alert.series],
        "claims": [_claim(each) for each in alert.claims],
        "event": {
            "id": event.id,
            "title": event.title,
            "place": None if event.place is None else event.place.name,
            "start": event.start.isoformat(),
        },
        "ratio": None if alert.ratio is None else round(alert.ratio, 2),
        "reason": alert.reason,
        "carried_by": [_ref(each) for each in alert.carried_by],
    }


def _claim(judged: Judged) -> dict[str, Any]:
    statement, speaker = judged.statement, judged.speaker or judged.statement.speaker
    return {
        "post": _ref(statement.post.ref),
        "url": statement.post.url,
        "published": statement.post.published.isoformat(),
        "speaker": {"key": speaker.key if speaker.listed else None, "name": speaker.name},
        **_figure(statement),
    }


def _official(official: Official) -> dict[str, Any]:
    statement = official.statement
    return {
        "party": statement.speaker.key,
        "post": _ref(statement.post.ref),
        "url": statement.post.url,
        "published": statement.post.published.isoformat(),
        **_figure(statement),
        "relayed": official.relayed,
        "provisional": statement.figure.provisional,
    }


def _figure(statement: Statement) -> dict[str, Any]:
    figure = statement.figure
    return {
        "measure": figure.measure.value,
        "object": figure.object.value,
        "quote": figure.quote,
        "low": _number(figure.low),
        "high": _number(figure.high),
        "bound": figure.bound.value,
        "modifier": figure.modifier.value,
    }


def _ref(ref: PostRef) -> dict[str, str]:
    return {"source": ref.source, "id": ref.id}


def _number(number: float | None) -> float | int | None:
    """400 rather than 400.0."""
    return int(number) if isinstance(number, float) and number.is_integer() else number
