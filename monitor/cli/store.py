"""The store as commands open it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from monitor.errors import CounterclaimError

if TYPE_CHECKING:
    from sqlalchemy.orm import Session, sessionmaker

    from config.settings import Settings
    from monitor.pipeline.setup import Setup


class NotMigratedError(CounterclaimError):
    """The database of DATABASE_URL is not at the revision of this program."""

    permanent = True


@contextmanager
def store(settings: "Settings", what: str) -> Iterator["sessionmaker[Session]"]:
    """The desk's own store, migrated. `what` names the command to whoever finds the data folder held."""
    from models.migrations import migrate
    from models.session import engine_for, sessions_for
    from monitor.servers import servers

    with servers(settings, what) as urls:
        if settings.database_url is None:
            migrate(urls.database)
        else:
            _check_revision(urls.database)
        try:
            yield sessions_for(urls.database)
        finally:
            engine_for(urls.database).dispose()


@contextmanager
def setup_for(settings: "Settings", what: str) -> Iterator["Setup"]:
    """What the stages of the pipeline need, on the desk's own store; the names that the program brings are known."""
    from config.sources import default_sources
    from monitor.pipeline.naming import name_all
    from monitor.pipeline.setup import Setup

    with store(settings, what) as sessions:
        setup = Setup(sessions, settings)
        with setup.transaction() as session:
            name_all(session, default_sources(), setup.now(), shipped=True)
        yield setup


def _check_revision(url: str) -> None:
    """A database that others use is migrated when they say so, never by whoever looks into it first."""
    from models.migrations import current_revision, newest_revision
    from models.session import engine_for

    with engine_for(url).connect() as connection:
        current = current_revision(connection)
    if current != newest_revision():
        raise NotMigratedError(
            f"the database is at revision {current or 'none'}, the program at {newest_revision()}: "
            "run `counterclaim migrate`"
        )
