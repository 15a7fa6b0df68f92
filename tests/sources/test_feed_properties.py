"""Whatever bytes come, parsing answers with a batch."""

import json
from datetime import UTC, datetime
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from models.enums import Health, SourceKind
from monitor.pipeline.store import storable
from monitor.sources.feed import FeedCollector
from monitor.values import Fetched, Limits, Target

FEEDS = FeedCollector(Limits())
TARGET = Target("blog", SourceKind.FEED, "https://blog.example.org/feed")
SEEN = datetime(2026, 3, 2, 12, tzinfo=UTC)
LINES = """
<rss>
<rss version='2.0'>
</rss>
<feed xmlns='http://www.w3.org/2005/Atom'>
<rdf:RDF>
<channel>
<item>
</item>
<entry>
</entry>
<title>
</title>
<title x='1'/>
<link>
<link href='http://['/>
<guid isPermaLink=false>
<pubDate>Mon, 31 Feb 9999 25:61:61 +9999</pubDate>
<dc:date>0000-00-00</dc:date>
<author x='1'>
<content type='xhtml'>
<content type='application/octet-stream'>
<content type='text/html' mode='base64'>
<media:content url='x'/>
<enclosure url='http://[' length='-1'/>
<itunes:summary>
<georss:point>x</georss:point>
<gml:pos>
<psc:chapter start='x'/>
<x:y z='1'>
<ttl>1</ttl>
<skipHours><hour>99</hour></skipHours>
<![CDATA[
]]>
&#xD800;
&#0;
&#99999999999999999999;
&nbsp;
&a;
&
<
>
<!DOCTYPE x [<!ENTITY a 'b'>]>
<?xml version='1.0' encoding='utf-16'?>
<html>
<base href='http://['>
<link rel=alternate type=application/rss+xml href=http://[>
{"items":[
{"id":1}
]}
Погибли 63
"""
PIECES = [*LINES.strip().splitlines(), "\x00", "\ufeff", "\n"]
JSONS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda each: st.lists(each) | st.dictionaries(st.text(), each),
)
ITEM_KEYS = st.sampled_from(
    [
        "id",
        "url",
        "title",
        "summary",
        "content_html",
        "content_text",
        "date_published",
        "date_modified",
        "authors",
        "author",
        "attachments",
    ]
)


def parse(body: bytes, headers: dict[str, str] | None = None) -> None:
    answer = Fetched("https://blog.example.org/feed", 200, headers or {}, body, SEEN)
    batch = FEEDS.parse(TARGET, {}, [answer])
    assert batch.state in (Health.OK, Health.EMPTY, Health.BROKEN)
    for post in batch.posts:
        assert post.external_id
        assert post.published is None or post.published <= SEEN
        storable(post.text).encode("utf-8")
    FEEDS.parse(TARGET, batch.cursor, [answer])


@settings(deadline=None)
@given(st.binary(max_size=400), st.sampled_from(["utf-8", "windows-1251", "utf-16", "nonsense"]))
def test_any_bytes_give_a_batch(body: bytes, charset: str) -> None:
    parse(body, {"content-type": f"text/xml; charset={charset}", "cache-control": "max-age=9", "age": "x"})


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=10), max_size=40))
def test_any_heap_of_feed_parts_gives_a_batch(parts: list[str]) -> None:
    parse("".join(parts).encode("utf-8", "replace"))


@settings(deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=15), st.text(max_size=60))
def test_any_entry_gives_a_batch(parts: list[str], text: str) -> None:
    begin = "<rss version='2.0'><channel><item><title>x</title>"
    parse(f"{begin}{''.join(parts)}{text}</item></channel></rss>".encode("utf-8", "replace"))


@settings(max_examples=50, deadline=None)
@given(st.lists(st.dictionaries(ITEM_KEYS, JSONS) | JSONS, max_size=5), JSONS)
def test_any_json_gives_a_batch(items: list[Any], title: Any) -> None:
    parse(json.dumps({"title": title, "items": items}).encode("utf-8", "replace"))
