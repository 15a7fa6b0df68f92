"""One message of a loopback Telegram, and what may hang on it."""

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any


class MediaKind(StrEnum):
    PHOTO = "photo"
    VIDEO = "video"
    ROUND = "round"
    VOICE = "voice"
    AUDIO = "audio"
    DOCUMENT = "document"
    STICKER = "sticker"
    WEB_PAGE = "web_page"


@dataclass(frozen=True, slots=True)
class Media:
    """`id`: the far end's own, the same wherever the file is shown; 0: one of its message. A web page has a `name`."""

    kind: MediaKind
    id: int = 0
    content: bytes = b"\0" * 1000
    mime: str = "application/octet-stream"
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Forward:
    """From a message of a channel, or by somebody of whom there is a name alone."""

    at: datetime
    channel: int | None = None
    message: int | None = None
    name: str | None = None
    author: str | None = None


@dataclass(frozen=True, slots=True)
class Poll:
    question: str
    options: tuple[str, ...]
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Message:
    """`entities` are Telethon's own, their offsets in UTF-16 units. `reply_channel`: the answered one stands elsewhere.

    `service` is the action of a service message, Telethon's own. `edit_hidden`: edited, but not for the reader's eye.
    """

    id: int
    text: str = ""
    at: datetime = datetime(2023, 1, 2, 12, tzinfo=UTC)
    entities: tuple[Any, ...] = ()
    media: Media | MediaKind | None = None
    poll: Poll | None = None
    album: int | None = None
    views: int = 1
    forwards: int = 0
    replies: int | None = None
    edited_at: datetime | None = None
    edit_hidden: bool = False
    forward: Forward | None = None
    reply_to: int | None = None
    reply_channel: int | None = None
    quote: str | None = None
    author: str | None = None
    pinned: bool = False
    service: Any = None

    @property
    def file(self) -> Media | None:
        return Media(self.media) if isinstance(self.media, MediaKind) else self.media
