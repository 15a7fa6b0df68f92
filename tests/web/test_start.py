"""The digest as the desk opens it."""

from datetime import timedelta

import httpx
import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode
from sqlalchemy.orm import Session, sessionmaker

from models.tables import Heartbeat
from monitor.digests.telling import NOTHING_FOLLOWED, NOTHING_NEW
from tests.story import beat, tell_story, trouble
from tests.teller import Story
from tests.web.site import NOW, links, page, texts, words


def finding(found: LexborHTMLParser, alert: str) -> LexborNode:
    return next(node for node in found.css("article.finding") if node.css_first(f'a[href="/alerts/{alert}"]'))


def test_a_contradiction_shows_who_said_what_and_how_far_apart(site: httpx.Client, story: Story) -> None:
    shown = finding(page(site, "/"), "a-stratcom")
    assert texts(shown, ".chip") == ["incompatible", "major", "standing"]
    assert words(shown.css_first("h3")) == (
        "StratCom of the Armed Forces of Ukraine: about 400 killed Russian Ministry of Defence: 89 killed (was 63)"
        " factor 4.0 the two intervals do not meet"
    )
    reason = words(shown.css_first(".reason"))
    assert reason == "soldiers killed, Russian side · nearest ends 360 and 89: 360 / 89 = 4.0"


def test_both_quotes_stand_beside_each_other_with_their_links(site: httpx.Client, story: Story) -> None:
    shown = finding(page(site, "/"), "a-stratcom")
    assert texts(shown, ".role") == ["Claim", "Official"]
    assert texts(shown, "blockquote mark") == ["близько 400", "89"]
    assert [node.attributes["lang"] for node in shown.css("blockquote")] == ["uk", "ru"]
    assert [node.attributes["href"] for node in shown.css(".witness a[href^=https]")] == [
        "https://t.me/stratcom/102", "https://t.me/mod_russia/111",
    ]  # fmt: skip
    assert texts(shown, ".meaning") == ["about 400, means 360–440", "89, was 63"]


def test_repeats_are_counted_and_named(site: httpx.Client, story: Story) -> None:
    repeats = finding(page(site, "/"), "a-stratcom").css_first(".carriers")
    assert words(repeats).startswith("Claim repeated by 1 News wire · original · post")


def test_what_is_to_check_stands_apart_from_what_is_firm(site: httpx.Client, story: Story) -> None:
    shown = page(site, "/")
    order = [words(node) for node in shown.css(".event .divider, .event article .mark-to-check")]
    assert order == ["To check", "to check", "Edited and deleted posts"]
    assert "to check" in texts(finding(shown, "a-rybar"), ".chip")


def test_the_edited_the_deleted_the_closed_and_the_rest_are_told(site: httpx.Client, story: Story) -> None:
    shown = page(site, "/?period=7d")
    edited, deleted = texts(shown, ".notes li")
    assert edited.startswith("edited 500 → about 300 soldiers killed 4 Jan 2023 07:00 UTC Сводка дня")
    assert deleted.startswith("deleted had said 41 vehicles destroyed 3 Jan 2023 06:00 UTC Эхо степи")
    closed, also = texts(shown, "details.fold > summary")
    assert (closed, also) == ("Closed (1)", "Also said, without an alert (3)")
    assert texts(shown, ".also .chip") == ["not comparable", "consistent", "outdated"]


def test_only_what_opened_in_the_period_is_new(site: httpx.Client, story: Story) -> None:
    assert "1 new in this period" in words(page(site, "/").css_first(".summary"))
    assert texts(finding(page(site, "/"), "a-revision"), ".chip") == ["official revision", "new"]
    assert "new in this period" not in words(page(site, "/?period=all").css_first(".summary"))


def test_the_chosen_period_is_marked(site: httpx.Client, story: Story) -> None:
    assert texts(page(site, "/?period=3d"), ".periods [aria-current]") == ["3 days"]


def test_the_coverage_names_who_was_late_failing_and_never_read(site: httpx.Client, story: Story) -> None:
    coverage = words(page(site, "/").css_first(".coverage"))
    for told in (
        "11 of 15 sources read in time, 1 late, 2 failing, 1 not verified, 1 paused.",
        "Late Late wire, last read 5 h ago",
        "Gate blog: blocked · answered 429, wait of 40 min",
        "Not verified, never read so far Нове джерело",
        "Минобороны России, last read 0 s ago",
    ):
        assert told in coverage
    assert words(page(site, "/").css_first(".reach")).startswith("11 of 15 sources read in time")


@pytest.mark.parametrize(
    ("last", "told"),
    [
        (timedelta(seconds=50), None),
        (timedelta(minutes=5), "Collecting stands still since 4 Jan 2023 13:55 UTC."),
        (None, "Collecting stands still. It has not started"),
    ],
)
def test_collecting_that_stands_still_is_told_on_every_page(
    site: httpx.Client, sessions: sessionmaker[Session], last: timedelta | None, told: str | None
) -> None:
    if last is not None:
        with sessions.begin() as session:
            session.add(Heartbeat(name="tick", at=NOW - last))
    for path in ("/", "/sources"):
        alarm = page(site, path).css_first("[role=alert]")
        assert alarm is None if told is None else words(alarm).startswith(told)


def test_an_empty_store_is_no_all_clear(site: httpx.Client) -> None:
    shown = page(site, "/")
    assert words(shown.css_first(".summary")) == NOTHING_FOLLOWED
    assert "No live source is followed: silence says nothing." in words(shown.css_first(".coverage"))


def test_an_old_event_with_open_alerts_is_one_line(site: httpx.Client, sessions: sessionmaker[Session]) -> None:
    with sessions.begin() as session:
        beat(session, NOW)
        trouble(session, NOW)
        story = tell_story(session, shift=timedelta(days=-30))
    shown = page(site, "/")
    assert words(shown.css_first(".summary")) == f"{NOTHING_NEW} · 6 standing from before"
    assert not shown.css("article.finding")
    assert f"/events/{story.event}" in links(shown)
    assert texts(shown, ".brief li") == ["Strike on a dormitory in Makiivka 2 December 2022 · 6 findings"]


def test_an_example_is_marked_and_stands_apart_whatever_the_period(
    site: httpx.Client, sessions: sessionmaker[Session]
) -> None:
    with sessions.begin() as session:
        tell_story(session, prefix="ex-", example=True, shift=timedelta(days=-300))
    shown = page(site, "/")
    assert texts(shown, ".examples > .label") == ["Example data"]
    assert texts(shown, ".examples .event .chip.example") == ["Example data"]
    assert not shown.css(".stream > .event")
    assert not shown.css(".mark-new, .mark-standing")
    for path in ("/events/ex-event-makiivka", "/alerts/ex-a-stratcom"):
        assert texts(page(site, path), ".lead .chip.example") == ["Example data"]
