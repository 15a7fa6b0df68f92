"""What a loopback Telegram has to show: channels with their messages and their log of changes, as of this moment.

Every method may be called from any thread while the server runs. A message is a value: a change makes another one.
The log has one entry a change, counted by `pts` as Telegram counts: a deletion of three moves it by three.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import StrEnum
from threading import RLock
from typing import Any, Final

from tests.servers.mtproto.messages import Media, MediaKind, Message

FIRST_ID: Final = 1_000_000_001
BEGINNING: Final = datetime(2020, 1, 1, tzinfo=UTC)


class What(StrEnum):
    NEW = "new"
    EDIT = "edit"
    DELETE = "delete"
    PIN = "pin"


@dataclass(frozen=True, slots=True)
class Change:
    """`pts`: the count after it."""

    pts: int
    what: What
    ids: tuple[int, ...]


@dataclass(slots=True)
class Channel:
    """`private`: nobody may read it any more. `closed`: without a preview page. `forgotten`: where the log begins.

    `gone` are the deleted messages as they were; `texts` is each text that a message has ever had, in their order.
    """

    id: int
    username: str | None
    title: str
    about: str = ""
    members: int = 1000
    private: bool = False
    closed: bool = False
    pts: int = 1
    forgotten: int = 0
    next_id: int = 1
    messages: dict[int, Message] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    gone: dict[int, Message] = field(default_factory=dict)
    texts: dict[int, list[str]] = field(default_factory=dict)

    def ids(self) -> list[int]:
        """Newest first."""
        return sorted(self.messages, reverse=True)

    def note(self, what: What, ids: Sequence[int]) -> Change:
        self.pts += len(ids)
        self.changes.append(Change(self.pts, what, tuple(ids)))
        return self.changes[-1]


Listener = Callable[[Channel, Change], object]


def utc_now() -> datetime:
    return datetime.now(UTC)


class World:
    """`clock` gives the times of what happens here; `listener` is told of each change."""

    def __init__(self, clock: Callable[[], datetime] = utc_now) -> None:
        self.lock = RLock()
        self.clock = clock
        self.listener: Listener | None = None
        self.people: set[str] = set()  # handles that are no channel's
        self._channels: dict[int, Channel] = {}

    def __iter__(self) -> Iterator[Channel]:
        with self.lock:
            return iter(list(self._channels.values()))

    def channel(self, username: str, title: str = "", **given: Any) -> int:
        """Its id, by which it is known from now on, whatever its handle becomes."""
        with self.lock:
            number = FIRST_ID + len(self._channels)
            self._channels[number] = Channel(number, username, title or username.title(), **given)
            return number

    def at(self, channel: int) -> Channel:
        return self._channels[channel]

    def known(self, channel: int) -> Channel | None:
        return self._channels.get(channel)

    def named(self, handle: str) -> Channel | None:
        """Without regard to case; a private channel has no handle that leads to it."""
        with self.lock:
            found = (each for each in self if (each.username or "").lower() == handle.lower() and not each.private)
            return next(found, None)

    def rename(self, channel: int, username: str | None) -> None:
        """The old handle is free from now on: for nobody, or for another."""
        with self.lock:
            self.at(channel).username = username

    def post(self, channel: int, text: str = "", **given: Any) -> int:
        """The rest is as in Message. Its id."""
        with self.lock:
            target = self.at(channel)
            number = target.next_id
            target.next_id += 1
            self._put(target, Message(number, text, **{"at": self._moment(), **given}), What.NEW)
            return number

    def album(self, channel: int, text: str, media: Sequence[Media | MediaKind], **given: Any) -> list[int]:
        """Its text stands on the first; their ids."""
        with self.lock:
            group = 10_000_000_000 + channel * 1000 + self.at(channel).next_id
            at = self._moment()
            return [
                self.post(channel, text if place == 0 else "", media=each, album=group, **{"at": at, **given})
                for place, each in enumerate(media)
            ]

    def grow(self, channel: int, member: int, media: Sequence[Media | MediaKind]) -> list[int]:
        """More of an album, as when a poll comes while it is being sent."""
        with self.lock:
            first = self.at(channel).messages[member]
            return [self.post(channel, media=each, album=first.album, at=first.at) for each in media]

    def skip(self, channel: int, count: int = 1) -> None:
        """Ids that nobody ever sees: what is scheduled, or removed before anybody looks."""
        with self.lock:
            self.at(channel).next_id += count

    def edit(self, channel: int, message: int, text: str, **given: Any) -> None:
        with self.lock:
            edited: dict[str, Any] = {"text": text, "entities": (), "edited_at": self._moment(), **given}
            self._put(self.at(channel), replace(self.at(channel).messages[message], **edited), What.EDIT)

    def touch(self, channel: int, message: int) -> None:
        """Told as an edit, though no word of it changed: a reaction, a button."""
        with self.lock:
            before = self.at(channel).messages[message]
            touched = replace(
                before, edited_at=before.edited_at or self._moment(), edit_hidden=before.edited_at is None
            )
            self._put(self.at(channel), touched, What.EDIT)

    def count(self, channel: int, message: int, **given: Any) -> None:
        """Views, forwards and replies change without being told to anybody."""
        with self.lock:
            target = self.at(channel)
            target.messages[message] = replace(target.messages[message], **given)

    def delete(self, channel: int, *messages: int) -> None:
        with self.lock:
            target = self.at(channel)
            for each in messages:
                target.gone[each] = target.messages.pop(each)
            self._tell(target, target.note(What.DELETE, messages))

    def pin(self, channel: int, message: int) -> None:
        with self.lock:
            self._tell(self.at(channel), self.at(channel).note(What.PIN, [message]))

    def forget(self, channel: int) -> None:
        """The log up to now: who asks for the difference since before is told that it is too long."""
        with self.lock:
            self.at(channel).forgotten = self.at(channel).pts
            self.at(channel).changes.clear()

    def _put(self, channel: Channel, message: Message, what: What) -> None:
        channel.messages[message.id] = message
        texts = channel.texts.setdefault(message.id, [])
        if texts[-1:] != [message.text]:
            texts.append(message.text)
        self._tell(channel, channel.note(what, [message.id]))

    def _tell(self, channel: Channel, change: Change) -> None:
        if self.listener is not None:
            self.listener(channel, change)

    def _moment(self) -> datetime:
        """Telegram counts whole seconds."""
        return self.clock().replace(microsecond=0)
