"""The loopback Telegram answers an unmodified client as the real one does: keys, signing in, floods, mishaps."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import pytest
from telethon import TelegramClient, errors
from telethon import functions as f
from telethon.errors.common import AuthKeyNotFound

from tests.servers.mtproto.calls import Call, busiest, by_account, told
from tests.servers.mtproto.keys import trust
from tests.servers.mtproto.script import Mishap, RpcError, flood
from tests.servers.mtproto.server import TelegramServer
from tests.telegram.conftest import asked, client_of

HISTORY: Final = "messages.getHistory"
NOON: Final = datetime(2023, 1, 2, 12, tzinfo=UTC)
NOTHING: Final = f.channels.GetChannelsRequest([])


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


def test_nobody_signs_in_with_an_unknown_or_banned_phone(telegram: TelegramServer) -> None:
    trust()
    telegram.account("banned", phone="79001234567")
    telegram.accounts.end("banned")

    async def send_codes() -> None:
        async with client_of(telegram.fresh_session()) as client:
            with pytest.raises(errors.PhoneNumberInvalidError):
                await client.send_code_request("+79000000000")
            with pytest.raises(errors.PhoneNumberBannedError):
                await client.send_code_request("+79001234567")

    asyncio.run(send_codes())


ENDS: list[tuple[Callable[[TelegramServer], None], type[Exception]]] = [
    (lambda server: server.accounts.revoke("reader"), errors.AuthKeyUnregisteredError),
    (lambda server: server.accounts.revoke("reader", "SESSION_REVOKED"), errors.SessionRevokedError),
    (lambda server: server.accounts.end("reader"), errors.UserDeactivatedBanError),
    (lambda server: server.accounts.forget("reader"), AuthKeyNotFound),
]


@pytest.mark.parametrize(("end", "raised"), ENDS, ids=["unregistered", "revoked", "banned", "forgotten"])
def test_a_key_that_ended_calls_nothing(
    telegram: TelegramServer, end: Callable[[TelegramServer], None], raised: type[Exception]
) -> None:
    session = telegram.session("reader")
    end(telegram)

    async def ask() -> None:
        async with client_of(session) as client:
            await client(NOTHING)

    with pytest.raises(raised):
        asyncio.run(ask())


def test_who_has_logged_out_is_a_stranger(telegram: TelegramServer) -> None:
    async def ask(client: TelegramClient) -> None:
        assert await client.log_out()

    asked(telegram, ask)
    assert telegram.calls.count("auth.logOut") == 1


def test_two_live_connections_with_one_key_end_it(telegram: TelegramServer) -> None:
    session = telegram.session("reader")

    async def twice() -> None:
        async with client_of(session) as first:
            await first(NOTHING)
            with pytest.raises(errors.AuthKeyDuplicatedError):
                async with client_of(session):
                    pytest.fail("it has connected")
            with pytest.raises(errors.AuthKeyDuplicatedError):
                await first(NOTHING)

    asyncio.run(twice())


def test_one_connection_after_the_other_with_one_key_is_fine(telegram: TelegramServer) -> None:
    session = telegram.session("reader")

    async def ask() -> None:
        async with client_of(session) as client:
            await client(NOTHING)

    asyncio.run(ask())
    asyncio.run(ask())


def test_a_flood_holds_for_its_account_and_method_until_it_ends() -> None:
    now = [NOON]
    with TelegramServer(clock=lambda: now[0]) as server:
        server.account("reader")
        server.world.channel("news")
        server.script.flood(HISTORY, 3600, account="reader")

        async def ask(client: TelegramClient) -> None:
            peer = await client.get_input_entity("news")
            with pytest.raises(errors.FloodWaitError):
                await client.get_messages(peer)
            now[0] += timedelta(minutes=59)
            await client.get_entity("news")
            now[0] += timedelta(minutes=1)
            await client.get_messages(peer)

        asked(server, ask)
    assert [each.answer for each in server.calls.of(HISTORY)] == ["FLOOD_WAIT_3600", "ok"]
    assert server.script.hurried == []


def test_who_calls_again_in_a_flood_is_noted_and_told_what_is_left(telegram: TelegramServer) -> None:
    telegram.script.flood("channels.getChannels", 100, account="reader")

    async def ask(client: TelegramClient) -> None:
        for _ in range(2):
            with pytest.raises(errors.FloodWaitError):
                await client(NOTHING)

    asked(telegram, ask)
    assert len(telegram.script.hurried) == 1


def test_errors_come_as_scripted(telegram: TelegramServer) -> None:
    telegram.script.fail("*", flood(3, "FLOOD_PREMIUM_WAIT"), account="another")
    telegram.script.fail("channels.getChannels", flood(3, "FLOOD_PREMIUM_WAIT"))
    telegram.script.fail("channels.getChannels", RpcError(400, "CHANNEL_PRIVATE"))

    async def ask(client: TelegramClient) -> None:
        with pytest.raises(errors.FloodPremiumWaitError):
            await client(NOTHING)
        with pytest.raises(errors.ChannelPrivateError):
            await client(NOTHING)
        assert (await client(NOTHING)).chats == []

    asked(telegram, ask)


def test_answers_come_late_twice_or_never(telegram: TelegramServer) -> None:
    method = "channels.getChannels"
    telegram.script.answer(method, Mishap.LATE, delay=timedelta(seconds=0.2))
    telegram.script.answer(method, Mishap.DOUBLED)
    telegram.script.answer(method, Mishap.LOST)

    async def ask(client: TelegramClient) -> None:
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(client(NOTHING), 0.1)
        assert (await client(NOTHING)).chats == []
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(client(NOTHING), 0.1)
        assert (await client(NOTHING)).chats == []

    asked(telegram, ask)


def restart(server: TelegramServer) -> None:
    server.stop()
    server.start()


BREAKS: dict[str, Callable[[TelegramServer], None]] = {
    "in a call": lambda server: server.script.answer("channels.getChannels", Mishap.DROPPED),
    "between calls": lambda server: server.cut("reader"),
    "by a server that went and came": restart,
}


@pytest.mark.parametrize("broken", BREAKS.values(), ids=BREAKS.keys())
def test_a_client_reconnects_after_a_break(telegram: TelegramServer, broken: Callable[[TelegramServer], None]) -> None:
    session = telegram.session("reader")

    async def ask() -> None:
        async with client_of(session, retry_delay=0.1, connection_retries=20) as client:
            await client(NOTHING)
            await asyncio.to_thread(broken, telegram)
            assert (await client(NOTHING)).chats == []

    asyncio.run(ask())


def test_the_log_tells_who_called_what_and_how_fast(telegram: TelegramServer) -> None:
    telegram.account("other")
    news = telegram.world.channel("news")
    for account in ("reader", "other", "other"):
        asked(telegram, lambda client: client.get_messages("news"), account)
    assert telegram.calls.count(HISTORY, "other") == 2
    assert by_account(telegram.calls.of(HISTORY)) == {"other": 2, "reader": 1}
    assert telegram.calls.of(HISTORY)[0].arguments["peer"]["channel_id"] == news
    assert "messages.getHistory by other: 2, at most 2 in a minute" in told(telegram.calls.of())


def test_the_busiest_minute_may_begin_at_any_moment() -> None:
    calls = [Call("reader", HISTORY, NOON + timedelta(seconds=each), {}, "ok") for each in (0, 50, 59, 60, 100, 109.9)]
    assert busiest(calls) == 5
