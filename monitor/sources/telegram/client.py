"""Telethon as we use it: it never sleeps a flood wait away, never retries for long, takes no updates."""

from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from importlib.util import find_spec
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from telethon import TelegramClient, errors
from telethon.crypto import rsa
from telethon.sessions import StringSession

from config.settings import Settings
from config.version import VERSION
from monitor.errors import BadInputError

PROXIES: Final = ("socks5", "socks4", "http")
LOGIN_DC: Final = 2


@dataclass(frozen=True, slots=True)
class Keys:
    """What an application needs beside a session; from my.telegram.org."""

    api_id: int
    api_hash: str = field(repr=False)
    timeout: timedelta = timedelta(seconds=20)

    @classmethod
    def of(cls, settings: Settings) -> "Keys":
        if settings.telegram_api_id is None or settings.telegram_api_hash is None:
            raise BadInputError("COUNTERCLAIM_TELEGRAM_API_ID and _API_HASH: accounts need both (my.telegram.org)")
        secret = settings.telegram_api_hash.get_secret_value()
        return cls(settings.telegram_api_id, secret, settings.account_call_timeout)


def client_of(session: StringSession, keys: Keys, proxy: str | None = None) -> TelegramClient:
    return TelegramClient(
        session, keys.api_id, keys.api_hash, proxy=None if proxy is None else proxy_of(proxy),
        timeout=keys.timeout.total_seconds(), request_retries=2, connection_retries=1, retry_delay=1,
        auto_reconnect=True, flood_sleep_threshold=0, raise_last_call_error=True, receive_updates=False,
        device_model="counterclaim", app_version=VERSION,
    )  # fmt: skip


def session_of(text: str) -> StringSession:
    """Raises BadInputError; the message does not hold the session."""
    try:
        session = StringSession(text.strip())
    except Exception as error:
        raise BadInputError("this is no StringSession of Telethon's") from error
    if session.auth_key is None:
        raise BadInputError("this StringSession is empty: nobody has signed in with it")
    return session


def fresh_session(settings: Settings) -> StringSession:
    """To sign in with: at Telegram's own servers, unless the settings name another one, with the key that it shows."""
    session = StringSession()
    if settings.telegram_server_key is not None:
        rsa.add_key(settings.telegram_server_key.read_text(encoding="ascii"), old=False)
    if settings.telegram_server is not None:
        host, _, port = settings.telegram_server.rpartition(":")
        session.set_dc(LOGIN_DC, host, int(port))
    return session


def proxy_of(address: str) -> dict[str, Any]:
    """socks5://user:password@host:port as Telethon takes it. Raises BadInputError.

    Without python-socks Telethon would only warn and go out by itself, with the address that was to be hidden.
    """
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError as error:
        raise BadInputError("the proxy is no address") from error
    if parts.scheme not in PROXIES or not parts.hostname or port is None:
        raise BadInputError(f"a proxy is {' or '.join(PROXIES)}://user:password@host:port")
    if find_spec("python_socks") is None:
        raise BadInputError("a proxy needs the package python-socks, and it is not installed")
    names = {
        name: unquote(given) for name, given in (("username", parts.username), ("password", parts.password)) if given
    }
    return {"proxy_type": parts.scheme, "addr": parts.hostname, "port": port, "rdns": True, **names}


@cache
def names_of_errors() -> dict[type[Exception], str]:
    return {kind: name for name, kind in errors.rpc_errors_dict.items()}


def name_of(error: Exception) -> str:
    """As Telegram says it: CHANNEL_PRIVATE."""
    return names_of_errors().get(type(error)) or str(getattr(error, "message", None) or error)[:80]


_BY_REASON: Final = {
    "AuthKeyDuplicatedError": "its session was used in two places at once, and cannot be used any more",
    "AuthKeyNotFound": "Telegram does not know its session any more",
    "AuthKeyUnregisteredError": "its session was ended",
    "SessionRevokedError": "its session was ended by its owner",
    "SessionExpiredError": "its session has expired",
    "UserDeactivatedError": "the account was deleted",
    "UserDeactivatedBanError": "Telegram has banned the account",
    "PhoneNumberBannedError": "Telegram has banned its number",
}


def end_of(error: Exception) -> str | None:
    """Why this error ends the account for good; None where it does not."""
    known = _BY_REASON.get(type(error).__name__)
    if known is None and not isinstance(error, errors.UnauthorizedError | errors.AuthKeyError):
        return None
    return f"{known or 'Telegram refuses its session'} ({type(error).__name__})"
