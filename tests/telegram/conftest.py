"""A loopback Telegram with a reader who has signed in."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from telethon import TelegramClient
from telethon.sessions import StringSession

from tests.servers.mtproto.server import API_HASH, API_ID, TelegramServer


@pytest.fixture
def telegram() -> Iterator[TelegramServer]:
    with TelegramServer() as server:
        server.account("reader")
        yield server
    assert server.errors == []


@asynccontextmanager
async def client_of(session: StringSession | str, **given: Any) -> AsyncIterator[TelegramClient]:
    """Impatient: it sleeps out no flood, tries nothing twice, and remembers no flood (without updates it cannot)."""
    kept = StringSession(session) if isinstance(session, str) else session
    impatient: dict[str, Any] = {"flood_sleep_threshold": 0, "request_retries": 1, "connection_retries": 1}
    client = TelegramClient(kept, API_ID, API_HASH, **{**impatient, "timeout": 5, "receive_updates": False, **given})
    await client.connect()
    try:
        yield client
    finally:
        await client.disconnect()


def asked(
    server: TelegramServer, ask: Callable[[TelegramClient], Awaitable[Any]], account: str = "reader", **given: Any
) -> Any:
    """What comes of it, with a client that signed in before."""

    async def run() -> Any:
        async with client_of(server.session(account), **given) as client:
            return await ask(client)

    return asyncio.run(run())
