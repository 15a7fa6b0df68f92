"""What a loopback t.me has to show: channels, their messages, and what goes wrong with them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from threading import RLock


class Kind(StrEnum):
    """What stands behind a handle. `closed`: a channel whose preview page is switched off."""

    CHANNEL = "channel"
    CLOSED = "closed"
    GROUP = "group"
    PERSON = "person"
    BOT = "bot"


@dataclass(frozen=True, slots=True)
class Message:
    """One id. An album is several messages with the same `album`, its first id; `text` becomes HTML, `html` is it.

    `forwarded` is 'handle/id', or the printed name of a hidden origin. `media` is a name of the table in
    preview_markup: photo, video, document, voice, poll ... `name` and `size` of a document, `question` and `options`
    of a poll.
    """

    id: int
    text: str = ""
    at: datetime = datetime(2023, 1, 2, 12, tzinfo=UTC)
    html: str | None = None
    media: str | None = None
    album: int | None = None
    views: int | None = 1200
    edited: bool = False
    forwarded: str | None = None
    reply_to: int | None = None
    author: str | None = None
    service: bool = False
    name: str | None = None
    size: str = "2.1 MB"
    question: str = "Which?"
    options: tuple[str, ...] = ("This",)


@dataclass(frozen=True, slots=True)
class Fault:
    """One answer given instead of the true one; `garble` changes the true one instead; `cut` breaks it off."""

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: str = ""
    delay: timedelta = timedelta()
    cut: bool = False
    garble: Callable[[str], str] | None = None


@dataclass(slots=True)
class Channel:
    name: str
    title: str
    telegram_id: int
    kind: Kind = Kind.CHANNEL
    messages: dict[int, Message] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def groups(self, ids: Sequence[int]) -> Iterator[list[Message]]:
        """The messages of these ids, albums together."""
        group: list[Message] = []
        for message in (self.messages[each] for each in ids):
            if group and (message.album is None or message.album != group[0].album):
                yield group
                group = []
            group.append(message)
        if group:
            yield group


class World:
    """Everything may be called from any thread while the server runs. Handles are compared without regard to case."""

    def __init__(self) -> None:
        self.lock = RLock()
        self._channels: dict[str, Channel] = {}

    def channel(
        self, name: str, *, title: str = "", telegram_id: int | None = None, kind: Kind = Kind.CHANNEL
    ) -> Channel:
        """Make a channel, or what the handle is to stand for from now on."""
        with self.lock:
            number = telegram_id if telegram_id is not None else 1_000_000_001 + len(self._channels)
            self._channels[name.lower()] = made = Channel(name, title or name.title(), number, kind)
            return made

    def find(self, name: str) -> Channel | None:
        with self.lock:
            return self._channels.get(name.lower())

    def remove(self, name: str) -> None:
        with self.lock:
            del self._channels[name.lower()]

    def turn(self, name: str, kind: Kind) -> None:
        """Close a preview, open it again."""
        with self.lock:
            self._channel(name).kind = kind

    def post(self, name: str, text: str = "", *, id: int | None = None, **given: object) -> int:  # noqa: A002
        """Add a message with the next free id, or with this one; the rest is as in Message. Returns its id."""
        with self.lock:
            messages = self._channel(name).messages
            number = id if id is not None else max(messages, default=0) + 1
            messages[number] = Message(number, text, **given)  # type: ignore[arg-type]
            return number

    def album(self, name: str, text: str, media: Sequence[str], **given: object) -> int:
        """Add an album, its text on the first message. Returns its first id."""
        first = self.post(name, text, media=media[0], **given)
        with self.lock:
            messages = self._channel(name).messages
            messages[first] = replace(messages[first], album=first)
        self.grow(name, first, media[1:])
        return first

    def grow(self, name: str, album: int, media: Sequence[str]) -> None:
        """More messages for an album, as when a poll comes while it is being sent."""
        with self.lock:
            at = self._channel(name).messages[album].at
            for each in media:
                self.post(name, media=each, album=album, at=at)

    def edit(self, name: str, id: int, text: str) -> None:  # noqa: A002
        with self.lock:
            messages = self._channel(name).messages
            messages[id] = replace(messages[id], text=text, html=None, edited=True)

    def change(self, name: str, id: int, **given: object) -> None:  # noqa: A002
        """What changes without being an edit: views, a pinned mark."""
        with self.lock:
            messages = self._channel(name).messages
            messages[id] = replace(messages[id], **given)  # type: ignore[arg-type]

    def delete(self, name: str, *ids: int) -> None:
        with self.lock:
            for each in ids:
                del self._channel(name).messages[each]

    def fail(self, name: str, fault: Fault, times: int = 1) -> None:
        """The next answers about this handle, of whatever path, are this one."""
        with self.lock:
            self._channel(name).faults += [fault] * times

    def next_fault(self, name: str) -> Fault | None:
        with self.lock:
            channel = self.find(name)
            return channel.faults.pop(0) if channel is not None and channel.faults else None

    def heal(self, name: str) -> None:
        with self.lock:
            self._channel(name).faults.clear()

    def _channel(self, name: str) -> Channel:
        return self._channels[name.lower()]
