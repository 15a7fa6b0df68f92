"""How far a poll reads, over a real socket."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from models.enums import Health
from tests.factories import NOON
from tests.servers.preview_server import Fault, PreviewServer, World
from tests.sources.preview_polls import Polls, ids


@pytest.fixture
def server() -> Iterator[PreviewServer]:
    world = World()
    world.channel("rybar", title="Rybar")
    with PreviewServer(world) as server:
        yield server


def fill(server: PreviewServer, count: int, **given: object) -> None:
    for number in range(count):
        server.world.post("rybar", f"{number} killed", **{"at": NOON - timedelta(hours=1), **given})


def test_a_first_poll_takes_the_newest_posts_only(server: PreviewServer) -> None:
    fill(server, 200)
    assert ids(Polls.of(server, first_posts=50).poll()) == list(range(151, 201))


def test_a_first_poll_stops_at_the_age_given(server: PreviewServer) -> None:
    fill(server, 100, at=NOON - timedelta(days=30))
    fill(server, 25)
    polls = Polls.of(server, first_age=timedelta(days=7))
    assert min(ids(polls.poll())) in range(80, 101)
    assert polls.haul.requests == 2


def test_a_first_poll_of_a_quiet_channel_takes_its_newest_page(server: PreviewServer) -> None:
    fill(server, 100, at=NOON - timedelta(days=30))
    assert len(Polls.of(server, first_age=timedelta(days=7)).poll().posts) == 20


def test_a_first_poll_that_needs_more_pages_than_one_poll_has_goes_on(server: PreviewServer) -> None:
    fill(server, 200)
    polls = Polls.of(server, first_posts=100, pages=2)
    batches = [polls.poll()]
    while batches[-1].more:
        batches.append(polls.poll())
    assert sorted({number for batch in batches for number in ids(batch)}) == list(range(101, 201))


def test_the_next_poll_asks_for_one_page(server: PreviewServer) -> None:
    fill(server, 30)
    polls = Polls.of(server)
    polls.poll()
    server.world.post("rybar", "63 killed")
    assert ids(polls.poll())[-1] == 31
    assert server.asked[-1] == "/s/rybar"
    assert polls.haul.requests == 1


def test_many_new_posts_are_paged_down_to_the_last_known_one(server: PreviewServer) -> None:
    fill(server, 5)
    polls = Polls.of(server)
    polls.poll()
    fill(server, 75)
    batch = polls.poll()
    assert set(ids(batch)) >= set(range(6, 81))
    assert not batch.more


def test_what_one_poll_does_not_reach_is_left_to_the_next(server: PreviewServer) -> None:
    fill(server, 5)
    polls = Polls.of(server, pages=2)
    polls.poll()
    fill(server, 100)
    first, second, third, fourth = polls.poll(), polls.poll(), polls.poll(), polls.poll()
    assert [batch.more for batch in (first, second, third, fourth)] == [True, True, True, True]
    rest = []
    while (batch := polls.poll()).more:
        rest.append(batch)
    taken = {number for each in (first, second, third, fourth, *rest, batch) for number in ids(each)}
    assert taken >= set(range(6, 106))


def test_posts_that_come_while_a_gap_is_read_are_not_lost(server: PreviewServer) -> None:
    fill(server, 5)
    polls = Polls.of(server, pages=2)
    polls.poll()
    taken: set[int] = set()
    for _ in range(40):
        fill(server, 10 if len(server.world.find("rybar").messages) < 150 else 0)  # type: ignore[union-attr]
        batch = polls.poll()
        taken |= set(ids(batch))
        if not batch.more:
            break
    assert taken >= set(range(6, max(taken) + 1))


def test_an_older_page_that_fails_is_asked_for_again(server: PreviewServer) -> None:
    fill(server, 5)
    polls = Polls.of(server)
    polls.poll()
    fill(server, 60)
    server.world.fail("rybar", Fault(garble=str))
    server.world.fail("rybar", Fault(502))
    first = polls.poll()
    assert polls.haul.trouble is not None
    assert polls.haul.trouble.health is Health.UNREACHABLE
    assert set(ids(first) + ids(polls.poll())) >= set(range(6, 66))


def test_an_older_page_in_another_form_is_told_of_and_asked_for_again(server: PreviewServer) -> None:
    fill(server, 5)
    polls = Polls.of(server)
    polls.poll()
    fill(server, 60)
    server.world.fail("rybar", Fault(garble=str))
    server.world.fail("rybar", Fault(garble=lambda page: page.replace("tgme_widget_message", "tgx_message")))
    first = polls.poll()
    assert first.state is Health.BROKEN
    second = polls.poll()
    assert second.state is Health.OK
    assert set(ids(first) + ids(second)) >= set(range(6, 66))


def test_a_server_that_gives_the_same_page_for_ever_is_not_followed_for_ever(server: PreviewServer) -> None:
    fill(server, 5)
    polls = Polls.of(server)
    polls.poll()
    fill(server, 60)
    newest = server.answer("/s/rybar").body
    server.world.fail("rybar", Fault(body=newest), times=20)
    batch = polls.poll()
    assert polls.haul.requests == 2
    assert (batch.state, "newer ones" in (batch.reason or "")) == (Health.BROKEN, True)
    server.world.heal("rybar")
    assert set(ids(batch) + ids(polls.poll())) >= set(range(6, 66))


@pytest.mark.parametrize("older", range(12, 24))
def test_an_album_that_two_pages_share_is_one_post(server: PreviewServer, older: int) -> None:
    fill(server, 5)
    album = server.world.album("rybar", "Strike, 12 killed", ["photo"] * 8)
    fill(server, older)
    batch = Polls.of(server).poll()
    assert ids(batch) == [*range(1, 6), album, *range(album + 8, album + 8 + older)]
    found = next(post for post in batch.posts if post.external_id == str(album))
    assert (found.text, found.group_ids) == ("Strike, 12 killed", tuple(str(album + each) for each in range(8)))


def test_the_torn_end_of_a_known_album_is_no_post_of_its_own(server: PreviewServer) -> None:
    album = server.world.album("rybar", "Strike, 12 killed", ["photo"] * 8)
    polls = Polls.of(server)
    polls.poll()
    for _ in range(20):
        server.world.post("rybar", "another")
        batch = polls.poll()
        assert all(post.text for post in batch.posts)
        assert not {number for number in ids(batch) if album < number < album + 8}
        assert batch.vanished == ()


def test_a_channel_of_one_album_is_read(server: PreviewServer) -> None:
    server.world.album("rybar", "", ["photo"] * 10)
    assert ids(Polls.of(server).poll()) == [1]
