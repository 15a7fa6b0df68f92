"""What Telegram's errors mean for a channel, in the words that its health shows."""

from collections.abc import Mapping
from typing import Final

from models.enums import Health
from monitor.sources.errors import SourceError


class InvalidPeerError(SourceError):
    """The access hash is not this account's, or does not hold any more: the handle has to be resolved again."""


class LostStateError(SourceError):
    """Telegram cannot tell the changes since the point that we know."""


_INVALID_PEER: Final = frozenset({"CHANNEL_INVALID", "PEER_ID_INVALID"})
_LOST_STATE: Final = frozenset(
    {"PERSISTENT_TIMESTAMP_INVALID", "PERSISTENT_TIMESTAMP_EMPTY", "PERSISTENT_TIMESTAMP_OUTDATED"}
)
_NO_CHANNEL: Final = frozenset({"USERNAME_NOT_OCCUPIED", "USERNAME_INVALID"})
_CLOSED: Final[Mapping[str, str]] = {
    "CHANNEL_PRIVATE": "the channel is private, or has shut this account out",
    "CHANNEL_PUBLIC_GROUP_NA": "the channel is not to be had for this account",
    "USER_BANNED_IN_CHANNEL": "the channel has banned this account",
    "CHAT_ADMIN_REQUIRED": "the channel shows its posts to its admins alone",
}


def channel_error(told: str) -> SourceError:
    """Of an error of Telegram's by its own name (CHANNEL_PRIVATE)."""
    if told in _INVALID_PEER:
        return InvalidPeerError(f"Telegram does not know the channel by this access hash ({told})")
    if told in _LOST_STATE:
        return LostStateError(f"Telegram cannot tell what has changed ({told})")
    if told in _NO_CHANNEL:
        return SourceError("nobody has this handle", health=Health.NO_CHANNEL)
    if told in _CLOSED:
        return SourceError(f"{_CLOSED[told]} ({told})", health=Health.REFUSED)
    return SourceError(f"Telegram answered {told}")
