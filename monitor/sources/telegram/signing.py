"""Signing in with an account, and seeing whose a session is. Each opens a connection and closes it again."""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final, TypeVar

from telethon import TelegramClient, errors

from monitor.errors import CounterclaimError
from monitor.sources.telegram.client import end_of, name_of

TRIES: Final = 3

T = TypeVar("T")


class SignInError(CounterclaimError):
    """What Telegram said to it."""


class DeadSessionError(SignInError):
    """The session, or the account, is gone for good."""


@dataclass(frozen=True, slots=True)
class Signed:
    """Whose the session is. It is never shown."""

    session: str = field(repr=False)
    telegram_id: int
    title: str


def whose(client: TelegramClient, within: timedelta) -> Signed:
    """Raises SignInError where the session is good for nothing."""
    return _with(client, lambda: _whose(client), within)


def sign_in(client: TelegramClient, phone: str, code: Callable[[], str], password: Callable[[], str]) -> Signed:
    """Asks for the code that Telegram sends, and for the password where the account has one; a wrong one again."""
    return _with(client, lambda: _sign_in(client, phone, code, password), None)


async def _sign_in(client: TelegramClient, phone: str, code: Callable[[], str], password: Callable[[], str]) -> Signed:
    await client.send_code_request(phone)
    try:
        await _again(lambda: client.sign_in(phone, code()), errors.PhoneCodeInvalidError)
    except errors.SessionPasswordNeededError:
        await _again(lambda: client.sign_in(password=password()), errors.PasswordHashInvalidError)
    return await _whose(client)


async def _again(ask: Callable[[], Coroutine[Any, Any, object]], wrong: type[Exception]) -> None:
    for left in range(TRIES, 0, -1):
        try:
            await ask()
        except wrong:
            if left == 1:
                raise
        else:
            return


async def _whose(client: TelegramClient) -> Signed:
    me = await client.get_me()
    if me is None:
        raise DeadSessionError("nobody is signed in with this session")
    name = " ".join(part for part in (me.first_name, me.last_name) if part)
    return Signed(client.session.save(), me.id, name or str(me.id))


def _with(client: TelegramClient, work: Callable[[], Coroutine[Any, Any, T]], within: timedelta | None) -> T:
    async def run() -> T:
        await client.connect()
        try:
            return await work()
        finally:
            await client.disconnect()

    try:
        return asyncio.run(asyncio.wait_for(run(), None if within is None else within.total_seconds()))
    except errors.FloodError as error:
        raise SignInError(f"Telegram asks to wait for {getattr(error, 'seconds', '?')} s") from error
    except (errors.RPCError, errors.AuthKeyNotFound) as error:
        dead = end_of(error)
        raise (SignInError(f"Telegram says {name_of(error)}") if dead is None else DeadSessionError(dead)) from error
    except (OSError, TimeoutError) as error:
        raise SignInError(f"no connection to Telegram: {type(error).__name__}") from error
