"""A join that takes too long is tried again in smaller pieces, and the one post that makes it so is set aside."""

from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session, sessionmaker

from models.tables import Issue, Post
from monitor.pipeline import join
from monitor.pipeline.join import join_next, join_these
from tests.pipeline.desk import Desk, said
from tests.saying import at, place

SLOW = """
    CREATE FUNCTION dawdle() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF EXISTS (SELECT FROM figures WHERE id = NEW.figure_id AND quote = '13') THEN PERFORM pg_sleep(60); END IF;
        RETURN NEW;
    END $$;
    CREATE TRIGGER dawdle BEFORE INSERT ON event_figures FOR EACH ROW EXECUTE FUNCTION dawdle();
"""


@pytest.fixture
def desk(sessions: sessionmaker[Session], monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """A figure of 13 takes a minute, and a query may take no more than a quarter of a second."""
    monkeypatch.setattr(join, "STATEMENT_TIMEOUT", "250ms")
    with sessions.begin() as session:
        session.execute(text(SLOW))
    yield Desk(sessions)
    with sessions.begin() as session:
        session.execute(text("DROP TRIGGER dawdle ON event_figures; DROP FUNCTION dawdle"))


def tries(desk: Desk) -> int:
    """How often joining was cut short until nothing waits."""
    failed, goes_on = 0, True
    while goes_on:
        try:
            goes_on = join_next(desk.setup)
        except OperationalError:
            failed += 1
    return failed


def test_the_rest_is_joined_and_the_one_is_set_aside_with_an_issue(desk: Desk) -> None:
    desk.post("stratcom", at(1), said("~400"))
    desk.post("mod", at(2), said("63"))
    desk.post("blog", at(2, 1), said("13", place=place("Horlivka")), id="slow")
    assert tries(desk) == 6  # together, twice in smaller pieces, three times alone
    assert desk.told() == [("contradiction", "~400", "63")]
    with desk.sessions() as session:
        issue = session.scalars(select(Issue)).one()
        assert issue.reason == "blog/slow: joining it took its worker down, or too long, 3 times"
        assert session.scalars(select(Post.join_attempts)).all() == [0, 0, 0]


def test_what_was_never_tried_goes_before_what_took_too_long(desk: Desk) -> None:
    desk.post("blog", at(2, 1), said("13", place=place("Horlivka")))
    with pytest.raises(OperationalError):
        join_next(desk.setup)
    desk.post("mod", at(1), said("63"))
    join_next(desk.setup)
    with desk.sessions() as session:
        waiting = select(Post.join_attempts).where(Post.unjoined_since.is_not(None))
        assert session.scalars(waiting).all() == [1]


def test_a_killed_join_counts_as_a_try(desk: Desk, killed: Callable[[Callable[[], object]], None]) -> None:
    desk.post("mod", at(1), said("63"))
    killed(lambda: die_within(desk))
    with desk.sessions() as session:
        assert session.scalars(select(Post.join_attempts)).all() == [1]
    assert tries(desk) == 0


def test_some_posts_are_joined_at_once(desk: Desk) -> None:
    first, second = desk.post("mod", at(1), said("63")), desk.post("mod", at(20), said("70"))
    join_these(desk.setup, [first])
    with desk.sessions() as session:
        assert session.scalars(select(Post.id).where(Post.unjoined_since.is_not(None))).all() == [second]


def die_within(desk: Desk) -> None:
    import os

    with suppress(Exception):
        join.Joining = lambda *_, **__: os._exit(9)  # type: ignore[misc, assignment]
        join_next(desk.setup)
