"""What is to be written down: alerts as they are now against alerts as the desk has them. Nothing is told twice."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Final

from models.enums import AlertState, ChangeKind
from monitor.statements import Alert, AlertChange, Standing

ENDED: Final = "It contradicts nothing any more: its figures were read anew, taken back or joined to another event."
ANOTHER_KEY: Final = "Its event or its group of people has changed; the figures are the same."
_LIVING: Final = (AlertState.OPEN, AlertState.ACKNOWLEDGED)


def changes(
    alerts: Sequence[Alert], standing: Sequence[Standing], endings: Mapping[str, str], at: datetime
) -> list[AlertChange]:
    """One change for each alert that is new, has changed or has ended. A dismissed one stays dismissed.

    `standing`: all alerts of the events concerned, closed ones too. `endings`: why a key contradicts nothing now.
    """
    known, now = {each.key: each for each in standing}, {alert.key: alert for alert in alerts}
    moved = _moved([alert for alert in alerts if alert.key not in known], [s for s in standing if s.key not in now])
    news = {alert.key: known.get(alert.key) or moved.get(alert.key) for alert in alerts}
    gone = [each for each in standing if each.key not in now and each not in moved.values()]
    found = [
        *(change for alert in alerts for change in _of(alert, news[alert.key], at)),
        *(_closed(each, endings, at) for each in gone if each.state in _LIVING),
    ]
    return sorted(found, key=lambda change: change.key)


def _moved(fresh: Iterable[Alert], vanished: Sequence[Standing]) -> dict[str, Standing]:
    """The same figures under another key: the alert goes on there, with its state and its history."""
    left = {each.fingerprint: each for each in sorted(vanished, key=lambda each: each.key, reverse=True)}
    found: dict[str, Standing] = {}
    for alert in fresh:
        old = left.pop(alert.fingerprint, None)
        if old is not None:
            found[alert.key] = old
    return found


def _of(alert: Alert, before: Standing | None, at: datetime) -> Iterator[AlertChange]:
    if before is None:
        yield AlertChange(
            alert.key, ChangeKind.OPENED, AlertState.OPEN, at, alert.reason, notify=not alert.to_check, alert=alert
        )
        return
    new = alert.fingerprint != before.fingerprint
    news = new and not alert.to_check and alert.fingerprint not in before.told
    if before.state is AlertState.CLOSED:
        yield AlertChange(before.key, ChangeKind.REOPENED, AlertState.OPEN, at, alert.reason, notify=news, alert=alert)
    elif new:
        notify = news and before.state in _LIVING
        yield AlertChange(before.key, ChangeKind.UPDATED, before.state, at, alert.reason, notify=notify, alert=alert)
    elif before.key != alert.key:
        yield AlertChange(before.key, ChangeKind.UPDATED, before.state, at, ANOTHER_KEY, notify=False, alert=alert)


def _closed(before: Standing, endings: Mapping[str, str], at: datetime) -> AlertChange:
    reason = endings.get(before.key, ENDED)
    return AlertChange(before.key, ChangeKind.CLOSED, AlertState.CLOSED, at, reason, notify=False)
