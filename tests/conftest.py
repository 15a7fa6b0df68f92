"""Real servers, one set a test process: started when the first test asks, gone with the process.

`session` is one transaction that is rolled back; `sessions` commits, and the tables are emptied after the test.
TEST_DATABASE_URL and TEST_REDIS_URL name other servers to test against; the database is emptied.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session, sessionmaker

from models.migrations import migrate
from models.session import engine_for, sessions_for
from models.tables import Base
from monitor.embedded import start_postgres, start_valkey
from monitor.servers import database_on


@pytest.fixture(scope="session")
def postgres_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server, not yet a database of ours."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given is not None:
        yield given
        return
    server = start_postgres(tmp_path_factory.mktemp("postgres"), test=True)
    yield server.url
    server.stop()


@pytest.fixture(scope="session")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    given = os.environ.get("TEST_REDIS_URL")
    if given is not None:
        yield given
        return
    server = start_valkey(tmp_path_factory.mktemp("valkey"))
    yield server.url
    server.stop()


@pytest.fixture(scope="session")
def database_url(postgres_url: str) -> Iterator[str]:
    """A migrated database of this test process alone."""
    url = database_on(postgres_url, f"test_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}")
    migrate(url)
    yield url
    engine_for(url).dispose()


@pytest.fixture
def session(database_url: str) -> Iterator[Session]:
    """Rolled back after the test; `commit` inside reaches a savepoint only."""
    with engine_for(database_url).connect() as connection:
        outer = connection.begin()
        with Session(connection, expire_on_commit=False, join_transaction_mode="create_savepoint") as session:
            yield session
        outer.rollback()


@pytest.fixture
def sessions(database_url: str) -> Iterator[sessionmaker[Session]]:
    """For what commits, or works on several connections at once."""
    yield sessions_for(database_url)
    empty_tables(database_url)


def empty_tables(url: str) -> None:
    names = ", ".join(f'"{table.name}"' for table in Base.metadata.sorted_tables)
    with engine_for(url).begin() as connection:
        connection.execute(text(f"TRUNCATE {names} RESTART IDENTITY CASCADE"))


@pytest.fixture
def fresh_database(postgres_url: str, tmp_path: Path) -> Iterator[str]:
    """An empty database that no migration has touched."""
    url = database_on(postgres_url, f"fresh_{tmp_path.name.replace('-', '_')[:40].lower()}")
    yield url
    engine_for(url).dispose()


@pytest.fixture(scope="session")
def child_env(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """For processes of our own: compiled code is kept between them, also where the environment forbids it."""
    compiled = str(tmp_path_factory.getbasetemp() / "compiled")
    return {**os.environ, "PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": compiled}
