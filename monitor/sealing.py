"""Secrets at rest. A session of Telegram is the whole account: in the store it stands encrypted, in logs never.

The key is that of the environment (several, the newest first, to change it), else of a file that nobody else may read.
"""

import os
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from config.settings import Settings
from monitor.errors import CounterclaimError


class SealError(CounterclaimError):
    """No key, a key that is none, or not the key that sealed this."""

    permanent = True


class Sealer:
    def __init__(self, keys: MultiFernet) -> None:
        self._keys = keys

    def seal(self, secret: str) -> str:
        return self._keys.encrypt(secret.encode()).decode("ascii")

    def open(self, sealed: str) -> str:
        try:
            return self._keys.decrypt(sealed.encode("ascii")).decode()
        except InvalidToken as error:
            raise SealError("sealed with another key: give that one too (COUNTERCLAIM_SESSION_KEY=new,old)") from error


def sealer(settings: Settings, *, make: bool = False) -> Sealer:
    """`make`: where there is no key, write one to the file. Raises SealError."""
    if settings.session_key is not None:
        return _sealer(settings.session_key.get_secret_value(), "COUNTERCLAIM_SESSION_KEY")
    path = key_file(settings)
    if make and not path.exists():
        _write_key(path)
    return _sealer(_read_key(path), str(path))


def key_file(settings: Settings) -> Path:
    return settings.session_key_file or settings.data / "session.key"


def _sealer(keys: str, origin: str) -> Sealer:
    try:
        return Sealer(MultiFernet([Fernet(key.strip()) for key in keys.split(",") if key.strip()]))
    except ValueError as error:
        raise SealError(f"{origin}: holds no key; one is 32 random bytes in URL-safe base64") from error


def _read_key(path: Path) -> str:
    try:
        if path.stat().st_mode & 0o077:
            raise SealError(f"{path}: others may read this key; `chmod 600` it")
        return path.read_text(encoding="ascii")
    except FileNotFoundError as error:
        raise SealError(f"{path}: no such key; set COUNTERCLAIM_SESSION_KEY, or bring this file back") from error


def _write_key(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(Fernet.generate_key() + b"\n")
