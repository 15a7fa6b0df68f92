"""A setup on a real database whose far end, clock and reader are the test's."""

import os
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from sqlalchemy.orm import Session, sessionmaker

from models.tables import Source
from monitor.pipeline.schedule import know_hosts
from monitor.pipeline.setup import Setup
from tests.factories import make_source
from tests.pipeline.shelf import Clock, Shelf, setup_on


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
def setup(sessions: sessionmaker[Session], shelf: Shelf, clock: Clock) -> Setup:
    return setup_on(sessions, shelf, clock)


@pytest.fixture
def follows(setup: Setup, clock: Clock) -> Callable[..., int]:
    """Adds a source, with its host known; gives its id."""

    def add(key: str, **given: Any) -> int:
        with setup.transaction() as session:
            source = make_source(session, key, **{"next_poll_at": clock()} | given)
            know_hosts(session, [source.host], clock())
            return source.id

    return add


@pytest.fixture
def source_of(setup: Setup) -> Callable[[str], Source]:
    def find(key: str) -> Source:
        with setup.transaction() as session:
            return session.query(Source).where(Source.key == key).one()

    return find


@pytest.fixture
def killed(setup: Setup) -> Callable[[Callable[[], object]], None]:
    """Calls in a child process that must not live to tell."""

    def call(work: Callable[[], object]) -> None:
        engine = setup.sessions.kw["bind"]
        engine.dispose()
        child = os.fork()
        if child == 0:
            with suppress(BaseException):
                work()
            os._exit(0)
        _, status = os.waitpid(child, 0)
        assert os.waitstatus_to_exitcode(status) == 9

    return call
