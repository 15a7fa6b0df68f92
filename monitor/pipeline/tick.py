"""The one scheduled step: lease what is due, and find the work that the queue has lost. The database is the truth.

What is to be sent is answered as a value; the caller says how much room the queues have, so that work which nobody
takes up is not sent a thousand times.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from typing import Final

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from models.enums import FetchState
from models.tables import Fetch, Post, PostVersion
from monitor.pipeline.health import beat, take_turn
from monitor.pipeline.join import join_due
from monitor.pipeline.read import outdated, unread
from monitor.pipeline.schedule import Lease, give_back, lease_due
from monitor.pipeline.setup import Setup
from monitor.pipeline.spreading import spread

TICK: Final = "tick"
SWEEP: Final = "sweep"
SILENCES: Final = "silences"
POLLS_WAITING: Final = 200  # at most in the queue, of each kind of work
BATCHES_WAITING: Final = 20
SWEEP_EVERY: Final = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Queued:
    """How many messages wait in each queue."""

    fetch: int = 0
    process: int = 0
    join: int = 0


@dataclass(frozen=True, slots=True)
class Work:
    """What to send: a poll for each lease; so many tasks that parse one poll, read one batch; a join; a sweep."""

    polls: tuple[Lease, ...] = ()
    parses: int = 0
    reads: int = 0
    join: bool = False
    sweep: bool = False


def tick(setup: Setup, queued: Queued) -> Work:
    """Running it in several places at once is safe."""
    now = setup.now()
    with setup.transaction() as session:
        beat(session, TICK, now)
        silences, sweep = take_turn(session, SILENCES, now, SWEEP_EVERY), take_turn(session, SWEEP, now, SWEEP_EVERY)
    if silences:
        join_due(setup)
    spread(setup)
    with setup.transaction() as session:
        room = POLLS_WAITING - queued.fetch
        polls = lease_due(session, now, setup.settings, limit=room) if room > 0 else []
        parses, reads = _lacking(_unparsed(session, setup), _unread(session, setup), queued.process)
        return Work(tuple(polls), parses, reads, join=not queued.join and _unjoined(session), sweep=sweep)


def not_sent(setup: Setup, leases: Sequence[Lease]) -> None:
    """The broker is away: these polls are due again at once, and no attempt is counted."""
    with setup.transaction() as session:
        for lease in leases:
            give_back(session, lease, setup.now())


def _lacking(unparsed: int, unread: int, queued: int) -> tuple[int, int]:
    """As many as are not in the queue already; what is there may be of either kind, and is soon done if in vain."""
    room = max(0, min(unparsed + unread, BATCHES_WAITING) - queued)
    parses = min(unparsed, room)
    return parses, min(unread, room - parses)


def _unparsed(session: Session, setup: Setup) -> int:
    """Polls whose bodies wait."""
    waiting = Fetch.state == FetchState.STORED, _free(Fetch.leased_until, setup)
    some = select(Fetch.poll_id).where(*waiting, Fetch.position == 0).limit(BATCHES_WAITING).subquery()
    return session.scalar(select(func.count()).select_from(some)) or 0


def _unread(session: Session, setup: Setup) -> int:
    """Batches of versions that wait."""
    size, free = setup.settings.read_batch, _free(PostVersion.leased_until, setup)
    fresh = _count(session, and_(unread(), free), BATCHES_WAITING * size)
    stale = _count(session, and_(outdated(setup.reader().version), free), size)
    return ceil(fresh / size) + ceil(stale / size)


def _count(session: Session, which: ColumnElement[bool], limit: int) -> int:
    some = select(PostVersion.id).where(which).limit(limit).subquery()
    return session.scalar(select(func.count()).select_from(some)) or 0


def _unjoined(session: Session) -> bool:
    return session.scalar(select(Post.id).where(Post.unjoined_since.is_not(None)).limit(1)) is not None


def _free(leased_until: InstrumentedAttribute[datetime | None], setup: Setup) -> ColumnElement[bool]:
    return or_(leased_until.is_(None), leased_until <= setup.now())
