"""An account reads a channel: one call a poll, everything that a post has, nothing twice."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker
from telethon import types as t

from models.enums import Health, MediaType
from models.tables import PostMedia
from tests.servers.mtproto.messages import Forward, Media, MediaKind, Poll
from tests.servers.mtproto.server import TelegramServer
from tests.telegram.desk import Desk, desk_on

HISTORY, RESOLVE = "messages.getHistory", "contacts.resolveUsername"


@pytest.fixture
def desk(sessions: sessionmaker[Session], telegram: TelegramServer) -> Iterator[Desk]:
    with desk_on(sessions, telegram) as desk:
        desk.account()
        yield desk


def test_a_poll_is_one_call_and_brings_what_is_new(desk: Desk) -> None:
    news = desk.server.world.channel("news", "The news")
    desk.server.world.post(news, "63 убитых")
    desk.follow("news", title="news")
    desk.poll()
    desk.server.world.post(news, "64 убитых")
    before = len(desk.server.calls.of(HISTORY))
    desk.poll()
    desk.poll()
    assert desk.texts() == {"1": "63 убитых", "2": "64 убитых"}
    assert desk.server.calls.count(RESOLVE) == 1
    assert len(desk.server.calls.of(HISTORY)) - before == 2
    assert (desk.source().telegram_id, desk.source().title, desk.source().health) == (news, "The news", Health.OK)


def test_more_news_than_one_answer_takes_are_paged_down_to_the_last_known_post(desk: Desk) -> None:
    news = desk.server.world.channel("news")
    desk.server.world.post(news, "post 1")
    desk.follow("news")
    desk.poll()
    for number in range(2, 260):
        desk.server.world.post(news, f"post {number}")
    desk.poll()
    assert list(desk.texts().values()) == [f"post {number}" for number in range(1, 260)]
    assert desk.server.calls.count(HISTORY) == 4


def test_a_first_poll_takes_the_newest_posts_of_the_last_days(desk: Desk) -> None:
    news = desk.server.world.channel("news")
    for number in range(300):
        at = datetime.now(UTC) - timedelta(days=20) if number < 250 else datetime.now(UTC)
        desk.server.world.post(news, f"post {number + 1}", at=at)
    desk.follow("news")
    desk.poll()
    assert len(desk.texts()) == 100
    assert desk.server.calls.count(HISTORY) == 1


def test_all_that_hangs_on_a_post_is_kept(desk: Desk) -> None:
    world = desk.server.world
    news, origin = world.channel("news"), world.channel("origin", "Origin")
    world.post(news, "first")
    world.post(news, "🔥 bold <b>", forward=Forward(datetime(2023, 1, 2, tzinfo=UTC), origin, 7), author="Editor",
               entities=(t.MessageEntityBold(3, 4),), reply_to=1, quote="fir")  # fmt: skip
    world.post(
        news, forward=Forward(datetime(2023, 1, 2, tzinfo=UTC), name="Hidden"), poll=Poll("How many?", ("1", "2"))
    )
    world.post(news, "list", media=Media(MediaKind.DOCUMENT, content=b"0" * 2048, name="list.pdf", mime="text/plain"))
    world.count(news, 2, views=500, forwards=7)
    desk.follow("news")
    desk.poll()
    post = desk.post(2)
    assert (post.forwarded_from, post.forwarded_post, post.author, post.reply_to) == ("origin", "7", "Editor", "1")
    assert (post.views, post.forwards, post.url) == (500, 7, "https://t.me/news/2")
    assert post.extra["html"] == "🔥 <b>bold</b> &lt;b&gt;"
    assert (desk.post(3).forwarded_from, desk.post(3).forwarded_post) == ("Hidden", None)
    assert desk.post(3).extra["poll"] == {"question": "How many?", "options": ["1", "2"], "type": "Anonymous Poll"}
    with desk.sessions() as session:
        media = session.scalars(select(PostMedia).where(PostMedia.type == MediaType.DOCUMENT)).one()
    assert (media.name, media.size, media.mime) == ("list.pdf", 2048, "text/plain")
    assert media.file_id


def test_an_album_that_is_polled_half_way_becomes_one_whole_post(desk: Desk) -> None:
    world = desk.server.world
    news = world.channel("news")
    world.post(news, "before")
    desk.follow("news")
    desk.poll()
    first, *_ = world.album(news, "two killed", [MediaKind.PHOTO, MediaKind.PHOTO])
    desk.poll()
    world.grow(news, first, [MediaKind.PHOTO])
    desk.poll()
    world.post(news, "after")
    desk.poll()
    assert desk.texts() == {"1": "before", "2": "two killed", "5": "after"}
    assert desk.post(2).group_ids == ["2", "3", "4"]
    assert desk.versions(2) == ["two killed"]


def test_an_album_on_the_edge_of_a_page_stays_whole(desk: Desk) -> None:
    world = desk.server.world
    news = world.channel("news")
    world.post(news, "before")
    desk.follow("news")
    desk.poll()
    world.album(news, "album", [MediaKind.PHOTO] * 4)
    for number in range(98):
        world.post(news, f"post {number}")
    desk.poll()
    assert desk.post(2).group_ids == ["2", "3", "4", "5"]
    assert len(desk.texts()) == 100
    assert desk.versions(2) == ["album"]


def test_a_channel_that_is_renamed_is_followed_by_its_id(desk: Desk) -> None:
    world = desk.server.world
    news, other = world.channel("news"), world.channel("other")
    world.post(news, "first")
    desk.follow("news")
    desk.poll()
    world.rename(news, "news_2")
    world.rename(other, "news")
    world.post(news, "second")
    world.post(other, "of an impostor")
    desk.poll()
    assert desk.texts() == {"1": "first", "2": "second"}
    assert (desk.source().address, desk.source().telegram_id) == ("news_2", news)
    assert desk.source().handles[-1]["address"] == "news"
    assert desk.server.calls.count(RESOLVE) == 1


def test_a_handle_that_names_another_channel_stops_the_source(desk: Desk) -> None:
    world = desk.server.world
    other = world.channel("news")
    world.post(other, "of an impostor")
    desk.follow("news", telegram_id=other + 1000)
    desk.poll()
    assert (desk.texts(), desk.source().health, desk.source().enabled) == ({}, Health.IMPOSTOR, False)
    assert desk.source().telegram_id == other + 1000


def test_an_access_hash_that_does_not_hold_is_resolved_anew(desk: Desk) -> None:
    world = desk.server.world
    news = world.channel("news")
    world.post(news, "first")
    desk.follow("news")
    desk.poll()
    desk.server.script.fail(HISTORY, _rpc("CHANNEL_INVALID"))
    world.post(news, "second")
    desk.poll()
    assert desk.texts() == {"1": "first", "2": "second"}
    assert desk.server.calls.count(RESOLVE) == 2


@pytest.mark.parametrize(
    ("told", "health"), [("CHANNEL_PRIVATE", Health.REFUSED), ("USERNAME_NOT_OCCUPIED", Health.NO_CHANNEL)]
)
def test_what_is_wrong_with_a_channel_is_its_health(desk: Desk, told: str, health: Health) -> None:
    desk.server.world.channel("news")
    desk.follow("news")
    desk.server.script.fail(HISTORY if told == "CHANNEL_PRIVATE" else RESOLVE, _rpc(told))
    desk.poll()
    assert desk.source().health == health
    assert len(desk.issues()) == 1


def _rpc(told: str):  # type: ignore[no-untyped-def]
    from tests.servers.mtproto.script import RpcError

    return RpcError(400, told)
