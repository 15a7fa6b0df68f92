"""A loopback Telegram with a reader who has signed in."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import pytest
from telethon import TelegramClient
from telethon.sessions import StringSession

from tests.servers.mtproto.server import API_HASH, API_ID, TelegramServer

Connecting = Callable[..., AbstractAsyncContextManager[TelegramClient]]


@pytest.fixture
def telegram() -> Iterator[TelegramServer]:
    with TelegramServer() as server:
        server.account("reader")
        yield server
    assert server.errors == []


@asynccontextmanager
async def client_of(session: StringSession | str, **given: object) -> AsyncIterator[TelegramClient]:
    """Impatient: it sleeps out no flood, and tries nothing twice."""
    kept = StringSession(session) if isinstance(session, str) else session
    settings = {"flood_sleep_threshold": 0, "request_retries": 1, "connection_retries": 1, "timeout": 5}
    client = TelegramClient(kept, API_ID, API_HASH, **{**settings, **given})
    await client.connect()
    try:
        yield client
    finally:
        await client.disconnect()
