"""Which function answers which method. It gets what is asked, by whom, and the world; it may raise RpcError."""

import re
import struct
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final

from telethon import types as t

from tests.servers.mtproto.accounts import Account, Accounts
from tests.servers.mtproto.script import RpcError
from tests.servers.mtproto.world import Channel, World

VECTOR: Final = 0x1CB5C415


@dataclass(frozen=True, slots=True)
class Asked:
    """`key`: of the connection. `reader`: who has signed in with it."""

    world: World
    accounts: Accounts
    address: tuple[str, int]
    limits: Any
    request: Any
    key: int
    account: Account | None

    @property
    def reader(self) -> Account:
        if self.account is None:
            raise RpcError(401, "AUTH_KEY_UNREGISTERED")
        return self.account

    def channel(self, peer: Any) -> Channel:
        """The channel that a peer means, as far as this account may see it."""
        found = self.world.known(getattr(peer, "channel_id", 0))
        if found is None or self.reader.access_hash(found.id) != peer.access_hash:
            raise RpcError(400, "CHANNEL_INVALID")
        if found.private:
            raise RpcError(400, "CHANNEL_PRIVATE")
        return found


Answer = Callable[[Asked], Any]

ANSWERS: Final[dict[type, Answer]] = {}


def answers(*requests: type) -> Callable[[Answer], Answer]:
    def known(function: Answer) -> Answer:
        ANSWERS.update(dict.fromkeys(requests, function))
        return function

    return known


def method_of(request: Any) -> str:
    """messages.getHistory, as Telegram writes it."""
    space = type(request).__module__.rpartition(".")[2]
    name = re.sub("Request$", "", type(request).__name__)
    plain = name[0].lower() + name[1:]
    return plain if space == "functions" else f"{space}.{plain}"


def vector(items: Iterable[Any]) -> bytes:
    whole = [bytes(each) for each in items]
    return struct.pack("<Ii", VECTOR, len(whole)) + b"".join(whole)


def as_bytes(answer: Any) -> bytes:
    return answer if isinstance(answer, bytes) else bytes(answer)


def refusal(error: RpcError) -> bytes:
    return bytes(t.RpcError(error.code, error.message))
