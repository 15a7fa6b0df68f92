"""Whatever a page holds, parsing ends with a state: it never raises, and never takes for ever."""

import base64
import json
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.enums import Health, SourceKind
from monitor.sources.preview import PreviewCollector
from monitor.values import Batch, Fetched, Limits, Target
from tests.factories import NOON

PAGE = (Path(__file__).parent / "pages" / "preview_channel.html").read_text("utf-8")
GAP = {"before": None, "down_to": 0, "left": None, "since": None}
KNOWN = {
    "last": 119, "gaps": [{**GAP, "before": 90}], "seen": [[101], [102], [107, 108, 109]],
    "missing": {"103": NOON.isoformat()}, "worded": True,
}  # fmt: skip


def parse(body: bytes, what: str = "page", cursor: Any = KNOWN) -> Batch:
    newest = Fetched("u", 200, {}, PAGE.encode(), NOON, {"what": "page", "walk": 0, "asked": GAP, "rest": None})
    notes: dict[str, Any] = {
        "page": {"what": "page", "walk": 0, "asked": GAP, "rest": None},
        "older": {"what": "page", "walk": 1, "asked": {**GAP, "before": 101}, "rest": {**GAP, "before": 50}},
        "single": {"what": "single", "id": 103},
        "landing": {"what": "landing"},
    }
    fetched = Fetched("u", 200, {}, body, NOON, notes[what])
    collector, target = PreviewCollector(Limits()), Target("rybar", SourceKind.PREVIEW, "rybar")
    return collector.parse(target, cursor, [newest, fetched] if what in ("older", "single") else [fetched])


def is_kept(batch: Batch) -> bool:
    """The cursor goes through JSON, and is read again."""
    cursor = json.loads(json.dumps(batch.cursor))
    parse(PAGE.encode(), cursor=cursor)
    return True


@pytest.mark.parametrize("what", ["page", "older", "single", "landing"])
@settings(deadline=None)
@given(body=st.binary(max_size=300))
def test_any_bytes_end_in_a_state(what: str, body: bytes) -> None:
    assert is_kept(parse(body, what))


CLASSES = sorted({name for part in PAGE.split('class="')[1:] for name in part.split('"')[0].split()})
ATTRIBUTES = ["data-post", "data-view", "href", "datetime", "data-before", "style"]
VALUES = ["step_news/1", "x/999999999999999999", "/5?single", "https://t.me/a/1?single", "2023-13-45", "", "\x00", "🔥",
          "٣/٣", "9999-12-31T23:59:59-23:59", "0001-01-01T00:00:00+23:59", "bnVsbA", "W10", "MQ"]  # fmt: skip


@st.composite
def elements(draw: st.DrawFn, depth: int = 3) -> str:
    tag = draw(st.sampled_from(["div", "a", "span", "time", "section", "i", "b", "br", "pre", "blockquote", "video"]))
    names = " ".join(draw(st.lists(st.sampled_from(CLASSES), max_size=3)))
    given = draw(st.dictionaries(st.sampled_from(ATTRIBUTES), st.sampled_from(VALUES), max_size=4))
    attributes = " ".join(f'{name}="{value}"' for name, value in given.items())
    inside = draw(st.text(max_size=5)) if depth == 0 else "".join(draw(st.lists(elements(depth - 1), max_size=4)))
    return f'<{tag} class="{names}" {attributes}>{inside}</{tag}>'


@pytest.mark.parametrize("what", ["page", "older", "single", "landing"])
@settings(max_examples=40, deadline=None)
@given(body=elements())
def test_any_arrangement_of_the_known_marks_ends_in_a_state(what: str, body: str) -> None:
    assert is_kept(parse(body.encode("utf-8", "replace"), what))


@settings(max_examples=40, deadline=None)
@given(cuts=st.lists(st.integers(0, len(PAGE)), min_size=2, max_size=6))
def test_a_page_with_pieces_torn_out_ends_in_a_state(cuts: list[int]) -> None:
    pieces = sorted(cuts)
    body = "".join(PAGE[low:high] for low, high in zip([0, *pieces[1::2]], [*pieces[::2], len(PAGE)], strict=False))
    assert is_kept(parse(body.encode()))


BLOCK = '<div class="tgme_widget_message" data-post="a/1"><a class="tgme_widget_message_date"><time datetime="2023-01-01T00:00:00Z"></time></a>{}</div>'  # noqa: E501
HEAVY = [
    ("deep text", BLOCK.format('<div class="tgme_widget_message_text">' + "<b>" * 50_000 + "63" + "</b>" * 50_000)),
    ("deep everything", "<div>" * 10_000 + BLOCK.format("")),
    ("nested texts", BLOCK.format('<div class="tgme_widget_message_text">' * 2_000 + "63")),
    ("nested posts", BLOCK.format("").replace("</div>", "") * 500),
    ("many replies", BLOCK.format('<a class="tgme_widget_message_reply"><i class="tgme_widget_message_text">' * 2_000)),
    ("many attributes", BLOCK.format("<a " + " ".join(f'a{n}="1"' for n in range(20_000)) + "></a>")),
    ("many links", BLOCK.format('<div class="tgme_widget_message_text">' + '<a href="http://x">y</a>' * 20_000)),
    ("a long id", BLOCK.format("").replace("a/1", "a/" + "9" * 100_000)),
    ("a long number of views", BLOCK.format(f'<span class="tgme_widget_message_views">{"9" * 100_000}K</span>')),
    ("entities", BLOCK.format('<div class="tgme_widget_message_text">' + "&amp;amp;lt;" * 50_000)),
]  # fmt: skip


@pytest.mark.parametrize("html", [row[1] for row in HEAVY], ids=[row[0] for row in HEAVY])
def test_heavy_pages_are_read_in_seconds(html: str) -> None:
    began = time.monotonic()
    parse(f'<section class="tgme_channel_history">{html}</section>'.encode(), cursor={})
    assert time.monotonic() - began < 10


@pytest.mark.parametrize(
    "view", [[], 5, None, {"c": "x"}, {"c": True}, {"c": 5}, {"c": -(2**70)}, {"c": -1.5}, {"c": [[]]}, "\ud800"]
)
def test_a_view_that_names_no_channel_is_let_pass(view: object) -> None:
    coded = base64.urlsafe_b64encode(json.dumps(view).encode()).decode()
    html = BLOCK.format("").replace("data-post", f'data-view="{coded}" data-post')
    batch = parse(html.encode(), cursor={})
    assert (batch.telegram_id, len(batch.posts)) == (None, 1)


def test_a_page_of_nothing_but_nul_is_no_news() -> None:
    assert parse(b"\x00" * 1000).state is Health.BROKEN
