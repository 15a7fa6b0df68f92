"""Texts of messages: as the preview page shows them, as safe HTML, with where their words lead."""

from typing import Any

import pytest

from monitor.sources.telegram.media import shown_size
from monitor.sources.telegram.texts import html_of, links_of, shown_text


def entity(kind: str, offset: int, length: int, **given: Any) -> dict[str, Any]:
    return {"_": f"MessageEntity{kind}", "offset": offset, "length": length, **given}


MARKED = [
    ("plain", "63 killed", [], None),
    ("bold after an emoji of two units", "🔥 63", [entity("Bold", 3, 2)], "🔥 <b>63</b>"),
    ("nested", "ab", [entity("Bold", 0, 2), entity("Italic", 1, 1)], "<b>a</b><b><i>b</i></b>"),
    ("markup in the text is text", "<b>", [entity("Italic", 0, 3)], "<i>&lt;b&gt;</i>"),
    ("lines", "a\nb", [entity("Bold", 0, 3)], "<b>a<br>b</b>"),
    ("out of the text", "ab", [entity("Bold", 1, 99)], "a<b>b</b>"),
    ("before the text", "ab", [entity("Bold", -5, 6)], "<b>a</b>b"),
    ("a script for an address", "ab", [entity("TextUrl", 0, 2, url="javascript:alert(1)")], None),
    ("an address that breaks out", "ab", [entity("TextUrl", 0, 2, url='https://x/"><script>')],
     '<a href="https://x/&quot;&gt;&lt;script&gt;" rel="noopener noreferrer">ab</a>'),
    ("unknown kinds", "ab", [entity("Spoiler", 0, 2)], None),
]  # fmt: skip


@pytest.mark.parametrize(("name", "text", "entities", "html"), MARKED, ids=[case[0] for case in MARKED])
def test_entities_become_safe_html(name: str, text: str, entities: list[dict[str, Any]], html: str | None) -> None:
    assert html_of(text, entities) == html


def test_links_are_told_where_the_words_do_not() -> None:
    entities = [entity("TextUrl", 0, 4, url="https://a.example/"), entity("TextUrl", 5, 18, url="https://b.example/")]
    assert links_of("here https://b.example/", entities) == ["https://a.example/"]


@pytest.mark.parametrize(
    ("given", "shown"),
    [("  63 \t killed  ", "63 killed"), ("a \n\n\n\n b", "a\n\nb"), ("a\x00b\u2028c", "ab\u2028c"), ("\n", "")],
)
def test_text_is_what_a_browser_leaves_of_it(given: str, shown: str) -> None:
    assert shown_text(given) == shown


@pytest.mark.parametrize(("size", "shown"), [(500, 500), (48_211, 48_230), (2_048, 2_048), (3 * 1024**2, 3 * 1024**2)])
def test_sizes_are_as_coarse_as_the_preview_page_tells_them(size: int, shown: int) -> None:
    assert shown_size(size) == shown
