"""How a client without a key gets one (core.telegram.org/mtproto/auth_key): three questions, three answers."""

import os
import time
from hashlib import sha1
from typing import Any

from telethon import functions as f
from telethon import types as t
from telethon.crypto import AES, AuthKey
from telethon.crypto.rsa import get_byte_array
from telethon.extensions import BinaryReader
from telethon.helpers import generate_key_data_from_nonce

from tests.servers.mtproto.keys import BITS, FINGERPRINT, GENERATOR, PRIME, P, Q, opened


class BrokenHandshakeError(ConnectionError):
    """A client that does not keep to the protocol."""


class Handshake:
    """`made`: the key, once both sides have it."""

    def __init__(self) -> None:
        self.made: AuthKey | None = None
        self._nonce = self._server_nonce = self._new_nonce = self._exponent = 0
        self._aes = (b"", b"")

    def answer(self, request: Any) -> Any:
        if isinstance(request, f.ReqPqMultiRequest):
            return self._factors(request)
        if isinstance(request, f.ReqDHParamsRequest):
            return self._parameters(request)
        if isinstance(request, f.SetClientDHParamsRequest):
            return self._key(request)
        raise BrokenHandshakeError(f"{type(request).__name__} is not a question of the key exchange")

    def _factors(self, request: Any) -> t.ResPQ:
        self._nonce, self._server_nonce = request.nonce, int.from_bytes(os.urandom(16), "little", signed=True)
        return t.ResPQ(self._nonce, self._server_nonce, get_byte_array(P * Q), [FINGERPRINT])

    def _parameters(self, request: Any) -> t.ServerDHParamsOk:
        plain = opened(request.encrypted_data)
        inner = BinaryReader(plain[20:]).tgread_object()
        if sha1(bytes(inner)).digest() != plain[:20] or inner.server_nonce != self._server_nonce:
            raise BrokenHandshakeError("wrong hash or nonce")
        self._new_nonce = inner.new_nonce
        self._aes = generate_key_data_from_nonce(self._server_nonce, self._new_nonce)
        self._exponent = int.from_bytes(os.urandom(BITS // 8), "big") % PRIME
        ours = pow(GENERATOR, self._exponent, PRIME).to_bytes(BITS // 8, "big")
        offer = bytes(
            t.ServerDHInnerData(
                self._nonce, self._server_nonce, GENERATOR, get_byte_array(PRIME), ours, int(time.time())
            )
        )
        hashed = sha1(offer).digest() + offer
        padded = hashed + os.urandom(-len(hashed) % 16)
        return t.ServerDHParamsOk(self._nonce, self._server_nonce, AES.encrypt_ige(padded, *self._aes))

    def _key(self, request: Any) -> t.DhGenOk:
        inner = BinaryReader(AES.decrypt_ige(request.encrypted_data, *self._aes)[20:]).tgread_object()
        theirs = int.from_bytes(inner.g_b, "big")
        self.made = AuthKey(pow(theirs, self._exponent, PRIME).to_bytes(BITS // 8, "big"))
        return t.DhGenOk(self._nonce, self._server_nonce, self.made.calc_new_nonce_hash(self._new_nonce, 1))
