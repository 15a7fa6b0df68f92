"""The channels of a loopback Telegram as its own preview pages show them: one world behind both far ends.

with TelegramServer() as server, PreviewServer(Previews(server.world)) as pages: ...
"""

from typing import Final

from telethon.extensions import html

from tests.servers import preview_world as pages
from tests.servers.mtproto import world as telegram
from tests.servers.mtproto.messages import Media, MediaKind, Message

SHOWN: Final = {
    MediaKind.PHOTO: "photo", MediaKind.VIDEO: "video", MediaKind.ROUND: "round_video", MediaKind.VOICE: "voice",
    MediaKind.AUDIO: "audio", MediaKind.DOCUMENT: "document", MediaKind.STICKER: "sticker",
}  # fmt: skip


class Previews(pages.World):
    """Faults are scripted here; all else is read from the world at the moment of asking."""

    def __init__(self, world: telegram.World) -> None:
        super().__init__()
        self.lock = world.lock
        self._world = world
        self._faults: dict[str, list[pages.Fault]] = {}

    def find(self, name: str) -> pages.Channel | None:
        with self.lock:
            channel = self._world.named(name)
            if channel is None:
                return None
            faults = self._faults.setdefault(name.lower(), [])
            kind = pages.Kind.CLOSED if channel.closed else pages.Kind.CHANNEL
            return pages.Channel(name, channel.title, channel.id, kind, self._messages(channel), faults)

    def _channel(self, name: str) -> pages.Channel:
        found = self.find(name)
        assert found is not None, name
        return found

    def _messages(self, channel: telegram.Channel) -> dict[int, pages.Message]:
        firsts: dict[int, int] = {}
        for number in sorted(channel.messages):
            if (album := channel.messages[number].album) is not None:
                firsts.setdefault(album, number)
        return {each.id: self._message(each, firsts.get(each.album or 0)) for each in channel.messages.values()}

    def _message(self, message: Message, album: int | None) -> pages.Message:
        media, poll = message.file, message.poll
        return pages.Message(
            id=message.id, text=message.text or ("Channel created" if message.service is not None else ""),
            at=message.at, html=_marked(message), album=album, views=message.views, reply_to=message.reply_to,
            author=message.author, service=message.service is not None, forwarded=self._origin(message),
            edited=message.edited_at is not None and not message.edit_hidden,
            media="poll" if poll is not None else _medium(media),
            name=None if media is None else media.name, size="" if media is None else _size(len(media.content)),
            question="" if poll is None else poll.question, options=() if poll is None else poll.options,
        )  # fmt: skip

    def _origin(self, message: Message) -> str | None:
        """A channel without a handle is named by its title."""
        given = message.forward
        if given is None or given.channel is None:
            return None if given is None else given.name
        origin = self._world.at(given.channel)
        return origin.title if origin.username is None else f"{origin.username}/{given.message}"


def _marked(message: Message) -> str | None:
    if not message.entities:
        return None
    return str(html.unparse(message.text, list(message.entities))).replace("\n", "<br/>")


def _medium(media: Media | None) -> str | None:
    return None if media is None else SHOWN.get(media.kind)


def _size(count: int) -> str:
    return f"{count / 1024:.1f} KB" if count < 1024**2 else f"{count / 1024**2:.1f} MB"
