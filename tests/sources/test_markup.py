"""HTML to the text that a reader sees."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.sources.markup import html_text, link_target, plain, plain_lines


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("Погибли <b>63</b> человека", "Погибли 63 человека"),
        ("<p>раз</p><p>два</p>", "раз\n\nдва"),
        ("раз<br>два<br/>три", "раз\nдва\nтри"),
        ("<div>раз</div><div>два</div>", "раз\nдва"),
        ("<ul><li>63 убито</li><li>89 ранено</li></ul>", "63 убито\n89 ранено"),
        ("<table><tr><td>убито</td><td>63</td></tr></table>", "убито\n63"),
        ("  раз \n два  ", "раз два"),
        ("1&nbsp;500 убито", "1\xa0500 убито"),
        ("5 < 6 &amp; 7", "5 < 6 & 7"),
        ("<pre>раз\nдва  три</pre>", "раз\nдва  три"),
        ("63<script>5</script><style>6</style><noscript>7</noscript><!-- 8 -->", "63"),
        ("<head><title>x</title></head><body>63</body>", "63"),
        ("ра\x00з\x0b", "раз"),
        ('<img alt="фото 5"><img class="emoji" alt="🔥">', "🔥"),
        ("<p>не закрыт <b>63", "не закрыт 63"),
        ("<p><p><p></p>", ""),
        ("", ""),
    ],
)
def test_markup_becomes_text(html: str, text: str) -> None:
    assert html_text(html) == text


@pytest.mark.parametrize("piece", ["<div>", "<ul><li>", "<b></p>", "<details>", "<i><a href=x>", "<div class='a'>"])
def test_endless_depth_takes_no_endless_time_and_costs_no_text(piece: str) -> None:
    begun = time.monotonic()
    assert html_text(piece * 100_000 + "Погибли 63").strip() == "Погибли 63"
    assert time.monotonic() - begun < 20


def test_depth_that_pages_have_keeps_its_lines() -> None:
    assert html_text("<div>" * 500 + "раз<div>два</div>") == "раз\nдва"


@settings(deadline=None)
@given(st.text(max_size=200))
def test_any_text_can_be_read_and_reading_its_text_again_changes_nothing(html: str) -> None:
    text = html_text(html)
    assert plain_lines(text) == plain_lines(plain_lines(text))
    assert plain(text) == plain(plain(text))


@pytest.mark.parametrize(
    ("text", "lines"),
    [("a  b\n\n\n\nc\t d \r\n e", "a b\n\nc d\ne"), ("\n\n63\n", "63"), ("", "")],
)
def test_lines_of_plain_text_are_kept(text: str, lines: str) -> None:
    assert plain_lines(text) == lines


def test_links_that_were_escaped_twice_are_undone_once_more() -> None:
    assert link_target(" /a?b=1&amp;c=2 ") == "/a?b=1&c=2"
    assert link_target(None) == ""
