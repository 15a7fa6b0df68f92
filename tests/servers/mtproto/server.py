"""A loopback Telegram: an MTProto server of Telethon's own types and ciphers, with an unmodified TelegramClient beyond.

    with TelegramServer() as server:
        news = server.world.channel("news", "News")             # its id; more in world.py
        first = server.world.post(news, "63 killed")
        server.account("reader")
        client = TelegramClient(StringSession(server.session("reader")), API_ID, API_HASH)
        ...                                                     # or fresh_session(): key exchange, code, password
        server.script.flood("messages.getHistory", 2, account="reader")     # more in script.py
        server.accounts.revoke("reader", "SESSION_REVOKED")                 # more in accounts.py
        server.calls.kinds(), server.calls.count("contacts.resolveUsername", "reader")

It runs in a thread of its own, and reaches clients in any process: the address stands in their sessions. A client that
has no key yet must trust this far end (keys.py).
"""

import asyncio
import os
import threading
from asyncio import IncompleteReadError, StreamReader, StreamWriter
from collections.abc import Callable, Coroutine
from datetime import datetime
from types import TracebackType
from typing import Any, Final, Self

from telethon.crypto import AuthKey
from telethon.sessions import StringSession

from tests.servers.mtproto.accounts import Account, Accounts
from tests.servers.mtproto.calls import CallLog
from tests.servers.mtproto.connection import Connection
from tests.servers.mtproto.script import Script
from tests.servers.mtproto.showing import DC
from tests.servers.mtproto.switchboard import Limits, Switchboard
from tests.servers.mtproto.wire import Packets
from tests.servers.mtproto.world import World, utc_now

API_ID: Final = 1
API_HASH: Final = "0" * 32
WITHIN_S: Final = 10


class TelegramServer:
    """`clock` gives the times of floods, calls and messages."""

    def __init__(self, clock: Callable[[], datetime] = utc_now) -> None:
        self._board = Switchboard(World(clock))
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="telegram", daemon=True)
        self._tcp: asyncio.Server | None = None

    @property
    def world(self) -> World:
        return self._board.world

    @property
    def accounts(self) -> Accounts:
        return self._board.accounts

    @property
    def calls(self) -> CallLog:
        return self._board.calls

    @property
    def script(self) -> Script:
        return self._board.script

    @property
    def limits(self) -> Limits:
        return self._board.limits

    @property
    def errors(self) -> list[Exception]:
        """Of this server itself: where there is one, a test has found nothing else."""
        return self._board.errors

    @property
    def address(self) -> tuple[str, int]:
        return self._board.address

    def __enter__(self) -> Self:
        self._thread.start()
        self.world.listener = lambda *change: self._loop.call_soon_threadsafe(self._board.push, *change)
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
        self.world.listener = None
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def start(self) -> None:
        """Listening, on the port of before if there was one."""
        self._run(self._listen())

    def stop(self) -> None:
        """Nobody answers any more; who is connected is cut off."""
        self._run(self._close())

    def cut(self, account: str | None = None) -> None:
        """Break the connections of an account, or all."""
        self._run(self._cut(account))

    def account(self, name: str, **given: Any) -> Account:
        return self.accounts.add(name, **given)

    def session(self, name: str) -> str:
        """A StringSession of somebody who has signed in: with a key of its own, for one client."""
        key = AuthKey(os.urandom(256))
        self.accounts.keep(key, self.accounts.by_name[name])
        session = self.fresh_session()
        session.auth_key = key
        return str(session.save())

    def fresh_session(self) -> StringSession:
        """An address alone."""
        session = StringSession()
        session.set_dc(DC, *self.address)
        return session

    def connected(self, account: str) -> int:
        """How many connections of it are live."""
        return len(self._board.of(account))

    async def _listen(self) -> None:
        self._tcp = await asyncio.start_server(self._accept, *self.address)
        self._board.address = self._tcp.sockets[0].getsockname()[:2]

    async def _accept(self, reader: StreamReader, writer: StreamWriter) -> None:
        connection = Connection(self._board, Packets(reader, writer))
        self._board.connections.add(connection)
        try:
            await connection.run()
        except (IncompleteReadError, ConnectionError):
            return
        finally:
            self._board.connections.discard(connection)
            connection.close()

    async def _close(self) -> None:
        if self._tcp is not None:
            self._tcp.close()
            self._tcp = None
            await self._cut(None)

    async def _cut(self, account: str | None) -> None:
        for each in self._board.of(account):
            each.close()
        while self._board.of(account):
            await asyncio.sleep(0)

    def _run(self, work: Coroutine[Any, Any, None]) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result(WITHIN_S)
