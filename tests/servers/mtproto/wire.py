"""Bytes of the full TCP transport, and messages sealed with an authorization key, as a server writes and reads them."""

import os
import struct
import time
from asyncio import StreamReader, StreamWriter
from dataclasses import dataclass
from hashlib import sha256
from itertools import count
from zlib import crc32

from telethon.crypto import AES, AuthKey
from telethon.network.mtprotostate import MTProtoState

UNKNOWN_KEY = -404


class BrokenPacketError(ConnectionError):
    """Bytes that are not what the protocol says."""


class Packets:
    """core.telegram.org/mtproto/mtproto-transports#full: length, number, body, checksum."""

    def __init__(self, reader: StreamReader, writer: StreamWriter) -> None:
        self._reader, self._writer = reader, writer
        self._numbers = count()

    async def read(self) -> bytes:
        head = await self._reader.readexactly(8)
        length = struct.unpack("<ii", head)[0]
        body = await self._reader.readexactly(length - 8)
        if crc32(head + body[:-4]) != struct.unpack("<I", body[-4:])[0]:
            raise BrokenPacketError("wrong checksum")
        return body[:-4]

    def write(self, body: bytes) -> None:
        whole = struct.pack("<ii", len(body) + 12, next(self._numbers)) + body
        self._writer.write(whole + struct.pack("<I", crc32(whole)))

    def refuse(self, error: int) -> None:
        self.write(struct.pack("<i", error))

    def close(self) -> None:
        self._writer.close()


class MessageIds:
    """Rising times; the two lowest bits tell an answer (1) from what is said unasked (3)."""

    def __init__(self) -> None:
        self._last = 0

    def next(self, *, answer: bool) -> int:
        self._last = max(self._last + 4, int(time.time() * 2**32) & ~3)
        return self._last + (1 if answer else 3)


@dataclass(frozen=True, slots=True)
class Opened:
    session: int
    message_id: int
    body: bytes


def open_message(key: AuthKey, packet: bytes) -> Opened:
    """What a client has sealed (core.telegram.org/mtproto/description)."""
    seal = packet[8:24]
    plain = AES.decrypt_ige(packet[24:], *MTProtoState._calc_key(key.key, seal, True))
    if sha256(key.key[88:120] + plain).digest()[8:24] != seal:
        raise BrokenPacketError("the seal is not of this key")
    _salt, session, message_id, _number, length = struct.unpack("<qqqii", plain[:32])
    return Opened(session, message_id, plain[32 : 32 + length])


def seal_message(key: AuthKey, session: int, message_id: int, number: int, body: bytes) -> bytes:
    salt = 1
    plain = struct.pack("<qqqii", salt, session, message_id, number, len(body)) + body
    plain += os.urandom(-(len(plain) + 12) % 16 + 12)
    seal = sha256(key.key[96:128] + plain).digest()[8:24]
    ciphered = bytes(AES.encrypt_ige(plain, *MTProtoState._calc_key(key.key, seal, False)))
    return struct.pack("<Q", key.key_id) + seal + ciphered
