"""Sites and articles that cannot be had or read: told with the reason, and nothing else is lost."""

from datetime import timedelta

import pytest

from models.enums import Health
from monitor.values import RawPost
from tests.servers.feed_server import Reply, endless
from tests.sources.blog import HOUR, Blog, article, front, texts


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (Reply(status=500), "answered 500"),
        (Reply(status=404), "answered 404"),
        (Reply(status=403), "answered 403"),
        (Reply(status=302, headers={"location": "/"}), "led to the front page"),
    ],
)
def test_an_article_that_cannot_be_had_is_tried_a_few_times_and_then_told(
    blog: Blog, reply: Reply, reason: str
) -> None:
    blog.server.answers("/", front("/2026/one.html", "/2026/two.html"))
    blog.server.answers("/2026/one.html", reply)
    blog.server.answers("/2026/two.html", article("Сообщение two."))
    assert texts(blog.look()) == ["Сообщение two."]
    (problem,) = (problem for batch in blog.batches for problem in batch.problems)
    assert problem.reason == f"{reason}, 3 times"
    assert blog.server.paths().count("/2026/one.html") == 3


def test_articles_too_large_or_too_slow_cost_only_themselves(blog: Blog) -> None:
    blog.server.answers("/", front("/2026/large.html", "/2026/slow.html", "/2026/inner.html", "/2026/good.html"))
    blog.server.answers("/2026/large.html", Reply(endless(bytes(65536), 50_000_000)))
    blog.server.answers("/2026/slow.html", Reply(endless(b"x", 1000), pause=0.05))
    blog.server.answers("/2026/inner.html", Reply(status=302, headers={"location": "http://169.254.169.254/"}))
    blog.server.answers("/2026/good.html", article("Сообщение good."))
    found: list[RawPost] = []
    for _ in range(12):
        haul, batch = blog.poll(fetch_timeout=timedelta(seconds=0.3))
        assert haul.trouble is None
        found += batch.posts
    assert texts(found) == ["Сообщение good."]
    reasons = {problem.place.rpartition("/")[2]: problem.reason for batch in blog.batches for problem in batch.problems}
    assert reasons == {
        "large.html": "larger than 3,000,000 bytes, 3 times",
        "slow.html": "127.0.0.1 did not answer in time, 10 times",
        "inner.html": "169.254.169.254 is an inner address, 3 times",
    }


def test_a_site_that_goes_away_meanwhile_ends_the_poll_and_nothing_is_lost(blog: Blog) -> None:
    links = [f"/2026/{n}.html" for n in range(1000, 1006)]
    blog.server.answers("/", front(*links))
    for link in links:
        blog.server.answers(link, Reply([b"half"], headers={"content-length": "100"}), article(f"Сообщение {link}."))
    blog.poll()
    haul, _ = blog.poll()
    assert haul.trouble is not None
    assert haul.trouble.health is Health.UNREACHABLE
    assert [path for path in blog.server.paths() if path.startswith("/2026")] == links[:2]
    for _ in range(6):
        blog.look(after=HOUR)
    assert {post.url for batch in blog.batches for post in batch.posts} == {blog.server.url(link) for link in links}


@pytest.mark.parametrize(
    ("reply", "health"),
    [
        (Reply(status=404), Health.UNREACHABLE),
        (Reply(status=410), Health.GONE),
        (Reply(status=403), Health.BLOCKED),
        (Reply(status=302, headers={"location": "/"}), Health.REFUSED),
        (Reply(status=302, headers={"location": "http://127.0.0.2/"}), Health.REFUSED),
        (Reply(endless(bytes(65536), 100_000_000)), Health.REFUSED),
        (Reply(b"x", headers={"content-encoding": "gzip"}), Health.UNREACHABLE),
    ],
)
def test_a_front_page_that_cannot_be_had_is_the_hauls_trouble(blog: Blog, reply: Reply, health: Health) -> None:
    blog.server.answers("/", reply)
    haul, batch = blog.poll()
    assert haul.trouble is not None
    assert haul.trouble.health is health
    assert batch.posts == ()


@pytest.mark.parametrize(
    "body", [b"", b"<html><body>Loading...<script src=app.js></script></body></html>", b"\x00\xff" * 50]
)
def test_a_front_page_without_articles_is_broken_never_no_news(blog: Blog, body: bytes) -> None:
    blog.server.answers("/", Reply(body))
    assert blog.look() == []
    assert (blog.last.state, blog.last.reason) == (Health.BROKEN, "no links to articles found on the page")


def test_a_page_that_is_no_article_is_told_and_not_asked_again(blog: Blog) -> None:
    blog.server.answers("/", front("/2026/one.html"))
    blog.server.answers("/2026/one.html", Reply(b"<html><body><script>x</script></body></html>"))
    assert blog.look() == []
    assert [problem.reason for batch in blog.batches for problem in batch.problems] == ["no text of an article found"]
    blog.look(after=HOUR)
    assert blog.server.paths().count("/2026/one.html") == 1


@pytest.mark.parametrize("declared", ["utf-8", "windows-1251", "koi8-r", ""])
@pytest.mark.parametrize("real", ["utf-8", "windows-1251"])
def test_a_wrong_charset_costs_nothing(blog: Blog, real: str, declared: str) -> None:
    page = article("В Макеевке погибли 63 человека.").body
    assert isinstance(page, bytes)
    body = page.decode().replace('charset="utf-8"', f'charset="{declared}"').encode(real)
    blog.server.answers("/", front("/2026/one.html"))
    blog.server.answers("/2026/one.html", Reply(body, headers={"content-type": f"text/html; charset={declared}"}))
    assert texts(blog.look()) == ["В Макеевке погибли 63 человека."]
