"""Tasks say that there is work; what it is stands in the database. A task done twice, or in vain, changes nothing."""

import time
from typing import Final

from celery.exceptions import SoftTimeLimitExceeded

from monitor.pipeline.join import join_next
from monitor.pipeline.parse import parse_next
from monitor.pipeline.read import read_next
from monitor.pipeline.sweep import sweep as sweep_old
from monitor.pipeline.tick import not_sent
from monitor.pipeline.tick import tick as find_work
from workers.app import task
from workers.polling import poll, send_poll, setup
from workers.queues import queued
from workers.sending import send

__all__ = ["join", "parse", "poll", "read", "sweep", "tick"]

JOIN_LIMIT_S: Final = 600  # a join takes all that hangs together; still shorter than the visibility timeout
TURN_S: Final = 20  # of a task that goes on while there is work: others wait in the same queue


@task("tick")
def tick() -> None:
    waiting = queued()
    if waiting is None:
        return
    work = find_work(setup(), waiting)
    not_sent(setup(), [lease for lease in work.polls if not send_poll(lease)])
    for each in [parse] * work.parses + [read] * work.reads + [join] * work.join + [sweep] * work.sweep:
        send(each)


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
