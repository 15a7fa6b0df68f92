"""Channels of a loopback Telegram in a whole run: what they say, and what a desk that reads them must have of it."""

import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from tests.servers.mtproto.messages import Forward, MediaKind, Message, Poll
from tests.servers.mtproto.previews import Previews
from tests.servers.mtproto.server import TelegramServer
from tests.servers.mtproto.world import Channel, World, utc_now
from tests.servers.preview_server import PreviewServer

PLACES: Final = ("Купянском", "Торецком", "Волчанском", "Лиманом", "Часовым Яром", "Покровском")
FIGURES_EVERY: Final = 10
RENAMED: Final = 3  # the first ones; nobody forwards from them, since the name of an origin is stored as it was
APART: Final = timedelta(minutes=7)  # posts of the past


@dataclass(frozen=True, slots=True)
class Told:
    """One post as it must be stored: each text in its order, and what hangs on it."""

    texts: tuple[str, ...]
    deleted: bool
    forwarded: tuple[str | None, str | None] = (None, None)
    reply_to: str | None = None
    ids: tuple[str, ...] = ()
    author: str | None = None


@dataclass(slots=True)
class Broadcast:
    """`channels`: their ids by the keys of the sources that follow them. `chance`: what happens where.

    `parties`: which of them are official.
    """

    server: TelegramServer
    pages: PreviewServer
    channels: dict[str, int]
    parties: Mapping[str, str] = field(default_factory=dict)
    chance: random.Random = field(default_factory=lambda: random.Random(1))

    @property
    def world(self) -> World:
        return self.server.world

    def history(self, posts: int) -> None:
        """So many messages of each channel before anybody looks."""
        for key, channel in self.channels.items():
            for number in range(posts):
                self.say(key, at=self.world.clock() - APART * (posts - number), text=text(key, number))
            self.world.skip(channel, self.chance.randrange(3))

    def say(self, key: str, text: str, **given: Any) -> None:
        """One message, or an album, or something that hangs on it."""
        channel, kind = self.channels[key], self.chance.randrange(20)
        if kind == 0:
            self.world.album(channel, text, [MediaKind.PHOTO, MediaKind.VIDEO, MediaKind.PHOTO], **given)
        elif kind == 1:
            self.world.post(channel, poll=Poll("Сколько?", ("Один", "Два")), **given)
        elif kind == 2 and (origin := self._origin(channel)) is not None:
            self.world.post(channel, text, forward=origin, **given)
        elif kind == 3 and self.world.at(channel).messages:
            self.world.post(channel, text, reply_to=self._some(channel), author="Редакция", **given)
        else:
            self.world.post(channel, text, media=MediaKind.PHOTO if kind == 4 else None, **given)

    def more(self, posts: int) -> None:
        """New messages in each channel."""
        for key, channel in self.channels.items():
            for _ in range(posts):
                self.say(key, text(key, self.world.at(channel).next_id))

    def change(self, *, edits: int, deletions: int, among: int) -> None:
        """In each channel, of the newest ids: some change, and some go."""
        for channel in self.channels.values():
            newest = self.world.at(channel).ids()[:among]
            before = [each for each in self._single(channel) if each in newest]
            chosen = self.chance.sample(before, min(len(before), edits + deletions))
            for each in chosen[:edits]:
                self.world.edit(channel, each, self.world.at(channel).messages[each].text + " Уточняется.")
            if chosen[edits:]:
                self.world.delete(channel, *chosen[edits:])

    def touch(self, count: int) -> None:
        """Told as edits, though no word changes: nobody must make a version of them."""
        for channel in self.channels.values():
            for each in self.world.at(channel).ids()[:count]:
                self.world.touch(channel, each)

    def told(self) -> dict[str, Told]:
        """What a desk must have stored, by source/id, and nothing else."""
        with self.world.lock:
            return {
                f"{key}/{ids[0]}": self._told(self.world.at(channel), ids)
                for key, channel in self.channels.items()
                for ids in _groups(self.world.at(channel))
            }

    def _told(self, channel: Channel, ids: Sequence[int]) -> Told:
        first = channel.messages.get(ids[0]) or channel.gone[ids[0]]
        return Told(
            texts=tuple(channel.texts[ids[0]]),
            deleted=not any(each in channel.messages for each in ids),
            forwarded=self._forwarded(first),
            reply_to=None if first.reply_to is None else str(first.reply_to),
            ids=tuple(str(each) for each in ids) if first.album is not None else (),
            author=first.author,
        )

    def _forwarded(self, message: Message) -> tuple[str | None, str | None]:
        if message.forward is None or message.forward.channel is None:
            return None, None
        return self.world.at(message.forward.channel).username, str(message.forward.message)

    def _single(self, channel: int) -> list[int]:
        """Newest first, without those of albums and without polls."""
        messages = self.world.at(channel).messages
        return [each for each in self.world.at(channel).ids() if messages[each].album is None and messages[each].text]

    def _some(self, channel: int) -> int:
        return self.chance.choice(self.world.at(channel).ids()[:20])

    def _origin(self, channel: int) -> Forward | None:
        known = list(self.channels.values())[RENAMED:]
        others = [each for each in known if each != channel and self.world.at(each).messages]
        if not others:
            return None
        origin = self.chance.choice(others)
        number = self._some(origin)
        return Forward(self.world.at(origin).messages[number].at, origin, number)


def text(key: str, number: int) -> str:
    if number % FIGURES_EVERY:
        return f"{key}, сообщение {number}: обстановка без изменений, ждём вестей."
    return f"Под {PLACES[number // FIGURES_EVERY % len(PLACES)]} уничтожены {2 + number % 7} танков, пишет {key}."


def handle_of(key: str) -> str:
    return f"loop_{key}"


@contextmanager
def broadcast(
    keys: Sequence[str],
    accounts: Sequence[str] = (),
    parties: Mapping[str, str] | None = None,
    clock: Callable[[], datetime] = utc_now,
) -> Iterator[Broadcast]:
    with TelegramServer(clock) as server, PreviewServer(Previews(server.world)) as pages:
        for account in accounts:
            server.account(account)
        channels = {key: server.world.channel(handle_of(key), f"Channel {key}") for key in keys}
        yield Broadcast(server, pages, channels, parties or {})


def _groups(channel: Channel) -> Iterable[list[int]]:
    """The ids that each post is made of; also of those that are gone."""
    groups: dict[object, list[int]] = {}
    for number, message in sorted({**channel.gone, **channel.messages}.items()):
        groups.setdefault(("alone", number) if message.album is None else message.album, []).append(number)
    return groups.values()
