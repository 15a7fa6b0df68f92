"""One poll from end to end in this process: what `counterclaim poll` does, and the tasks do between them."""

import time
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select

from models.enums import Health
from models.tables import PollRun, Source
from monitor.errors import BadInputError, CounterclaimError
from monitor.pipeline.collect import Polled, poll
from monitor.pipeline.parse import parse_next
from monitor.pipeline.schedule import Lease, lease_source
from monitor.pipeline.setup import Setup

OTHERS_PARSE_S: Final = 130.0  # a little longer than a task may take


class BusyError(CounterclaimError):
    """The source is being polled by another process."""


@dataclass(frozen=True, slots=True)
class Outcome:
    health: Health
    reason: str | None
    new_posts: int
    new_versions: int


def poll_now(setup: Setup, key: str) -> Outcome:
    """Due or not, paused or not. Raises BadInputError for a key that is none, BusyError where it is being polled."""
    lease = _lease(setup, key)
    polled = poll(setup, lease.source_id, lease.token)
    if polled is None:
        raise BusyError(f"{key}: the poll took longer than its lease, and was dropped")
    if polled.parse and parse_next(setup, polled.poll_id) is None:
        _wait_for_others(setup, polled)
    return _outcome(setup, polled)


def _lease(setup: Setup, key: str) -> Lease:
    with setup.transaction() as session:
        known = session.scalar(select(Source).where(Source.key == key))
        if known is None or known.example:
            raise BadInputError(f"{key}: " + ("no such source" if known is None else "an example is never polled"))
        lease = lease_source(session, key, setup.now(), setup.settings)
    if lease is None:
        raise BusyError(f"{key} is being polled at this moment; try again in a minute")
    return lease


def _wait_for_others(setup: Setup, polled: Polled) -> None:
    """A worker has taken the bodies up before us."""
    ends = time.monotonic() + OTHERS_PARSE_S
    while time.monotonic() < ends and not _finished(setup, polled):
        time.sleep(0.2)


def _finished(setup: Setup, polled: Polled) -> bool:
    ended = select(PollRun.finished_at).where(PollRun.poll_id == polled.poll_id)
    with setup.transaction() as session:
        return session.scalar(ended) is not None


def _outcome(setup: Setup, polled: Polled) -> Outcome:
    with setup.transaction() as session:
        run = session.scalars(select(PollRun).where(PollRun.poll_id == polled.poll_id)).one()
        if run.finished_at is None or run.health is None:
            raise BusyError(f"{polled.key}: fetched, but nobody has parsed it yet")
        return Outcome(Health(run.health), run.reason, run.new_posts, run.new_versions)
