from sqlalchemy import inspect

from models.migrations import current_revision, drift, migrate, newest_revision
from models.session import engine_for


def test_migrations_from_nothing_give_the_tables_of_the_models(fresh_database: str) -> None:
    migrate(fresh_database)
    with engine_for(fresh_database).connect() as connection:
        assert drift(connection) == []
        assert current_revision(connection) == newest_revision()


def test_a_database_that_was_never_migrated_has_no_revision(fresh_database: str) -> None:
    with engine_for(fresh_database).connect() as connection:
        assert current_revision(connection) is None
        assert drift(connection) != []


def test_migrating_twice_changes_nothing(fresh_database: str) -> None:
    migrate(fresh_database)
    before = _columns(fresh_database)
    migrate(fresh_database)
    assert _columns(fresh_database) == before


def _columns(url: str) -> dict[str, list[str]]:
    found = inspect(engine_for(url))
    return {name: sorted(column["name"] for column in found.get_columns(name)) for name in found.get_table_names()}
