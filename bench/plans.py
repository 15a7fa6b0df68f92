"""What the database does for each query: where it reads a growing table without an index that narrows it."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, event, text

GROWING = frozenset(
    {"posts", "post_versions", "figures", "events", "event_figures", "alerts", "alert_history", "alert_posts"}
)
OF_WHAT_WAITS = frozenset({"ix_posts_unjoined"})  # indexes that hold the backlog alone
BELIEVE_LARGE = """
    UPDATE pg_class SET reltuples = reltuples * 1000 WHERE oid IN (
        SELECT oid FROM pg_class WHERE relname = ANY(:tables) AND relkind = 'r'
        UNION SELECT i.indexrelid FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid WHERE t.relname = ANY(:tables)
    )
"""
Asked = tuple[str, Any]


@dataclass(frozen=True, slots=True)
class Scan:
    """One reading of a growing table: `rows` that were met there, kept or not; `ms` of the whole query."""

    table: str
    how: str
    narrowed: bool
    rows: float
    ms: float
    query: str


@contextmanager
def asked_of(engine: Engine) -> Iterator[list[Asked]]:
    """The queries that are sent meanwhile, with their parameters."""
    found: list[Asked] = []

    def note(_: object, __: object, statement: str, parameters: Any, *___: object) -> None:
        found.append((statement, parameters))

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(engine, "before_cursor_execute", note)


def scans_of(connection: Connection, asked: Sequence[Asked], *, as_if_large: bool = False) -> list[Scan]:
    """`as_if_large`: the planner is made to believe that each growing table has a thousand times its rows.

    Of small ones it reads the whole for good reasons. Roll the connection back afterwards.
    """
    if as_if_large:
        connection.execute(text(BELIEVE_LARGE), {"tables": sorted(GROWING)})
    return [scan for statement, parameters in asked for scan in _scans(connection, statement, parameters)]


def _scans(connection: Connection, statement: str, parameters: Any) -> Iterator[Scan]:
    if not statement.lstrip().upper().startswith(("SELECT", "UPDATE", "DELETE", "WITH")):
        return
    analyze = "ANALYZE, " if statement.lstrip().upper().startswith("SELECT") else ""
    explain = f"EXPLAIN ({analyze}FORMAT JSON) {statement}"
    first = parameters[0] if isinstance(parameters, list) else parameters
    rows = connection.exec_driver_sql(explain, first).scalar_one()
    plan = rows if isinstance(rows, list) else json.loads(rows)
    root = plan[0]["Plan"]
    yield from _walk(root, root.get("Actual Total Time", 0.0), " ".join(statement.split()))


def _walk(node: dict[str, Any], ms: float, query: str) -> Iterator[Scan]:
    table = node.get("Relation Name")
    if table in GROWING and node["Node Type"] != "ModifyTable":
        narrowed = (
            "Index Cond" in node
            or node.get("Index Name") in OF_WHAT_WAITS
            or node["Node Type"] == "Bitmap Heap Scan"
            or "Tid" in node["Node Type"]
        )
        met = float(node.get("Actual Rows", node["Plan Rows"])) + float(node.get("Rows Removed by Filter", 0))
        yield Scan(table, node["Node Type"], narrowed, met * node.get("Actual Loops", 1), ms, query)
    for inner in node.get("Plans", ()):
        yield from _walk(inner, ms, query)
