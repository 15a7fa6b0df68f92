"""What may stand as the address of a source, made uniform. Each raises ValueError with the reason."""

import re
from urllib.parse import urlsplit

_HANDLE = re.compile(r"[A-Za-z][A-Za-z0-9_]{2,30}[A-Za-z0-9]")
_LINK = re.compile(r"(?:https?://)?(?:www\.)?(?:t\.me|telegram\.me|telegram\.dog)/(?P<path>.*)", re.IGNORECASE)
_OWN_DOMAIN = re.compile(r"(?:https?://)?(?P<path>\w+)\.t\.me(?:[/?#].*)?", re.IGNORECASE)
_APP_LINK = re.compile(r"tg://resolve\?domain=(?P<path>[^&]*).*", re.IGNORECASE)


def channel_handle(given: str) -> str:
    """`@rybar`, `t.me/rybar`, `https://t.me/s/rybar/123` and `rybar` are all `rybar`."""
    link = _LINK.fullmatch(given) or _APP_LINK.fullmatch(given) or _OWN_DOMAIN.fullmatch(given)
    path = re.split("[?#]", link["path"])[0].strip("/") if link else given.removeprefix("@")
    if link and path.startswith(("+", "joinchat/", "c/")):
        raise ValueError(f"{given!r} leads into a private channel; only public ones can be followed")
    handle = path.removeprefix("s/").partition("/")[0] if link else path
    if not _HANDLE.fullmatch(handle):
        raise ValueError(f"{given!r} is no channel handle: 4 to 32 Latin letters, digits and underscores, as in @rybar")
    return handle


def web_address(given: str) -> str:
    try:
        parts = urlsplit(given)
        port = parts.port
    except ValueError as error:
        raise ValueError(f"{given!r} is no web address: {error}") from error
    if parts.scheme.lower() not in ("http", "https") or not parts.hostname or re.search(r"\s", given) or port == 0:
        raise ValueError(f"{given!r} is no web address; write it as https://example.org/feed.xml")
    if parts.username is not None or parts.password is not None:
        raise ValueError("a web address must not carry a name or password")
    return given


def any_address(given: str) -> str:
    return given
