"""How a poll ended: the health of its source, when it is polled next, and whether it has moved for good."""

from datetime import datetime
from typing import Any, Final

import structlog
from sqlalchemy.orm import Session

from models.enums import Health, Lang, SourceKind
from models.tables import PollRun, Source
from monitor.errors import BadInputError
from monitor.pipeline.health import SOUND, mend, note_health, report
from monitor.pipeline.schedule import know_hosts, quiet_or_ok, settle
from monitor.pipeline.setup import Setup
from monitor.pipeline.store import storable
from monitor.values import Batch, Target

log = structlog.get_logger()

MOVED_FOR_GOOD_AFTER: Final = 3  # permanent redirects in a row to the same place


def target_of(source: Source) -> Target:
    lang = Lang(source.lang) if source.lang else None
    return Target(source.key, SourceKind(source.kind), source.address, lang, source.telegram_id)


def finish(session: Session, source: Source, run: PollRun, batch: Batch, setup: Setup) -> None:
    """The trouble of fetching outweighs what the bodies say, save that they are another's."""
    now = setup.now()
    health, reason = batch.state, batch.reason
    if run.health is not None and health is not Health.IMPOSTOR:
        health, reason = Health(run.health), run.reason
    if health is Health.OK:
        health = quiet_or_ok(session, source, now)
    note_health(session, source, health, storable(reason), now)
    _note_moved(session, source, run.moved_to if health in SOUND else None, setup)
    run.health, run.reason, run.finished_at = health, source.health_reason, now
    source.last_poll_at = now
    if health in SOUND:
        source.last_success_at = now
    settle(session, source, now, setup.settings, not_before=_told(run, batch), at_once=batch.more)
    log.info("polled", source=source.key, health=health, posts=run.new_posts, versions=run.new_versions)


def _told(run: PollRun, batch: Batch) -> datetime | None:
    return max((told for told in (run.not_before, batch.not_before) if told is not None), default=None)


def _note_moved(session: Session, source: Source, moved_to: str | None, setup: Setup) -> None:
    """Follow a permanent redirect once it was answered a few times in a row; one alone may be a mishap."""
    source.moved_seen = 0 if moved_to is None else source.moved_seen + 1 if moved_to == source.moved_to else 1
    source.moved_to = moved_to
    subject, now = f"moved:{source.key}", setup.now()
    if moved_to is None:
        mend(session, subject, now)
    if moved_to is None or source.moved_seen < MOVED_FOR_GOOD_AFTER:
        return
    collector = setup.collector(source.kind)
    try:
        address = collector.address(moved_to)
    except BadInputError as error:
        report(session, subject, "moved", f"moved to {moved_to}, which cannot be followed: {error}", now)
        return
    left: dict[str, Any] = {"address": source.address, "until": now.isoformat()}
    source.handles, source.address = [*source.handles, left], address
    source.host, source.moved_to, source.moved_seen = collector.host(target_of(source)), None, 0
    know_hosts(session, [source.host], now)
