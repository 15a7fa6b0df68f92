"""A database for one run, dropped at its end: on the server of the settings, else on one started for it."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from secrets import token_hex
from tempfile import TemporaryDirectory

import psycopg

from config.settings import Settings
from models.migrations import migrate
from models.session import engine_for
from monitor.embedded import start_postgres
from monitor.servers import database_on


@contextmanager
def scratch_database(settings: Settings) -> Iterator[str]:
    """Its address, migrated. The desk's own database is not touched, and no data folder is held."""
    with ExitStack() as stack:
        server = _server(stack, settings)
        name = f"counterclaim_scratch_{token_hex(6)}"
        url = database_on(server, name)
        stack.callback(_drop, server, name)
        stack.callback(lambda: engine_for(url).dispose())
        migrate(url)
        yield url


def _server(stack: ExitStack, settings: Settings) -> str:
    if settings.database_url is not None:
        return settings.database_url.get_secret_value()
    folder = stack.enter_context(TemporaryDirectory(prefix="counterclaim-"))
    server = start_postgres(Path(folder), test=True)
    stack.callback(server.stop)
    return server.url


def _drop(server: str, name: str) -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(
            psycopg.sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(psycopg.sql.Identifier(name))
        )
