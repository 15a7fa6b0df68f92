"""Two workers on one event, with pauses between their queries: however they interleave, they end in the same alerts."""

import random
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier, local
from typing import Any

import pytest
from sqlalchemy import event, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session, sessionmaker

from models.tables import EventRow, Issue
from monitor.pipeline.join import join_next
from monitor.values import SpeakerQuote
from tests.pipeline.desk import Desk, said
from tests.saying import at, place

Step = Callable[[Desk, dict[str, int]], None]
MINISTRY = SpeakerQuote("the ministry", "ru_mod")
LONGEST_PAUSE_S = 0.004
SEEDS = range(5)
MORE_SEEDS = range(100, 160)

FIRST: tuple[Step, ...] = (
    lambda desk, ids: _post(desk, ids, "stratcom", at(1, 9), said("~400")),
    lambda desk, ids: _post(desk, ids, "blog", at(1, 14), said("500")),
    lambda desk, ids: _post(desk, ids, "mod", at(4), said("89", "killed", "person")),
    lambda desk, ids: desk.edit(ids["blog"], at(5), said("300")),
    lambda desk, ids: desk.read_anew(ids["stratcom"], said("~400", side="ru")),
)
SECOND: tuple[Step, ...] = (
    lambda desk, ids: _post(
        desk, ids, "governor", at(2, 7), said("63", speaker=SpeakerQuote("the ministry", "ru_mod"))
    ),
    lambda desk, ids: _post(desk, ids, "dpr", at(1), said(">15", "wounded", "person", provisional=True)),
    lambda desk, ids: _post(desk, ids, "rybar", at(2, 3), said(">100", "wounded", "person")),
    lambda desk, ids: desk.read_anew(ids["dpr"], said(">15", "wounded", "person", place=place("Horlivka"))),
    lambda desk, ids: desk.read_anew(ids["dpr"], said(">15", "wounded", "person", provisional=True)),
    lambda desk, ids: _post(desk, ids, "wire", at(2, 11), said("700")),
    lambda desk, ids: desk.delete(ids["wire"], at(3)),
)


def _post(desk: Desk, ids: dict[str, int], source: str, moment: Any, figure: Any) -> None:
    ids[source] = desk.post(source, moment, figure)


@pytest.fixture
def desk(sessions: sessionmaker[Session]) -> Desk:
    """The sources are there: who follows them is another matter."""
    desk = Desk(sessions)
    with sessions.begin() as session:
        for key in ("stratcom", "blog", "mod", "governor", "dpr", "rybar", "wire"):
            desk.source(session, key)
    return desk


@contextmanager
def pauses(desk: Desk) -> Iterator[local]:
    """Each thread waits before each of its queries, as long as its own dice say."""
    own = local()

    def wait(*_: object) -> None:
        dice = getattr(own, "dice", None)
        if dice is not None and dice.random() < 0.5:
            time.sleep(dice.uniform(0, LONGEST_PAUSE_S))

    engine = desk.sessions.kw["bind"]
    event.listen(engine, "before_cursor_execute", wait)
    try:
        yield own
    finally:
        event.remove(engine, "before_cursor_execute", wait)


def work(desk: Desk, steps: Sequence[Step], begin: Barrier, own: local, dice: random.Random) -> int:
    """A worker's day: after each change it joins what waits. How often the database made it try again."""
    own.dice = dice
    begin.wait(10)
    ids: dict[str, int] = {}
    return sum(_tried(lambda step=step: step(desk, ids)) + _tried(lambda: join_next(desk.setup)) for step in steps)


def _tried(what: Callable[[], object]) -> int:
    """As the queue does it: what ends in a deadlock is done again."""
    for again in range(20):
        try:
            what()
        except OperationalError:
            continue
        return again
    raise AssertionError("it never succeeds")


def ended(desk: Desk) -> tuple[list[Any], list[str], list[str]]:
    desk.join()
    with desk.sessions() as session:
        issues = list(session.scalars(select(Issue.reason)))
        return desk.told(), sorted(session.scalars(select(EventRow.title))), issues


EXPECTED = (
    [
        ("contradiction", "300", "89"),
        ("contradiction", ">100", ">15"),
        ("contradiction", "~400", "89"),
        ("revision", "89", "63"),
    ],
    ["Makiivka, 1 January 2023"],
    [],
)


def test_one_after_the_other_they_end_so(desk: Desk) -> None:
    ids: dict[str, int] = {}
    for step in (*SECOND, *FIRST):
        step(desk, ids)
        desk.join()
    assert ended(desk) == EXPECTED


@pytest.mark.parametrize("seed", SEEDS)
def test_against_each_other_they_end_the_same(desk: Desk, seed: int) -> None:
    begin = Barrier(2)
    with pauses(desk) as own, ThreadPoolExecutor(2) as pool:
        workers = [
            pool.submit(work, desk, steps, begin, own, random.Random(f"{seed}/{number}"))
            for number, steps in enumerate((FIRST, SECOND))
        ]
        for worker in workers:
            worker.result(60)
    assert ended(desk) == EXPECTED


@pytest.mark.soak
@pytest.mark.parametrize("seed", MORE_SEEDS)
def test_against_each_other_they_end_the_same_for_long(desk: Desk, seed: int) -> None:
    test_against_each_other_they_end_the_same(desk, seed)
