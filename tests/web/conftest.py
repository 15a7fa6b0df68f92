"""The pages on a loopback port, over the store of this test process; they take NOW for the time."""

from collections.abc import Iterator

import httpx
import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session, sessionmaker

from models.session import engine_for, sessions_for
from monitor.web.app import create_app
from tests.story import beat, tell_story, trouble
from tests.teller import Story
from tests.web.site import NOW, served


@pytest.fixture(scope="session")
def address(database_url: str) -> Iterator[str]:
    with served(create_app(sessions_for(database_url), clock=lambda: NOW, time_zone="UTC")) as address:
        yield address


@pytest.fixture
def site(address: str, sessions: sessionmaker[Session]) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=address, trust_env=False) as client:
        yield client


@pytest.fixture
def story(sessions: sessionmaker[Session]) -> Story:
    """The story as it happened, live sources in every state, collecting going on."""
    with sessions.begin() as session:
        beat(session, NOW)
        trouble(session, NOW)
        return tell_story(session)


@pytest.fixture
def asked(database_url: str) -> Iterator[list[str]]:
    """The queries of whoever asks this store."""
    found: list[str] = []

    def note(_: object, __: object, statement: str, *___: object) -> None:
        found.append(statement)

    engine = engine_for(database_url)
    event.listen(engine, "before_cursor_execute", note)
    yield found
    event.remove(engine, "before_cursor_execute", note)
