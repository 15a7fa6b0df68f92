"""Leases: who polls what, when, and that nobody else does."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from models.enums import Health
from models.tables import Host, Source
from monitor.pipeline.schedule import claim, free_host, give_back, know_hosts, lease_due, lease_next, settle
from monitor.pipeline.setup import Setup
from monitor.values import Trouble
from tests.factories import make_source
from tests.pipeline.shelf import MINUTE, Clock

Follows = Callable[..., int]
SECOND = timedelta(seconds=1)


def leased(setup: Setup, **given) -> list[str]:
    with setup.transaction() as session:
        return sorted(lease.key for lease in lease_due(session, setup.now(), setup.settings, **given))


def test_concurrent_tickers_never_lease_a_source_twice(setup: Setup) -> None:
    with setup.transaction() as session:
        sources = [make_source(session, f"s{number}", host=f"h{number}") for number in range(300)]
        know_hosts(session, [source.host for source in sources], setup.now())
    with ThreadPoolExecutor(4) as tickers:
        found = [key for keys in tickers.map(lambda _: leased(setup, limit=50), range(12)) for key in keys]
    assert sorted(found) == sorted(source.key for source in sources)


def test_a_host_gets_one_poll_at_a_time(setup: Setup, follows: Follows) -> None:
    for key in ("a", "b", "c"):
        follows(key)
    follows("elsewhere", host="example.org")
    assert leased(setup) == ["a", "elsewhere"]
    assert leased(setup) == []


@pytest.mark.parametrize(
    "given",
    [
        {"enabled": False},
        {"next_poll_at": None},
        {"unparsed_poll": "p1"},
    ],
    ids=["paused", "no time", "bodies wait to be parsed"],
)
def test_what_is_not_due_is_not_leased(setup: Setup, follows: Follows, given: dict) -> None:
    follows("a", **given)
    assert leased(setup) == []


def test_a_told_wait_is_kept(setup: Setup, follows: Follows, clock: Clock) -> None:
    follows("a", not_before=clock() + MINUTE)
    assert leased(setup) == []
    clock.passes(MINUTE)
    assert leased(setup) == ["a"]


def test_a_lease_that_reached_no_worker_counts_as_no_attempt(setup: Setup, follows: Follows, clock: Clock) -> None:
    follows("a")
    for _ in range(10):
        assert leased(setup) == ["a"]
        clock.passes(setup.settings.lease)


def test_polls_that_take_their_worker_down_set_the_source_aside_but_not_for_ever(
    setup: Setup, follows: Follows, source_of: Callable[[str], Source], clock: Clock
) -> None:
    source_id = follows("a")
    for _ in range(setup.settings.max_attempts):
        with setup.transaction() as session:
            (lease,) = lease_due(session, clock(), setup.settings)
            assert claim(session, source_id, lease.token, clock(), setup.settings)
        clock.passes(setup.settings.lease)
    assert leased(setup) == []
    assert source_of("a").health == Health.BROKEN
    assert "took its worker down" in (source_of("a").health_reason or "")
    clock.passes(2 * MINUTE)
    assert leased(setup) == ["a"]


def test_a_lease_is_taken_up_once_and_not_after_it_ran_out(setup: Setup, follows: Follows, clock: Clock) -> None:
    source_id = follows("a")
    with setup.transaction() as session:
        (lease,) = lease_due(session, clock(), setup.settings)
    with setup.transaction() as session:
        assert claim(session, source_id, lease.token, clock() + setup.settings.lease, setup.settings) is None
        assert claim(session, source_id, lease.token, clock(), setup.settings) is not None
        assert claim(session, source_id, lease.token, clock(), setup.settings) is None


def test_a_lease_given_back_is_due_at_once(setup: Setup, follows: Follows) -> None:
    follows("a")
    with setup.transaction() as session:
        (lease,) = lease_due(session, setup.now(), setup.settings)
        give_back(session, lease, setup.now())
    assert leased(setup) == ["a"]


def test_the_next_source_of_a_host_is_leased_in_passing_with_the_pace_as_its_wait(
    setup: Setup, follows: Follows, clock: Clock
) -> None:
    follows("a")
    follows("b", next_poll_at=clock() - MINUTE)
    with setup.transaction() as session:
        free_host(session, "t.me", clock(), setup.settings, None)
        following = lease_next(session, "t.me", clock(), setup.settings)
        assert following is not None
        assert (following.key, following.wait) == ("b", setup.settings.host_pace)
        assert lease_next(session, "t.me", clock(), setup.settings) is None


@pytest.mark.parametrize(
    ("trouble", "wait"),
    [
        (None, SECOND),
        (Trouble(Health.UNREACHABLE, "no answer"), SECOND),
        (Trouble(Health.BLOCKED, "429"), MINUTE),
        (Trouble(Health.BLOCKED, "429", retry_after=Clock().at + 7 * MINUTE), 7 * MINUTE),
    ],
    ids=["well", "no answer", "sent away", "sent away for so long"],
)
def test_a_host_is_free_again_after_its_pace_or_the_wait_that_it_asks_for(
    setup: Setup, follows: Follows, clock: Clock, trouble: Trouble | None, wait: timedelta
) -> None:
    follows("a")
    with setup.transaction() as session:
        free_host(session, "t.me", clock(), setup.settings, trouble)
        assert session.get_one(Host, "t.me").free_at == clock() + wait


def test_a_source_with_work_left_over_is_due_at_once(setup: Setup, follows: Follows, clock: Clock) -> None:
    source_id = follows("a")
    with setup.transaction() as session:
        source = session.get_one(Source, source_id)
        settle(session, source, clock(), setup.settings, at_once=True)
        assert source.next_poll_at == clock()
        source.failures = 1
        settle(session, source, clock(), setup.settings, at_once=True)
        assert source.next_poll_at > clock() + MINUTE / 2
