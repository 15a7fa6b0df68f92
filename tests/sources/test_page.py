"""The collector of blogs without a feed, over real sockets with the real client."""

import gzip
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from models.enums import Health, Lang, SourceKind
from monitor.sources.http import Client
from monitor.sources.page import PageCollector
from monitor.values import Batch, Cursor, Haul, Limits, RawPost, Target
from tests.servers.feed_server import FeedServer, Reply, client_for, endless

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
ROBOTS = Reply(b"User-agent: *\nAllow: /\n")


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
    """A blog on the loopback, followed by polls one after another."""

    server: FeedServer
    limits: Limits = field(default_factory=Limits)
    cursor: Cursor = field(default_factory=dict)
    now: datetime = NOW
    path: str = "/"
    batches: list[Batch] = field(default_factory=list)

    @property
    def target(self) -> Target:
        return Target("blog", SourceKind.PAGE, self.server.url(self.path), Lang.UK)

    def poll(self, client: Client | None = None, **limits: object) -> tuple[Haul, Batch]:
        collector = PageCollector(self.limits)
        with client or client_for(**limits) as client:
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


@pytest.fixture
def blog() -> Iterator[Blog]:
    with FeedServer() as server:
        server.answers("/robots.txt", ROBOTS)
        yield Blog(server)


def texts(posts: Sequence[RawPost]) -> list[str]:
    return [post.text.splitlines()[1] for post in posts]


def test_articles_of_the_front_page_become_posts(blog: Blog) -> None:
    blog.server.answers("/", front("/2026/one.html", "/2026/two.html"))
    blog.server.answers("/2026/one.html", article("В Макеевке погибли 63 человека.", title="Погибли 63"))
    blog.server.answers("/2026/two.html", article("Ночью сбито 5 беспилотников."))
    first, second = blog.look()
    assert first.text.startswith("Погибли 63\nВ Макеевке погибли 63 человека.\nПодробности")
    assert (first.external_id, first.url) == (blog.server.url("/2026/one.html"),) * 2
    assert first.published == datetime(2026, 3, 2, 7, tzinfo=UTC)
    assert (blog.batches[0].title, blog.last.state, second.text[:6]) == ("Блог", Health.OK, "Сводка")


def test_each_article_is_fetched_once(blog: Blog) -> None:
    blog.server.answers("/", front("/2026/one.html"), front("/2026/two.html", "/2026/one.html?utm_source=x"))
    for name in ("one", "two"):
        blog.server.answers(f"/2026/{name}.html", article(f"Сообщение {name}."))
    assert texts(blog.look()) == ["Сообщение one."]
    assert texts(blog.look(after=timedelta(minutes=20))) == ["Сообщение two."]
    assert blog.look(after=timedelta(minutes=20)) == []
    assert blog.server.paths().count("/2026/one.html") == 1


def test_a_poll_takes_only_so_many_articles_and_leaves_the_rest_for_the_next(blog: Blog) -> None:
    blog.limits = Limits(articles=3)
    links = [f"/2026/{n}.html" for n in range(1000, 1008)]
    blog.server.answers("/", front(*links))
    for link in links:
        blog.server.answers(link, article(f"Сообщение {link}."))
    assert texts(blog.look()) == [f"Сообщение {link}." for link in links]
    assert [len(batch.posts) for batch in blog.batches if batch.posts] == [3, 3, 2]
    assert [batch.more for batch in blog.batches][-2:] == [True, False]
    assert blog.server.paths().count("/") == 1


def test_a_feed_that_the_page_names_is_read_instead(blog: Blog) -> None:
    comments = '<link rel="alternate" type="application/rss+xml" title="Comments" href="/comments/feed">'
    feed = '<link rel="alternate" type="application/rss+xml" href="/feed">'
    blog.server.answers("/", front("/2026/one.html", head=comments + feed))
    item = "<item><guid>77</guid><link>/2026/one.html</link><title>Погибли 63</title></item>"
    blog.server.answers("/feed", Reply(f'<rss version="2.0"><channel>{item}</channel></rss>'.encode()))
    (post,) = blog.look()
    assert (post.text, post.external_id) == ("Погибли 63", blog.server.url("/2026/one.html"))
    blog.look(after=HOUR)
    assert blog.server.paths() == ["/robots.txt", "/", "/feed", "/feed"]


def test_an_address_that_is_a_feed_itself_is_read_as_one(blog: Blog) -> None:
    blog.server.answers(
        "/", Reply(b'<rss version="2.0"><channel><item><title>63 killed</title></item></channel></rss>')
    )
    assert [post.text for post in blog.look()] == ["63 killed"]


@pytest.mark.parametrize(
    "reply", [Reply(b"<html>no feed</html>"), Reply(b'<rss version="2.0"></rss>'), Reply(status=410)]
)
def test_a_named_feed_that_is_none_is_left_alone_for_the_pages(blog: Blog, reply: Reply) -> None:
    feed = '<link rel="alternate" type="application/rss+xml" href="/feed">'
    blog.server.answers("/", front("/2026/one.html", head=feed))
    blog.server.answers("/feed", reply)
    blog.server.answers("/2026/one.html", article("В Макеевке погибли 63."))
    assert texts(blog.look()) == ["В Макеевке погибли 63."]
    assert blog.server.paths().count("/feed") == 1


def test_a_feed_that_fails_for_a_while_is_given_up_and_nothing_comes_twice(blog: Blog) -> None:
    feed = '<link rel="alternate" type="application/rss+xml" href="/feed">'
    blog.server.answers("/", front("/2026/one.html", "/2026/two.html", head=feed))
    item = "<item><guid>77</guid><link>/2026/one.html</link><title>Погибли 63</title></item>"
    rss = Reply(f'<rss version="2.0"><channel>{item}</channel></rss>'.encode())
    blog.server.answers("/feed", rss, Reply(status=500))
    blog.server.answers("/2026/two.html", article("Ранены 5."))
    assert len(blog.look()) == 1
    assert [blog.poll()[0].trouble is not None for _ in range(2)] == [True, True]
    assert texts(blog.look(after=HOUR)) == ["Ранены 5."]
    assert "/2026/one.html" not in blog.server.paths()


def test_a_feed_that_knows_none_of_the_front_pages_articles_is_not_read_instead(blog: Blog) -> None:
    links = [f"/2026/{n}.html" for n in range(1000, 1003)]
    blog.server.answers("/", front(*links, head='<link rel="alternate" type="application/rss+xml" href="/feed">'))
    item = "<item><guid>1</guid><link>/2019/last.html</link><title>Последняя запись</title></item>"
    blog.server.answers("/feed", Reply(f'<rss version="2.0"><channel>{item}</channel></rss>'.encode()))
    for link in links:
        blog.server.answers(link, article(f"Сообщение {link}."))
    assert texts(blog.look()) == [f"Сообщение {link}." for link in links]


NEWS = """<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc>{0}/2026/one.html</loc><news:news><news:publication_date>2026-03-02T10:00:00+03:00</news:publication_date></news:news></url>
<url><loc>{0}/2026/old.html</loc><lastmod>2025-01-01</lastmod></url><url><loc>{0}/undated.html</loc></url>
<url><loc>https://other.example.org/x.html</loc><lastmod>2026-03-02</lastmod></url></urlset>"""
INDEX = "<sitemapindex><sitemap><loc>{0}/category-sitemap.xml</loc></sitemap><sitemap><loc>{0}/news-sitemap.xml</loc></sitemap></sitemapindex>"  # noqa: E501


def test_articles_of_a_news_sitemap_are_found_with_their_times(blog: Blog) -> None:
    base = blog.server.url("")
    blog.server.answers("/robots.txt", Reply(f"User-agent: *\nSitemap: {base}/index.xml".encode()))
    blog.server.answers("/", front("/2026/two.html"))
    blog.server.answers("/index.xml", Reply(INDEX.format(base).encode()))
    blog.server.answers("/news-sitemap.xml", Reply(NEWS.format(base).encode()))
    blog.server.answers("/2026/one.html", article("Сообщение one.", date=""))
    blog.server.answers("/2026/two.html", article("Сообщение two."))
    assert texts(blog.look()) == ["Сообщение two."]
    (post,) = blog.look(after=timedelta(minutes=20))
    assert (texts([post]), post.published) == (["Сообщение one."], datetime(2026, 3, 2, 7, tzinfo=UTC))
    assert not {"/category-sitemap.xml", "/2026/old.html", "/undated.html"} & set(blog.server.paths())


def test_a_sitemap_that_is_a_gzip_file_is_read(blog: Blog) -> None:
    base = blog.server.url("")
    blog.server.answers("/robots.txt", Reply(f"Sitemap: {base}/map.xml.gz".encode()))
    blog.server.answers("/", front())
    blog.server.answers("/map.xml.gz", Reply(gzip.compress(NEWS.format(base).encode())))
    blog.server.answers("/2026/one.html", article("Сообщение one."))
    assert texts(blog.look()) == ["Сообщение one."]


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
    blog.server.answers("/robots.txt", Reply(status=status), ROBOTS)
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


def test_a_changed_article_comes_again_with_its_new_text(blog: Blog) -> None:
    blog.server.answers("/", front("/2026/one.html"))
    blog.server.answers("/2026/one.html", article("Погибли 63."), article("Погибли 89."))
    assert texts(blog.look()) == ["Погибли 63."]
    assert blog.look(after=timedelta(minutes=30)) == []
    (changed,) = blog.look(after=timedelta(minutes=30))
    assert texts([changed]) == ["Погибли 89."]


def test_known_articles_are_looked_at_for_two_days_at_growing_intervals(blog: Blog) -> None:
    blog.server.answers("/", front("/2026/one.html"))
    blog.server.answers("/2026/one.html", article("Погибли 63."))
    for _ in range(72):
        blog.look(after=HOUR)
    assert 8 <= blog.server.paths().count("/2026/one.html") <= 14


@pytest.mark.parametrize("gone", [Reply(status=404), Reply(status=410), Reply(status=302, headers={"location": "/"})])
def test_an_article_that_is_missing_twice_is_deleted(blog: Blog, gone: Reply) -> None:
    blog.server.answers("/", front("/2026/one.html"))
    blog.server.answers("/2026/one.html", article("Погибли 63."), gone)
    (post,) = blog.look()
    blog.look(after=HOUR)
    assert (blog.last.vanished, blog.last.deleted) == ((post.external_id,), ())
    blog.look(after=timedelta(minutes=10))
    assert (blog.last.vanished, blog.last.deleted) == ((), ())
    blog.look(after=timedelta(minutes=20))
    assert blog.last.deleted == (post.external_id,)
    blog.look(after=HOUR)
    assert (blog.last.vanished, blog.last.deleted) == ((), ())


def test_an_article_that_is_there_again_has_returned(blog: Blog) -> None:
    blog.server.answers("/", front("/2026/one.html"))
    blog.server.answers("/2026/one.html", article("Погибли 63."), Reply(status=404), article("Погибли 63."))
    (post,) = blog.look()
    blog.look(after=HOUR)
    blog.look(after=HOUR)
    assert (blog.last.returned, blog.last.deleted) == ((post.external_id,), ())


@pytest.mark.parametrize("reply", [Reply(status=500), Reply(status=404), Reply(status=403)])
def test_an_article_that_cannot_be_had_is_tried_a_few_times_and_then_told(blog: Blog, reply: Reply) -> None:
    blog.server.answers("/", front("/2026/one.html", "/2026/two.html"))
    blog.server.answers("/2026/one.html", reply)
    blog.server.answers("/2026/two.html", article("Сообщение two."))
    assert texts(blog.look()) == ["Сообщение two."]
    (problem,) = (problem for batch in blog.batches for problem in batch.problems)
    assert problem.reason == f"answered {reply.status}, 3 times"
    assert blog.server.paths().count("/2026/one.html") == 3


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


def test_the_front_page_is_asked_for_only_if_it_changed(blog: Blog) -> None:
    page = front("/2026/one.html")
    blog.server.answers("/", Reply(page.body, headers={"etag": '"a"'}), Reply(status=304))
    blog.server.answers("/2026/one.html", article("Сообщение one."))
    blog.look()
    assert blog.look(after=timedelta(minutes=20)) == []
    assert blog.last.state is Health.OK
    assert [asked.headers.get("if-none-match") for asked in blog.server.asked if asked.path == "/"] == [None, '"a"']


def test_an_undated_article_is_new_only_if_the_page_was_known(blog: Blog) -> None:
    blog.server.answers("/", front("/2026/one.html"), front("/2026/two.html", "/2026/one.html"))
    for name in ("one", "two"):
        blog.server.answers(f"/2026/{name}.html", article(f"Сообщение {name}.", date=""))
    assert [post.published for post in blog.look()] == [None]
    assert [post.published for post in blog.look(after=timedelta(minutes=20))] == [NOW + timedelta(minutes=20)]


def test_only_so_many_articles_of_a_long_page_are_taken_at_first(blog: Blog) -> None:
    blog.limits = Limits(first_posts=4)
    links = [f"/2026/{n}.html" for n in range(1000, 1010)]
    blog.server.answers("/", front(*links), front("/2026/new.html", *links))
    for link in [*links, "/2026/new.html"]:
        blog.server.answers(link, article(f"Сообщение {link}."))
    assert len(blog.look()) == 4
    assert texts(blog.look(after=timedelta(minutes=20))) == ["Сообщение /2026/new.html."]


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


def test_pages_are_asked_for_in_the_language_of_the_source(blog: Blog) -> None:
    blog.server.answers("/", front("/2026/one.html"))
    blog.server.answers("/2026/one.html", article("Сообщение one."))
    blog.look()
    assert {asked.headers["accept-language"] for asked in blog.server.asked if asked.path != "/robots.txt"} == {
        "uk, *;q=0.5"
    }


def test_a_move_for_good_is_told(blog: Blog) -> None:
    blog.server.answers("/", Reply(status=301, headers={"location": "/blog/"}))
    blog.server.answers("/blog/", front("/2026/one.html"))
    assert blog.poll()[0].moved_to == blog.server.url("/blog/")
