"""What has changed in a channel since a count of its log (core.telegram.org/api/updates)."""

from collections.abc import Sequence
from typing import Any, Final

from telethon import functions as f
from telethon import types as t

from tests.servers.mtproto.answers import Asked, answers
from tests.servers.mtproto.answers_channels import shown_origins
from tests.servers.mtproto.script import RpcError
from tests.servers.mtproto.showing import peer, shown_channel, shown_message
from tests.servers.mtproto.world import Change, Channel, What

NEWEST: Final = 10


@answers(f.updates.GetStateRequest)
def state(asked: Asked) -> t.updates.State:
    return t.updates.State(1, 0, asked.world.clock(), 0, 0)


@answers(f.updates.GetDifferenceRequest)
def difference(asked: Asked) -> t.updates.DifferenceEmpty:
    return t.updates.DifferenceEmpty(asked.world.clock(), 0)


@answers(f.updates.GetChannelDifferenceRequest)
def channel_difference(asked: Asked) -> Any:
    channel, since, limit = asked.channel(asked.request.channel), asked.request.pts, asked.request.limit
    if since <= 0 or since > channel.pts:
        raise RpcError(400, "PERSISTENT_TIMESTAMP_INVALID")
    if since == channel.pts:
        return t.updates.ChannelDifferenceEmpty(pts=channel.pts, final=True, timeout=asked.limits.timeout)
    if since < channel.forgotten or channel.pts - since > asked.limits.difference:
        return _too_long(asked, channel)
    changes = _within([each for each in channel.changes if each.pts > since], since, limit)
    reached = changes[-1].pts
    new, other = _told(channel, changes)
    chats = [shown_channel(channel, asked.reader), *shown_origins(asked, new)]
    return t.updates.ChannelDifference(
        reached, new, other, chats, [], final=reached == channel.pts, timeout=asked.limits.timeout
    )


def _within(changes: Sequence[Change], since: int, limit: int) -> list[Change]:
    """As many as the limit allows, and always one."""
    return [each for place, each in enumerate(changes) if place == 0 or each.pts - since <= limit]


def _told(channel: Channel, changes: Sequence[Change]) -> tuple[list[Any], list[Any]]:
    """New messages as they are by now: what was changed twice is shown twice, what is gone only as a deletion."""
    new, other = [], []
    for change in changes:
        if change.what is What.NEW and change.ids[0] in channel.messages:
            new.append(shown_message(channel, channel.messages[change.ids[0]]))
        elif (update := shown_change(channel, change)) is not None and change.what is not What.NEW:
            other.append(update)
    return new, other


def shown_change(channel: Channel, change: Change) -> Any:
    """None where there is nothing to show any more."""
    counted = {"pts": change.pts, "pts_count": len(change.ids)}
    if change.what is What.DELETE:
        return t.UpdateDeleteChannelMessages(channel.id, list(change.ids), **counted)
    if change.what is What.PIN:
        return t.UpdatePinnedChannelMessages(channel.id, list(change.ids), pinned=True, **counted)
    message = channel.messages.get(change.ids[0])
    if message is None:
        return None
    kind = t.UpdateNewChannelMessage if change.what is What.NEW else t.UpdateEditChannelMessage
    return kind(shown_message(channel, message), **counted)


def _too_long(asked: Asked, channel: Channel) -> t.updates.ChannelDifferenceTooLong:
    dialog = t.Dialog(
        peer=peer(channel.id), top_message=max(channel.messages, default=0), read_inbox_max_id=0, read_outbox_max_id=0,
        unread_count=0, unread_mentions_count=0, unread_reactions_count=0, unread_poll_votes_count=0,
        notify_settings=t.PeerNotifySettings(), pts=channel.pts,
    )  # fmt: skip
    newest = [shown_message(channel, channel.messages[each]) for each in channel.ids()[:NEWEST]]
    chats = [shown_channel(channel, asked.reader), *shown_origins(asked, newest)]
    return t.updates.ChannelDifferenceTooLong(dialog, newest, chats, [], final=True, timeout=asked.limits.timeout)
