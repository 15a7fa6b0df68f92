"""`python -m workers.telegram NAME`: the process of one account. It takes the polls of its channels from its own queue.

It works while it holds the account's lease. Where another process holds it still, it waits for that one's end.
"""

import ctypes
import logging
import os
import signal
import socket
import sys
import time
from contextlib import suppress
from typing import Final

import structlog

from models.enums import SourceKind
from models.tables import Account
from monitor.errors import CounterclaimError
from monitor.pipeline import accounts
from monitor.pipeline.accounts import Holding
from monitor.pipeline.schedule import account_host, account_queue
from monitor.pipeline.setup import Setup
from monitor.sealing import sealer
from monitor.sources.telegram.client import Keys, client_of, proxy_of, session_of
from monitor.sources.telegram.collector import TelegramCollector
from workers import polling
from workers.app import app
from workers.line import AccountLine

log = structlog.get_logger()

WAIT_S: Final = 1.0


def run(name: str) -> None:
    logging.getLogger("telethon").setLevel(logging.WARNING)  # it tells of each connection
    setup = polling.setup()
    held = _held(setup, name)
    line = _line(setup, held)
    polling.collect_by(SourceKind.TELEGRAM, lambda limits: TelegramCollector(limits, line))
    _give_back_memory()
    log.info("account_online", account=name, fence=held.fence)
    try:
        _work(name)
    finally:
        line.close()


def _held(setup: Setup, name: str) -> Holding:
    """Waits for a lease that was not given back; whoever is killed cannot do that."""
    holder = f"{socket.gethostname()}:{os.getpid()}"
    while True:
        with setup.transaction() as session:
            held = accounts.take_lease(session, name, holder, setup.now(), setup.settings)
        if held is not None:
            return held
        time.sleep(WAIT_S)


def _line(setup: Setup, held: Holding) -> AccountLine:
    """The session is opened here, and goes nowhere but into the client."""
    keys, seal = Keys.of(setup.settings), sealer(setup.settings)
    with setup.transaction() as session:
        account = session.get_one(Account, held.account_id)
        text, proxy = seal.open(account.session), None if account.proxy is None else seal.open(account.proxy)
    session_of(text)
    if proxy is not None:
        proxy_of(proxy)
    return AccountLine(setup, held, lambda: client_of(session_of(text), keys, proxy), _stop)


def _give_back_memory() -> None:
    """Compiling Telethon's types, where no compiled code is kept, leaves 50 MB that nobody needs any more."""
    with suppress(OSError, AttributeError):  # other C libraries have no such call
        ctypes.CDLL(None).malloc_trim(0)


def _stop() -> None:
    """A worker that has nobody to work for ends as on any other day."""
    os.kill(os.getpid(), signal.SIGTERM)


def _work(name: str) -> None:
    """Celery's worker without its command line, and with the one task that is needed here: both take memory."""
    app.conf.include = ("workers.polling",)
    worker = app.Worker(
        hostname=f"telegram.{name}@{socket.gethostname()}", queues=[account_queue(account_host(name))],
        pool_cls="threads", concurrency=1, without_gossip=True, without_mingle=True, loglevel="WARNING",
    )  # fmt: skip
    worker.start()


if __name__ == "__main__":
    try:
        run(sys.argv[1])
    except CounterclaimError as error:
        sys.exit(f"account {sys.argv[1]}: {error}")
