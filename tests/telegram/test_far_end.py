"""The loopback Telegram answers an unmodified client as the real one does."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest
from telethon import TelegramClient, errors
from telethon import functions as f
from telethon import types as t

from tests.servers.mtproto.keys import trust
from tests.servers.mtproto.script import Mishap, RpcError, flood
from tests.servers.mtproto.server import TelegramServer
from tests.telegram.conftest import client_of

HISTORY = "messages.getHistory"


def asked(server: TelegramServer, ask: Callable[[TelegramClient], Awaitable[Any]], account: str = "reader") -> Any:
    async def run() -> Any:
        async with client_of(server.session(account)) as client:
            return await ask(client)

    return asyncio.run(run())


def test_a_reader_sees_the_posts_of_a_channel_newest_first(telegram: TelegramServer) -> None:
    news = telegram.world.channel("news")
    for number in range(3):
        telegram.world.post(news, f"post {number}")
    found = asked(telegram, lambda client: client.get_messages("news", limit=100))
    assert [(each.id, each.message) for each in found] == [(3, "post 2"), (2, "post 1"), (1, "post 0")]


def test_one_signs_in_with_phone_code_and_password(telegram: TelegramServer) -> None:
    trust()
    telegram.account("new", phone="79001234567", password="secret")

    async def sign_in() -> Any:
        async with client_of(telegram.fresh_session()) as client:
            await client.send_code_request("+79001234567")
            with pytest.raises(errors.PhoneCodeInvalidError):
                await client.sign_in("+79001234567", "00000")
            with pytest.raises(errors.SessionPasswordNeededError):
                await client.sign_in("+79001234567", "12345")
            with pytest.raises(errors.PasswordHashInvalidError):
                await client.sign_in(password="wrong")
            return await client.sign_in(password="secret")

    assert asyncio.run(sign_in()).first_name == "new"


@pytest.mark.parametrize(
    ("error", "raised"),
    [
        ("AUTH_KEY_UNREGISTERED", errors.AuthKeyUnregisteredError),
        ("SESSION_REVOKED", errors.SessionRevokedError),
        ("USER_DEACTIVATED_BAN", errors.UserDeactivatedBanError),
    ],
)
def test_a_key_that_was_revoked_calls_nothing(telegram: TelegramServer, error: str, raised: type[Exception]) -> None:
    session = telegram.session("reader")
    telegram.accounts.revoke("reader", error)

    async def ask() -> None:
        async with client_of(session) as client:
            await client(f.channels.GetChannelsRequest([]))

    with pytest.raises(raised):
        asyncio.run(ask())


def test_a_flood_holds_for_its_account_and_method_until_it_ends(telegram: TelegramServer) -> None:
    news = telegram.world.channel("news")
    telegram.script.flood(HISTORY, 1, account="reader")

    async def ask(client: TelegramClient) -> None:
        peer = await client.get_input_entity("news")
        with pytest.raises(errors.FloodWaitError):
            await client.get_messages(peer)
        await asyncio.sleep(1)
        await client.get_messages(peer)

    asked(telegram, ask)
    assert telegram.world.at(news).messages == {}
    assert [each.answer for each in telegram.calls.of(HISTORY)] == ["FLOOD_WAIT_1", "ok"]
    assert telegram.script.hurried == []


def test_errors_and_mishaps_come_as_scripted(telegram: TelegramServer) -> None:
    telegram.world.channel("news")
    telegram.script.fail(HISTORY, flood(3, "FLOOD_PREMIUM_WAIT"))
    telegram.script.fail(HISTORY, RpcError(400, "CHANNEL_PRIVATE"))
    telegram.script.answer(HISTORY, Mishap.LATE, times=2)
    telegram.script.answer(HISTORY, Mishap.DOUBLED)
    telegram.script.answer(HISTORY, Mishap.LOST, delay=timedelta(0))

    async def ask(client: TelegramClient) -> None:
        peer = await client.get_input_entity("news")
        with pytest.raises(errors.FloodPremiumWaitError):
            await client.get_messages(peer)
        with pytest.raises(errors.ChannelPrivateError):
            await client.get_messages(peer)
        assert await client.get_messages(peer) == []
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(client.get_messages(peer), 0.3)
        assert await client.get_messages(peer) == []

    asked(telegram, ask)


def test_each_account_has_its_own_access_hash(telegram: TelegramServer) -> None:
    news = telegram.world.channel("news")
    foreign = telegram.account("other").access_hash(news)
    with pytest.raises(errors.ChannelInvalidError):
        asked(telegram, lambda client: client.get_messages(t.InputPeerChannel(news, foreign)))
