"""The tasks in processes of their own, as they run for a desk: a real broker, a real store, a loopback far end."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator

import pytest
import redis
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from config.settings import load_settings
from models.enums import FetchState, Health
from models.tables import EventFigure, Fetch, FigureRow, Heartbeat, Issue, Post, Source
from monitor.pipeline.schedule import know_hosts, lease_source
from monitor.pipeline.setup import Setup, clock
from tests.factories import make_source
from tests.servers.feed_server import FeedServer, Reply

NOWHERE = "redis://127.0.0.1:1/0"
ITEM = "<item><guid>{0}</guid><title>{1}</title><pubDate>Mon, 02 Jan 2023 11:00:00 GMT</pubDate></item>"
WORKER = [
    "-m", "celery", "-A", "workers.app", "worker", "-Q", "tick,fetch,telegram,process,join", "-P", "threads", "-c", "4",
    "-B", "--without-gossip", "--without-mingle", "--loglevel=WARNING",
]  # fmt: skip


@pytest.fixture
def env(
    database_url: str, redis_url: str, sessions: sessionmaker[Session], child_env: dict[str, str]
) -> Iterator[dict[str, str]]:
    """A queue of this test alone."""
    broker = redis_url.rpartition("/")[0] + "/7"
    yield {
        **child_env, "DATABASE_URL": database_url, "REDIS_URL": broker, "REMAP_SIGTERM": "SIGQUIT",
        "COUNTERCLAIM_TICK": "1", "COUNTERCLAIM_HOST_PACE": "0.1", "COUNTERCLAIM_ALLOW_NETWORKS": "127.0.0.0/8",
    }  # fmt: skip
    with redis.Redis.from_url(broker) as client:
        client.flushdb()


def feed(*texts: str) -> Reply:
    items = "".join(ITEM.format(number, text) for number, text in enumerate(texts))
    return Reply(f'<rss version="2.0"><channel><title>Blog</title>{items}</channel></rss>'.encode())


def follow(sessions: sessionmaker[Session], address: str) -> int:
    with sessions.begin() as session:
        source = make_source(session, "blog", kind="feed", address=address, host="127.0.0.1", lang="en", side="ru",
                             next_poll_at=clock())  # fmt: skip
        know_hosts(session, ["127.0.0.1"], clock())
        return source.id


def ran(script: str, env: dict[str, str]) -> str:
    done = subprocess.run([sys.executable, "-c", script], env=env, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout


def wait_until(done: Callable[[], bool], process: subprocess.Popen[bytes], within_s: float = 60) -> None:
    ends = time.monotonic() + within_s
    while not done():
        assert process.poll() is None
        assert time.monotonic() < ends
        time.sleep(0.1)


def count(sessions: sessionmaker[Session], table: type) -> int:
    with sessions() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_a_worker_carries_a_due_source_from_its_feed_to_an_event(
    env: dict[str, str], sessions: sessionmaker[Session]
) -> None:
    with FeedServer() as server:
        server.answers("/robots.txt", Reply(status=404))
        follow(sessions, server.answers("/feed", feed("63 soldiers were killed in Makiivka.")))
        with subprocess.Popen([sys.executable, *WORKER], env=env, start_new_session=True) as worker:
            try:
                wait_until(lambda: count(sessions, EventFigure) > 0, worker)
            finally:
                worker.send_signal(signal.SIGTERM)
            assert worker.wait(15) == 0
    with sessions() as session:
        assert session.scalars(select(FigureRow.quote)).all() == ["63"]
        assert session.scalar(select(Source.health)) in {Health.OK, Health.QUIET}
        assert session.scalar(select(Heartbeat.at).where(Heartbeat.name == "tick")) is not None
        assert session.scalars(select(Issue)).all() == []
    assert count(sessions, Post) == 1
    assert server.paths().count("/feed") == 1


def test_a_broker_that_is_away_loses_time_and_nothing_else(
    env: dict[str, str], sessions: sessionmaker[Session], database_url: str
) -> None:
    with FeedServer() as server:
        server.answers("/robots.txt", Reply(status=404))
        source_id = follow(sessions, server.answers("/feed", feed("63 killed")))
        setup = Setup(sessions, load_settings())
        with sessions.begin() as session:
            lease = lease_source(session, "blog", clock(), setup.settings)
        assert lease is not None
        ran(
            f"from workers.tasks import poll, tick; tick(); poll({source_id}, {lease.token!r})",
            env | {"REDIS_URL": NOWHERE},
        )
    with sessions() as session:
        assert session.scalars(select(Fetch.state)).all() == [FetchState.STORED]
    assert ran("from workers.tasks import tick; from workers.queues import queued; tick(); print(queued())", env) == (
        "Queued(fetch=0, process=2, join=0)\n"
    )


def test_work_that_nobody_takes_up_is_not_sent_again_and_again(
    env: dict[str, str], sessions: sessionmaker[Session]
) -> None:
    source_id = follow(sessions, "http://127.0.0.1:1/")
    with sessions.begin() as session:
        session.get_one(Source, source_id).enabled = False
        for number in range(3):
            session.add(Fetch(source_id=source_id, poll_id=f"p{number}", url="u", status=200, headers={}, body=b"",
                              body_hash="", fetched_at=clock()))  # fmt: skip
    told = ran(
        "from workers.tasks import tick; from workers.queues import queued\n"
        "for _ in range(20): tick()\n"
        "print(queued())",
        env,
    )
    assert told == "Queued(fetch=0, process=4, join=0)\n"


def test_two_workers_may_be_told_of_the_same_poll(env: dict[str, str], sessions: sessionmaker[Session]) -> None:
    with FeedServer() as server:
        server.answers("/robots.txt", Reply(status=404))
        source_id = follow(sessions, server.answers("/feed", feed("63 killed")))
        with sessions.begin() as session:
            lease = lease_source(session, "blog", clock(), load_settings())
        assert lease is not None
        call = f"poll({source_id}, {lease.token!r})"
        ran(f"from workers.tasks import parse, poll, read; {call}; {call}; parse(); parse(); read(); read()", env)
    assert (count(sessions, Fetch), count(sessions, Post)) == (1, 1)
