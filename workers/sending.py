"""Sending, with a broker that may be away: then nothing is lost but time, since the tick finds the work again."""

from collections.abc import Callable
from typing import Any

import structlog
from celery import Task
from kombu.exceptions import OperationalError

from workers.app import app

log = structlog.get_logger()


def send(task: Task, *arguments: Any, wait_s: float = 0, queue: str | None = None) -> bool:
    """False where the broker is away. `queue`: another one than the task's own."""
    options = {} if queue is None else {"queue": queue}
    return _sent(task.name, lambda: task.apply_async(arguments, countdown=wait_s or None, **options))


def send_named(name: str, queue: str) -> bool:
    """A task that this process does not have."""
    return _sent(name, lambda: app.send_task(name, queue=queue, ignore_result=True))


def _sent(name: str, sending: Callable[[], object]) -> bool:
    try:
        sending()
    except OperationalError as error:
        log.warning("not_sent", task=name, reason=str(error))
        return False
    return True
