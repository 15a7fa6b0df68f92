"""Alerts, their history and their posts in the tables, written by difference."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from models.enums import AlertState, ChangeKind
from models.tables import AlertHistory, AlertPost, AlertRow, Post, Source
from monitor.alerts import alert_line
from monitor.pipeline.among import among
from monitor.statements import Alert, AlertChange, PostRef, Standing


class AlertBook:
    """The alerts of the events concerned. `as_stated`: dated by what was stated rather than by now."""

    def __init__(self, session: Session, events: Collection[str], *, example: bool, as_stated: bool) -> None:
        self._session, self._example, self._as_stated = session, example, as_stated
        query = select(AlertRow).where(among(AlertRow.event_id, events)).order_by(AlertRow.id).with_for_update()
        self._rows = {row.key: row for row in session.scalars(query)}

    def standing(self) -> list[Standing]:
        told = self._told()
        return [
            Standing(row.key, row.fingerprint, AlertState(row.state), row.to_check, frozenset(told[row.id]))
            for row in self._rows.values()
        ]

    def _told(self) -> Mapping[int, set[str]]:
        """The fingerprints that the desk was ever told of, by alert."""
        found: dict[int, set[str]] = defaultdict(set)
        query = select(AlertHistory.alert_id, AlertHistory.fingerprint).where(AlertHistory.notify)
        ids = [row.id for row in self._rows.values()]
        for alert, fingerprint in self._session.execute(query.where(among(AlertHistory.alert_id, ids))) if ids else ():
            found[alert].add(fingerprint.partition("@")[0])
        return found

    def write(self, changes: Iterable[AlertChange], alerts: Collection[Alert]) -> None:
        """`alerts`: all that stand; one without a change may still have a new carrier or a reworded reason."""
        changed = [(self._row(change), change) for change in changes]
        for row, change in changed:
            self._apply(row, change)
        for alert in alerts:
            self._print(self._rows[alert.key], alert)
        self._session.flush()
        if changed:
            written = insert(AlertHistory).on_conflict_do_nothing()  # where a clock stands still: said already
            self._session.execute(written, [_history(row, change) for row, change in changed])
        self._name_posts(alerts)

    def _row(self, change: AlertChange) -> AlertRow:
        alert = change.alert
        row = self._rows.pop(change.key, None)
        if row is None:
            if alert is None:
                raise ValueError(f"no such alert: {change.key}")
            row = AlertRow(public_id=alert.id, opened_at=self._began(alert, change.at), example=self._example)
            self._session.add(row)
        self._rows[change.key if alert is None else alert.key] = row
        return row

    def _apply(self, row: AlertRow, change: AlertChange) -> None:
        alert = change.alert
        row.state = change.state
        row.updated_at = change.at if alert is None else self._moved(alert, change.at)
        closed = change.kind is ChangeKind.CLOSED
        row.closed_at, row.closed_reason = (change.at, change.reason) if closed else (None, None)
        if alert is not None:
            row.fingerprint = alert.fingerprint
        elif row.body is not None:
            row.body = row.body | {"state": row.state, "updated": row.updated_at.isoformat()}

    def _began(self, alert: Alert, at: datetime) -> datetime:
        return alert.since if self._as_stated else at

    def _moved(self, alert: Alert, at: datetime) -> datetime:
        """When the newest of its figures was stated, or came into force."""
        stated = [judged.statement.post.stated_at for judged in (alert.claim, *alert.claims)]
        in_force = [official.since for official in (alert.official, *alert.series) if official is not None]
        return max([alert.since, *stated, *in_force]) if self._as_stated else at

    def _print(self, row: AlertRow, alert: Alert) -> None:
        state = AlertState(row.state)
        body = alert_line(alert, public_id=row.public_id, state=state, opened=row.opened_at, updated=row.updated_at)
        for name, value in (_columns(alert) | {"body": body}).items():
            if getattr(row, name) != value:
                setattr(row, name, value)

    def _name_posts(self, alerts: Collection[Alert]) -> None:
        ids = _post_ids(self._session, {ref for alert in alerts for ref in posts_of(alert)})
        rows = {alert.key: self._rows[alert.key].id for alert in alerts}
        wanted = {(rows[alert.key], ids[ref]) for alert in alerts for ref in posts_of(alert) if ref in ids}
        stand = self._session.scalars(select(AlertPost).where(among(AlertPost.alert_id, rows.values())))
        known = {(row.alert_id, row.post_id): row.id for row in stand}
        gone = [row for pair, row in known.items() if pair not in wanted]
        if gone:
            self._session.execute(delete(AlertPost).where(among(AlertPost.id, gone)))
        new = [{"alert_id": alert, "post_id": post} for alert, post in sorted(wanted - set(known))]
        if new:
            self._session.execute(insert(AlertPost), new)


def _post_ids(session: Session, refs: Collection[PostRef]) -> Mapping[PostRef, int]:
    query = select(Source.key, Post.external_id, Post.id).join(Source, Source.id == Post.source_id)
    query = query.where(
        among(Source.key, {ref.source for ref in refs}), among(Post.external_id, {ref.id for ref in refs})
    )
    found = {PostRef(source, post): number for source, post, number in session.execute(query)} if refs else {}
    return {ref: found[ref] for ref in refs if ref in found}


def _columns(alert: Alert) -> dict[str, Any]:
    speaker = alert.claim.speaker or alert.claim.statement.speaker
    return {
        "key": alert.key,
        "event_id": alert.event.id,
        "kind": alert.kind.value,
        "verdict": alert.verdict.value,
        "severity": None if alert.severity is None else alert.severity.value,
        "rule": alert.rule.value,
        "to_check": alert.to_check,
        "measure": alert.group.measure.value,
        "object": alert.group.group.value,
        "side": alert.group.side,
        "part": alert.group.part,
        "speaker": speaker.key,
        "speaker_name": speaker.name,
        "ratio": alert.ratio,
        "reason": alert.reason,
    }


def _history(row: AlertRow, change: AlertChange) -> dict[str, Any]:
    """The time is part of the fingerprint: the same figures may come, go and come again."""
    return {
        "alert_id": row.id,
        "at": row.updated_at,
        "what": change.kind.value,
        "reason": change.reason,
        "fingerprint": f"{row.fingerprint}@{row.updated_at.isoformat()}",
        "notify": change.notify,
        "body": row.body,
    }


def posts_of(alert: Alert) -> set[PostRef]:
    """What it rests on, and what carries its claim."""
    told = [judged.statement for judged in (alert.claim, *alert.claims)]
    told += [official.statement for official in (alert.official, *alert.series) if official is not None]
    return {statement.post.ref for statement in told} | set(alert.carried_by)
