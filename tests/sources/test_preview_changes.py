"""What changes between two polls: edits, deletions, albums that grow."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from models.enums import Health
from monitor.pipeline.store import content_hash
from monitor.values import Batch, RawPost
from tests.factories import NOON
from tests.servers.preview_server import Fault, PreviewServer, World
from tests.sources.preview_polls import Polls, ids


@pytest.fixture
def polls() -> Iterator[Polls]:
    """Thirty posts, known by one poll."""
    world = World()
    world.channel("rybar")
    for number in range(1, 31):
        world.post("rybar", f"{number} killed", at=NOON - timedelta(hours=1))
    with PreviewServer(world) as server:
        polls = Polls.of(server, confirm_deletion_after=timedelta(minutes=30))
        polls.poll()
        yield polls


def the(batch: Batch, number: int) -> RawPost:
    return next(post for post in batch.posts if post.external_id == str(number))


def test_an_edit_shows_its_new_text_and_mark(polls: Polls) -> None:
    before = the(polls.poll(), 28)
    polls.world.edit("rybar", 28, "89 killed")
    after = the(polls.poll(), 28)
    assert (after.text, after.edited, before.edited) == ("89 killed", True, False)


def test_more_views_are_no_edit(polls: Polls) -> None:
    before = the(polls.poll(), 28)
    polls.world.change("rybar", 28, views=2_000_000)
    after = the(polls.poll(), 28)
    assert (before.views, after.views) == (1200, 2_000_000)
    assert content_hash(before) == content_hash(after)


def test_a_post_gone_between_its_neighbours_is_suspected_then_confirmed(polls: Polls) -> None:
    polls.world.delete("rybar", 25)
    first, soon, later, after = (
        polls.poll(), polls.later(minutes=29).poll(), polls.later(minutes=2).poll(), polls.later(hours=2).poll()
    )  # fmt: skip
    assert [batch.vanished for batch in (first, soon, later, after)] == [("25",), (), (), ()]
    assert [batch.deleted for batch in (first, soon, later, after)] == [(), (), ("25",), ()]
    assert [path for path in polls.server.asked if "embed" in path] == ["/rybar/25?embed=1&mode=tme"]


@pytest.mark.parametrize("number", [30, 13, 12])
def test_the_newest_post_and_those_at_the_lower_edge_are_missed_too(polls: Polls, number: int) -> None:
    polls.world.delete("rybar", number)
    assert polls.poll().vanished == (str(number),)


def test_a_post_that_has_only_moved_to_the_next_page_is_not_missed(polls: Polls) -> None:
    for _ in range(15):
        polls.world.post("rybar", "new")
    assert polls.poll().vanished == ()


def test_a_post_that_was_away_for_a_moment_returns(polls: Polls) -> None:
    truth = polls.world.find("rybar").messages[25]  # type: ignore[union-attr]
    polls.world.delete("rybar", 25)
    assert polls.poll().vanished == ("25",)
    polls.world.post("rybar", truth.text, id=25)
    batch = polls.later(hours=1).poll()
    assert (batch.returned, batch.deleted, batch.vanished) == (("25",), (), ())
    assert 25 in ids(batch)


def test_a_missing_post_whose_own_page_still_shows_it_returns_and_is_not_missed_again(polls: Polls) -> None:
    def without(page: str) -> str:
        return page.replace('data-post="rybar/25"', 'data-post="rybar/24"')

    polls.world.fail("rybar", Fault(garble=without))
    assert polls.poll().vanished == ("25",)
    polls.later(hours=1).world.fail("rybar", Fault(garble=without))
    assert polls.poll().returned == ("25",)
    polls.world.fail("rybar", Fault(garble=without))
    assert polls.later(hours=1).poll().vanished == ()


def test_a_missing_post_is_deleted_by_the_page_where_its_own_page_does_not_tell(polls: Polls) -> None:
    polls.world.delete("rybar", 25)
    polls.poll()
    polls.later(hours=1).world.fail("rybar", Fault(garble=str))
    polls.world.fail("rybar", Fault(404, body="no such page"))
    assert polls.poll().deleted == ("25",)


def test_a_single_page_that_blocks_leaves_the_suspicion_and_the_posts(polls: Polls) -> None:
    polls.world.delete("rybar", 25)
    polls.poll()
    polls.later(hours=1).world.fail("rybar", Fault(garble=str))
    polls.world.fail("rybar", Fault(429, {"Retry-After": "60"}))
    batch = polls.poll()
    assert polls.haul.trouble is not None
    assert (polls.haul.trouble.health, polls.haul.trouble.retry_after) == (
        Health.BLOCKED, polls.now + timedelta(seconds=60)
    )  # fmt: skip
    assert (batch.deleted, len(batch.posts)) == ((), 20)
    assert polls.later(minutes=5).poll().deleted == ("25",)


def test_many_deletions_are_confirmed_a_few_a_poll(polls: Polls) -> None:
    polls.world.delete("rybar", *range(1, 31))
    first = polls.poll()
    assert (first.state, len(first.vanished)) == (Health.EMPTY, 30)
    counts = [len(polls.later(hours=1).poll().deleted) for _ in range(4)]
    assert counts == [10, 10, 10, 0]


def test_an_album_caught_by_half_is_the_same_post_when_it_is_whole(polls: Polls) -> None:
    album = polls.world.album("rybar", "Strike", ["photo", "photo"])
    half = the(polls.poll(), album)
    polls.world.grow("rybar", album, ["video"])
    batch = polls.poll()
    assert (half.group_ids, the(batch, album).group_ids) == (("31", "32"), ("31", "32", "33"))
    assert content_hash(half) == content_hash(the(batch, album))
    assert batch.vanished == ()


def test_an_album_keeps_its_id_when_its_first_photo_is_deleted(polls: Polls) -> None:
    album = polls.world.album("rybar", "Strike", ["photo"] * 3)
    polls.poll()
    polls.world.delete("rybar", album)
    batch = polls.poll()
    assert (the(batch, album).group_ids, batch.vanished) == (("32", "33"), ())
    assert 32 not in ids(batch)


def test_a_deleted_album_is_one_deletion(polls: Polls) -> None:
    album = polls.world.album("rybar", "Strike", ["photo"] * 3)
    polls.world.post("rybar", "after")
    polls.poll()
    polls.world.delete("rybar", album, album + 1, album + 2)
    assert polls.poll().vanished == (str(album),)
    assert polls.later(hours=1).poll().deleted == (str(album),)
