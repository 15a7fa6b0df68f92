"""Feeds to write down in tests, and ways to read them."""

from datetime import UTC, datetime

from monitor.sources.entries import Entry, Feed, posts_of
from monitor.sources.feed_reading import read_feed
from monitor.values import RawPost

URL = "https://blog.example.org/feed/all.xml"
SEEN = datetime(2026, 3, 2, 12, tzinfo=UTC)
TWO = datetime(2026, 3, 2, 11, 0, tzinfo=UTC)


def rss(*items: str, head: str = "", close: str = "</channel></rss>") -> str:
    begin = '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">'
    return f"{begin}<channel><title>Сводка</title>{head}{''.join(f'<item>{item}</item>' for item in items)}{close}"


def read(text: str) -> Feed:
    return read_feed(text, URL)


def only(text: str) -> Entry:
    entries = read(text).entries
    assert len(entries) == 1
    return entries[0]


def post(*items: str, known: bool = False) -> RawPost:
    posts = posts_of(read(rss(*items)), SEEN, known=known)
    assert len(posts) == 1
    return posts[0]
