"""The three renderings tell the same, neutrally, and give hostile text no hold."""

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from rich.console import Console
from selectolax.lexbor import LexborHTMLParser

from models.enums import AlertKind, AlertState, Bound, Health, Rule, Verdict
from monitor.delivery.digest_html import digest_html
from monitor.delivery.digest_terminal import digest_terminal
from monitor.delivery.digest_text import digest_text
from monitor.digests import Digest, compose_digest
from monitor.digests.telling import EXAMPLE, EXAMPLE_NOTE, NOTHING, NOTHING_FOLLOWED
from monitor.digests.values import EventMaterial, Excerpt, FigureChange, PostNote, ToldPost, Voice
from tests.digests.made import (
    EVENT,
    NOW,
    POST,
    make_coverage,
    make_finding,
    make_material,
    make_official,
    make_said,
    make_source,
    make_told,
)

DAY_AGO = NOW - timedelta(days=1)
HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=y>[bold red]\x1b]0;x\x07\u202e&amp;"


def terminal(digest: Digest) -> str:
    console = Console(file=io.StringIO(), width=100, color_system=None, force_terminal=False)
    console.print(digest_terminal(digest))
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def readable_html(digest: Digest) -> str:
    body = LexborHTMLParser(digest_html(digest)).body
    assert body is not None
    return body.text(separator=" ")


RENDERINGS = pytest.mark.parametrize("render", [digest_text, terminal, readable_html], ids=["text", "terminal", "html"])
Render = Callable[[Digest], str]


def digest_of(*material: EventMaterial, **coverage: object) -> Digest:
    return compose_digest(material, make_coverage(**coverage), since=DAY_AGO, until=NOW)


def squeezed(text: str) -> str:
    return " ".join(text.split())


@RENDERINGS
def test_a_contradiction_is_told_with_both_quotes_their_links_and_the_arithmetic(render: Render) -> None:
    shown = squeezed(render(digest_of(make_material(make_finding()))))
    for words in (
        "Strike on a depot",
        "Rybar: 63 killed",
        "Ministry: 20 killed",
        "63 / 20 = 3.15",
        "the two intervals do not meet",
    ):
        assert words in shown
    assert shown.count("https://t.me/rybar/1") == 2
    assert "were killed." in shown


@RENDERINGS
def test_an_empty_digest_says_so_and_how_far_silence_can_be_trusted(render: Render) -> None:
    failing = make_source("Gate blog", health=Health.BLOCKED, reason="answered 429")
    officials = (make_source("Ministry"), make_source("Staff", last_success=None))
    shown = squeezed(render(digest_of(failing=(failing,), officials=officials, checked=2)))
    assert NOTHING in shown
    assert "2 of 3 sources read in time, 0 late, 1 failing" in shown
    assert "Gate blog: blocked · answered 429" in shown
    assert "Ministry, last read 3 min ago" in shown
    assert "Staff, never read" in shown


@RENDERINGS
def test_a_collector_that_stands_still_is_told(render: Render) -> None:
    shown = squeezed(render(digest_of(stands_still=True, last_tick=NOW - timedelta(hours=1))))
    assert "Collecting stands still since 10 May 2024 11:00 UTC" in shown


@RENDERINGS
def test_example_data_is_marked_at_its_head_and_at_each_event(render: Render) -> None:
    event = replace(EVENT, example=True)
    shown = squeezed(render(digest_of(make_material(make_finding(event=event), event=event))))
    assert EXAMPLE_NOTE.split(":")[1].strip()[:40] in shown
    assert shown.upper().count(EXAMPLE.upper()) >= 2


@RENDERINGS
def test_a_vague_word_has_its_interval_and_its_conservative_value_beside_it(render: Render) -> None:
    said = make_said(200, 999, modifier=make_said(1, 1).modifier, soft=True, conservative=(100,))
    said = replace(said, bound=Bound.VAGUE)
    finding = make_finding(claims=(make_told(said=said),))
    assert "hundreds, means 200–999 (conservative value: 100)" in squeezed(render(digest_of(make_material(finding))))


@RENDERINGS
def test_repeats_edits_deletions_and_what_was_also_said_are_told(render: Render) -> None:
    carriers = (replace(POST, source_title="Echo"), replace(POST, source_title="Wire"))
    notes = (
        PostNote(POST, NOW, deleted=False, changes=(FigureChange(make_said(500, 500), make_said(300, 300)),)),
        PostNote(POST, NOW, deleted=True, changes=(FigureChange(make_said(41, 41), None),)),
    )
    also = make_told("Sladkov", 2, verdict=Verdict.OUTDATED)
    material = make_material(make_finding(carriers=carriers), notes=notes, statements=(also,))
    shown = squeezed(render(digest_of(material)))
    for words in (
        "Claim repeated by 2: Echo, Wire",
        "500 → 300 soldiers killed",
        "had said 41 soldiers killed",
        "Sladkov: 2 killed",
        "outdated",
    ):
        assert words in shown


@RENDERINGS
def test_what_was_said_before_stands_beside_the_new_number(render: Render) -> None:
    finding = make_finding(claims=(make_told(was=make_said(500, 500)),), official=make_official(was=make_said(18, 18)))
    shown = squeezed(render(digest_of(make_material(finding))))
    assert "Rybar: 63 killed (was 500) · Ministry: 20 killed (was 18)" in shown
    assert "20, was 18" in shown


@RENDERINGS
def test_how_far_the_sources_were_read_stands_at_the_head_and_at_the_end(render: Render) -> None:
    shown = squeezed(render(digest_of(make_material(make_finding()), checked=2)))
    first, last = shown.index("2 of 3 sources read in time"), shown.rindex("2 of 3 sources read in time")
    assert first < shown.index("Strike on a depot") < last


@RENDERINGS
def test_what_stands_from_before_is_no_silence(render: Render) -> None:
    old = replace(make_finding(), opened=NOW - timedelta(days=9), updated=NOW - timedelta(days=9))
    shown = squeezed(render(digest_of(make_material(old, changed=NOW - timedelta(days=9)))))
    assert "Nothing new in this period · 1 standing from before" in shown
    assert NOTHING not in shown


@RENDERINGS
def test_where_nothing_is_followed_silence_is_not_taken_for_calm(render: Render) -> None:
    shown = squeezed(render(digest_of(enabled=0, checked=0)))
    assert NOTHING_FOLLOWED in shown
    assert NOTHING not in shown


@RENDERINGS
def test_what_was_also_said_has_its_link(render: Render) -> None:
    also = make_told("Sladkov", 2, verdict=Verdict.OUTDATED, post=replace(POST, url="https://t.me/sladkov/7"))
    assert "https://t.me/sladkov/7" in render(digest_of(make_material(make_finding(), statements=(also,))))


@RENDERINGS
def test_a_channel_that_retells_another_voice_is_named(render: Render) -> None:
    told = make_told(voice=Voice("Igor Girkin", "girkin", "ru", official=False))
    assert "10 May 2024 12:00 UTC, in Rybar" in squeezed(render(digest_of(make_material(make_finding(claims=(told,))))))


@RENDERINGS
def test_a_digest_of_all_time_calls_nothing_new(render: Render) -> None:
    whole = compose_digest([make_material(make_finding())], make_coverage(), since=None, until=NOW)
    shown = squeezed(render(whole)).casefold()
    assert "all time" in shown
    assert "new in this period" not in shown
    assert "standing" not in shown


@RENDERINGS
def test_a_revision_is_a_series(render: Render) -> None:
    series = (make_official(value=63), make_official(value=89))
    finding = make_finding(
        kind=AlertKind.REVISION, verdict=Verdict.OFFICIAL_REVISION, rule=Rule.REVISION, severity=None, series=series
    )
    shown = squeezed(render(digest_of(make_material(finding))))
    assert "Ministry: 63 → 89 killed" in shown
    assert shown.index("Was") < shown.index("Now")


@RENDERINGS
def test_nobody_is_said_to_be_right(render: Render) -> None:
    findings = [
        make_finding(rule.value, rule=rule, verdict=verdict, state=AlertState.OPEN)
        for rule, verdict in zip(Rule, [*Verdict, *Verdict], strict=False)
    ]
    words = set(squeezed(render(digest_of(make_material(*findings)))).casefold().replace(".", " ").split())
    assert not words & {
        "lie",
        "lies",
        "lied",
        "false",
        "true",
        "wrong",
        "fake",
        "liar",
        "truth",
        "disinformation",
        "propaganda",
    }


@RENDERINGS
def test_hostile_text_is_shown_as_text(render: Render) -> None:
    voice = Voice(HOSTILE, None, "ru", official=False)
    post = ToldPost(HOSTILE, HOSTILE, "1", "javascript:alert(1)", NOW)
    told = make_told(voice=voice, post=post, excerpt=Excerpt(HOSTILE, HOSTILE, HOSTILE), part=HOSTILE)
    finding = make_finding(claims=(told,), reason=HOSTILE, part=HOSTILE, carriers=(post,))
    event = replace(EVENT, title=HOSTILE, place=HOSTILE)
    shown = render(
        digest_of(make_material(finding, event=event), failing=(make_source(HOSTILE, health=Health.BROKEN),))
    )
    assert "<script>alert(1)" in squeezed(shown)  # as text, not as an element: see the next test
    assert not {"\x1b", "\x07", "\u202e"} & set(shown)
    assert "javascript:" not in shown


def test_hostile_text_makes_no_element_and_no_attribute_in_html() -> None:
    voice = Voice(HOSTILE, None, "ru", official=False)
    finding = make_finding(claims=(make_told(voice=voice, excerpt=Excerpt(HOSTILE, HOSTILE, HOSTILE)),))
    page = LexborHTMLParser(digest_html(digest_of(make_material(finding, event=replace(EVENT, title=HOSTILE)))))
    assert not page.css("script, img, iframe, object, link, style")
    assert not page.css("[onerror], [onmouseover]")


def test_the_html_needs_nothing_from_elsewhere() -> None:
    page = LexborHTMLParser(digest_html(digest_of(make_material(make_finding()))))
    assert not page.css("[src], link, script, svg")
    assert {node.attributes["href"] for node in page.css("a")} == {"https://t.me/rybar/1"}


def test_quotes_are_marked_with_their_language() -> None:
    told = make_told(post=replace(POST, lang="uk"))
    page = LexborHTMLParser(digest_html(digest_of(make_material(make_finding(claims=(told,))))))
    assert page.css_first('[lang="uk"]') is not None


def test_times_are_told_in_the_zone_asked_for() -> None:
    shown = digest_text(digest_of(make_material(make_finding())), ZoneInfo("Europe/Kyiv"))
    assert "10 May 2024 15:00 EEST" in shown


def test_plain_text_lines_stay_narrow_but_for_addresses() -> None:
    finding = make_finding(reason="a long reason " * 30)
    lines = digest_text(digest_of(make_material(finding))).splitlines()
    assert max(len(line) for line in lines if "http" not in line) <= 88
