"""What joining costs on a large store, beside what it costs on an empty one.

    python -m bench.matching [--posts 1000000] [--figures 300000] [--rounds 7]

Three databases on one scratch server: a desk's sources alone, a desk's last forty days, and its years. A batch of 100
new figures is joined on each in turns and rolled back; medians of the rounds, wall clock and this process's own time.
The young store has the same days around the batch as the large one: what lies between these two is the price of size,
what lies between the empty and the young one that of neighbours. Then every query of that join on the large store is
explained, and each reading of a growing table that no index narrows is named first.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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
YOUNG_DAYS = 40
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


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds of one join: by the clock, and of this process alone."""

    clock: float
    own: float


def report(spent: Mapping[str, Sequence[Spent]]) -> list[str]:
    """Medians, and how many times that of the empty store they are."""
    medians = {
        name: Spent(statistics.median(each.clock for each in rounds), statistics.median(each.own for each in rounds))
        for name, rounds in spent.items()
    }
    empty = medians["empty"]
    return [
        f"{BATCH} new figures, {name:5} store: {each.clock * 1000:5.0f} ms, {each.clock / empty.clock:.2f} times; "
        f"own time {each.own * 1000:5.0f} ms, {each.own / empty.own:.2f} times"
        for name, each in medians.items()
    ]


def _measure(server: str, size: Size, rounds: int) -> None:
    stores = {name: _database(server, name) for name in ("empty", "young", "large")}
    with stores["empty"].begin() as connection:
        follow(connection, size.sources)
    for name, each in (("young", size.youngest(YOUNG_DAYS)), ("large", size)):
        began = time.perf_counter()
        generate(stores[name], each)
        print(f"{name}: {each.posts:,} posts, {each.figures:,} figures, made in {time.perf_counter() - began:.0f} s")
    batches = {name: add_batch(engine) for name, engine in stores.items()}
    spent: dict[str, list[Spent]] = {name: [] for name in stores}
    for number in range(rounds + 1):
        for name, engine in stores.items():
            own, clock = time.process_time(), join_once(engine, batches[name])
            if number:  # the first warms up
                spent[name].append(Spent(clock, time.process_time() - own))
    print(*report(spent), sep="\n")
    asked = queries_of(stores["large"], batches["large"])
    with stores["large"].begin() as connection:
        print("Readings of growing tables in that join:", *lines_of(scans_of(connection, asked)), sep="\n  ")


def _database(server: str, name: str) -> Engine:
    url = database_on(server, name)
    migrate(url)
    return engine_for(url)


if __name__ == "__main__":
    main()
