"""The posts that the entries of a feed are: their ids, texts and times."""

from datetime import datetime, timedelta

import pytest

from models.enums import MediaType
from monitor.sources.entries import posts_of
from monitor.sources.feed_reading import read_feed
from monitor.values import Media
from tests.sources.feeds import SEEN, TWO, post, read, rss


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


def test_a_guid_is_the_same_wherever_the_feed_is_read_and_no_link() -> None:
    text = rss("<guid>12345</guid><title>x</title>")
    old, new = (read_feed(text, url).entries[0] for url in ("http://old.example.org/rss", "https://new.example.org/"))
    assert (old.guid, old.link) == (new.guid, new.link) == ("12345", None)


def test_author_and_enclosures_are_kept() -> None:
    photo = '<enclosure url="/f/a%20b.jpg?t=1" type="image/jpeg" length="77"/>'
    found = post(f"<title>x</title><author>desk@example.org (Иван Ы)</author>{photo}")
    assert (found.author, found.media) == ("Иван Ы", (Media(MediaType.PHOTO, "a b.jpg", 77),))


def test_posts_come_oldest_first() -> None:
    posts = posts_of(read(rss("<title>2</title>", "<title>1</title>")), SEEN, known=False)
    assert [each.text for each in posts] == ["1", "2"]
