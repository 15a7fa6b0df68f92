"""Stored posts through the current reader again: killed at any moment it goes on, and nothing is told twice."""

import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from models.tables import AlertHistory, FigureRow, Post, PostVersion, Rereading
from monitor.errors import BadInputError
from monitor.pipeline import deciding, join, reread
from monitor.pipeline.deciding import Ground
from monitor.pipeline.reread import Reread, ask, go_on
from monitor.pipeline.setup import Reader, Setup
from monitor.values import Figure, ReadingContext
from tests.pipeline.desk import Desk, said
from tests.saying import at, place

Killed = Callable[[Callable[[], object]], None]
CONTRADICTION = ("contradiction", "~400", "89")


@pytest.fixture
def desk(sessions: sessionmaker[Session], monkeypatch: pytest.MonkeyPatch) -> Desk:
    """An older reader took 'about 400' for 40, and two dead of Horlivka for twenty; pieces are small."""
    monkeypatch.setattr(reread, "PIECE", 2)
    desk = Desk(sessions)
    desk.post("stratcom", at(1), said("40"), text="~400")
    desk.post("mod", at(2), said("63"), text="63")
    desk.post("blog", at(2), said("20", place=place("Horlivka")), text="2 in Horlivka", id="7")
    desk.post("mod", at(4), said("89"), text="89")
    desk.join()
    assert CONTRADICTION not in desk.told()
    return desk


def newer(text: str, context: ReadingContext) -> Sequence[Figure]:
    number, _, where = text.partition(" in ")
    return (said(number, place=place(where)) if where else said(number),)


def setup_of(desk: Desk, read: Callable[[str, ReadingContext], Sequence[Figure]] = newer) -> Setup:
    return replace(desk.setup, reader=lambda: Reader(2, read))


def again(desk: Desk, setup: Setup | None = None, **given) -> Reread:
    """The clock moves on where a killed reader's texts are waited for."""
    setup = setup or setup_of(desk)

    def wait(length: timedelta) -> None:
        desk.now += setup.settings.lease

    return go_on(setup, ask(setup, **given), step=lambda _: None, wait=wait)


def test_all_that_is_stored_is_read_anew_and_alerts_follow(desk: Desk) -> None:
    desk.now = at(31)
    done = again(desk)
    assert (done.versions, done.changes["opened"]) == (4, 2)
    assert CONTRADICTION in desk.told()
    with desk.sessions() as session:
        assert session.scalars(select(PostVersion.reader_version)).all() == [2] * 4


def test_a_second_rereading_changes_nothing(desk: Desk) -> None:
    again(desk)
    before = desk.rows()
    desk.now = at(32)
    assert again(desk, rejoin=True) == Reread(4, 2, {})
    assert desk.rows() == before


def dying_at(number: int) -> Callable[[str, ReadingContext], Sequence[Figure]]:
    read: list[str] = []

    def reader(text: str, context: ReadingContext) -> Sequence[Figure]:
        read.append(text)
        if len(read) == number:
            os._exit(9)
        return newer(text, context)

    return reader


@pytest.mark.parametrize("number", [1, 4])
def test_killed_while_it_reads_it_goes_on_and_nothing_is_told_twice(desk: Desk, killed: Killed, number: int) -> None:
    killed(lambda: again(desk, setup_of(desk, dying_at(number))))
    assert ask(setup_of(desk)).resumed
    assert again(desk).versions == 4
    assert_as_if_never_killed(desk)


def test_killed_half_way_it_does_not_begin_anew(desk: Desk, killed: Killed) -> None:
    again(desk)
    killed(lambda: again(desk, setup_of(desk, dying_at(3))))
    resumed = ask(setup_of(desk))
    assert (resumed.resumed, resumed.done, resumed.total) == (True, 4, 4)
    read: list[str] = []
    again(desk, setup_of(desk, lambda text, context: read.append(text) or newer(text, context)))  # type: ignore[func-returns-value]
    assert sorted(read) == ["63", "~400"]


def test_killed_while_it_joins_it_goes_on_where_it_was(desk: Desk, killed: Killed) -> None:
    def die(*_: object, **__: object) -> None:
        os._exit(9)

    def joins_no_more() -> None:
        join.Joining.join = die  # type: ignore[method-assign, assignment]
        again(desk)

    killed(joins_no_more)
    assert ask(setup_of(desk)).resumed
    again(desk)
    assert_as_if_never_killed(desk)


def assert_as_if_never_killed(desk: Desk) -> None:
    assert CONTRADICTION in desk.told()
    with desk.sessions() as session:
        assert session.scalars(select(FigureRow.quote).order_by(FigureRow.id)).all().count("~400") == 1
        told = select(AlertHistory.alert_id, AlertHistory.fingerprint).where(AlertHistory.notify)
        rows = [(alert, fingerprint.partition("@")[0]) for alert, fingerprint in session.execute(told)]
        assert len(rows) == len(set(rows))
        assert all(session.scalars(select(Rereading.finished_at.is_not(None))))
        assert session.scalar(select(func.count()).where(Post.unjoined_since.is_not(None))) == 0


def test_what_people_decided_outlives_it(desk: Desk) -> None:
    with desk.sessions() as session:
        event = session.execute(select(deciding.EventRow.id).where(deciding.EventRow.title.like("Makiivka%"))).scalar()
    with desk.sessions.begin() as session:
        deciding.move(session, desk.setup, ["blog/7"], event or "", Ground("Ann", "a suburb"))
    desk.join()
    again(desk)
    with desk.sessions() as session:
        assert session.scalars(select(deciding.EventRow.title)).all() == ["Makiivka, 1 January 2023"]


def test_only_some_sources_and_only_what_is_recent(desk: Desk) -> None:
    assert again(desk, sources=["mod"]).versions == 2
    assert again(desk, since=at(3)).versions == 1
    with pytest.raises(BadInputError, match="nobody"):
        ask(setup_of(desk), sources=["nobody"])


def test_what_reads_as_before_is_not_joined_again_unless_it_is_asked_for(desk: Desk) -> None:
    again(desk)
    assert again(desk).joins == 0
    assert again(desk, rejoin=True).joins > 0
