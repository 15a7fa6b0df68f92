"""Feeds and pages through the pipeline: polled with a lease, stored, parsed, with real tables and sockets."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from config.settings import Settings
from models.enums import Health
from models.tables import Host, Post, PostVersion, Source
from monitor.pipeline.collect import poll
from monitor.pipeline.parse import parse_next
from monitor.pipeline.schedule import lease_source
from monitor.pipeline.setup import Setup
from tests.factories import make_source
from tests.servers.feed_server import LOOPBACK, FeedServer, Reply

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
def server() -> Iterator[FeedServer]:
    with FeedServer() as server:
        server.answers("/robots.txt", Reply(status=404))
        yield server


class Desk:
    """One source, polled whenever it is due."""

    def __init__(self, sessions: sessionmaker[Session], kind: str, address: str) -> None:
        self.sessions = sessions
        self.now = NOW
        settings = Settings(allow_networks=LOOPBACK, host_pace=timedelta(milliseconds=1))
        self.setup = Setup(sessions, settings, now=lambda: self.now)
        with sessions.begin() as session:
            make_source(session, "blog", kind=kind, address=address, host="127.0.0.1", next_poll_at=NOW)
            session.add(Host(name="127.0.0.1", free_at=NOW))

    def poll(self) -> None:
        with self.sessions.begin() as session:
            lease = lease_source(session, "blog", self.now, self.setup.settings)
        assert lease is not None
        poll(self.setup, lease.source_id, lease.token)
        while parse_next(self.setup) is not None:
            pass

    def poll_until(self, end: datetime) -> None:
        while (due := self.source().next_poll_at) is not None and due <= end:
            self.now = max(due, self.now)
            self.poll()
        self.now = end

    def source(self) -> Source:
        with self.sessions() as session:
            return session.execute(select(Source)).scalar_one()

    def texts(self) -> list[str]:
        with self.sessions() as session:
            return list(session.scalars(select(PostVersion.text).order_by(PostVersion.id)))


def feed(title: str) -> Reply:
    item = f"<item><guid>1</guid><title>{title}</title><pubDate>Mon, 02 Mar 2026 11:00:00 GMT</pubDate></item>"
    return Reply(
        f'<rss version="2.0"><channel><title>Блог</title>{item}</channel></rss>'.encode(), headers={"etag": '"a"'}
    )


def test_a_feed_is_polled_with_its_validators_and_an_update_is_a_version(
    sessions: sessionmaker[Session], server: FeedServer
) -> None:
    address = server.answers("/feed", feed("Погибли 63"), Reply(status=304), feed("Погибли 89"))
    desk = Desk(sessions, "feed", address)
    for _ in range(3):
        desk.poll()
        desk.now += timedelta(hours=1)
    assert desk.texts() == ["Погибли 63", "Погибли 89"]
    assert [asked.headers.get("if-none-match") for asked in server.asked] == [None, '"a"', '"a"']


def test_the_articles_of_a_page_are_fetched_at_once_and_a_deleted_one_is_marked(
    sessions: sessionmaker[Session], server: FeedServer
) -> None:
    links = [f"/2026/{n}.html" for n in range(1000, 1012)]
    items = "".join(f'<article><h2><a href="{link}">Сводка {link}</a></h2></article>' for link in links)
    address = server.answers("/", Reply(f"<html><body>{items}</body></html>".encode()))
    for n, link in enumerate(links):
        text = f"<p>Сообщение {n}. В Макеевке погибли 63 человека, сообщает штаб. Подробности уточняются.</p>"
        meta = '<meta property="article:published_time" content="2026-03-02T10:00:00+03:00">'
        page = Reply(f"<html><head>{meta}</head><body><article><h1>Сводка</h1>{text}</article></body></html>".encode())
        server.answers(link, *([page, Reply(status=404)] if n == 0 else [page]))
    desk = Desk(sessions, "page", address)
    desk.poll_until(NOW + timedelta(minutes=4))
    assert len(desk.texts()) == 12
    desk.poll_until(NOW + timedelta(hours=5))
    with sessions() as session:
        deleted = session.scalars(select(Post.url).where(Post.deleted_at.is_not(None))).all()
    assert deleted == [server.url(links[0])]
    assert len(desk.texts()) == 12


@pytest.mark.parametrize(
    ("kind", "reply", "health"),
    [
        ("feed", Reply(b"<html></html>"), Health.BROKEN),
        ("feed", Reply(status=410), Health.GONE),
        ("feed", Reply(status=302, headers={"location": "http://169.254.169.254/"}), Health.REFUSED),
        ("feed", Reply(b'<rss version="2.0"></rss>'), Health.EMPTY),
        ("page", Reply(b"<html></html>"), Health.BROKEN),
        ("page", Reply(status=403), Health.BLOCKED),
    ],
)
def test_what_is_wrong_stands_on_the_source(
    sessions: sessionmaker[Session], server: FeedServer, kind: str, reply: Reply, health: Health
) -> None:
    desk = Desk(sessions, kind, server.answers("/x", reply))
    desk.poll()
    source = desk.source()
    assert source.health == health
    assert source.health_reason


@pytest.mark.parametrize(
    ("there", "followed"),
    [(feed("Погибли 63"), True), (Reply(b"<html>closed</html>"), False), (Reply(status=404), False)],
)
def test_a_feed_moves_for_good_only_to_where_a_feed_is(
    sessions: sessionmaker[Session], server: FeedServer, there: Reply, followed: bool
) -> None:
    address, moved = (
        server.answers("/feed", Reply(status=301, headers={"location": "/new"})),
        server.answers("/new", there),
    )
    desk = Desk(sessions, "feed", address)
    for _ in range(4):
        desk.poll()
        desk.now += timedelta(hours=1)
    assert desk.source().address == (moved if followed else address)
