"""Channels by handle and by id, their messages and counters, joining, files."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, Final

from telethon import functions as f
from telethon import types as t

from tests.servers.mtproto.answers import Asked, answers
from tests.servers.mtproto.messages import Media
from tests.servers.mtproto.script import RpcError, flood
from tests.servers.mtproto.showing import file_id, peer, reference, shown_channel, shown_message
from tests.servers.mtproto.world import Channel

PAGE: Final = 100
PERSON: Final = 500_000_001


@answers(f.contacts.ResolveUsernameRequest)
def resolve(asked: Asked) -> t.contacts.ResolvedPeer:
    handle = asked.request.username
    found = asked.world.named(handle)
    if found is not None:
        return t.contacts.ResolvedPeer(peer(found.id), [shown_channel(found, asked.reader)], [])
    if handle.lower() in asked.world.people:
        person = t.User(id=PERSON, access_hash=1, first_name=handle, username=handle)
        return t.contacts.ResolvedPeer(t.PeerUser(PERSON), [], [person])
    raise RpcError(400, "USERNAME_NOT_OCCUPIED")


@answers(f.messages.GetHistoryRequest)
def history(asked: Asked) -> t.messages.ChannelMessages:
    """The page is cut first, then narrowed by min_id and max_id (core.telegram.org/api/offsets)."""
    channel, wanted = asked.channel(asked.request.peer), asked.request
    ids = channel.ids()
    start = max(_start(channel, ids, wanted) + wanted.add_offset, 0)
    end = max(_start(channel, ids, wanted) + wanted.add_offset + min(wanted.limit or PAGE, PAGE), 0)
    page = [each for each in ids[start:end] if each > wanted.min_id and (not wanted.max_id or each < wanted.max_id)]
    return _messages(asked, channel, [shown_message(channel, channel.messages[each]) for each in page])


def _start(channel: Channel, ids: list[int], wanted: Any) -> int:
    """An id wins over a date; no date comes as the beginning of 1970."""
    if wanted.offset_id:
        return sum(each >= wanted.offset_id for each in ids)
    if wanted.offset_date is not None and wanted.offset_date > datetime(1970, 1, 2, tzinfo=UTC):
        return sum(channel.messages[each].at >= wanted.offset_date for each in ids)
    return 0


@answers(f.channels.GetMessagesRequest)
def messages_by_id(asked: Asked) -> t.messages.ChannelMessages:
    channel = asked.channel(asked.request.channel)
    wanted = [each.id for each in asked.request.id]
    if len(wanted) > PAGE:
        raise RpcError(400, "MSG_ID_INVALID")
    return _messages(asked, channel, [_one(channel, each) for each in wanted])


def _one(channel: Channel, number: int) -> Any:
    message = channel.messages.get(number)
    return t.MessageEmpty(number, peer(channel.id)) if message is None else shown_message(channel, message)


def _messages(asked: Asked, channel: Channel, messages: list[Any]) -> t.messages.ChannelMessages:
    others = shown_origins(asked, messages)
    chats = [shown_channel(channel, asked.reader), *(each for each in others if each.id != channel.id)]
    return t.messages.ChannelMessages(channel.pts, len(channel.messages), messages, [], chats, [])


def shown_origins(asked: Asked, messages: Iterable[Any]) -> list[Any]:
    """The channels that messages name: a forward's origin comes with its handle."""
    headers = (getattr(each, "fwd_from", None) for each in messages)
    ids = {each.from_id.channel_id for each in headers if each is not None and each.from_id is not None}
    known = (asked.world.known(each) for each in sorted(ids))
    return [shown_channel(each, asked.reader) for each in known if each is not None]


@answers(f.messages.GetMessagesViewsRequest)
def views(asked: Asked) -> t.messages.MessageViews:
    channel = asked.channel(asked.request.peer)
    if len(asked.request.id) > PAGE:
        raise RpcError(400, "MSG_ID_INVALID")
    counted = [_views(channel, each) for each in asked.request.id]
    return t.messages.MessageViews(counted, [shown_channel(channel, asked.reader)], [])


def _views(channel: Channel, number: int) -> t.MessageViews:
    message = channel.messages.get(number)
    if message is None:
        return t.MessageViews()
    replies = None if message.replies is None else t.MessageReplies(message.replies, channel.pts)
    return t.MessageViews(message.views, message.forwards, replies)


@answers(f.channels.GetChannelsRequest)
def channels(asked: Asked) -> t.messages.Chats:
    """Also those that are private: as forbidden."""
    return t.messages.Chats([shown_channel(_addressed(asked, each), asked.reader) for each in asked.request.id])


def _addressed(asked: Asked, given: Any) -> Channel:
    found = asked.world.known(given.channel_id)
    if found is None or asked.reader.access_hash(found.id) != given.access_hash:
        raise RpcError(400, "CHANNEL_INVALID")
    return found


@answers(f.channels.GetFullChannelRequest)
def full_channel(asked: Asked) -> t.messages.ChatFull:
    channel = asked.channel(asked.request.channel)
    full = t.ChannelFull(
        id=channel.id, about=channel.about, read_inbox_max_id=0, read_outbox_max_id=0, unread_count=0,
        chat_photo=t.PhotoEmpty(0), notify_settings=t.PeerNotifySettings(), bot_info=[], pts=channel.pts,
        participants_count=channel.members,
    )  # fmt: skip
    return t.messages.ChatFull(full, [shown_channel(channel, asked.reader)], [])


@answers(f.channels.JoinChannelRequest)
def join(asked: Asked) -> t.Updates:
    """A few in some minutes, then a flood."""
    channel, reader = asked.channel(asked.request.channel), asked.reader
    now = asked.world.clock()
    recent = [each for each in reader.joins if now - each < asked.limits.joins_in]
    if len(recent) >= asked.limits.joins:
        raise flood(int((recent[0] + asked.limits.joins_in - now).total_seconds()) + 1)
    reader.joins[:] = [*recent, now]
    reader.joined.add(channel.id)
    return t.Updates([t.UpdateChannel(channel.id)], [], [shown_channel(channel, reader)], now, 0)


@answers(f.channels.LeaveChannelRequest)
def leave(asked: Asked) -> t.Updates:
    channel = asked.channel(asked.request.channel)
    asked.reader.joined.discard(channel.id)
    shown = shown_channel(channel, asked.reader)
    return t.Updates([t.UpdateChannel(channel.id)], [], [shown], asked.world.clock(), 0)


@answers(f.upload.GetFileRequest)
def get_file(asked: Asked) -> t.upload.File:
    wanted = asked.request
    if wanted.offset % 4096 or wanted.limit % 4096 or wanted.limit > 1024 * 1024:
        raise RpcError(400, "LIMIT_INVALID")
    media = _file(asked, wanted.location.id)
    if wanted.location.file_reference != reference(wanted.location.id):
        raise RpcError(400, "FILE_REFERENCE_EXPIRED")
    part = media.content[wanted.offset : wanted.offset + wanted.limit]
    return t.upload.File(t.storage.FileUnknown(), 0, part)


def _file(asked: Asked, number: int) -> Media:
    for channel in asked.world:
        for message in channel.messages.values():
            if message.file is not None and file_id(channel, message, message.file) == number:
                return message.file
    raise RpcError(400, "FILE_ID_INVALID")
