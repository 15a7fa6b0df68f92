"""Whatever bytes come in whatever order, parsing answers with a batch whose cursor can be used again."""

import json
from datetime import UTC, datetime
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from models.enums import SourceKind
from monitor.sources.page import PageCollector
from monitor.sources.page_visit import Asked
from monitor.values import Fetched, Limits, Target

PAGES = PageCollector(Limits())
TARGET = Target("blog", SourceKind.PAGE, "https://blog.example.org/")
SEEN = datetime(2026, 3, 2, 12, tzinfo=UTC)
LINK = "https://blog.example.org/2026/one.html"
LINES = """
<html>
<head>
<link rel=alternate type=application/rss+xml href=/feed>
<link rel=alternate type=application/rss+xml href=http://[>
<base href='http://['>
<article>
<h2><a href="/2026/one.html">Погибли 63 человека</a></h2>
<h2><a href="http://[::1">Погибли 63 человека</a></h2>
<time datetime="9999-99-99">
<script type="application/ld+json">{"@type": "Article", "datePublished": "0001-01-01"}</script>
<script type="application/ld+json">
<meta property="article:published_time" content="2026-03-02">
<p>В Макеевке погибли 63 человека, сообщает штаб.</p>
<urlset><url><loc>https://blog.example.org/2026/two.html</loc><lastmod>2026-03-02</lastmod></url>
<sitemap><loc>http://[</loc></sitemap>
User-agent: *
Disallow: /
Crawl-delay: 1e999
Sitemap: http://[
<rss version="2.0"><channel><item><link>/2026/one.html</link><title>x</title></item></channel></rss>
{"items": [{"id": 1}]}
""".strip().splitlines()
BODIES = st.binary(max_size=200) | st.lists(st.sampled_from(LINES), max_size=8).map(
    lambda lines: "\n".join(lines).encode()
)
NOTES = st.builds(
    lambda what, error: {"what": str(what), "link": LINK, **({"error": "x", "health": "unreachable"} if error else {})},
    st.sampled_from(Asked),
    st.booleans(),
)
ANSWERS = st.builds(
    lambda body, status, note: Fetched(LINK, 0 if "error" in note else status, {}, body, SEEN, note),
    BODIES,
    st.sampled_from([200, 200, 200, 304, 404, 410, 403, 429, 500]),
    NOTES,
)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.lists(ANSWERS, max_size=5), max_size=4))
def test_any_answers_give_a_batch_and_a_cursor(polls: list[list[Fetched]]) -> None:
    cursor: Any = {}
    for fetched in polls:
        batch = PAGES.parse(TARGET, cursor, fetched)
        cursor = json.loads(json.dumps(batch.cursor))
        for post in batch.posts:
            assert post.external_id
            assert post.published is None or post.published <= SEEN
