"""The task that polls, apart from the others: an account's process needs no more, and keeps small by it."""

from collections.abc import Callable
from datetime import timedelta
from functools import cache
from typing import Final

from config.settings import settings
from models.enums import SourceKind
from models.session import sessions_for
from monitor.errors import BadInputError
from monitor.pipeline.collect import poll as poll_source
from monitor.pipeline.schedule import Lease, give_back
from monitor.pipeline.setup import Setup
from monitor.sources import COLLECTORS
from monitor.sources.collector import Collector
from monitor.values import Limits
from workers.app import task
from workers.sending import send, send_named

PARSE: Final = "workers.tasks.parse"

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


@task("fetch", name="workers.tasks.poll")
def poll(source_id: int, token: str) -> None:
    polled = poll_source(setup(), source_id, token, go_on=True)
    if polled is not None and polled.parse:
        send_named(PARSE, "process")
    if polled is not None and polled.next is not None and not send_poll(polled.next):
        with setup().transaction() as session:
            give_back(session, polled.next, setup().now())


def send_poll(lease: Lease) -> bool:
    return send(poll, lease.source_id, lease.token, wait_s=lease.wait / timedelta(seconds=1), queue=lease.queue)
