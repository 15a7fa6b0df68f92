"""The loopback Telegram shows its channels as the real one does: posts, changes, handles, files."""

from datetime import UTC, datetime, timedelta
from typing import Any, Final

import pytest
from telethon import TelegramClient, errors, events
from telethon import functions as f
from telethon import types as t

from tests.servers.mtproto.messages import Forward, Media, MediaKind, Poll
from tests.servers.mtproto.server import TelegramServer
from tests.servers.mtproto.world import World
from tests.telegram.conftest import asked

AT: Final = datetime(2023, 1, 2, 11, tzinfo=UTC)


def filled(world: World, count: int, handle: str = "news") -> int:
    """Posts an hour apart, from AT on."""
    news = world.channel(handle)
    for number in range(count):
        world.post(news, f"post {number + 1}", at=AT + timedelta(hours=number))
    return news


PAGES: list[tuple[dict[str, Any], list[int]]] = [
    ({}, [9, 8, 7, 6, 5, 4, 3, 2, 1]),
    ({"limit": 3}, [9, 8, 7]),
    ({"limit": 3, "offset_id": 7}, [6, 5, 4]),
    ({"limit": 3, "offset_id": 7, "add_offset": -2}, [8, 7, 6]),
    ({"limit": 3, "add_offset": 2}, [7, 6, 5]),
    ({"min_id": 6}, [9, 8, 7]),
    ({"limit": 4, "min_id": 2}, [9, 8, 7, 6]),
    ({"max_id": 3}, [2, 1]),
    ({"limit": 3, "offset_date": AT + timedelta(hours=4)}, [4, 3, 2]),
    ({"limit": 3, "offset_date": AT + timedelta(hours=4), "offset_id": 2}, [1]),
    ({"offset_id": 1}, []),
]


@pytest.mark.parametrize(("given", "expected"), PAGES, ids=[str(given) for given, _ in PAGES])
def test_a_page_of_history(telegram: TelegramServer, given: dict[str, Any], expected: list[int]) -> None:
    filled(telegram.world, 9)
    nowhere = dict.fromkeys(("offset_id", "add_offset", "max_id", "min_id", "hash"), 0)
    wanted = {**nowhere, "offset_date": None, "limit": 100, **given}

    async def ask(client: TelegramClient) -> Any:
        return await client(f.messages.GetHistoryRequest(await client.get_input_entity("news"), **wanted))

    assert [each.id for each in asked(telegram, ask).messages] == expected


def test_a_long_channel_is_read_in_pages_of_a_hundred(telegram: TelegramServer) -> None:
    filled(telegram.world, 250)
    found = asked(telegram, lambda client: client.get_messages("news", limit=None, wait_time=0))
    assert [each.id for each in found] == list(range(250, 0, -1))
    assert telegram.calls.count("messages.getHistory") == 3


def test_posts_are_asked_for_by_id_and_what_is_gone_is_empty(telegram: TelegramServer) -> None:
    news = filled(telegram.world, 4)
    telegram.world.delete(news, 2)
    found = asked(telegram, lambda client: client.get_messages("news", ids=[1, 2, 9, 3]))
    assert [None if each is None else each.message for each in found] == ["post 1", None, None, "post 3"]


def test_each_account_has_its_own_access_hash(telegram: TelegramServer) -> None:
    news = telegram.world.channel("news")
    foreign = telegram.account("other").access_hash(news)
    with pytest.raises(errors.ChannelInvalidError):
        asked(telegram, lambda client: client.get_messages(t.InputPeerChannel(news, foreign)))


def test_a_handle_may_change_and_go_to_another_channel(telegram: TelegramServer) -> None:
    old, new = telegram.world.channel("news"), telegram.world.channel("fake")
    telegram.world.rename(old, "news_2")
    telegram.world.people.add("somebody")

    async def ask(client: TelegramClient) -> None:
        with pytest.raises(ValueError, match="No user has"):
            await client.get_entity("news")
        telegram.world.rename(new, "News")
        assert (await client.get_entity("news")).id == new
        assert (await client.get_entity("news_2")).id == old
        assert isinstance(await client.get_entity("somebody"), t.User)
        shown = await client(f.channels.GetChannelsRequest([await client.get_input_entity("news_2")]))
        assert shown.chats[0].username == "news_2"

    asked(telegram, ask)


def test_a_private_channel_is_read_by_nobody(telegram: TelegramServer) -> None:
    news = filled(telegram.world, 1)

    async def ask(client: TelegramClient) -> None:
        peer = await client.get_input_entity("news")
        telegram.world.at(news).private = True
        with pytest.raises(errors.ChannelPrivateError):
            await client.get_messages(peer)
        shown = await client(f.channels.GetChannelsRequest([peer]))
        assert isinstance(shown.chats[0], t.ChannelForbidden)

    asked(telegram, ask)


def test_counters_are_told_when_asked_for(telegram: TelegramServer) -> None:
    news = filled(telegram.world, 2)
    telegram.world.count(news, 1, views=500, forwards=7, replies=3)

    async def ask(client: TelegramClient) -> Any:
        peer = await client.get_input_entity("news")
        return await client(f.messages.GetMessagesViewsRequest(peer, [1, 9], increment=False))

    known, gone = asked(telegram, ask).views
    assert (known.views, known.forwards, known.replies.replies, gone.views) == (500, 7, 3, None)


async def difference(client: TelegramClient, pts: int, limit: int = 100) -> Any:
    channel = await client.get_input_entity("news")
    return await client(
        f.updates.GetChannelDifferenceRequest(channel, t.ChannelMessagesFilterEmpty(), pts, limit, force=True)
    )


def test_the_difference_tells_what_was_posted_edited_pinned_and_deleted(telegram: TelegramServer) -> None:
    news = filled(telegram.world, 3)

    async def ask(client: TelegramClient) -> Any:
        full = await client(f.channels.GetFullChannelRequest(await client.get_input_entity("news")))
        telegram.world.edit(news, 2, "edited")
        telegram.world.post(news, "fourth")
        telegram.world.post(news, "made and deleted between two looks")
        telegram.world.pin(news, 1)
        telegram.world.delete(news, 1, 5)
        return full.full_chat.pts, await difference(client, full.full_chat.pts)

    pts, found = asked(telegram, ask)
    assert (found.pts, found.final) == (pts + 6, True)
    assert [each.message for each in found.new_messages] == ["fourth"]
    edited, pinned, deleted = found.other_updates
    assert (edited.message.message, pinned.messages, deleted.messages) == ("edited", [1], [1, 5])


def test_a_difference_comes_in_parts_and_may_be_empty(telegram: TelegramServer) -> None:
    filled(telegram.world, 5)

    async def ask(client: TelegramClient) -> Any:
        return [await difference(client, pts, limit=3) for pts in (1, 4, 6)]

    first, second, third = asked(telegram, ask)
    assert [each.id for each in first.new_messages + second.new_messages] == [1, 2, 3, 4, 5]
    assert (first.final, second.final, type(third)) == (False, True, t.updates.ChannelDifferenceEmpty)


@pytest.mark.parametrize("forgotten", [True, False], ids=["forgotten", "over the limit"])
def test_a_difference_may_be_too_long(telegram: TelegramServer, forgotten: bool) -> None:
    news = filled(telegram.world, 30)
    if forgotten:
        telegram.world.forget(news)
    telegram.limits.difference = 100 if forgotten else 29
    found = asked(telegram, lambda client: difference(client, 1))
    assert isinstance(found, t.updates.ChannelDifferenceTooLong)
    assert (found.dialog.pts, [each.id for each in found.messages]) == (31, list(range(30, 20, -1)))


def test_who_has_joined_is_told_at_once(telegram: TelegramServer) -> None:
    news = filled(telegram.world, 1)
    told: list[str] = []

    async def ask(client: TelegramClient) -> None:
        client.add_event_handler(lambda event: _note(told, event), events.NewMessage())
        telegram.world.post(news, "not yet")
        await client(f.channels.JoinChannelRequest(await client.get_input_entity("news")))
        telegram.world.post(news, "fresh")
        while not told:
            await client(f.channels.GetChannelsRequest([]))

    asked(telegram, ask, receive_updates=True)
    assert told == ["fresh"]


async def _note(told: list[str], event: Any) -> None:
    told.append(event.message.message)


def test_joining_many_channels_floods(telegram: TelegramServer) -> None:
    handles = [f"news_{number}" for number in range(4)]
    for handle in handles:
        telegram.world.channel(handle)

    async def ask(client: TelegramClient) -> None:
        for handle in handles[:3]:
            await client(f.channels.JoinChannelRequest(await client.get_input_entity(handle)))
        await client(f.channels.LeaveChannelRequest(await client.get_input_entity(handles[0])))
        with pytest.raises(errors.FloodWaitError) as flood:
            await client(f.channels.JoinChannelRequest(await client.get_input_entity(handles[3])))
        assert 290 <= flood.value.seconds <= 301

    asked(telegram, ask)


def test_a_post_has_all_that_hangs_on_it(telegram: TelegramServer) -> None:
    news, origin = telegram.world.channel("news"), telegram.world.channel("origin")
    group = telegram.world.album(news, "two", [MediaKind.PHOTO, MediaKind.VIDEO])
    telegram.world.post(
        news, "🔥 bold", forward=Forward(AT, origin, 7), reply_to=1, quote="tw", author="Editor",
        entities=(t.MessageEntityBold(3, 4),),
    )  # fmt: skip
    telegram.world.post(news, poll=Poll("How many?", ("1", "2")), forward=Forward(AT, name="Hidden"))
    telegram.world.post(news, service=t.MessageActionPinMessage())
    service, poll, post, second, first = asked(telegram, lambda client: client.get_messages("news", limit=9))
    assert [first.id, second.id] == group
    assert first.grouped_id == second.grouped_id is not None
    assert (first.message, second.message, bool(first.photo), bool(second.video)) == ("two", "", True, True)
    assert (post.fwd_from.from_id.channel_id, post.fwd_from.channel_post, post.post_author) == (origin, 7, "Editor")
    assert (post.reply_to.reply_to_msg_id, post.reply_to.quote_text) == (1, "tw")
    assert post.get_entities_text() == [(post.entities[0], "bold")]
    assert (poll.poll.poll.question.text, poll.fwd_from.from_name) == ("How many?", "Hidden")
    assert isinstance(service, t.MessageService)


@pytest.mark.parametrize("kind", [each for each in MediaKind if each is not MediaKind.WEB_PAGE])
def test_a_file_is_named_sized_and_downloaded(telegram: TelegramServer, kind: MediaKind) -> None:
    content = bytes(range(256)) * 300
    news = telegram.world.channel("news")
    telegram.world.post(news, media=Media(kind, content=content, mime="text/plain", name="list.txt"))

    async def ask(client: TelegramClient) -> Any:
        (message,) = await client.get_messages("news", limit=1)
        return message.file.size, message.file.name, await client.download_media(message, bytes)

    name = None if kind is MediaKind.PHOTO else "list.txt"
    assert asked(telegram, ask) == (len(content), name, content)


def test_a_touched_post_is_told_as_edited_though_no_word_changed(telegram: TelegramServer) -> None:
    news = filled(telegram.world, 1)
    telegram.world.touch(news, 1)
    (found,) = asked(telegram, lambda client: client.get_messages("news", limit=1))
    assert (found.message, found.edit_hide, found.edit_date is None) == ("post 1", True, False)


def test_ids_may_be_skipped_and_an_album_may_grow(telegram: TelegramServer) -> None:
    news = filled(telegram.world, 1)
    telegram.world.skip(news, 2)
    first, _ = telegram.world.album(news, "two", [MediaKind.PHOTO] * 2)
    telegram.world.grow(news, first, [MediaKind.PHOTO])
    found = asked(telegram, lambda client: client.get_messages("news", limit=9))
    assert [each.id for each in found] == [6, 5, 4, 1]
    assert len({each.grouped_id for each in found[:3]}) == 1
