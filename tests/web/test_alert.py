"""One alert: two quotes, two intervals, the rule, what became of it."""

import httpx
import pytest
from sqlalchemy import delete
from sqlalchemy.orm import Session, sessionmaker

from models.tables import EventRow, Post
from tests.teller import Story
from tests.web.site import page, texts, words


def test_it_shows_the_rule_and_its_arithmetic(site: httpx.Client, story: Story) -> None:
    rule = page(site, "/alerts/a-stratcom").css_first("section")
    assert words(rule) == "Rule The two intervals do not meet. nearest ends 360 and 89: 360 / 89 = 4.0"


def test_the_two_intervals_are_drawn_on_one_axis(site: httpx.Client, story: Story) -> None:
    drawn = page(site, "/alerts/a-stratcom").css_first("svg.comparison.wide")
    assert drawn.attributes["aria-label"] == (
        "StratCom of the Armed Forces of Ukraine: about 400 (360–440); Russian Ministry of Defence: 89"
    )
    claim, official = drawn.css("rect.bar")
    ends = [float(claim.attributes[name] or 0) for name in ("x", "width")]
    assert float(official.attributes["x"] or 0) < ends[0]
    assert ends[1] > 2


def test_it_tells_its_history(site: httpx.Client, story: Story) -> None:
    assert texts(page(site, "/alerts/a-silence"), ".history li") == [
        "1 Jan 2023 17:31 UTC opened",
        "2 Jan 2023 13:01 UTC updated: the official figure moved",
        "2 Jan 2023 13:01 UTC closed: an official figure arrived",
    ]


def test_it_names_who_repeats_the_claim(site: httpx.Client, story: Story) -> None:
    carriers = page(site, "/alerts/a-svodka").css_first("section[aria-labelledby=carriers-title]")
    assert words(carriers) == "Claim repeated by 1 Эхо степи · original · post 1 Jan 2023 17:45 UTC"


def test_a_revision_shows_what_was_and_what_is_now(site: httpx.Client, story: Story) -> None:
    shown = page(site, "/alerts/a-revision")
    assert texts(shown, ".role") == ["Was", "Now"]
    assert texts(shown, "blockquote mark") == ["63", "89"]
    assert words(shown.css_first("h1")) == "Russian Ministry of Defence: 63 → 89 killed the official figure changed"


def test_silence_names_all_claims_and_when_officials_were_last_read(site: httpx.Client, story: Story) -> None:
    shown = page(site, "/alerts/a-silence")
    assert texts(shown, ".role") == ["Claim", "Claim"]
    assert "none seen; official channels last read at 12:58" in words(shown.css_first("main"))
    assert "Closed 2 Jan 2023 13:01 UTC: an official figure arrived" in words(shown.css_first("main"))


def test_what_is_to_check_says_why(site: httpx.Client, story: Story) -> None:
    shown = words(page(site, "/alerts/a-rybar").css_first("main"))
    assert "To check: the reading, the link to the event or a relayed official figure is unsure." in shown


def test_it_outlives_its_event(site: httpx.Client, sessions: sessionmaker[Session], story: Story) -> None:
    with sessions.begin() as session:
        session.execute(delete(EventRow))
    shown = words(page(site, "/alerts/a-stratcom").css_first("main"))
    assert "about 400" in shown


@pytest.mark.parametrize("alert", ["a-stratcom", "a-girkin", "a-revision", "a-silence"])
def test_it_outlives_its_posts(site: httpx.Client, sessions: sessionmaker[Session], story: Story, alert: str) -> None:
    before = texts(page(site, f"/alerts/{alert}"), "blockquote mark")
    with sessions.begin() as session:
        session.execute(delete(Post))
    assert texts(page(site, f"/alerts/{alert}"), "blockquote mark") == before
