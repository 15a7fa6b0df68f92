"""Between connections and answers: whose key it is, what the script has in store, the log of calls."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from telethon import types as t
from telethon.crypto import AuthKey

from tests.servers.mtproto import answers_channels
from tests.servers.mtproto.accounts import Accounts
from tests.servers.mtproto.answers import ANSWERS, Asked, as_bytes, method_of, refusal
from tests.servers.mtproto.answers_account import UNSIGNED
from tests.servers.mtproto.answers_updates import shown_change
from tests.servers.mtproto.calls import OK, Call, CallLog
from tests.servers.mtproto.connection import Connection
from tests.servers.mtproto.script import Fate, RpcError, Script
from tests.servers.mtproto.showing import shown_channel
from tests.servers.mtproto.world import Change, Channel, World

LINGER_S: Final = 0.1  # of a connection whose client has gone, until its end is read
NOBODY: Final = ""
DUPLICATED: Final = "AUTH_KEY_DUPLICATED"
SUBJECTS: Final = (answers_channels,)  # each says which methods it answers when it is imported


@dataclass(slots=True)
class Limits:
    """`joins` in so long a time, then a flood. `difference`: a longer one is answered as too long.

    `timeout`: seconds after which the next difference may be asked for. `one_connection`: two that live with one key
    end it, as two addresses do there.
    """

    joins: int = 3
    joins_in: timedelta = timedelta(minutes=5)
    difference: int = 100_000
    timeout: int = 30
    one_connection: bool = True


class Switchboard:
    def __init__(self, world: World) -> None:
        self.world = world
        self.accounts, self.calls, self.limits, self.script = Accounts(), CallLog(), Limits(), Script(world.clock)
        self.connections: set[Connection] = set()
        self.address = ("127.0.0.1", 0)
        self.errors: list[Exception] = []

    def key(self, number: int) -> AuthKey | None:
        return self.accounts.key(number)

    def keep(self, key: AuthKey) -> None:
        self.accounts.keep(key)

    async def seen(self, connection: Connection, key: AuthKey) -> None:
        """A connection begins to use a key."""
        if not self.limits.one_connection or not self._elsewhere(connection, key):
            return
        await asyncio.sleep(LINGER_S)
        if self._elsewhere(connection, key):
            self.accounts.revoke_key(key.key_id, DUPLICATED)

    async def answer(self, key: AuthKey, request: Any) -> tuple[bytes, Fate]:
        method, account = method_of(request), self.name(key)
        outcome = OK
        try:
            self._check(key, request, method, account)
            body = self._answered(key, request)
        except RpcError as error:
            outcome, body = error.message, refusal(error)
        except Exception as error:  # noqa: BLE001 - the border of this server: a client must not wait for ever
            self.errors.append(error)
            outcome, body = repr(error), refusal(RpcError(500, "INTERNAL"))
        self.calls.add(Call(account, method, self.world.clock(), request.to_dict(), outcome))
        return body, self.script.fate(method, account)

    def name(self, key: AuthKey | None) -> str:
        owner = None if key is None else self.accounts.owner(key.key_id)
        return NOBODY if owner is None else owner.name

    def of(self, account: str | None) -> Sequence[Connection]:
        """The connections of an account, or all."""
        return [each for each in list(self.connections) if account in (None, self.name(each.key))]

    def push(self, channel: Channel, change: Change) -> None:
        """To who has joined, and has not asked to be left alone."""
        for each in self.connections:
            reader = None if each.key is None else self.accounts.owner(each.key.key_id)
            if reader is None or not each.wants_updates or channel.id not in reader.joined:
                continue
            with self.world.lock:
                update, chat = shown_change(channel, change), shown_channel(channel, reader)
            if update is not None:
                each.tell(t.Updates([update], [], [chat], self.world.clock(), 0))

    def _check(self, key: AuthKey, request: Any, method: str, account: str) -> None:
        trouble = self.accounts.trouble(key.key_id)
        if trouble is not None:
            raise RpcError(406 if trouble == DUPLICATED else 401, trouble)
        if self.accounts.owner(key.key_id) is None and not isinstance(request, UNSIGNED):
            raise RpcError(401, "AUTH_KEY_UNREGISTERED")
        self.script.raise_fault(method, account)

    def _answered(self, key: AuthKey, request: Any) -> bytes:
        answer: Callable[[Asked], Any] | None = ANSWERS.get(type(request))
        if answer is None:
            raise NotImplementedError(method_of(request))
        owner = self.accounts.owner(key.key_id)
        with self.world.lock:
            return as_bytes(
                answer(Asked(self.world, self.accounts, self.address, self.limits, request, key.key_id, owner))
            )

    def _elsewhere(self, connection: Connection, key: AuthKey) -> bool:
        others = (each.key for each in self.connections if each is not connection)
        return any(each is not None and each.key_id == key.key_id for each in others)
