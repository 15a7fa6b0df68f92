"""A blog on the loopback and what its pages look like, followed by polls one after another."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from models.enums import Lang, SourceKind
from monitor.sources.page import PageCollector
from monitor.values import Batch, Cursor, Haul, Limits, RawPost, Target
from tests.servers.feed_server import FeedServer, Reply, client_for

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
FEED_LINK = '<link rel="alternate" type="application/rss+xml" href="/feed">'


def front(*links: str, head: str = "") -> Reply:
    items = "".join(f'<article><h2><a href="{link}">Сводка {link}</a></h2></article>' for link in links)
    return Reply(f"<html><head><title>Блог</title>{head}</head><body><main>{items}</main></body></html>".encode())


def article(text: str, *, title: str = "Сводка", date: str = "2026-03-02T10:00:00+03:00", head: str = "") -> Reply:
    told = f'<meta property="article:published_time" content="{date}">' if date else ""
    body = f"<h1>{title}</h1><p>{text}</p><p>{'Подробности уточняются, сообщает штаб. ' * 5}</p>"
    head = f'<title>{title}</title><meta charset="utf-8">{told}{head}'
    page = f"<html><head>{head}</head><body><nav><a href='/'>Блог</a></nav><article>{body}</article></body></html>"
    return Reply(page.encode())


@dataclass
class Blog:
    server: FeedServer
    limits: Limits = field(default_factory=Limits)
    cursor: Cursor = field(default_factory=dict)
    now: datetime = NOW
    path: str = "/"
    batches: list[Batch] = field(default_factory=list)

    @property
    def target(self) -> Target:
        return Target("blog", SourceKind.PAGE, self.server.url(self.path), Lang.UK)

    def poll(self, **limits: object) -> tuple[Haul, Batch]:
        collector = PageCollector(self.limits)
        with client_for(**limits) as client:
            client.now = lambda: self.now
            haul = collector.fetch(self.target, self.cursor, client, self.now)
        batch = collector.parse(self.target, self.cursor, haul.fetched)
        self.cursor = batch.cursor
        self.batches.append(batch)
        return haul, batch

    def look(self, *, after: timedelta = timedelta(0)) -> list[RawPost]:
        """Polls until nothing is left over, as the pipeline does."""
        self.now += after
        posts: list[RawPost] = []
        for _ in range(30):
            haul, batch = self.poll()
            posts += batch.posts
            if not batch.more or haul.trouble is not None:
                return posts
        raise AssertionError("it never ends")

    @property
    def last(self) -> Batch:
        return self.batches[-1]


def texts(posts: Sequence[RawPost]) -> list[str]:
    return [post.text.splitlines()[1] for post in posts]
