"""How the collector of pages finds the articles of a blog, over real sockets with the real client."""

import gzip
from datetime import UTC, datetime, timedelta

import pytest

from models.enums import Health
from monitor.values import Limits
from tests.servers.feed_server import Reply
from tests.sources.blog import FEED_LINK, HOUR, NOW, Blog, article, front, texts

NEWS = """<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc>{0}/2026/one.html</loc><news:news><news:publication_date>2026-03-02T10:00:00+03:00</news:publication_date></news:news></url>
<url><loc>{0}/2026/old.html</loc><lastmod>2025-01-01</lastmod></url><url><loc>{0}/undated.html</loc></url>
<url><loc>https://other.example.org/x.html</loc><lastmod>2026-03-02</lastmod></url></urlset>"""
INDEX = "<sitemapindex><sitemap><loc>{0}/category-sitemap.xml</loc></sitemap><sitemap><loc>{0}/news-sitemap.xml</loc></sitemap></sitemapindex>"  # noqa: E501


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
    blog.server.answers("/", front("/2026/one.html", head=comments + FEED_LINK))
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
    blog.server.answers("/", front("/2026/one.html", head=FEED_LINK))
    blog.server.answers("/feed", reply)
    blog.server.answers("/2026/one.html", article("В Макеевке погибли 63."))
    assert texts(blog.look()) == ["В Макеевке погибли 63."]
    assert blog.server.paths().count("/feed") == 1


def test_a_feed_that_fails_for_a_while_is_given_up_and_nothing_comes_twice(blog: Blog) -> None:
    blog.server.answers("/", front("/2026/one.html", "/2026/two.html", head=FEED_LINK))
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
    blog.server.answers("/", front(*links, head=FEED_LINK))
    item = "<item><guid>1</guid><link>/2019/last.html</link><title>Последняя запись</title></item>"
    blog.server.answers("/feed", Reply(f'<rss version="2.0"><channel>{item}</channel></rss>'.encode()))
    for link in links:
        blog.server.answers(link, article(f"Сообщение {link}."))
    assert texts(blog.look()) == [f"Сообщение {link}." for link in links]


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
