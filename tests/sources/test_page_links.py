"""Which links of a front page are articles, on pages of the kinds that blogs are made of."""

from datetime import UTC, datetime

import pytest

from monitor.sources.links import canonical, host_of, whole_link
from monitor.sources.page_links import article_links, page_title

PAGE = "https://blog.example.org/"
MENU = """<header><nav><a href="/">Главная</a><a href="/about/">О проекте и о нашей большой редакции</a>
<a href="/tag/army/">Армия и вооружение, новости</a></nav></header>"""
FOOT = """<aside class="sidebar">
<h3><a href="/2024/05/old-article-about-losses/">Популярное: потери за весну</a></h3></aside>
<footer><a href="/privacy">Политика конфиденциальности сайта</a><a href="https://t.me/blog">Телеграм</a></footer>"""

LAYOUTS = {
    "a WordPress blog": """<main id="main">
        <article class="post hentry">
        <h2 class="entry-title"><a href="https://blog.example.org/2026/03/02/one/">Погибли 63</a></h2>
        <p>Текст <a href="https://blog.example.org/2026/03/02/one/#more-1">Читать далее</a></p>
        <p>Источник: <a href="https://other.example.org/x">другой сайт с длинным названием</a></p></article>
        <article class="post hentry"><h2><a href="/2026/03/01/two/">Сбито 5</a></h2></article>
        <div class="pagination"><a href="/page/2/">Следующая страница с записями</a></div></main>""",
    "headlines inside their links": """<div class="grid">
        <a class="card" href="/2026/03/02/one/"><img src="a.jpg"><h3>Погибли 63</h3></a>
        <a class="card" href="/2026/03/01/two/"><h3>Сбито 5</h3></a></div>""",
    "a bare list with dates": """<ul>
        <li>02.03 <a href="2026/03/02/one/">При ударе по Макеевке погибли 63</a></li>
        <li>01.03 <a href="2026/03/01/two/">Ночью сбито пять беспилотников над областью</a></li>
        <li>28.02 <a href="/three.html">Губернатор сообщил о трёх раненых</a></li></ul>""",
    "a table of the old days": """<table><tr><td width="20%">реклама</td><td><table>
        <tr><td><font><a href="/2026/03/02/one/">При ударе по Макеевке погибли 63</a></font></td></tr>
        <tr><td><font><a href="/2026/03/01/two/">Ночью сбито пять беспилотников</a></font></td></tr>
        <tr><td><font><a href="/three.html">Губернатор сообщил о трёх раненых</a></font></td></tr>
        </table></td></tr></table>""",
    "boxes": """<div class="news-list">
        <div class="news-item"><a href="/2026/03/02/one/">При ударе погибли 63 военных</a></div>
        <div class="news-item"><a href="/2026/03/01/two/">Ночью сбито пять беспилотников</a></div>
        <div class="news-item"><a href="/three.html">Сводка за сутки: трое раненых</a></div></div>""",
    "a page of many classes": """<div class="tdi_12 td-block"><div class="td-module-container">
        <div class="td-module-meta-info"><h3 class="entry-title td-module-title">
        <a href="/2026/03/02/one/" rel="bookmark">Погибли 63</a></h3></div></div></div>
        <div class="tdi_13"><h3 class="entry-title"><a href="/2026/03/01/two/">Сбито 5</a></h3></div>""",
}


def found(html: str, page: str = PAGE) -> list[str]:
    return [link.url for link in article_links(f"<html><body>{MENU}{html}{FOOT}</body></html>", page)]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_articles_are_found_and_menus_and_sidebars_are_not(layout: str) -> None:
    links = [canonical(each) for each in found(LAYOUTS[layout])]
    assert links[:2] == [f"{PAGE}2026/03/02/one/", f"{PAGE}2026/03/01/two/"]
    assert links[2:] in ([], [f"{PAGE}three.html"])


@pytest.mark.parametrize(
    "link",
    ["/tag/losses-of-the-army/", "/category/news-of-the-front/", "/author/ivan-1/", "/page/123/", "/a/losses.pdf",
     "/login?id=123", "https://other.example.org/2026/03/02/one.html", "#comments", "javascript:void(0)", "/",
     "mailto:a@b.org", "/search?q=1234", "/wp-login.php", "/photo/losses-of-march.jpg"],
)  # fmt: skip
def test_what_is_no_article_is_not_taken_however_it_reads(link: str) -> None:
    assert found(f'<article><h2><a href="{link}">Погибли 63 человека при ударе по Макеевке</a></h2></article>') == []


@pytest.mark.parametrize(
    "link",
    ["/2026/03/02/one/", "/новости/погибли-63-человека/", "/news/123456", "/?p=1234", "/index.php?id=77",
     "/one-two-three.html", "https://www.blog.example.org/2026/one-two-three"],
)  # fmt: skip
def test_articles_are_named_in_many_ways(link: str) -> None:
    assert len(found(f'<article><h2><a href="{link}">Погибли 63 человека</a></h2></article>')) == 1


def test_an_article_that_is_linked_twice_is_one_with_its_time() -> None:
    html = """<article><time datetime="2026-03-02T10:00:00+03:00"></time>
        <a href="/2026/03/02/one/?utm_source=x"><img></a>
        <h2><a href="/2026/03/02/one/">Погибли 63</a></h2></article>"""
    (link,) = article_links(html, PAGE)
    assert link.published == datetime(2026, 3, 2, 7, tzinfo=UTC)


@pytest.mark.parametrize(
    "html", ["", "<html></html>", "just text", "<a href='http://['>Погибли 63 человека</a>", "<a href>x</a>"]
)
def test_a_page_without_articles_gives_none(html: str) -> None:
    assert article_links(html, PAGE) == []


def test_a_page_of_endless_links_and_depths_is_read_in_time() -> None:
    assert article_links("<div>" * 50_000 + "<a href='/2026/03/02/one/'>Погибли</a>" * 50_000, PAGE) is not None


def test_the_title_of_a_page_is_the_name_of_its_site() -> None:
    assert page_title("<title>Главная</title><meta property='og:site_name' content=' Блог  Ивана '>") == "Блог Ивана"
    assert page_title("<title>Блог</title>") == "Блог"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://E.org/a?utm_source=x&b=1&fbclid=2#c", "https://e.org/a?b=1"),
        ("https://e.org", "https://e.org/"),
        ("HTTPS://e.org/a", "https://e.org/a"),
    ],
)
def test_addresses_of_one_article_are_one(one: str, other: str) -> None:
    assert canonical(one) == canonical(other)


def test_hosts_with_and_without_www_are_one() -> None:
    assert host_of("https://www.e.org/a") == host_of("http://E.org") == "e.org"
    assert host_of("http://[") == ""


@pytest.mark.parametrize(
    "href", ["", "  ", "http://[", "mailto:a@e.org", "https://e.org/" + "a" * 3000, "http://a:b@e.org/"]
)
def test_what_is_no_web_link_is_none(href: str) -> None:
    assert whole_link(href, PAGE) is None
