"""What one article page says of itself."""

from datetime import UTC, datetime

import pytest

from monitor.sources.errors import UnreadableError
from monitor.sources.page_article import Article, read_article

SEEN = datetime(2026, 3, 2, 12, tzinfo=UTC)
URL = "https://blog.example.org/2026/03/02/one/"
TEXT = "В Макеевке при ударе погибли 63 военнослужащих, сообщило министерство. "
LONG = TEXT * 4


def page(body: str = "", *, head: str = "", text: str = LONG) -> str:
    return (
        f"<html><head><title>Погибли 63 | Блог</title>{head}</head><body><header><a href='/'>Блог</a></header>"
        f"<article><h1>Погибли 63</h1>{body}<p>{text}</p></article>"
        "<aside>Читайте также: погибли 5</aside><div id='comments'><p>А у нас говорят, что 200!</p></div></body></html>"
    )


def read(html: str) -> Article:
    return read_article(html, URL, SEEN)


def ld(told: str) -> str:
    return f'<script type="application/ld+json">{told}</script>'


def test_the_text_is_the_articles_alone() -> None:
    article = read(page())
    assert article.text.count("погибли 63") == 4
    assert "погибли 5" not in article.text
    assert "200" not in article.text


@pytest.mark.parametrize(
    ("html", "published"),
    [
        (page(head='<meta property="article:published_time" content="2026-03-02T10:00:00+03:00">'), (7, 0)),
        (page(head=ld('{"@type": "NewsArticle", "datePublished": "2026-03-02T10:00:00+03:00"}')), (7, 0)),
        (page(head=ld('{"@graph": [{}, {"@type": ["Article"], "datePublished": "2026-03-02T07:00Z"}]}')), (7, 0)),
        (page(head=ld('[{"@type": "http://schema.org/BlogPosting", "datePublished": "2026-03-02"}]')), (12, 0)),
        (page('<meta name="date" content="2026-03-02 07:00">'), (7, 0)),
        (page(head=ld('{"@type": "Organization", "datePublished": "2020-01-01"}')), (12, 0)),
        (page('<time datetime="2026-03-02T07:30:00Z">вчера</time>'), (7, 30)),
        (page('<span itemprop="datePublished" content="2026-03-02T07:00:00Z"></span>'), (7, 0)),
    ],
)  # fmt: skip
def test_the_time_is_taken_from_where_pages_tell_it(html: str, published: tuple[int, int]) -> None:
    told = read(html).published
    assert told is not None
    assert (told.date().isoformat(), (told.hour, told.minute)) == ("2026-03-02", published)


@pytest.mark.parametrize(
    "told", ["{", "[" * 50_000, '{"@type": 5}', '{"@type": "Article", "datePublished": {}}', "null", '"x"']
)
def test_damaged_linked_data_costs_nothing(told: str) -> None:
    assert read(page(head=ld(told))).text.startswith("Погибли 63")


def test_author_and_change_are_told() -> None:
    head = ld('{"@type": "Article", "datePublished": "2026-03-02T07:00Z", "dateModified": "2026-03-02T09:00Z",'
              ' "author": {"@type": "Person", "name": "Иван Иванов"}}')  # fmt: skip
    article = read(page(head=head))
    assert (article.author, article.modified) == ("Иван Иванов", datetime(2026, 3, 2, 9, tzinfo=UTC))


def test_a_short_text_is_an_article_if_it_says_so_or_has_a_date() -> None:
    assert read(page(head='<meta property="og:type" content="article">', text=TEXT)).text
    assert read(page('<time datetime="2026-03-02T07:30:00Z"></time>', text=TEXT)).text
    with pytest.raises(UnreadableError, match="neither a date nor the length"):
        read_article(page(text="Контакты: улица, дом."), "https://blog.example.org/contacts", SEEN)


@pytest.mark.parametrize(
    ("html", "reason"),
    [("", "no text"), ("<html></html>", "no text"), ("<p>" * 60_000, "far more tags"), ("\x00" * 100, "no text"),
     ("<html><body><script>var a = 'текст';</script></body></html>", "no text")],
)  # fmt: skip
def test_what_is_no_article_is_told_with_the_reason(html: str, reason: str) -> None:
    with pytest.raises(UnreadableError, match=reason):
        read(html)
