"""No query of a join, nor of a list, reads a growing table without an index that narrows it.

On a small store the database may well read a table whole, since that is cheaper there. So the planner is made to
believe that the growing tables have a thousand times their rows. An index that is read whole, by no condition, counts
as a whole reading too. What a large store really does is printed by `make bench-matching`.
"""

from collections.abc import Iterator, Sequence
from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from bench.matching import add_batch, queries_of
from bench.plans import Scan, asked_of, scans_of
from bench.store import END, Size, generate
from models.migrations import migrate
from models.session import engine_for
from monitor.queries import event_page
from monitor.queries.alert_list import AlertFilter, alert_list
from monitor.queries.event_lines import event_lines
from monitor.queries.record import records


@pytest.fixture(scope="module")
def store(postgres_url: str) -> Iterator[Engine]:
    from monitor.servers import database_on

    url = database_on(postgres_url, "plans")
    migrate(url)
    generate(engine_for(url), Size(posts=6000, figures=1800, sources=50))
    yield engine_for(url)
    engine_for(url).dispose()


def whole(engine: Engine, asked: Sequence[tuple[str, object]]) -> list[Scan]:
    with engine.connect() as connection:  # closed without a commit
        return [scan for scan in scans_of(connection, asked, as_if_large=True) if not scan.narrowed]


def test_a_join_reads_no_growing_table_whole(store: Engine) -> None:
    asked = queries_of(store, add_batch(store, figures=20, places=4))
    assert len(asked) > 20
    assert whole(store, asked) == []


def test_lists_and_pages_read_no_growing_table_whole(store: Engine) -> None:
    with asked_of(store) as asked, Session(store) as session:
        line = event_lines(session, since=END - timedelta(days=3))[0]
        event_page(session, line.id)
        alert_list(session, AlertFilter(), page=9_999)
        records(session, speaker="channel1")
    assert whole(store, asked) == []


def test_a_query_that_no_index_serves_is_noticed(store: Engine) -> None:
    with asked_of(store) as asked, store.connect() as connection:
        connection.exec_driver_sql("SELECT count(*) FROM post_versions WHERE text LIKE %s", ("%x%",))
    assert [scan.table for scan in whole(store, asked)] == ["post_versions"]
