"""The line of one account: the client on a loop of its own, asked for leave before each call, its errors understood.

The loop that a client has connected on must stay its loop, so it lives in a thread of its own, made after any fork;
the client is made when the first call needs it.
"""

import asyncio
import threading
import time
from collections.abc import Callable, Coroutine
from concurrent.futures import TimeoutError as TooLong
from contextlib import suppress
from datetime import timedelta
from typing import Any, Final, TypeVar

import structlog
from telethon import TelegramClient, errors

from models.enums import Method
from monitor.pipeline import accounts
from monitor.pipeline.accounts import Holding
from monitor.pipeline.setup import Setup
from monitor.sources.telegram.client import end_of, name_of
from monitor.sources.telegram.errors import channel_error
from monitor.sources.telegram.line import LineDownError, Peer, PostponedError

log = structlog.get_logger()

OFFLINE_PAUSE: Final = timedelta(seconds=15)
SHORT_PAUSE: Final = timedelta(seconds=3)
TROUBLE_PAUSE: Final = timedelta(seconds=10)
FLOOD_MARGIN: Final = timedelta(seconds=1)
SAFE_SHARE: Final = 0.8  # of a lease: an account whose lease could not be renewed is left before another may take it

_BROKEN: Final = (ConnectionError, OSError, EOFError, asyncio.TimeoutError, TooLong, errors.SecurityError,
                  errors.InvalidBufferError, errors.InvalidChecksumError)  # fmt: skip

T = TypeVar("T")


class AccountLine:
    """`ended` is called once, when the account is dead or another process has it."""

    def __init__(self, setup: Setup, held: Holding, client: Callable[[], TelegramClient], ended: Callable[[], None]):
        self._setup, self.held, self._make, self._ended = setup, held, client, ended
        self._client: TelegramClient | None = None
        self._loop = asyncio.new_event_loop()
        self._online: bool | None = None
        self._over = False
        self._renewed = time.monotonic()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._loop.run_forever, name="telegram", daemon=True)
        self._thread.start()
        threading.Thread(target=self._keep_lease, name="lease", daemon=True).start()

    def call(self, method: Method, request: Any, *, low: bool = False) -> Any:
        self._connect()
        now = self._setup.now()
        with self._setup.transaction() as session:
            accounts.spend(session, self.held, method, now, self._setup.settings, low=low)
        self._renewed = time.monotonic()
        try:
            return self._run(self._invoke(request))
        except errors.FloodError as error:
            raise self._flooded(method, int(getattr(error, "seconds", 0) or 60)) from error
        except _BROKEN as error:
            self._hang_up()
            raise LineDownError(f"the answer did not come: {type(error).__name__}", self._later(SHORT_PAUSE)) from error
        except errors.RPCError as error:
            self._end_if_dead(error)
            if isinstance(error, errors.ServerError | errors.TimedOutError) or (error.code or 0) >= 500:
                raise PostponedError(f"Telegram has troubles: {name_of(error)}", self._later(TROUBLE_PAUSE)) from error
            raise channel_error(name_of(error)) from error

    def peer(self, telegram_id: int | None, handle: str) -> Peer | None:
        with self._setup.transaction() as session:
            return accounts.peer_of(session, self.held.account_id, telegram_id, handle)

    def keep_peer(self, peer: Peer) -> None:
        with self._setup.transaction() as session:
            accounts.keep_peer(session, self.held.account_id, peer, self._setup.now())

    def forget_peer(self, telegram_id: int) -> None:
        with self._setup.transaction() as session:
            accounts.forget_peer(session, self.held.account_id, telegram_id)

    def close(self) -> None:
        """Off the line before the lease ends: the next holder may call at once."""
        self._stop.set()
        self._hang_up()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()
        with self._setup.transaction() as session:
            accounts.end_lease(session, self.held)

    def _connect(self) -> None:
        """A client that is connected still; Telethon itself comes back after a cut."""
        if self._over:
            raise LineDownError("the account is not this process's any more", self._setup.now())
        try:
            self._run(self._connected())
        except _BROKEN as error:
            self._hang_up()
            self._note_online(online=False)
            raise LineDownError(f"no connection: {type(error).__name__}", self._later(OFFLINE_PAUSE)) from error
        except (errors.RPCError, errors.AuthKeyNotFound) as error:
            self._end_if_dead(error)
            self._hang_up()
            raise LineDownError(f"no connection: {name_of(error)}", self._later(TROUBLE_PAUSE)) from error
        self._note_online(online=True)

    async def _connected(self) -> None:
        if self._client is None:
            self._client = self._make()
        if not self._client.is_connected():
            await self._client.connect()

    async def _invoke(self, request: Any) -> Any:
        if self._client is None:
            raise ConnectionError("hung up meanwhile")
        return await self._client(request)

    def _run(self, work: Coroutine[Any, Any, T]) -> T:
        future = asyncio.run_coroutine_threadsafe(work, self._loop)
        try:
            return future.result(self._setup.settings.account_call_timeout.total_seconds())
        except TooLong:
            future.cancel()
            raise

    def _hang_up(self) -> None:
        """A client that was cut or is silent is not used again: the next call makes another one."""
        client, self._client = self._client, None
        if client is not None:
            with suppress(*_BROKEN, errors.RPCError):
                self._run(_disconnect(client))

    def _flooded(self, method: Method, seconds: int) -> PostponedError:
        until = self._later(timedelta(seconds=seconds) + FLOOD_MARGIN)
        with self._setup.transaction() as session:
            accounts.note_flood(session, self.held, method, until)
        return PostponedError(f"{method}: flood wait", until)

    def _end_if_dead(self, error: Exception) -> None:
        reason = end_of(error)
        if reason is None:
            return
        with self._setup.transaction() as session:
            accounts.end_account(session, self.held.name, reason, self._setup.now(), self._setup.settings)
        self._leave()
        raise LineDownError(f"account {self.held.name} is dead: {reason}", self._setup.now()) from error

    def _leave(self) -> None:
        if not self._over:
            self._over = True
            self._hang_up()
            self._ended()

    def _note_online(self, *, online: bool) -> None:
        if online != self._online:
            with self._setup.transaction() as session:
                accounts.note_online(session, self.held, self._setup.now(), online=online)
            self._online = online

    def _later(self, pause: timedelta) -> Any:
        return self._setup.now() + pause

    def _keep_lease(self) -> None:
        lease_s = self._setup.settings.account_lease.total_seconds()
        while not self._stop.wait(lease_s / 4):
            try:
                mine = self._renew()
            except Exception:
                log.exception("lease_not_renewed", account=self.held.name)
                mine = time.monotonic() - self._renewed < lease_s * SAFE_SHARE
            if not mine:
                log.error("lease_lost", account=self.held.name)
                self._leave()
                return

    def _renew(self) -> bool:
        with self._setup.transaction() as session:
            mine = accounts.renew_lease(session, self.held, self._setup.now(), self._setup.settings)
        if mine:
            self._renewed = time.monotonic()
        return mine


async def _disconnect(client: TelegramClient) -> None:
    """On the client's own loop: from another thread `disconnect` gives no coroutine."""
    await client.disconnect()
