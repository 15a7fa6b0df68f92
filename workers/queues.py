"""How much waits in the queues, so that work which nobody takes up is not sent a thousand times."""

from typing import Any, Final

import structlog
from kombu.exceptions import ChannelError, OperationalError

from monitor.pipeline.schedule import FETCH, TELEGRAM
from monitor.pipeline.tick import Queued
from workers.app import app

log = structlog.get_logger()

QUEUES: Final = (FETCH, TELEGRAM, "process", "join")


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
