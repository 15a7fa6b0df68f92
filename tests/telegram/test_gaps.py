"""Where posts may be missing: told apart, read again, shown; and older posts on demand."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.orm import Session, sessionmaker

from models.enums import BackfillState
from monitor.errors import BadInputError
from monitor.pipeline.backfills import ask_backfill, stop_backfill
from monitor.queries.accounts import list_backfills, list_gaps
from tests.servers.mtproto.server import TelegramServer
from tests.servers.mtproto.world import World
from tests.telegram.desk import Desk, desk_on

HISTORY, LOOK = "messages.getHistory", "channels.getMessages"
OLD = datetime(2023, 1, 2, tzinfo=UTC)


@pytest.fixture
def desk(sessions: sessionmaker[Session], telegram: TelegramServer, request: pytest.FixtureRequest) -> Iterator[Desk]:
    """A number as parameter: so many histories in 30 s, that pages have to share."""
    with desk_on(sessions, telegram, account_history_calls=getattr(request, "param", 24)) as desk:
        desk.account()
        yield desk


def filled(world: World, last: int, first: int = 1, at: datetime | None = None) -> int:
    known = world.named("news")
    news = world.channel("news") if known is None else known.id
    for number in range(first, last + 1):
        world.post(news, f"post {number}", at=at or datetime.now(UTC))
    return news


def whole(desk: Desk, last: int) -> bool:
    return list(desk.texts().values()) == [f"post {number}" for number in range(1, last + 1)]


@pytest.mark.parametrize("desk", [3], indirect=True)
def test_a_leading_hole_is_kept_until_it_is_read(desk: Desk) -> None:
    filled(desk.server.world, 5)
    desk.follow("news")
    desk.poll()
    filled(desk.server.world, 350, 6)
    desk.poll()
    assert desk.gaps() == [("leading", "open", 6, 150)]
    assert (len(desk.texts()), desk.source().cursor["last"]) == (205, 350)
    desk.pass_time(seconds=31)
    desk.poll()
    assert desk.gaps() == [("leading", "filled", 6, 150)]
    assert whole(desk, 350)


def test_numbers_without_a_post_are_asked_for_once(desk: Desk) -> None:
    news = filled(desk.server.world, 5)
    desk.follow("news")
    desk.poll()
    desk.server.world.skip(news, 3)
    filled(desk.server.world, 9, 9)
    for _ in range(3):
        desk.poll()
    assert desk.gaps() == [("ids", "empty", 6, 8)]
    assert desk.server.calls.count(LOOK) == 1


def test_a_post_that_an_answer_left_out_is_found(desk: Desk) -> None:
    news = filled(desk.server.world, 5)
    desk.follow("news")
    desk.poll()
    filled(desk.server.world, 9, 6)
    hidden = desk.server.world.at(news).messages.pop(7)
    desk.poll()
    desk.server.world.at(news).messages[7] = hidden
    desk.poll()
    assert whole(desk, 9)
    assert desk.gaps() == [("ids", "filled", 7, 7)]


def test_a_time_without_a_poll_is_told_with_what_came_late(desk: Desk) -> None:
    filled(desk.server.world, 5)
    desk.follow("news", interval_s=60)
    desk.poll()
    filled(desk.server.world, 8, 6)
    desk.pass_time(hours=5)
    desk.poll()
    with desk.sessions() as session:
        (gap,) = list_gaps(session)
    assert gap.until is not None
    assert gap.since is not None
    assert (gap.kind, gap.until - gap.since, gap.found) == ("dead", timedelta(hours=5), 3)
    assert whole(desk, 8)


def asked(desk: Desk, since: datetime) -> None:
    with desk.sessions.begin() as session:
        ask_backfill(session, "news", since, desk.now)


def backfill(desk: Desk) -> tuple[str, int]:
    with desk.sessions() as session:
        line = list_backfills(session)[0]
    return line.state, line.posts


def test_older_posts_are_read_on_demand_down_to_the_date(desk: Desk) -> None:
    filled(desk.server.world, 300, at=OLD)
    filled(desk.server.world, 350, 301, at=OLD + timedelta(days=10))
    filled(desk.server.world, 360, 351)
    desk.follow("news")
    desk.poll()
    asked(desk, OLD + timedelta(days=5))
    desk.poll()
    assert backfill(desk)[0] == BackfillState.DONE
    assert {f"post {number}" for number in range(301, 361)} <= set(desk.texts().values())
    assert "1" not in desk.texts()


@pytest.mark.parametrize("desk", [6], indirect=True)
def test_a_backfill_keeps_to_half_of_the_budget_and_goes_on(desk: Desk) -> None:
    filled(desk.server.world, 450, at=OLD)
    desk.follow("news")
    desk.poll()
    asked(desk, OLD - timedelta(days=1))
    desk.poll()
    assert backfill(desk) == (BackfillState.RUNNING, 100)
    for _ in range(4):
        desk.pass_time(seconds=31)
        desk.poll()
    assert backfill(desk)[0] == BackfillState.DONE
    assert whole(desk, 450)
    assert desk.source().cursor["last"] == 450


def test_a_backfill_is_asked_for_and_stopped_by_people(desk: Desk) -> None:
    filled(desk.server.world, 5)
    desk.follow("news")
    asked(desk, OLD)
    asked(desk, OLD - timedelta(days=1))
    with desk.sessions.begin() as session:
        assert [line.since for line in list_backfills(session)] == [OLD - timedelta(days=1)]
        assert stop_backfill(session, "news", desk.now)
        assert not stop_backfill(session, "news", desk.now)
    desk.follow("unread", account=False)
    with desk.sessions.begin() as session, pytest.raises(BadInputError, match="only what an account reads"):
        ask_backfill(session, "unread", OLD, desk.now)
