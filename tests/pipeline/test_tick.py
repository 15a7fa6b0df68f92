"""The tick finds what the queue has lost, and never sends the same work a thousand times."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from models.enums import FetchState
from models.tables import Fetch, Heartbeat, Post
from monitor.pipeline.read import read_next
from monitor.pipeline.setup import Setup
from monitor.pipeline.tick import BATCHES_WAITING, POLLS_WAITING, Queued, not_sent, tick
from tests.factories import NOON, make_post, make_source
from tests.pipeline.shelf import Clock, Shelf, setup_on

Follows = Callable[..., int]
EMPTY = Queued()


def add_fetches(setup: Setup, polls: int, **given) -> None:
    with setup.transaction() as session:
        source = make_source(session)
        for number in range(polls):
            session.add(
                Fetch(source_id=source.id, poll_id=f"p{number}", url="u", status=200, headers={}, body=b"",
                      body_hash="", fetched_at=NOON, **given)
            )  # fmt: skip


def add_posts(setup: Setup, count: int) -> None:
    with setup.transaction() as session:
        source = make_source(session)
        for _ in range(count):
            make_post(session, source, "63 killed")


def test_the_heart_beats(setup: Setup, clock: Clock) -> None:
    tick(setup, EMPTY)
    clock.passes(timedelta(seconds=2))
    tick(setup, EMPTY)
    with setup.transaction() as session:
        assert session.get_one(Heartbeat, "tick").at == clock()


def test_an_idle_tick_sends_nothing_but_a_sweep_a_minute(setup: Setup, clock: Clock) -> None:
    swept = []
    for _ in range(121):
        work = tick(setup, EMPTY)
        swept.append(work.sweep)
        assert (work.polls, work.parses, work.reads, work.join) == ((), 0, 0, False)
        clock.passes(timedelta(seconds=1))
    assert swept.count(True) == 3


def test_lost_work_is_found_again(setup: Setup) -> None:
    add_fetches(setup, 3)
    add_posts(setup, 2)
    work = tick(setup, EMPTY)
    assert (work.parses, work.reads) == (3, 1)
    read_next(setup)
    assert tick(setup, EMPTY).join


@pytest.mark.parametrize(
    ("unparsed", "queued", "sent"),
    [(3, 0, 3), (3, 2, 1), (3, 3, 0), (3, 500, 0), (100, 0, BATCHES_WAITING), (100, 15, BATCHES_WAITING - 15)],
)
def test_work_that_waits_in_the_queue_is_not_sent_again(setup: Setup, unparsed: int, queued: int, sent: int) -> None:
    add_fetches(setup, unparsed)
    assert tick(setup, Queued(process=queued)).parses == sent


def test_what_a_worker_has_leased_is_not_sent_until_the_lease_runs_out(setup: Setup, clock: Clock) -> None:
    add_fetches(setup, 1, leased_until=clock() + setup.settings.lease)
    assert tick(setup, EMPTY).parses == 0
    clock.passes(setup.settings.lease)
    assert tick(setup, EMPTY).parses == 1


def test_what_is_done_or_dead_is_not_sent(setup: Setup) -> None:
    add_fetches(setup, 2, state=FetchState.PARSED)
    with setup.transaction() as session:
        session.scalars(select(Fetch)).first().state = FetchState.DEAD  # type: ignore[union-attr]
    assert tick(setup, EMPTY).parses == 0


def test_versions_are_counted_in_batches(sessions: sessionmaker[Session], shelf: Shelf, clock: Clock) -> None:
    setup = setup_on(sessions, shelf, clock, read_batch=10)
    add_posts(setup, 41)
    assert tick(setup, EMPTY).reads == 5


def test_what_an_older_reader_read_goes_one_batch_a_tick(
    sessions: sessionmaker[Session], shelf: Shelf, clock: Clock
) -> None:
    older = setup_on(sessions, shelf, clock, read_batch=10)
    add_posts(older, 41)
    while read_next(older):
        pass
    assert tick(older, EMPTY).reads == 0
    assert tick(setup_on(sessions, shelf, clock, version=2, read_batch=10), EMPTY).reads == 1


def test_a_join_that_waits_is_enough(setup: Setup, clock: Clock) -> None:
    add_posts(setup, 1)
    with setup.transaction() as session:
        session.query(Post).update({Post.unjoined_since: clock()})
    assert not tick(setup, Queued(join=1)).join
    assert tick(setup, EMPTY).join


def test_no_polls_are_leased_for_a_full_queue(setup: Setup, follows: Follows) -> None:
    follows("a")
    assert tick(setup, Queued(fetch=POLLS_WAITING)).polls == ()
    assert [lease.key for lease in tick(setup, Queued(fetch=POLLS_WAITING - 1)).polls] == ["a"]


def test_polls_that_could_not_be_sent_are_due_again_at_once(setup: Setup, follows: Follows) -> None:
    follows("a")
    not_sent(setup, tick(setup, EMPTY).polls)
    assert [lease.key for lease in tick(setup, EMPTY).polls] == ["a"]
