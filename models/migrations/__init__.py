"""The schema's history. `migrate` brings any database up to the code; `drift` says where code and database differ."""

from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from models.base import Base
from models.session import engine_for

MIGRATION_LOCK = 0x636C61696D  # one migration at a time, whoever starts it


def migrate(url: str) -> None:
    """Safe to call from several processes at once: the second waits, then finds nothing to do."""
    with engine_for(url).begin() as connection:
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": MIGRATION_LOCK})
        command.upgrade(config_for(connection), "head")


def newest_revision() -> str | None:
    return ScriptDirectory.from_config(config_for()).get_current_head()


def current_revision(connection: Connection) -> str | None:
    """None for a database that was never migrated."""
    return MigrationContext.configure(connection).get_current_revision()


def drift(connection: Connection) -> list[Any]:
    """What autogenerate would change; empty where migrations and models agree."""
    context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
    return list(compare_metadata(context, Base.metadata))


def config_for(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
