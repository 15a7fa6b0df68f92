"""Edits, deletions and counters: by the channel's difference, else by looking at the posts again."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session, sessionmaker

from models.enums import Health
from tests.servers.mtproto.messages import MediaKind
from tests.servers.mtproto.script import RpcError
from tests.servers.mtproto.server import TelegramServer
from tests.telegram.desk import Desk, desk_on

DIFFERENCE, LOOK, HISTORY = "updates.getChannelDifference", "channels.getMessages", "messages.getHistory"


@pytest.fixture
def desk(sessions: sessionmaker[Session], telegram: TelegramServer) -> Iterator[Desk]:
    """Changes are asked for at every poll two minutes apart; nothing is looked at again by the hour yet."""
    telegram.limits.timeout = 1
    with desk_on(sessions, telegram, difference_every=timedelta(minutes=1), recheck_every=timedelta(days=1)) as desk:
        desk.account()
        yield desk


def followed(desk: Desk, count: int = 5) -> int:
    news = desk.server.world.channel("news")
    for number in range(count):
        desk.server.world.post(news, f"post {number + 1}")
    desk.follow("news")
    desk.poll()
    return news


def later(desk: Desk, minutes: float = 2) -> None:
    desk.pass_time(minutes=minutes)
    desk.poll()


def test_an_edit_is_a_version_and_a_touch_is_none(desk: Desk) -> None:
    news = followed(desk)
    desk.server.world.edit(news, 2, "post 2, edited")
    desk.server.world.touch(news, 2)
    desk.server.world.touch(news, 3)
    later(desk)
    assert desk.versions(2) == ["post 2", "post 2, edited"]
    assert desk.versions(3) == ["post 3"]
    assert desk.server.calls.count(DIFFERENCE) == 1


def test_a_deleted_post_is_kept_and_marked_after_a_second_look(desk: Desk) -> None:
    news = followed(desk)
    desk.server.world.delete(news, 2)
    later(desk)
    assert (desk.post(2).missing_since is not None, desk.post(2).deleted_at) == (True, None)
    later(desk, minutes=31)
    assert desk.post(2).deleted_at is not None
    assert desk.versions(2) == ["post 2"]
    assert "2" not in desk.texts()


def test_what_was_told_deleted_and_is_there_at_the_second_look_is_no_deletion(desk: Desk) -> None:
    news = followed(desk)
    kept = desk.server.world.at(news).messages[2]
    desk.server.world.delete(news, 2)
    later(desk)
    desk.server.world.at(news).messages[2] = kept
    later(desk, minutes=31)
    assert (desk.post(2).missing_since, desk.post(2).deleted_at) == (None, None)


def test_changes_come_in_parts_until_they_are_all_there(desk: Desk) -> None:
    news = followed(desk)
    for number in range(6, 260):
        desk.server.world.post(news, f"post {number}")
    for number in range(1, 6):
        desk.server.world.edit(news, number, f"post {number}, edited")
    desk.server.limits.difference = 10_000
    for _ in range(3):
        later(desk)
    assert [desk.texts()[str(number)] for number in (1, 5, 6, 259)] == [
        "post 1, edited", "post 5, edited", "post 6", "post 259",
    ]  # fmt: skip


def test_too_many_changes_are_found_by_looking_at_the_newest_posts(desk: Desk) -> None:
    news = followed(desk)
    desk.server.world.edit(news, 2, "post 2, edited")
    desk.server.world.delete(news, 3)
    desk.server.world.forget(news)
    later(desk)
    later(desk)
    assert desk.versions(2) == ["post 2", "post 2, edited"]
    assert desk.post(3).missing_since is not None
    later(desk, minutes=31)
    assert desk.post(3).deleted_at is not None
    desk.server.world.edit(news, 4, "post 4, edited")
    later(desk)
    assert desk.versions(4) == ["post 4", "post 4, edited"]


def test_a_state_that_telegram_refuses_is_begun_anew(desk: Desk) -> None:
    news = followed(desk)
    desk.server.world.edit(news, 2, "post 2, edited")
    desk.server.script.fail(DIFFERENCE, RpcError(400, "PERSISTENT_TIMESTAMP_INVALID"))
    for _ in range(3):
        later(desk)
    assert desk.versions(2) == ["post 2", "post 2, edited"]
    assert desk.source().cursor["account"]["pts"] is not None
    assert desk.source().health == Health.OK


def test_an_edited_caption_changes_the_album_and_a_deleted_photo_does_not(desk: Desk) -> None:
    news = followed(desk, 1)
    first, second, third = desk.server.world.album(news, "two killed", [MediaKind.PHOTO] * 3)
    desk.server.world.post(news, "after")
    later(desk)
    desk.server.world.edit(news, first, "three killed")
    desk.server.world.edit(news, second, "and a caption of its own")
    desk.server.world.delete(news, third)
    for minutes in (2, 2, 31):
        later(desk, minutes)
    assert desk.versions(first)[0] == "two killed"
    assert desk.versions(first)[-1] == "three killed\n\nand a caption of its own"
    assert (desk.post(first).deleted_at, desk.post(first).group_ids) == (None, [str(first), str(second)])
    assert list(desk.texts()) == ["1", str(first), "5"]


def test_an_album_that_goes_wholly_is_one_deletion(desk: Desk) -> None:
    news = followed(desk, 1)
    ids = desk.server.world.album(news, "two killed", [MediaKind.PHOTO] * 3)
    desk.server.world.post(news, "after")
    later(desk)
    desk.server.world.delete(news, *ids)
    for minutes in (2, 31):
        later(desk, minutes)
    assert desk.post(ids[0]).deleted_at is not None


def test_counters_are_refreshed_by_the_recheck(desk: Desk) -> None:
    news = followed(desk)
    desk.server.world.count(news, 2, views=900, forwards=7)
    later(desk, minutes=24 * 60 + 1)
    assert (desk.post(2).views, desk.post(2).forwards) == (900, 7)


def test_a_mass_deletion_is_not_believed_for_a_day(desk: Desk) -> None:
    news = followed(desk, 60)
    desk.server.world.delete(news, *range(1, 51))
    later(desk)
    later(desk, minutes=31)
    later(desk, minutes=31)
    assert len(desk.texts()) == 60
    assert any("50 of 50 posts" in issue for issue in desk.issues())
    later(desk, minutes=24 * 60)
    later(desk, minutes=31)
    assert len(desk.texts()) == 10


def test_a_post_made_and_deleted_between_two_polls_was_never_here(desk: Desk) -> None:
    news = followed(desk)
    made = desk.server.world.post(news, "quick")
    desk.server.world.delete(news, made)
    for minutes in (2, 31):
        later(desk, minutes)
    assert list(desk.texts().values()) == [f"post {number}" for number in range(1, 6)]
    assert desk.issues() == []
