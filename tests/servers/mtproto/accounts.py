"""The accounts of a loopback Telegram, their authorization keys, and how they end."""

from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from threading import RLock
from typing import Final

from telethon import types as t
from telethon.crypto import AuthKey

CODE: Final = "12345"


@dataclass(slots=True)
class Account:
    """`ended`: what every call is answered from now on, such as USER_DEACTIVATED_BAN."""

    id: int
    name: str
    phone: str
    password: str | None = None
    code: str = CODE
    ended: str | None = None
    joined: set[int] = field(default_factory=set)
    joins: list[datetime] = field(default_factory=list)

    def access_hash(self, channel: int) -> int:
        """Another one for each account, as there."""
        return int.from_bytes(sha256(f"{self.id} {channel}".encode()).digest()[:7], "big")

    def shown(self) -> t.User:
        return t.User(id=self.id, is_self=True, access_hash=self.id, first_name=self.name, phone=self.phone)


class Accounts:
    """Who may sign in, and which key belongs to whom."""

    def __init__(self) -> None:
        self.lock = RLock()
        self.by_name: dict[str, Account] = {}
        self.half_signed_in: dict[int, Account] = {}  # by key: the code was right, the password is awaited
        self._keys: dict[int, AuthKey] = {}
        self._owners: dict[int, Account] = {}
        self._revoked: dict[int, str] = {}

    def add(self, name: str, phone: str = "", password: str | None = None) -> Account:
        with self.lock:
            number = 700_000_001 + len(self.by_name)
            made = Account(number, name, phone or f"79{number}", password)
            self.by_name[name] = made
            return made

    def with_phone(self, phone: str) -> Account | None:
        digits = phone.lstrip("+")
        return next((each for each in self.by_name.values() if each.phone == digits), None)

    def keep(self, key: AuthKey, owner: Account | None = None) -> None:
        with self.lock:
            self._keys[key.key_id] = key
            if owner is not None:
                self._owners[key.key_id] = owner

    def sign_in(self, key: int, owner: Account) -> None:
        with self.lock:
            self._owners[key] = owner

    def key(self, number: int) -> AuthKey | None:
        """None where it was never made, or is forgotten: the transport itself then answers -404."""
        return self._keys.get(number)

    def owner(self, key: int) -> Account | None:
        return self._owners.get(key)

    def trouble(self, key: int) -> str | None:
        """Why this key may call nothing, if so."""
        with self.lock:
            owner = self._owners.get(key)
            return self._revoked.get(key) or (None if owner is None else owner.ended)

    def revoke(self, name: str, error: str = "AUTH_KEY_UNREGISTERED") -> None:
        """All keys of an account: AUTH_KEY_UNREGISTERED, SESSION_REVOKED, SESSION_EXPIRED, AUTH_KEY_DUPLICATED."""
        with self.lock:
            for key, owner in self._owners.items():
                if owner.name == name:
                    self._revoked[key] = error

    def revoke_key(self, key: int, error: str) -> None:
        with self.lock:
            self._revoked[key] = error

    def forget(self, name: str) -> None:
        """The keys of an account, as if they had never been made."""
        with self.lock:
            for key in [key for key, owner in self._owners.items() if owner.name == name]:
                self._keys.pop(key, None)
                del self._owners[key]

    def end(self, name: str, error: str = "USER_DEACTIVATED_BAN") -> None:
        self.by_name[name].ended = error
