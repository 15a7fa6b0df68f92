"""Channels and messages as Telegram's own objects."""

from telethon import types as t

from tests.servers.mtproto.accounts import Account
from tests.servers.mtproto.messages import Media, MediaKind, Message
from tests.servers.mtproto.world import BEGINNING, Channel

DC = 2
ATTRIBUTES = {
    MediaKind.VIDEO: t.DocumentAttributeVideo(5, 640, 360),
    MediaKind.ROUND: t.DocumentAttributeVideo(5, 240, 240, round_message=True),
    MediaKind.VOICE: t.DocumentAttributeAudio(12, voice=True),
    MediaKind.AUDIO: t.DocumentAttributeAudio(180),
    MediaKind.STICKER: t.DocumentAttributeSticker("", t.InputStickerSetEmpty()),
}


def peer(channel: int) -> t.PeerChannel:
    return t.PeerChannel(channel)


def shown_channel(channel: Channel, reader: Account) -> t.Channel | t.ChannelForbidden:
    access = reader.access_hash(channel.id)
    if channel.private:
        return t.ChannelForbidden(channel.id, access, channel.title, broadcast=True)
    return t.Channel(
        id=channel.id, title=channel.title, photo=t.ChatPhotoEmpty(), date=BEGINNING, broadcast=True,
        username=channel.username, access_hash=access, left=channel.id not in reader.joined,
    )  # fmt: skip


def shown_message(channel: Channel, message: Message) -> t.Message | t.MessageService:
    if message.service is not None:
        return t.MessageService(
            id=message.id, peer_id=peer(channel.id), date=message.at, post=True, action=message.service
        )
    return t.Message(
        id=message.id, peer_id=peer(channel.id), date=message.at, message=message.text, post=True,
        entities=list(message.entities) or None, media=_media(channel, message), grouped_id=message.album,
        views=message.views, forwards=message.forwards, replies=_replies(channel, message),
        edit_date=message.edited_at, edit_hide=message.edit_hidden, fwd_from=_forward(message),
        reply_to=_reply(message), post_author=message.author, pinned=message.pinned,
    )  # fmt: skip


def _replies(channel: Channel, message: Message) -> t.MessageReplies | None:
    return None if message.replies is None else t.MessageReplies(message.replies, channel.pts)


def _forward(message: Message) -> t.MessageFwdHeader | None:
    given = message.forward
    if given is None:
        return None
    return t.MessageFwdHeader(
        date=given.at, from_id=None if given.channel is None else peer(given.channel), from_name=given.name,
        channel_post=given.message, post_author=given.author,
    )  # fmt: skip


def _reply(message: Message) -> t.MessageReplyHeader | None:
    if message.reply_to is None:
        return None
    elsewhere = None if message.reply_channel is None else peer(message.reply_channel)
    return t.MessageReplyHeader(
        reply_to_msg_id=message.reply_to, reply_to_peer_id=elsewhere, quote_text=message.quote,
        quote=message.quote is not None,
    )  # fmt: skip


def _media(channel: Channel, message: Message) -> object:
    if message.poll is not None:
        return _poll(channel, message)
    media = message.file
    if media is None:
        return None
    if media.kind is MediaKind.WEB_PAGE:
        link = media.name or ""
        return t.MessageMediaWebPage(t.WebPage(id=message.id, url=link, display_url=link, hash=0, title="A page"))
    if media.kind is MediaKind.PHOTO:
        return t.MessageMediaPhoto(photo=_photo(channel, message, media))
    return t.MessageMediaDocument(document=_document(channel, message, media))


def file_id(channel: Channel, message: Message, media: Media) -> int:
    return media.id or channel.id * 100_000 + message.id


def reference(number: int, age: int = 0) -> bytes:
    """What a client shows to get the file; an older one is refused."""
    return f"{number} {age}".encode()


def _photo(channel: Channel, message: Message, media: Media) -> t.Photo:
    number = file_id(channel, message, media)
    sizes = [t.PhotoSize("m", 320, 180, len(media.content) // 4), t.PhotoSize("x", 800, 450, len(media.content))]
    return t.Photo(number, number, reference(number), message.at, sizes, DC)


def _document(channel: Channel, message: Message, media: Media) -> t.Document:
    number = file_id(channel, message, media)
    attributes = [ATTRIBUTES[media.kind]] if media.kind in ATTRIBUTES else []
    if media.name is not None:
        attributes.append(t.DocumentAttributeFilename(media.name))
    return t.Document(number, number, reference(number), message.at, media.mime, len(media.content), DC, attributes)


def _poll(channel: Channel, message: Message) -> t.MessageMediaPoll:
    given = message.poll
    assert given is not None
    answers = [t.PollAnswer(_plain(each), bytes([place])) for place, each in enumerate(given.options)]
    poll = t.Poll(channel.id + message.id, _plain(given.question), answers, 0, closed=given.closed)
    return t.MessageMediaPoll(poll, t.PollResults(total_voters=100))


def _plain(text: str) -> t.TextWithEntities:
    return t.TextWithEntities(text, [])
