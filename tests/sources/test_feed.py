"""The collector of feeds, over real sockets with the real client."""

import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from models.enums import Health, SourceKind
from monitor.errors import BadInputError
from monitor.sources.feed import FeedCollector
from monitor.sources.page_cursor import PageState
from monitor.values import Batch, Cursor, Haul, Limits, Target
from tests.servers.feed_server import MEGABYTE, FeedServer, Reply, client_for, endless, gzip_bomb, gzipped

NOW = datetime(2026, 3, 2, 12, 30, tzinfo=UTC)
FEEDS = FeedCollector(Limits())


def rss(*titles: str, head: str = "") -> bytes:
    items = "".join(f"<item><guid>{title[:5]}</guid><title>{title}</title></item>" for title in titles)
    return f'<rss version="2.0"><channel><title>Блог</title>{head}{items}</channel></rss>'.encode()


@pytest.fixture
def server() -> Iterator[FeedServer]:
    with FeedServer() as server:
        yield server


def target_at(address: str) -> Target:
    return Target("blog", SourceKind.FEED, address)


def fetch(address: str, cursor: Cursor | None = None, *, now: datetime = NOW, **limits: object) -> Haul:
    with client_for(**limits) as client:
        client.now = lambda: now
        return FEEDS.fetch(target_at(address), cursor or {}, client, now)


def poll(address: str, cursor: Cursor | None = None, *, now: datetime = NOW, **limits: object) -> Batch:
    haul = fetch(address, cursor, now=now, **limits)
    assert haul.trouble is None
    return FEEDS.parse(target_at(address), cursor or {}, haul.fetched)


def texts(batch: Batch) -> list[str]:
    return [post.text for post in batch.posts]


def test_a_feed_is_read(server: FeedServer) -> None:
    batch = poll(server.answers("/feed", Reply(rss("Погибли 63", "Ранены 5"))))
    assert (texts(batch), batch.state, batch.title) == (["Ранены 5", "Погибли 63"], Health.OK, "Блог")


@pytest.mark.parametrize("encode", [gzipped, Reply])
def test_validators_are_sent_back_byte_for_byte_and_not_modified_costs_nothing(server: FeedServer, encode) -> None:
    etag, modified = 'W/"a,b\xe9 --gzip"', "Mon,  2 Mar 2026 10:00:00 +0000"
    whole = encode(rss("Погибли 63"))
    whole = replace(whole, headers={**whole.headers, "etag": etag, "last-modified": modified})
    address = server.answers("/feed", whole, Reply(status=304, headers={"cache-control": "max-age=900"}))
    first = poll(address)
    second = poll(address, first.cursor)
    asked = server.asked[1].headers
    assert (asked["if-none-match"], asked["if-modified-since"]) == (etag, modified)
    assert (second.posts, second.cursor, second.state) == ((), first.cursor, Health.OK)
    assert second.not_before == NOW + timedelta(minutes=15)


def test_the_feed_is_asked_for_in_full_once_a_day(server: FeedServer) -> None:
    address = server.answers("/feed", Reply(rss("x"), headers={"etag": '"a"'}))
    cursor = poll(address).cursor
    poll(address, cursor, now=NOW + timedelta(hours=23))
    poll(address, cursor, now=NOW + timedelta(hours=24))
    assert ["if-none-match" in asked.headers for asked in server.asked] == [False, True, False]


def test_validators_of_another_address_are_not_sent(server: FeedServer) -> None:
    reply = Reply(rss("x"), headers={"etag": '"a"'})
    cursor = poll(server.answers("/old", reply)).cursor
    poll(server.answers("/new", reply), cursor)
    assert "if-none-match" not in server.asked[1].headers


def test_what_another_kind_of_collector_left_is_no_knowledge(server: FeedServer) -> None:
    address = server.answers("/feed", Reply(rss("x")))
    known = poll(address).cursor
    page = PageState(known=("a",)).cursor()
    assert poll(address, page).cursor == poll(address, {"last": 5, "gaps": []}).cursor == known
    assert PageState.of(known) == PageState()


def test_the_same_body_again_is_not_parsed_again(server: FeedServer) -> None:
    address = server.answers("/feed", Reply(rss("x")))
    assert poll(address, poll(address).cursor).posts == ()


def test_an_error_does_not_touch_what_is_known(server: FeedServer) -> None:
    page = Reply(b"<html>maintenance</html>", headers={"etag": '"maintenance"'})
    address = server.answers("/feed", Reply(rss("x"), headers={"etag": '"a"'}), Reply(status=503), page)
    cursor = poll(address).cursor
    assert fetch(address, cursor).fetched == ()
    broken = poll(address, cursor)
    assert (broken.state, broken.cursor) == (Health.BROKEN, cursor)


def test_an_updated_entry_comes_with_its_new_text_under_the_same_id(server: FeedServer) -> None:
    address = server.answers("/feed", Reply(rss("Погибли 63")), Reply(rss("Погибли 89")))
    first = poll(address)
    second = poll(address, first.cursor)
    assert texts(second) == ["Погибли 89"]
    assert first.posts[0].external_id == second.posts[0].external_id


def test_an_undated_entry_counts_as_new_only_once_the_feed_is_known(server: FeedServer) -> None:
    address = server.answers("/feed", Reply(rss("Старая")), Reply(rss("Новая", "Старая")))
    first = poll(address)
    later = NOW + timedelta(hours=1)
    second = poll(address, first.cursor, now=later)
    assert [post.published for post in first.posts] == [None]
    assert second.posts[-1].published == later


@pytest.mark.parametrize(
    ("told", "waits"),
    [("120", timedelta(minutes=2)), ("Mon, 02 Mar 2026 13:00:00 GMT", timedelta(minutes=30)), ("soon", None),
     ("-5", None), ("9" * 30, timedelta(days=1)), ("Mon, 02 Mar 2020 13:00:00 GMT", None)],
)  # fmt: skip
@pytest.mark.parametrize(("status", "health"), [(429, Health.BLOCKED), (503, Health.UNREACHABLE)])
def test_a_wait_that_is_told_is_kept(
    server: FeedServer, status: int, health: Health, told: str, waits: timedelta | None
) -> None:
    haul = fetch(server.answers("/feed", Reply(status=status, headers={"retry-after": told})))
    assert haul.trouble is not None
    assert (haul.trouble.health, haul.trouble.retry_after) == (health, None if waits is None else NOW + waits)


@pytest.mark.parametrize(
    ("headers", "head", "waits"),
    [
        ({}, "", None),
        ({"cache-control": "public, max-age=600"}, "", timedelta(minutes=10)),
        ({"cache-control": "max-age=600", "age": "540"}, "", timedelta(minutes=1)),
        ({"cache-control": "max-age=600", "age": "900"}, "", None),
        ({"cache-control": "no-cache, max-age=600"}, "", None),
        ({"cache-control": "s-maxage=600"}, "", None),
        ({"cache-control": "max-age=99999999"}, "", timedelta(days=1)),
        ({}, "<ttl>15</ttl>", timedelta(minutes=15)),
        ({"cache-control": "max-age=600"}, "<ttl>15</ttl>", timedelta(minutes=15)),
        ({}, "<ttl>999999</ttl>", timedelta(days=1)),
        ({}, "<ttl>soon</ttl>", None),
        ({}, "<skipHours><hour>12</hour><hour>13</hour></skipHours>", timedelta(hours=1, minutes=30)),
        ({}, "<skipHours><hour>11</hour><hour>13</hour></skipHours>", None),
        ({}, "<ttl>60</ttl><skipHours><hour>13</hour></skipHours>", timedelta(hours=1, minutes=30)),
        ({}, "<skipDays><day>Monday</day></skipDays>", timedelta(hours=11, minutes=30)),
        ({}, f"<skipHours>{''.join(f'<hour>{hour}</hour>' for hour in range(24))}</skipHours>", timedelta(days=1)),
        ({}, "<skipHours><hour>77</hour><hour>x</hour></skipHours>", None),
    ],
)
def test_what_headers_and_feed_say_of_its_freshness_is_a_lower_bound(
    server: FeedServer, headers: dict[str, str], head: str, waits: timedelta | None
) -> None:
    address = server.answers("/feed", Reply(rss("x", head=head), headers=headers))
    first = poll(address)
    assert first.not_before == (None if waits is None else NOW + waits)
    assert poll(address, first.cursor).not_before == first.not_before


def test_a_move_for_good_is_told_and_a_move_for_now_is_not(server: FeedServer) -> None:
    server.answers("/new", Reply(rss("x")))
    assert fetch(server.answers("/gone", Reply(status=301, headers={"location": "/new"}))).moved_to == server.url(
        "/new"
    )
    assert fetch(server.answers("/away", Reply(status=302, headers={"location": "/new"}))).moved_to is None


@pytest.mark.parametrize(
    ("status", "health", "permanent"),
    [(410, Health.GONE, True), (404, Health.UNREACHABLE, False), (403, Health.BLOCKED, False),
     (500, Health.UNREACHABLE, False), (302, Health.UNREACHABLE, False), (799, Health.UNREACHABLE, False)],
)  # fmt: skip
def test_a_status_without_a_feed_is_the_hauls_trouble(
    server: FeedServer, status: int, health: Health, permanent: bool
) -> None:
    trouble = fetch(server.answers("/feed", Reply(rss("x"), status=status))).trouble
    assert trouble is not None
    assert (trouble.health, trouble.permanent) == (health, permanent)
    assert str(status) in trouble.reason


def test_a_page_where_the_feed_should_be_is_broken_and_the_feed_it_names_is_told(server: FeedServer) -> None:
    page = '<html><link rel="alternate" type="application/atom+xml; charset=utf-8" href="/atom">'
    batch = poll(server.answers("/", Reply(page.encode())))
    assert (batch.state, batch.reason) == (
        Health.BROKEN,
        f"a web page instead of a feed; its feed is {server.url('/atom')}",
    )


def test_an_empty_feed_is_empty_until_it_fills(server: FeedServer) -> None:
    address = server.answers("/feed", *[Reply(rss(), headers={"etag": '"a"'})] * 2, Reply(rss("x")))
    first = poll(address)
    second = poll(address, first.cursor)
    assert (first.state, second.state) == (Health.EMPTY, Health.EMPTY)
    assert "if-none-match" not in server.asked[1].headers
    assert texts(poll(address, second.cursor)) == ["x"]


def test_a_feed_none_of_whose_entries_can_be_read_is_broken(server: FeedServer) -> None:
    batch = poll(server.answers("/feed", Reply(b'{"items": [1, 2]}')))
    assert (batch.state, batch.reason) == (
        Health.BROKEN,
        "no entry of the feed could be read: nothing in it could be read",
    )


def test_a_feed_that_breaks_off_is_asked_for_in_full_again(server: FeedServer) -> None:
    cut = Reply(rss("целая", "Погибли 63")[:-40], headers={"etag": '"a"'})
    address = server.answers("/feed", cut, Reply(rss("целая", "Погибли 63")))
    first = poll(address)
    assert (texts(first), len(first.problems)) == (["целая"], 1)
    assert "Погибли 63" in texts(poll(address, first.cursor))
    assert "if-none-match" not in server.asked[1].headers


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "2130706433", "0x7f000001", "[::1]", "[::ffff:127.0.0.1]", "169.254.169.254"]
)
def test_an_inner_address_is_refused_as_the_hauls_trouble(server: FeedServer, host: str) -> None:
    server.answers("/feed", Reply(rss("secret")))
    haul = fetch(server.url("/feed", host), allow=())
    assert haul.trouble is not None
    assert (haul.trouble.health, haul.fetched) == (Health.REFUSED, ())
    assert haul.trouble.reason.endswith("is an inner address")
    assert server.asked == []


@pytest.mark.parametrize("host", ["127.0.0.2", "[::ffff:127.0.0.1]", "[::1]", "2852039166", "10.0.0.1"])
def test_a_redirect_to_an_inner_address_is_refused_as_the_hauls_trouble(server: FeedServer, host: str) -> None:
    """The server itself, 127.0.0.1, is allowed; nothing else is."""
    server.answers("/secret", Reply(rss("secret")))
    address = server.answers("/feed", Reply(status=301, headers={"location": server.url("/secret", host)}))
    haul = fetch(address)
    assert haul.trouble is not None
    assert (haul.trouble.health, haul.moved_to, server.paths()) == (Health.REFUSED, None, ["/feed"])
    assert "inner address" in haul.trouble.reason


REFUSED = {
    "an announced 100 MB": (Reply([b"<rss>"], headers={"content-length": "100000000"}), "100,000,000 announced"),
    "a gzip bomb": (Reply(gzip_bomb(40 * MEGABYTE), headers={"content-encoding": "gzip"}), "unfolds to more than"),
    "endless redirects": (Reply(status=302, headers={"location": "/feed"}), "more than 5 redirects"),
    "a port of another service": (Reply(status=302, headers={"location": "http://8.8.8.8:22/"}), "not a web port"),
    "a file": (Reply(status=302, headers={"location": "file:///etc/passwd"}), "only http and https"),
    "a name and password": (Reply(status=302, headers={"location": "http://a:b@8.8.8.8/"}), "user name or password"),
    "an encoding not asked for": (Reply(b"x", headers={"content-encoding": "zstd"}), "was not asked for"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_we_do_not_take_is_refused_with_the_reason(server: FeedServer, what: str) -> None:
    reply, reason = REFUSED[what]
    trouble = fetch(server.answers("/feed", reply)).trouble
    assert trouble is not None
    assert trouble.health is Health.REFUSED
    assert reason in trouble.reason


def test_a_feed_of_a_hundred_megabytes_is_refused_early_with_bounded_memory(server: FeedServer) -> None:
    item = b"<item><title>x</title></item>" * 2000
    address = server.answers("/feed", Reply(endless(item, 100 * MEGABYTE)))
    tracemalloc.start()
    trouble = fetch(address).trouble
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert trouble is not None
    assert trouble.reason == "larger than 10,000,000 bytes"
    assert peak < 40 * MEGABYTE
    assert server.sent < 40 * MEGABYTE


def test_a_slow_drip_is_unreachable(server: FeedServer) -> None:
    address = server.answers("/feed", Reply(endless(b"<rss>", 10_000), pause=0.05))
    trouble = fetch(address, fetch_timeout=timedelta(seconds=0.4)).trouble
    assert trouble is not None
    assert trouble.health is Health.UNREACHABLE


@pytest.mark.parametrize("given", ["example.org/feed", "ftp://example.org/x", "https://a:b@example.org/", ""])
def test_what_is_no_web_address_is_an_error_of_who_gave_it(given: str) -> None:
    with pytest.raises(BadInputError, match="web address"):
        FEEDS.address(given)


def test_the_host_is_what_polls_are_paced_by() -> None:
    assert FEEDS.host(target_at("https://Blog.Example.org/feed?x=1")) == "blog.example.org"
    assert FEEDS.address(" https://blog.example.org/feed ") == "https://blog.example.org/feed"
