"""How well the sources are read: the coverage statement, and whether collecting stands still."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.enums import Health, SourceKind
from models.tables import Heartbeat, Source
from monitor.digests.values import Coverage, SourceState

TICK = "tick"
STILL_AFTER = timedelta(seconds=60)
LATE_AFTER = timedelta(minutes=15)
LATE_INTERVALS = 3
READ_WELL = frozenset({Health.OK, Health.QUIET})


@dataclass(frozen=True, slots=True)
class Collecting:
    """The heartbeat of the tick. It stands still when the tick is older than a minute, or never was."""

    last_tick: datetime | None
    stands_still: bool


def collecting(session: Session, now: datetime) -> Collecting:
    last = session.scalar(select(Heartbeat.at).where(Heartbeat.name == TICK))
    return Collecting(last, stands_still=last is None or now - last > STILL_AFTER)


def coverage(session: Session, now: datetime) -> Coverage:
    """Live sources only: archives are read once, examples never."""
    live = select(Source).where(~Source.example, Source.kind.not_in((SourceKind.ARCHIVE, SourceKind.EXAMPLE)))
    sources = session.scalars(live.order_by(Source.title, Source.key)).all()
    enabled = [source for source in sources if source.enabled]
    failing = [source for source in enabled if is_failing(source)]
    unverified = [source for source in enabled if source.health == Health.UNVERIFIED]
    late = [source for source in enabled if is_late(source, now)]
    heart = collecting(session, now)
    return Coverage(
        enabled=len(enabled),
        checked=len(enabled) - len(failing) - len(unverified) - len(late),
        paused=len(sources) - len(enabled),
        unverified=_states(unverified),
        late=_states(late),
        failing=_states(failing),
        officials=_states([source for source in enabled if source.party is not None]),
        last_tick=heart.last_tick,
        stands_still=heart.stands_still,
    )


def is_failing(source: Source) -> bool:
    return source.health not in READ_WELL and source.health != Health.UNVERIFIED


def is_late(source: Source, now: datetime) -> bool:
    """Read well the last time, but not for three of its intervals."""
    if source.health not in READ_WELL:
        return False
    interval = timedelta(seconds=source.current_interval_s or source.interval_s or 0)
    return source.last_success_at is None or now - source.last_success_at > max(LATE_AFTER, LATE_INTERVALS * interval)


def state_of(source: Source) -> SourceState:
    return SourceState(
        key=source.key,
        title=source.title,
        health=Health(source.health),
        reason=source.health_reason,
        since=source.health_since,
        last_success=source.last_success_at,
        official=source.party is not None,
    )


def _states(sources: list[Source]) -> tuple[SourceState, ...]:
    return tuple(state_of(source) for source in sources)
