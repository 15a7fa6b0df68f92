"""What feeds hold, in their many forms and faults."""

import json
from typing import Any

import pytest

from models.enums import MediaType
from monitor.sources.charset import decode
from monitor.sources.errors import UnreadableError
from monitor.values import Media
from tests.sources.feeds import TWO, only, read, rss

DOCTYPE = '<!DOCTYPE rss SYSTEM "http://my.netscape.com/publish/formats/rss-0.91.dtd">'
ITEM = "<title>Погибли 63</title><link>https://blog.example.org/63</link><description>Текст</description>"
FORMS = {
    "RSS 0.90": '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://my.netscape.com/rdf/simple/0.9/">'
    f"<channel><title>S</title></channel><item>{ITEM}</item></rdf:RDF>",
    "RSS 0.91": f'{DOCTYPE}<rss version="0.91"><channel><item>{ITEM}</item></channel></rss>',
    "RSS 0.92": f'<rss version="0.92"><channel><item>{ITEM}</item></channel></rss>',
    "RSS 1.0": '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">'
    f'<channel rdf:about="x"><title>S</title></channel><item rdf:about="https://blog.example.org/63">{ITEM}</item></rdf:RDF>',
    "RSS 2.0": rss(ITEM),
    "RSS without a version": f"<rss><channel><item>{ITEM}</item></channel></rss>",
    "Atom 0.3": '<feed version="0.3" xmlns="http://purl.org/atom/ns#"><entry><title>Погибли 63</title>'
    '<link rel="alternate" type="text/html" href="https://blog.example.org/63"/><content>Текст</content></entry></feed>',
    "Atom 1.0": '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>Погибли 63</title><link href="/63"/>'
    '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Текст</p></div></content></entry></feed>',
    "Atom with a prefix": '<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:entry><a:title>Погибли 63</a:title>'
    '<a:link href="/63"/><a:summary>Текст</a:summary></a:entry></a:feed>',
    "JSON Feed": json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": [
        {"id": 63, "title": "Погибли 63", "url": "/63", "content_html": "<p>Текст</p>"}]}),
}  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_every_form_of_feed_gives_the_same_entry(form: str) -> None:
    entry = only(FORMS[form])
    assert (entry.title, entry.link) == ("Погибли 63", "https://blog.example.org/63")
    assert {piece for piece in entry.pieces if piece} == {"Текст"}


@pytest.mark.parametrize(
    ("fault", "text"),
    [
        ("entities of HTML", rss("<title>Загинули&nbsp;63 &mdash; люди</title>")),
        ("a bare ampersand", rss("<title>Загинули\xa063 — люди</title><description>AT&T & Co</description>")),
        ("a control character", rss("<title>Загинули\xa063\x0b — люди</title>")),
        ("a forbidden reference", rss("<title>Загинули\xa063&#0;&#x1F;&#xD800;&#99999999999; — люди</title>")),
        ("a reference without end", rss(f"<title>Загинули\xa063&#{'9' * 5000}; — люди</title>")),
        ("an unknown entity", rss("<title>Загинули\xa063 — люди</title><description>&w00t;</description>")),
        ("a tag that is not closed", rss("<title>Загинули\xa063 — люди</title><description><b>x</description>")),
        ("text before the declaration", "Warning: in line 3\n" + rss("<title>Загинули\xa063 — люди</title>")),
        ("a byte order mark", "\ufeff" + rss("<title>Загинули\xa063 — люди</title>")),
        ("an undeclared prefix", rss("<title>Загинули\xa063 — люди</title><wfw:x>1</wfw:x>")),
        ("an unquoted attribute", rss("<title>Загинули\xa063 — люди</title><guid isPermaLink=false>1</guid>")),
        ("no end", rss("<title>Загинули\xa063 — люди</title>", close="")),
    ],
)
def test_a_fault_in_the_xml_costs_no_text(fault: str, text: str) -> None:
    assert only(text).title == "Загинули\xa063 — люди"


def test_text_after_a_fault_is_kept() -> None:
    feed = read(rss("<title>A & B, потери 5</title>", "<title>второй &nbsp; 7</title>", "<title>третий</title>"))
    assert [entry.title for entry in feed.entries] == ["A & B, потери 5", "второй \xa0 7", "третий"]


@pytest.mark.parametrize(
    "cut", ["<title>Погибли 6", "<title>Погибли 63</title><descr", "", "<title><![CDATA[Погибли 6"]
)
def test_an_entry_in_which_the_feed_breaks_off_is_left_out(cut: str) -> None:
    feed = read(rss("<title>целая</title>", close="") + f"<item>{cut}")
    assert [entry.title for entry in feed.entries] == ["целая"]
    assert not feed.whole
    assert [problem.reason for problem in feed.problems] == ["the feed breaks off inside an entry, which is left out"]


def test_a_feed_cut_in_the_middle_of_a_letter_is_read_to_there() -> None:
    body = rss("<title>целая</title>", "<title>Погибли</title>").encode()
    feed = read(decode(body[: body.rindex("ли".encode()) + 1], {}))
    assert [entry.title for entry in feed.entries] == ["целая"]


@pytest.mark.parametrize("declared", ["utf-8", "koi8-r", "nonsense"])
@pytest.mark.parametrize("real", ["utf-8", "windows-1251"])
def test_a_wrong_or_missing_charset_costs_nothing(real: str, declared: str) -> None:
    text = rss("<title>Погибли 63 человека при ударе</title>").replace("utf-8", declared)
    assert only(decode(text.encode(real), {})).title == "Погибли 63 человека при ударе"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "an empty answer"),
        (" \n ", "an empty answer"),
        ("<!DOCTYPE html><html><body>Hi</body></html>", "a web page instead of a feed; it names none"),
        ('<html><head><link rel="alternate" type="application/rss+xml" href="/rss"></head></html>',
         "its feed is https://blog.example.org/rss"),
        ("Not found", "not a feed: it begins with 'Not found'"),
        ("<opml><body/></opml>", "not a feed: it begins with '<opml>"),
        ("[1, 2]", "JSON without a list of items"),
        ('{"items": 5}', "JSON without a list of items"),
        ('{"items": [{"id":', "JSON with an error in line 1"),
        ("[" * 100_000, "JSON that cannot be read"),
        ("<a>" * 300_000, "far more tags than text"),
    ],
)  # fmt: skip
def test_what_is_no_feed_is_told_with_the_reason(text: str, reason: str) -> None:
    with pytest.raises(UnreadableError) as error:
        read(text)
    assert reason in str(error.value)


def test_entities_that_unfold_without_end_unfold_to_nothing() -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    text = f'<!DOCTYPE rss [<!ENTITY l0 "ha">{laughs}<!ENTITY big "{"x" * 50_000}">]>'
    entry = only(text + rss(f"<title>&l9;63</title><description>{'&big;' * 1000}</description>"))
    assert entry.title.endswith("63")
    assert sum(map(len, [entry.title, *entry.pieces])) < 10_000


@pytest.mark.parametrize("target", ["file:///etc/passwd", "http://127.0.0.1:1/x"])
def test_external_entities_are_not_opened(target: str) -> None:
    text = f'<!DOCTYPE rss [<!ENTITY x SYSTEM "{target}">]>' + rss("<title>&x;63</title>")
    assert "root:" not in only(text).title


def test_a_feed_of_too_many_entries_is_read_in_part_and_says_so() -> None:
    feed = read(rss(*(f"<title>{n}</title>" for n in range(6000))))
    assert len(feed.entries) == 5000
    assert feed.problems[0].reason == "too long a feed: only its first 5000 entries are read"


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("/63", "https://blog.example.org/63"),
        ("63", "https://blog.example.org/feed/63"),
        ("//other.example.org/63", "https://other.example.org/63"),
        ("https://блог.example.org/ы", "https://xn--90aexm.example.org/%D1%8B"),
        ("javascript:alert(1)", None),
        ("https://a:b@example.org/", None),
        ("https://[", None),
        ("", None),
    ],
)
def test_links_are_made_whole_and_only_web_addresses_are_kept(link: str, expected: str | None) -> None:
    assert only(rss(f"<title>x</title><guid isPermaLink='false'>1</guid><link>{link}</link>")).link == expected


def test_a_guid_that_is_an_address_is_the_link_where_none_is_given() -> None:
    assert only(rss("<guid>https://blog.example.org/63</guid><title>x</title>")).link == "https://blog.example.org/63"


def test_the_base_that_a_feed_names_counts_for_its_links() -> None:
    entry = '<entry><title>x</title><link href="63"/></entry>'
    feed = '<feed xmlns="http://www.w3.org/2005/Atom" xml:base="{}">' + entry + "</feed>"
    assert only(feed.format("https://other.example.org/a/")).link == "https://other.example.org/a/63"
    assert only(feed.format("/a/")).link == "https://blog.example.org/a/63"


def test_entries_in_which_nothing_is_are_problems() -> None:
    feed = read(rss("", "<title>x</title>"))
    assert [problem.place for problem in feed.problems] == ["entry 1"]
    assert len(feed.entries) == 1


@pytest.mark.parametrize(
    "item",
    [5, None, [], {"id": {}}, {"id": True, "title": 5.5}, {"content_html": [1]}, {"url": "http://["}, {}],
)  # fmt: skip
def test_an_item_of_wrong_types_costs_only_itself(item: Any) -> None:
    feed = read(json.dumps({"items": [item, {"id": "b", "content_text": "Погибли 63"}]}))
    assert feed.entries[-1].pieces[-1] == "Погибли 63"
    assert len(feed.entries) + len(feed.problems) == 2


def test_json_feeds_give_dates_authors_and_attachments() -> None:
    entry = only(json.dumps({"items": [{
        "id": "a", "title": "x", "summary": "лид", "content_text": "раз\nдва \ud800",
        "date_published": "2026-03-02T14:00:00+03:00", "authors": [{"name": "Ы"}, {"name": "Ю"}],
        "attachments": [{"url": "https://e.org/v.mp4", "mime_type": "video/mp4", "size_in_bytes": 9}]}]}))  # fmt: skip
    assert (entry.pieces, entry.published, entry.author) == (("лид", "раз\nдва ?"), TWO, "Ы, Ю")
    assert entry.media == (Media(MediaType.VIDEO, "v.mp4", 9),)
