"""Post texts are hostile: what is shown of them can neither hide, reorder, escape nor lead astray."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.digests.hygiene import clean, cut, excerpt, one_line, web_link


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("63\u202e36\u202c", "6336"),  # right-to-left override
        ("\u2066a\u2069\u200fb\u061c", "ab"),  # isolates and marks
        ("\x1b[31mred\x07", "[31mred"),  # terminal sequence
        ("a\u200bb\ufeffc\u00adz", "abcz"),  # zero width, soft hyphen
        ("one\r\ntwo\u2028three", "one\ntwo\nthree"),
        ("a\ud800b", "a\ufffdb"),  # lone surrogate
        ("й і ї", "й і ї"),
        ("e" + "\u0301" * 50, "e" + "\u0301" * 4),  # accents that climb over the lines above
    ],
)
def test_what_cannot_be_seen_is_taken_out(text: str, shown: str) -> None:
    assert clean(text) == shown


@given(st.text())
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(st.text(), st.integers(min_value=1, max_value=200))
def test_a_cut_text_is_never_longer_than_its_limit_and_an_ellipsis(text: str, limit: int) -> None:
    assert len(cut(text, limit)) <= limit + 1


def test_a_text_is_cut_between_words() -> None:
    assert cut("under the ruins of the dormitory", 20) == "under the ruins of…"


def test_a_cut_does_not_part_a_letter_from_its_accent() -> None:
    assert cut("x" * 9 + "e\u0301" * 3, 10) == "x" * 9 + "…"


def test_an_excerpt_keeps_to_the_paragraph_of_its_quote() -> None:
    text = "First line.\nOf them, 63 were killed there.\nLast line."
    found = excerpt(text, text.index("63"), text.index("63") + 2)
    assert (found.before, found.quote, found.after) == ("Of them, ", "63", " were killed there.")
    assert not found.cut_before
    assert not found.cut_after


def test_an_excerpt_says_where_the_text_goes_on() -> None:
    text = "word " * 100 + "63" + " word" * 100
    found = excerpt(text, 500, 502, room=30)
    assert found.cut_before
    assert found.cut_after
    assert found.before.startswith("word ")
    assert len(found.before) <= 30


@given(st.text(), st.data())
def test_an_excerpt_of_any_text_holds_its_quote(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    assert excerpt(text, start, end).quote == one_line(text[start:end])


@pytest.mark.parametrize("address", ["https://t.me/some/12", "http://example.org/a?b=1&c=2#d", "https://пример.рф/x"])
def test_web_addresses_may_be_followed(address: str) -> None:
    assert web_link(address) == address


@pytest.mark.parametrize(
    "address",
    [
        None,
        "",
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,x",
        "//example.org/",
        "https:///path",
        "https://user:secret@example.org/",
        'https://example.org/"onmouseover="x',
        "https://example.org/a b",
        "https://[broken/",
        "tg://resolve?domain=some",
    ],
)
def test_other_addresses_may_not(address: str | None) -> None:
    assert web_link(address) is None
