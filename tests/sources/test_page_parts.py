"""robots.txt, sitemaps and times."""

import gzip
from datetime import UTC, datetime, timedelta

import pytest

from monitor.sources.dates import read_time
from monitor.sources.page_sitemap import articles_in, children_in
from monitor.sources.robots import Rules
from monitor.values import Fetched
from tests.servers.feed_server import MEGABYTE, gzip_bomb

SEEN = datetime(2026, 3, 2, 12, tzinfo=UTC)
WEEK = timedelta(days=7)
PAGE = "https://blog.example.org/"


def answer(body: bytes | str, status: int = 200, *, url: str = f"{PAGE}robots.txt") -> Fetched:
    return Fetched(url, status, {}, body if isinstance(body, bytes) else body.encode(), SEEN)


def test_rules_for_us_come_before_rules_for_all() -> None:
    rules = Rules.told_by(
        answer("User-agent: *\nDisallow: /\n\nUser-agent: Counterclaim\nDisallow: /a\nCrawl-delay: 7")
    )
    assert (rules.allow(f"{PAGE}b"), rules.allow(f"{PAGE}a/1"), rules.delay) == (True, False, timedelta(seconds=7))


@pytest.mark.parametrize(("told", "kept"), [("99999999", 600), ("-5", 0), ("nan", 0), ("soon", 0), ("0.5", 0.5)])
def test_a_crawl_delay_is_kept_as_far_as_it_makes_sense(told: str, kept: float) -> None:
    assert Rules.told_by(answer(f"User-agent: *\nCrawl-delay: {told}")).delay == timedelta(seconds=kept)


@pytest.mark.parametrize(
    "body", [b"", b"\xff\xfe\x00", b"<html>404</html>", b"Disallow: /", b"User-agent: *\n" * 50_000]
)
def test_what_is_no_robots_txt_allows_everything(body: bytes) -> None:
    assert Rules.told_by(answer(body)).allow(f"{PAGE}a")


def test_rules_stand_for_a_day_and_their_absence_for_an_hour() -> None:
    known, unknown = Rules.told_by(answer("")), Rules.told_by(answer("", 503))
    hours = [timedelta(hours=n) for n in (0, 1, 23, 24)]
    assert [known.stand(SEEN + each) for each in hours] == [True, True, True, False]
    assert [unknown.stand(SEEN + each) for each in hours] == [True, False, False, False]
    assert not Rules().stand(SEEN)


@pytest.mark.parametrize(
    "rules", [Rules(), Rules.told_by(answer("User-agent: *\nDisallow: /ы")), Rules.told_by(answer("", 500))]
)
def test_rules_outlast_the_cursor(rules: Rules) -> None:
    assert Rules.of(rules.json()) == rules  # type: ignore[arg-type]


def sitemap(*entries: str) -> str:
    return (
        f'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{"".join(entries)}</urlset>'
    )


def listed(text: str | bytes, page: str = PAGE) -> list[str]:
    return [each.url for each in articles_in(answer(text, url=f"{PAGE}sitemap.xml"), page, SEEN - WEEK)]


def test_entries_of_the_last_days_are_listed_newest_first() -> None:
    days = ["2026-03-01", "2026-03-02T10:00:00+03:00", "2026-02-01", "", "soon"]
    entries = [f"<url><loc>{PAGE}{n}</loc><lastmod>{day}</lastmod></url>" for n, day in enumerate(days)]
    assert listed(sitemap(*entries)) == [f"{PAGE}1", f"{PAGE}0"]


def test_entries_in_other_folders_or_sites_are_not_listed() -> None:
    links = [f"{PAGE}blog/1", f"{PAGE}shop/1", "https://other.example.org/blog/1", f"{PAGE}blog/"]
    entries = [f"<url><loc><![CDATA[{link}]]></loc><lastmod>2026-03-02</lastmod></url>" for link in links]
    assert listed(sitemap(*entries), f"{PAGE}blog/") == [f"{PAGE}blog/1"]


def test_escaped_addresses_are_read() -> None:
    assert listed(sitemap(f"<url><loc>{PAGE}?a=1&amp;b=2</loc><lastmod>2026-03-02</lastmod></url>")) == []
    assert listed(sitemap(f"<url><loc>{PAGE}x?a=1&amp;b=2</loc><lastmod>2026-03-02</lastmod></url>")) == [
        f"{PAGE}x?a=1&b=2"
    ]


@pytest.mark.parametrize(
    "body",
    [b"", b"<html>", gzip.compress(b"x", mtime=0)[:-5], gzip_bomb(40 * MEGABYTE), b"<url>" * 200_000, b"\x1f\x8b"],
)
def test_what_is_no_sitemap_lists_nothing(body: bytes) -> None:
    assert listed(body) == []
    assert children_in(answer(body)) == []


@pytest.mark.parametrize(
    ("names", "chosen"),
    [
        (["post-1", "post-2", "category", "author"], ["post-2", "post-1"]),
        (["post-1", "news", "post-2"], ["news"]),
        (["category", "tag-1", "image"], []),
    ],
)
def test_of_many_sitemaps_those_of_news_or_the_newest_are_chosen(names: list[str], chosen: list[str]) -> None:
    entries = [
        f"<sitemap><loc>{PAGE}{name}.xml</loc><lastmod>2026-03-0{n + 1}</lastmod></sitemap>"
        for n, name in enumerate(names)
    ]
    index = answer(f"<sitemapindex>{''.join(entries)}</sitemapindex>")
    assert children_in(index) == [f"{PAGE}{name}.xml" for name in chosen]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("2026-03-02T10:00:00+03:00", datetime(2026, 3, 2, 7, tzinfo=UTC)),
        ("2026-03-02T10:00:00", datetime(2026, 3, 2, 10, tzinfo=UTC)),
        ("2026-03-02", datetime(2026, 3, 2, 12, tzinfo=UTC)),
        ("02.03.2026", datetime(2026, 3, 2, 12, tzinfo=UTC)),
        ("2.3.2026, 07:05", datetime(2026, 3, 2, 7, 5, tzinfo=UTC)),
        ("Mon, 02 Mar 2026 10:00:00 +0300", datetime(2026, 3, 2, 7, tzinfo=UTC)),
        ("31.02.2026", None),
        ("0001-01-01T00:00:00+14:00", None),
        ("9999-12-31T23:59:59-14:00", None),
        ("5 минут назад", None),
        ("", None),
    ],
)
def test_times_are_read_in_the_forms_that_pages_use(given: str, expected: datetime | None) -> None:
    """A day without a time is its noon: no more than twelve hours wrong."""
    assert read_time(given) == expected
