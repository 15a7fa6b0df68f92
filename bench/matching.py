"""What joining costs on a large store, beside what it costs on an empty one.

    python -m bench.matching [--posts 1000000] [--figures 300000] [--rounds 7]

Two databases on one scratch server: one with a desk's sources alone, one with years of posts. A batch of 100 new
figures is joined on both in turns and rolled back; medians of the rounds. Then every query of that join on the large
store is explained, and each reading of a growing table that no index narrows is named.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from bench.plans import Asked, Scan, asked_of, scans_of
from bench.store import END, Size, follow, generate, shuffled
from config.settings import Settings
from models.migrations import migrate
from models.session import engine_for
from models.tables import FigureRow, Post, PostVersion
from monitor.embedded import start_postgres
from monitor.pipeline.joining import Joining
from monitor.servers import database_on

BATCH = 100
PLACES = 10
CHANNELS = 45
NUMBERS = 30  # different ones, or all would be copies of each other
NOW = END + timedelta(hours=6)


def add_batch(engine: Engine, *, figures: int = BATCH, places: int = PLACES) -> list[int]:
    """Figures of as many posts: strikes on some places, told of by ten channels each."""
    with Session(engine) as session, session.begin():
        return [_post(session, n, *place) for n in range(figures) for place in [_place(n % places)]]


def _place(number: int) -> tuple[str, str]:
    return shuffled()[number]


def _post(session: Session, n: int, place: str, name: str) -> int:
    at = END + timedelta(minutes=2 * n)
    post = Post(
        source_id=1 + n * 7 % CHANNELS, external_id=f"new{n}", published_at=at, first_seen_at=at, last_seen_at=at,
        lang="ru", unjoined_since=at,
    )  # fmt: skip
    session.add(post)
    session.flush()
    text = f"{name}: удар, погибли {10 + n % NUMBERS} человек, сообщение {n}."
    version = PostVersion(
        post_id=post.id, number=1, text=text, content_hash=f"new{n}", seen_at=at, stated_at=at, read_state="read",
        reader_version=1,
    )  # fmt: skip
    session.add(version)
    session.flush()
    number = float(10 + n % NUMBERS)
    session.add(
        FigureRow(
            version_id=version.id, start=0, end=2, quote=f"{number:g}", measure="killed", object="person", low=number,
            high=number, bound="exact", modifier="none", side="ua", scope="event", stance="asserts", provisional=False,
            place_quote=name, place_name=name, place_id=place, confidence=0.9, reader_version=1,
        )
    )  # fmt: skip
    return post.id


def join_once(engine: Engine, posts: Sequence[int]) -> float:
    """Seconds; nothing of it stays."""
    with Session(engine) as session:
        began = time.perf_counter()
        Joining(session, Settings(), NOW, as_stated=False).join(posts)
        session.flush()
        spent = time.perf_counter() - began
        session.rollback()
    return spent


def queries_of(engine: Engine, posts: Sequence[int]) -> list[Asked]:
    with asked_of(engine) as asked:
        join_once(engine, posts)
    return asked


def lines_of(scans: Sequence[Scan]) -> list[str]:
    """What no index narrows first, then what meets most rows."""
    order = sorted(scans, key=lambda each: (each.narrowed, -each.rows))
    return [
        f"{'index' if scan.narrowed else 'WHOLE':6} {scan.rows:>9,.0f} rows {scan.ms:7.1f} ms  "
        f"{scan.table:14} {scan.how:18} {scan.query[:110]}"
        for scan in order
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--posts", type=int, default=1_000_000)
    parser.add_argument("--figures", type=int, default=300_000)
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        server = start_postgres(Path(folder), test=True)
        try:
            _measure(server.url, Size(options.posts, options.figures), options.rounds)
        finally:
            server.stop()


def verdict(on_empty: Sequence[float], on_full: Sequence[float]) -> str:
    empty, full = statistics.median(on_empty), statistics.median(on_full)
    return (
        f"A batch of {BATCH} new figures: {empty * 1000:.0f} ms on an empty store, {full * 1000:.0f} ms on the large "
        f"one, {full / empty:.2f} times as much ({min(on_full) / min(on_empty):.2f} by the fastest rounds)"
    )


def _measure(server: str, size: Size, rounds: int) -> None:
    empty, full = (_database(server, name) for name in ("empty", "full"))
    with empty.begin() as connection:
        follow(connection, size.sources)
    began = time.perf_counter()
    generate(full, size)
    print(f"{size.posts:,} posts and {size.figures:,} figures made in {time.perf_counter() - began:.0f} s")
    batches = {engine: add_batch(engine) for engine in (empty, full)}
    spent: dict[Engine, list[float]] = {empty: [], full: []}
    for number in range(rounds + 1):
        for engine, posts in batches.items():
            seconds = join_once(engine, posts)
            if number:  # the first warms up
                spent[engine].append(seconds)
    print(verdict(spent[empty], spent[full]))
    asked = queries_of(full, batches[full])
    with full.begin() as connection:
        print("Readings of growing tables in that join:", *lines_of(scans_of(connection, asked)), sep="\n  ")


def _database(server: str, name: str) -> Engine:
    url = database_on(server, name)
    migrate(url)
    return engine_for(url)


if __name__ == "__main__":
    main()
