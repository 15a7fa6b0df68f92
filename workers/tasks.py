"""Tasks say that there is work; what it is stands in the database. A task done twice, or in vain, changes nothing."""

import time
from collections.abc import Callable
from datetime import timedelta
from functools import cache
from typing import Final

from celery.exceptions import SoftTimeLimitExceeded

from config.settings import settings
from models.enums import SourceKind
from models.session import sessions_for
from monitor.errors import BadInputError
from monitor.pipeline.collect import poll as poll_source
from monitor.pipeline.join import join_next
from monitor.pipeline.parse import parse_next
from monitor.pipeline.read import read_next
from monitor.pipeline.schedule import Lease
from monitor.pipeline.setup import Setup
from monitor.pipeline.sweep import sweep as sweep_old
from monitor.pipeline.tick import not_sent
from monitor.pipeline.tick import tick as find_work
from monitor.sources import COLLECTORS
from monitor.sources.collector import Collector
from monitor.values import Limits
from workers.app import task
from workers.queues import queued, send

JOIN_LIMIT_S: Final = 600  # a join takes all that hangs together; still shorter than the visibility timeout
TURN_S: Final = 20  # of a task that goes on while there is work: others wait in the same queue


_collectors: Final = {**COLLECTORS}


def collect_by(kind: SourceKind, collector: Callable[[Limits], Collector]) -> None:
    """In this process sources of the kind are read so: an account's knows its line."""
    _collectors[kind] = collector


@cache
def setup() -> Setup:
    """One a process: a forked worker makes its own."""
    url = settings().database_url
    if url is None:
        raise BadInputError("DATABASE_URL: workers need the address of the store; `counterclaim up` sets it")
    return Setup(sessions_for(url.get_secret_value()), settings(), _collectors)


@task("tick")
def tick() -> None:
    waiting = queued()
    if waiting is None:
        return
    work = find_work(setup(), waiting)
    not_sent(setup(), [lease for lease in work.polls if not send_poll(lease)])
    for each in [parse] * work.parses + [read] * work.reads + [join] * work.join + [sweep] * work.sweep:
        send(each)


@task("fetch")
def poll(source_id: int, token: str) -> None:
    polled = poll_source(setup(), source_id, token, go_on=True)
    if polled is not None and polled.parse:
        send(parse)
    if polled is not None and polled.next is not None and not send_poll(polled.next):
        not_sent(setup(), [polled.next])


@task("process")
def parse() -> None:
    parsed = parse_next(setup())
    if parsed is not None and parsed.stored.versions:
        send(read)


@task("process")
def read() -> None:
    ends = time.monotonic() + TURN_S
    while read_next(setup()) is not None:
        send(join)
        if time.monotonic() > ends:
            break


@task("join", soft_time_limit=JOIN_LIMIT_S - 30, time_limit=JOIN_LIMIT_S)
def join() -> None:
    ends = time.monotonic() + TURN_S
    while join_next(setup(), cut_short=(SoftTimeLimitExceeded,)) and time.monotonic() < ends:
        pass


@task("process")
def sweep() -> None:
    if sweep_old(setup()).full:
        send(sweep)


def send_poll(lease: Lease) -> bool:
    return send(poll, lease.source_id, lease.token, wait_s=lease.wait / timedelta(seconds=1), queue=lease.queue)
