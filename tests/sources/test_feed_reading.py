"""What feeds hold, in their many forms and faults."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from models.enums import MediaType
from monitor.sources.charset import decode
from monitor.sources.entries import Entry, Feed, posts_of
from monitor.sources.errors import UnreadableError
from monitor.sources.feed_reading import read_feed
from monitor.values import Media, RawPost

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
    ("title", "body", "text"),
    [
        ("Погибли 63", "&lt;p&gt;В Макеевке.&lt;/p&gt;&lt;p&gt;Ещё 5.&lt;/p&gt;", "Погибли 63\nВ Макеевке.\n\nЕщё 5."),
        ("Погибли 63", "<![CDATA[<b>Погибли 63</b> в Макеевке]]>", "Погибли 63 в Макеевке"),
        ("Погибли 63 во…", "Погибли 63 военных в Макеевке", "Погибли 63 военных в Макеевке"),
        ("Погибли 6", "Погибли 63 военных", "Погибли 6\nПогибли 63 военных"),
        ("", "Погибли 63", "Погибли 63"),
        ("Погибли 63", "", "Погибли 63"),
        ("&lt;b&gt;Погибли&lt;/b&gt; 63", "x", "Погибли 63\nx"),
        ("5 &lt; 6 &amp;laquo;да&amp;raquo;", "x", "5 < 6 «да»\nx"),
        ("A", "<![CDATA[<script>alert(1)</script><style>p{}</style>текст<img src=x onerror=y>]]>", "A\nтекст"),
        ("Погибли 63", "<![CDATA[строка<br>другая<br/>&nbsp;третья]]>", "Погибли 63\nстрока\nдругая\n\xa0третья"),
        ("A", "&lt;p&gt;x&lt;/p&gt;&lt;p&gt;The post &lt;a&gt;A&lt;/a&gt; first appeared on Сводка.&lt;/p&gt;", "A\nx"),
    ],
)  # fmt: skip
def test_a_post_is_its_title_and_its_text_without_markup_or_repeats(title: str, body: str, text: str) -> None:
    assert post(f"<title>{title}</title><description>{body}</description>").text == text


@pytest.mark.parametrize(
    ("lead", "body", "text"),
    [
        ("Лид про 63", "Тело подлиннее про 89 раненых", "Т\nЛид про 63\n\nТело подлиннее про 89 раненых"),
        ("Тело подлиннее про [&amp;#8230;]", "Тело подлиннее про 89 раненых", "Т\nТело подлиннее про 89 раненых"),
        ("Тело подлиннее про… Читать далее", "Тело подлиннее про 89 раненых", "Т\nТело подлиннее про 89 раненых"),
        ("Тело про 63", "Тело про 89 раненых, и не только", "Т\nТело про 63\n\nТело про 89 раненых, и не только"),
    ],
)
def test_a_lead_is_kept_where_the_body_does_not_repeat_it(lead: str, body: str, text: str) -> None:
    for parts in (f"<description>{lead}</description><content:encoded>{body}</content:encoded>",
                  f"<content:encoded>{body}</content:encoded><description>{lead}</description>"):  # fmt: skip
        assert post(f"<title>Т</title>{parts}").text in (text, text.replace(f"{lead}\n\n{body}", f"{body}\n\n{lead}"))


def test_full_texts_in_other_elements_are_read() -> None:
    assert (
        post("<title>Т</title><description>Лид</description><yandex:full-text>Лид. Погибли 63.</yandex:full-text>").text
        == "Т\nЛид. Погибли 63."
    )


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("<guid>a</guid><title>X</title>", "<guid>a</guid><title>Y</title>", True),
        ("<guid>a</guid><link>/1</link>", "<guid>b</guid><link>/1</link>", False),
        ("<link>https://blog.example.org/1?utm_source=rss#top</link>", "<link>https://Blog.example.org/1</link>", True),
        ("<link>/1?p=5</link>", "<link>/1?p=6</link>", False),
        ("<title>X</title><pubDate>Mon, 02 Mar 2026 11:00:00 GMT</pubDate>",
         "<title>X</title><pubDate>Mon, 02 Mar 2026 14:00:00 +0300</pubDate>", True),
        ("<title>X</title><pubDate>Mon, 02 Mar 2026 11:00:00 GMT</pubDate>",
         "<title>X</title><pubDate>Tue, 03 Mar 2026 11:00:00 GMT</pubDate>", False),
        ("<title>X</title>", "<title>Y</title>", False),
        ("<description>X</description>", "<description>Y</description>", False),
        (f"<guid>{'a' * 600}1</guid><title>X</title>", f"<guid>{'a' * 600}2</guid><title>X</title>", False),
    ],
)  # fmt: skip
def test_an_entry_is_known_by_guid_then_address_then_what_it_says(first: str, second: str, same: bool) -> None:
    one, two = (next(iter(posts_of(read(rss(each)), SEEN, known=False))).external_id for each in (first, second))
    assert (one == two) is same
    assert len(one) <= 500


def test_a_guid_that_all_entries_share_tells_nothing_apart() -> None:
    items = [f"<guid>https://blog.example.org/</guid><link>/{n}</link><title>{n}</title>" for n in range(3)]
    assert len({each.external_id for each in posts_of(read(rss(*items)), SEEN, known=False)}) == 3


def test_an_address_that_all_entries_share_tells_nothing_apart() -> None:
    items = [f"<link>https://blog.example.org/</link><title>{n}</title>" for n in range(3)]
    assert len({each.external_id for each in posts_of(read(rss(*items)), SEEN, known=False)}) == 3


def test_a_guid_whose_entries_differ_only_in_what_counts_readers_is_kept() -> None:
    items = [f"<guid>a</guid><link>/1?utm_source={n}</link><title>{n}</title>" for n in range(3)]
    assert [each.external_id for each in posts_of(read(rss(*items)), SEEN, known=False)] == ["a"]


def test_of_an_entry_that_is_listed_twice_the_later_counts() -> None:
    dated = "<guid>a</guid><title>{}</title><pubDate>Mon, 02 Mar 2026 {}:00:00 GMT</pubDate>"
    assert post(dated.format("новая", 11), dated.format("старая", 10)).text == "новая"
    assert post(dated.format("старая", 10), dated.format("новая", 11)).text == "новая"


@pytest.mark.parametrize(
    ("date", "first", "later"),
    [
        ("Mon, 02 Mar 2026 14:00:00 +0300", TWO, TWO),
        ("Mon, 02 Mar 2026 14:00:00 MSK", TWO, TWO),
        ("Mon, 2 Mar 26 13:00 EET", TWO, TWO),
        ("Mon, 02 Mar 2026 14:00:00 GMT+3", TWO, TWO),
        ("2026-03-02T11:00:00Z", TWO, TWO),
        ("02.03.2026 11:00", TWO, TWO),
        ("Mon, 02 Mar 2026 14:00:00 GMT", SEEN, SEEN),
        ("Mon, 02 Mar 2099 14:00:00 GMT", None, SEEN),
        ("Thu, 01 Jan 1970 00:00:00 GMT", None, SEEN),
        ("Mon, 99 Mar 2026 14:00:00 GMT", None, SEEN),
        ("0001-01-01T00:00:00+14:00", None, SEEN),
        ("вчера", None, SEEN),
        ("", None, SEEN),
    ],
)
def test_a_date_is_believed_as_far_as_it_can_be(date: str, first: datetime | None, later: datetime) -> None:
    """An undated entry of a feed read for the first time may be old; one that came since the last poll is new."""
    item = f"<guid>a</guid><title>x</title><pubDate>{date}</pubDate>"
    assert post(item).published == first
    assert post(item, known=True).published == later


def test_an_updated_entry_is_edited() -> None:
    dates = "<published>2026-03-02T10:00:00Z</published><updated>2026-03-02T11:00:00Z</updated>"
    text = f'<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>a</id><title>x</title>{dates}</entry></feed>'
    (found,) = posts_of(read(text), SEEN, known=True)
    assert (found.edited, found.edited_at, found.published) == (True, TWO, TWO - timedelta(hours=1))


def test_an_entry_updated_as_it_was_published_is_not_edited() -> None:
    dates = "<published>2026-03-02T11:00:00Z</published><updated>2026-03-02T11:00:30Z</updated>"
    text = f'<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>a</id><title>x</title>{dates}</entry></feed>'
    assert not posts_of(read(text), SEEN, known=True)[0].edited


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


def test_a_guid_is_the_same_wherever_the_feed_is_read_and_no_link() -> None:
    text = rss("<guid>12345</guid><title>x</title>")
    old, new = (read_feed(text, url).entries[0] for url in ("http://old.example.org/rss", "https://new.example.org/"))
    assert (old.guid, old.link) == (new.guid, new.link) == ("12345", None)


def test_a_guid_that_is_an_address_is_the_link_where_none_is_given() -> None:
    assert only(rss("<guid>https://blog.example.org/63</guid><title>x</title>")).link == "https://blog.example.org/63"


def test_the_base_that_a_feed_names_counts_for_its_links() -> None:
    entry = '<entry><title>x</title><link href="63"/></entry>'
    feed = '<feed xmlns="http://www.w3.org/2005/Atom" xml:base="{}">' + entry + "</feed>"
    assert only(feed.format("https://other.example.org/a/")).link == "https://other.example.org/a/63"
    assert only(feed.format("/a/")).link == "https://blog.example.org/a/63"


def test_author_and_enclosures_are_kept() -> None:
    photo = '<enclosure url="/f/a%20b.jpg?t=1" type="image/jpeg" length="77"/>'
    found = post(f"<title>x</title><author>desk@example.org (Иван Ы)</author>{photo}")
    assert (found.author, found.media) == ("Иван Ы", (Media(MediaType.PHOTO, "a b.jpg", 77),))


def test_posts_come_oldest_first() -> None:
    posts = posts_of(read(rss("<title>2</title>", "<title>1</title>")), SEEN, known=False)
    assert [each.text for each in posts] == ["1", "2"]


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
