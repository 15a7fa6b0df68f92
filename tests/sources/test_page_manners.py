"""The collector of pages goes where it may, as slowly as it should."""

from datetime import timedelta

import pytest

from models.enums import Health
from monitor.sources.page import PageCollector
from tests.servers.feed_server import Reply, client_for
from tests.sources.blog import HOUR, NOW, Blog, article, front, texts


def test_what_robots_txt_forbids_is_not_fetched(blog: Blog) -> None:
    rules = "User-agent: *\nDisallow: /private/\n\nUser-agent: counterclaim\nDisallow: /2026/two"
    blog.server.answers("/robots.txt", Reply(rules.encode()))
    blog.server.answers("/", front("/2026/one.html", "/2026/two.html"))
    blog.server.answers("/2026/one.html", article("Сообщение one."))
    assert texts(blog.look()) == ["Сообщение one."]
    assert "/2026/two.html" not in blog.server.paths()


def test_a_site_that_forbids_all_articles_is_blocked_and_says_so(blog: Blog) -> None:
    blog.server.answers("/robots.txt", Reply(b"User-agent: *\nDisallow: /"))
    blog.server.answers("/", front("/2026/one.html"))
    assert blog.look() == []
    assert (blog.last.state, blog.last.reason) == (Health.BLOCKED, "robots.txt does not allow to fetch the articles")


def test_rules_are_read_once_a_day(blog: Blog) -> None:
    blog.server.answers("/", front("/2026/one.html"))
    blog.server.answers("/2026/one.html", article("Сообщение one."))
    for hours in (0, 1, 22, 2):
        blog.look(after=hours * HOUR)
    assert blog.server.paths().count("/robots.txt") == 2


@pytest.mark.parametrize("status", [404, 401, 403])
def test_without_rules_everything_is_allowed(blog: Blog, status: int) -> None:
    blog.server.answers("/robots.txt", Reply(status=status))
    blog.server.answers("/", front("/2026/one.html"))
    blog.server.answers("/2026/one.html", article("Сообщение one."))
    assert len(blog.look()) == 1


@pytest.mark.parametrize("status", [500, 503, 429])
def test_while_the_rules_cannot_be_read_articles_wait(blog: Blog, status: int) -> None:
    blog.server.answers("/robots.txt", Reply(status=status), Reply(b""))
    blog.server.answers("/", front("/2026/one.html"))
    blog.server.answers("/2026/one.html", article("Сообщение one."))
    assert blog.look() == []
    assert blog.last.state is Health.BLOCKED
    assert f"robots.txt could not be read: answered {status}" in (blog.last.reason or "")
    assert blog.last.not_before == NOW + HOUR
    assert len(blog.look(after=HOUR)) == 1


def test_a_crawl_delay_is_kept_within_a_poll(blog: Blog) -> None:
    blog.server.answers("/robots.txt", Reply(b"User-agent: *\nCrawl-delay: 0.3"))
    blog.server.answers("/", front("/2026/one.html", "/2026/two.html"))
    for name in ("one", "two"):
        blog.server.answers(f"/2026/{name}.html", article(f"Сообщение {name}."))
    assert len(blog.look()) == 2
    one, two = (asked.at for asked in blog.server.asked if asked.path.endswith(".html"))
    assert two - one >= 0.29


def test_a_crawl_delay_longer_than_a_poll_is_kept_between_polls(blog: Blog) -> None:
    blog.server.answers("/robots.txt", Reply(b"User-agent: *\nCrawl-delay: 300"))
    blog.server.answers("/", front("/2026/one.html", "/2026/two.html"))
    for name in ("one", "two"):
        blog.server.answers(f"/2026/{name}.html", article(f"Сообщение {name}."))
    counts = []
    for _ in range(5):
        _, batch = blog.poll()
        counts.append(len(batch.posts))
        if batch.more:
            assert batch.not_before == blog.now + timedelta(seconds=300)
        blog.now += timedelta(seconds=300)
    assert sum(counts) == 2
    assert max(counts) == 1


def test_a_busy_site_ends_the_poll_with_its_wait_and_nothing_is_lost(blog: Blog) -> None:
    blog.server.answers("/", front("/2026/one.html", "/2026/two.html"))
    busy = Reply(status=429, headers={"retry-after": "600"})
    blog.server.answers("/2026/one.html", busy, article("Сообщение one."))
    blog.server.answers("/2026/two.html", article("Сообщение two."))
    blog.poll()
    haul, _ = blog.poll()
    assert haul.trouble is not None
    assert (haul.trouble.health, haul.trouble.retry_after) == (Health.BLOCKED, NOW + timedelta(minutes=10))
    assert "/2026/two.html" not in blog.server.paths()
    assert sorted(texts(blog.look(after=timedelta(minutes=10)))) == ["Сообщение one.", "Сообщение two."]


def test_a_slow_site_does_not_outlast_the_lease(blog: Blog) -> None:
    links = [f"/2026/{n}.html" for n in range(1000, 1006)]
    blog.server.answers("/", front(*links))
    for link in links:
        blog.server.answers(link, article(f"Сообщение {link}."))
    blog.poll()
    with client_for() as client:
        moments = (blog.now + n * timedelta(seconds=15) for n in range(1000))
        client.now = lambda: next(moments)
        haul = PageCollector(blog.limits).fetch(blog.target, blog.cursor, client, blog.now)
    assert haul.trouble is None
    assert 0 < len(haul.fetched) < len(links)
