"""Sending, with a broker that may be away: then nothing is lost but time, since the tick finds the work again."""

from typing import Any, Final

import structlog
from celery import Task
from kombu.exceptions import ChannelError, OperationalError

from monitor.pipeline.schedule import FETCH, TELEGRAM
from monitor.pipeline.tick import Queued
from workers.app import app

log = structlog.get_logger()

QUEUES: Final = (FETCH, TELEGRAM, "process", "join")


def send(task: Task, *arguments: Any, wait_s: float = 0, queue: str | None = None) -> bool:
    """False where the broker is away. `queue`: another one than the task's own."""
    try:
        task.apply_async(arguments, countdown=wait_s or None, **({} if queue is None else {"queue": queue}))
    except OperationalError as error:
        log.warning("not_sent", task=task.name, reason=str(error))
        return False
    return True


def queued() -> Queued | None:
    """None where the broker is away."""
    try:
        with app.connection_for_read() as connection:
            channel = connection.default_channel
            fetch, telegram, process, join = (_length(channel, name) for name in QUEUES)
            return Queued(fetch + telegram, process, join)
    except OperationalError as error:
        log.warning("broker_away", reason=str(error))
        return None


def _length(channel: Any, queue: str) -> int:
    try:
        return int(channel.queue_declare(queue=queue, passive=True).message_count)
    except ChannelError:
        return 0  # nothing has ever been sent there
