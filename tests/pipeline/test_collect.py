"""A poll and its parse: each done once, whatever happens between and to them."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from models.enums import FetchState, Health
from models.tables import Fetch, Host, Issue, PollRun, Post, PostVersion, Source
from monitor.errors import BadInputError
from monitor.pipeline.collect import Polled, poll
from monitor.pipeline.parse import parse_next
from monitor.pipeline.polling import BusyError, poll_now
from monitor.pipeline.schedule import lease_source
from monitor.pipeline.setup import Setup
from monitor.values import Haul, Trouble
from tests.pipeline.shelf import MINUTE, Clock, Shelf, page

Follows = Callable[..., int]
SourceOf = Callable[[str], Source]
BLOCKED = Trouble(Health.BLOCKED, "answered 429 Too Many Requests")


def polled(setup: Setup, key: str = "a", **given) -> Polled | None:
    with setup.transaction() as session:
        lease = lease_source(session, key, setup.now(), setup.settings)
    assert lease is not None
    return poll(setup, lease.source_id, lease.token, **given)


def counts(setup: Setup) -> list[int]:
    """Posts, versions, fetches, polls."""
    with setup.transaction() as session:
        tables = (Post, PostVersion, Fetch, PollRun)
        return [session.scalar(select(func.count()).select_from(table)) or 0 for table in tables]


def issues(setup: Setup, *, closed: bool = False) -> list[tuple[str, str]]:
    with setup.transaction() as session:
        found = session.scalars(
            select(Issue).where(Issue.closed_at.is_not(None) if closed else Issue.closed_at.is_(None))
        )
        return [(issue.subject, issue.kind) for issue in found]


def test_a_poll_stores_bodies_and_a_parse_makes_posts_of_them(
    setup: Setup, shelf: Shelf, follows: Follows, source_of: SourceOf
) -> None:
    follows("a")
    shelf.hauls["a"] = page({"1": "63 killed", "2": "none"}, title="The A channel")
    first = polled(setup)
    assert first is not None
    assert first.parse
    assert counts(setup) == [0, 0, 1, 1]
    parsed = parse_next(setup)
    assert parsed is not None
    assert counts(setup) == [2, 2, 1, 1]
    assert (source_of("a").health, source_of("a").cursor) == (Health.OK, {"seen": 2})


def test_polling_and_parsing_again_changes_nothing(setup: Setup, shelf: Shelf, follows: Follows) -> None:
    follows("a")
    shelf.hauls["a"] = page({"1": "63 killed"})
    for _ in range(2):
        assert poll_now(setup, "a").health is Health.OK
        assert parse_next(setup) is None
    assert counts(setup) == [1, 1, 2, 2]


def test_a_lease_that_the_queue_delivers_twice_is_fetched_once(setup: Setup, shelf: Shelf, follows: Follows) -> None:
    source_id = follows("a")
    shelf.hauls["a"] = page({"1": "x"})
    with setup.transaction() as session:
        lease = lease_source(session, "a", setup.now(), setup.settings)
    assert lease is not None
    assert poll(setup, source_id, lease.token) is not None
    assert poll(setup, source_id, lease.token) is None
    assert shelf.asked == ["a"]


def test_a_poll_that_comes_back_after_its_lease_is_dropped(
    setup: Setup, shelf: Shelf, follows: Follows, clock: Clock
) -> None:
    follows("a")

    def slowly() -> Haul:
        clock.passes(setup.settings.lease + MINUTE)
        shelf.hauls["a"] = page({"1": "the newer poll"})
        assert poll_now(setup, "a").new_posts == 1
        return page({"1": "the late poll"})

    shelf.hauls["a"] = slowly
    assert polled(setup) is None
    with setup.transaction() as session:
        assert session.scalars(select(PostVersion.text)).all() == ["the newer poll"]


def test_a_source_is_not_polled_while_its_bodies_wait_but_its_host_is_free(
    setup: Setup, shelf: Shelf, follows: Follows, clock: Clock
) -> None:
    follows("a")
    shelf.hauls["a"] = page({"1": "x"})
    polled(setup)
    clock.passes(timedelta(days=1))
    with setup.transaction() as session:
        assert lease_source(session, "a", clock(), setup.settings) is None
        assert session.get_one(Host, "t.me").free_at < clock()


def test_the_next_source_of_the_host_is_leased_in_passing(setup: Setup, shelf: Shelf, follows: Follows) -> None:
    follows("a")
    follows("b")
    shelf.hauls["a"] = page({})
    first = polled(setup, go_on=True)
    assert first is not None
    assert first.next is not None
    assert first.next.key == "b"


def test_trouble_is_told_with_its_reason_and_polled_again_later(
    setup: Setup, shelf: Shelf, follows: Follows, source_of: SourceOf, clock: Clock
) -> None:
    follows("a")
    shelf.hauls["a"] = Haul(trouble=BLOCKED)
    for _ in range(2):
        outcome = poll_now(setup, "a")
        clock.passes(MINUTE)
    assert (outcome.health, outcome.reason) == (Health.BLOCKED, "answered 429 Too Many Requests")
    assert source_of("a").failures == 2
    assert issues(setup) == [("source:a", "blocked")]
    shelf.hauls["a"] = page({"1": "x"})
    poll_now(setup, "a")
    assert source_of("a").failures == 0
    assert (issues(setup), issues(setup, closed=True)) == ([], [("source:a", "blocked")])


def test_one_trouble_is_one_issue_however_long_it_lasts(setup: Setup, shelf: Shelf, follows: Follows) -> None:
    follows("a")
    shelf.hauls["a"] = Haul(trouble=BLOCKED)
    for _ in range(5):
        poll_now(setup, "a")
    with setup.transaction() as session:
        assert session.scalars(select(Issue.seen)).all() == [5]


def test_what_came_before_the_trouble_is_stored(setup: Setup, shelf: Shelf, follows: Follows) -> None:
    follows("a")
    shelf.hauls["a"] = Haul(page({"1": "x"}).fetched, BLOCKED)
    outcome = poll_now(setup, "a")
    assert (outcome.health, outcome.new_posts) == (Health.BLOCKED, 1)


def test_a_collector_that_raises_is_a_broken_source_not_a_lost_poll(
    setup: Setup, shelf: Shelf, follows: Follows
) -> None:
    follows("a")
    outcome = poll_now(setup, "a")
    assert (outcome.health, outcome.reason) == (Health.BROKEN, "fetching failed: KeyError: 'a'")


def test_a_parser_that_raises_leaves_the_body_dead_and_the_source_broken(
    setup: Setup, shelf: Shelf, follows: Follows, source_of: SourceOf
) -> None:
    follows("a", cursor={"seen": 7})
    shelf.hauls["a"] = page(raises="odd markup")
    outcome = poll_now(setup, "a")
    assert (outcome.health, outcome.reason) == (Health.BROKEN, "RuntimeError: odd markup")
    assert source_of("a").cursor == {"seen": 7}
    with setup.transaction() as session:
        assert session.scalars(select(Fetch.state)).all() == [FetchState.DEAD]


def test_a_body_that_kills_its_parser_ends_dead_and_others_go_on(
    setup: Setup, shelf: Shelf, follows: Follows, clock: Clock, killed: Callable[[Callable[[], object]], None]
) -> None:
    follows("a")
    follows("b")
    shelf.hauls |= {"a": page(dies=True), "b": page({"1": "x"})}
    polled(setup)
    polled(setup, "b")
    for _ in range(setup.settings.max_attempts):
        killed(lambda: parse_next(setup))
        clock.passes(setup.settings.lease)
    parsed = [parse_next(setup), parse_next(setup)]
    assert {each.key: each.health for each in parsed if each} == {"a": Health.BROKEN, "b": Health.OK}
    assert ("source:a", "broken") in issues(setup)


def test_a_parse_that_another_worker_finished_first_changes_nothing(
    setup: Setup, shelf: Shelf, follows: Follows, clock: Clock
) -> None:
    follows("a")
    shelf.hauls["a"] = page({"1": "x"})
    polled(setup)

    class Slow(Shelf):
        def parse(self, *given):
            clock.passes(setup.settings.lease)
            assert parse_next(setup) is not None
            return super().parse(*given)

    slow = Setup(setup.sessions, setup.settings, dict.fromkeys(setup.collectors, Slow()), clock)
    assert parse_next(slow) is None
    assert counts(setup) == [1, 1, 1, 1]


def test_a_handle_that_leads_to_another_channel_stops_the_source(
    setup: Setup, shelf: Shelf, follows: Follows, source_of: SourceOf
) -> None:
    follows("a")
    shelf.hauls["a"] = page({"1": "ours"}, telegram_id=17)
    poll_now(setup, "a")
    shelf.hauls["a"] = page({"2": "theirs"}, telegram_id=99)
    outcome = poll_now(setup, "a")
    assert outcome.health is Health.IMPOSTOR
    assert outcome.reason == "a was channel 17 and is 99 now: stopped"
    assert not source_of("a").enabled
    assert counts(setup)[0] == 1
    assert issues(setup) == [("source:a", "impostor")]


def test_a_move_for_good_is_followed_after_three_polls(
    setup: Setup, shelf: Shelf, follows: Follows, source_of: SourceOf
) -> None:
    follows("a")
    shelf.hauls["a"] = Haul(page({}).fetched, moved_to="b")
    for _ in range(3):
        assert source_of("a").address == "a"
        poll_now(setup, "a")
    assert source_of("a").address == "b"
    assert source_of("a").handles[-1]["address"] == "a"


def test_a_told_wait_holds_for_the_source_and_its_host(
    setup: Setup, shelf: Shelf, follows: Follows, source_of: SourceOf, clock: Clock
) -> None:
    follows("a")
    later = clock() + 30 * MINUTE
    shelf.hauls["a"] = Haul(trouble=Trouble(Health.BLOCKED, "too many", retry_after=later))
    poll_now(setup, "a")
    with setup.transaction() as session:
        assert (source_of("a").not_before, session.get_one(Host, "t.me").free_at) == (later, later)


@pytest.mark.parametrize(
    ("key", "given", "error", "told"),
    [
        ("nobody", {}, BadInputError, "no such source"),
        ("shown", {"example": True}, BadInputError, "an example is never polled"),
        ("taken", {"unparsed_poll": "p"}, BusyError, "is being polled"),
    ],
)
def test_a_poll_by_hand_says_why_it_cannot_be(setup: Setup, follows: Follows, key, given, error, told) -> None:
    if key != "nobody":
        follows(key, **given)
    with pytest.raises(error, match=told):
        poll_now(setup, key)
