"""One client's connection: its key, its session, and the way from what it sends to the calls in it and back."""

import asyncio
import struct
from collections.abc import Coroutine
from typing import Any, Final, Protocol

from telethon import functions as f
from telethon import types as t
from telethon.crypto import AuthKey
from telethon.extensions import BinaryReader
from telethon.tl.core import GzipPacked, MessageContainer
from telethon.tl.tlobject import TLRequest

from tests.servers.mtproto.handshake import Handshake
from tests.servers.mtproto.script import Fate, Mishap
from tests.servers.mtproto.wire import UNKNOWN_KEY, MessageIds, Packets, open_message, seal_message

NO_KEY: Final = b"\0" * 8
GZIP_FROM: Final = 4096
RPC_RESULT: Final = 0xF35C6D01
WRAPPED: Final = (f.InvokeWithLayerRequest, f.InitConnectionRequest, f.InvokeWithoutUpdatesRequest)


class Behind(Protocol):
    """What a connection asks the server behind it."""

    def key(self, number: int) -> AuthKey | None: ...
    def keep(self, key: AuthKey) -> None: ...
    async def seen(self, connection: "Connection", key: AuthKey) -> None: ...
    async def answer(self, key: AuthKey, request: Any) -> tuple[bytes, Fate]: ...


class Connection:
    def __init__(self, behind: Behind, packets: Packets) -> None:
        self.key: AuthKey | None = None
        self.wants_updates = True
        self._behind, self._packets = behind, packets
        self._handshake = Handshake()
        self._ids = MessageIds()
        self._session = self._sent = 0
        self._answering: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        try:
            while True:
                packet = await self._packets.read()
                if packet[:8] == NO_KEY:
                    self._shake(BinaryReader(packet[20:]).tgread_object())
                else:
                    await self._open(packet)
        finally:
            for task in self._answering:
                task.cancel()

    def close(self) -> None:
        self._packets.close()

    def tell(self, update: Any) -> None:
        """What it has not asked for."""
        if self.key is not None and self._session:
            self._send(bytes(update), answer=False)

    def _shake(self, request: Any) -> None:
        body = bytes(self._handshake.answer(request))
        self._packets.write(struct.pack("<qqi", 0, self._ids.next(answer=True), len(body)) + body)
        if self._handshake.made is not None:
            self._behind.keep(self._handshake.made)

    async def _open(self, packet: bytes) -> None:
        key = self._behind.key(struct.unpack("<Q", packet[:8])[0])
        if key is None:
            self._packets.refuse(UNKNOWN_KEY)
            raise ConnectionError("a key that nobody knows")
        if self.key is None:
            self.key = key
            await self._behind.seen(self, key)
        opened = open_message(key, packet)
        self._session = opened.session
        self._take(key, opened.message_id, BinaryReader(opened.body).tgread_object())

    def _take(self, key: AuthKey, message_id: int, given: Any) -> None:
        if isinstance(given, MessageContainer):
            for each in given.messages:
                self._take(key, each.msg_id, each.obj)
        elif isinstance(given, GzipPacked):
            self._take(key, message_id, BinaryReader(given.data).tgread_object())
        elif isinstance(given, f.PingRequest | f.PingDelayDisconnectRequest):
            self._send(bytes(t.Pong(message_id, given.ping_id)), answer=True)
        elif isinstance(given, TLRequest):
            self._start(self._reply(key, message_id, self._unwrapped(given)))

    def _unwrapped(self, request: Any) -> Any:
        while isinstance(request, WRAPPED):
            self.wants_updates &= not isinstance(request, f.InvokeWithoutUpdatesRequest)
            request = request.query
        return request

    async def _reply(self, key: AuthKey, message_id: int, request: Any) -> None:
        """Each on its own: a late answer holds up no other."""
        body, fate = await self._behind.answer(key, request)
        await asyncio.sleep(fate.delay.total_seconds())
        if fate.mishap is Mishap.DROPPED:
            self.close()
        elif fate.mishap is not Mishap.LOST:
            packed = bytes(GzipPacked(body)) if len(body) > GZIP_FROM else body
            for _ in range(2 if fate.mishap is Mishap.DOUBLED else 1):
                self._send(struct.pack("<Iq", RPC_RESULT, message_id) + packed, answer=True)

    def _send(self, body: bytes, *, answer: bool) -> None:
        if self.key is None:
            return
        self._sent += 1
        message_id = self._ids.next(answer=answer)
        self._packets.write(seal_message(self.key, self._session, message_id, self._sent * 2 - 1, body))

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._answering.add(task)
        task.add_done_callback(self._answering.discard)
