"""What is thrown away, and what is not."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from models.enums import FetchState
from models.tables import Fetch, FigureRow, PollRun, Post
from monitor.pipeline.read import read_next
from monitor.pipeline.setup import Setup
from monitor.pipeline.sweep import sweep
from tests.factories import NOON, make_post, make_source
from tests.pipeline.shelf import Clock

DAY = timedelta(days=1)


def left(setup: Setup, table: type) -> int:
    with setup.transaction() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


@pytest.mark.parametrize(
    ("age", "state", "stays"),
    [
        (13 * DAY, FetchState.PARSED, True),
        (15 * DAY, FetchState.PARSED, False),
        (15 * DAY, FetchState.DEAD, False),
        (99 * DAY, FetchState.STORED, True),
    ],
)
def test_bodies_go_after_a_fortnight_unless_they_wait_to_be_parsed(setup: Setup, age, state, stays) -> None:
    with setup.transaction() as session:
        source = make_source(session)
        session.add(
            Fetch(source_id=source.id, poll_id="p", url="u", status=200, headers={}, body=b"", body_hash="",
                  fetched_at=NOON - age, state=state)
        )  # fmt: skip
    sweep(setup)
    assert left(setup, Fetch) == stays


@pytest.mark.parametrize(("age", "finished", "stays"), [(6, True, True), (8, True, False), (8, False, True)])
def test_polls_go_after_a_week_unless_they_are_not_over(setup: Setup, age, finished, stays) -> None:
    with setup.transaction() as session:
        started = NOON - age * DAY
        source = make_source(session)
        session.add(
            PollRun(source_id=source.id, poll_id="p", started_at=started, finished_at=started if finished else None)
        )
    sweep(setup)
    assert left(setup, PollRun) == stays


def test_posts_of_a_source_that_says_so_go_once_their_figures_have_left_the_events(setup: Setup, clock: Clock) -> None:
    with setup.transaction() as session:
        short, long = make_source(session, retention_s=round(DAY.total_seconds())), make_source(session)
        make_post(session, short, "63", published_at=NOON - 2 * DAY)
        make_post(session, short, "89", published_at=NOON)
        make_post(session, long, "12", published_at=NOON - 900 * DAY)
    read_next(setup)
    assert sweep(setup).posts == 0
    assert (left(setup, Post), left(setup, FigureRow)) == (3, 2)
    with setup.transaction() as session:
        session.query(Post).update({Post.unjoined_since: None})
    assert sweep(setup).posts == 1
    with setup.transaction() as session:
        assert set(session.scalars(select(FigureRow.quote))) == {"89", "12"}
    assert sweep(setup).posts == 0
