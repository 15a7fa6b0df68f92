"""The sources with their health."""

import httpx
import pytest

from tests.teller import Story
from tests.web.site import page, texts, words

STATES = {
    "failing": ["Gate blog", "Закрытый канал"],
    "late": ["Late wire"],
    "quiet": ["Тихий блог"],
    "unverified": ["Нове джерело"],
    "paused": ["На паузе"],
}


def test_failing_sources_come_first_with_their_reason(site: httpx.Client, story: Story) -> None:
    first = page(site, "/sources").css_first("tbody tr")
    assert words(first.css_first("td")) == (
        "blocked answered 429, wait of 40 min since 4 Jan 2023 08:00 UTC 3 failures in a row"
    )
    assert "never" in texts(first, "td")


def test_counts_stand_beside_the_states(site: httpx.Client, story: Story) -> None:
    assert texts(page(site, "/sources?state=late"), "[aria-label=State] a") == [
        "All 16", "failing 2", "late 1", "read in time 10", "quiet 1", "not verified 1", "paused 1",
    ]  # fmt: skip


@pytest.mark.parametrize(("state", "titles"), STATES.items())
def test_a_state_can_be_chosen(site: httpx.Client, story: Story, state: str, titles: list[str]) -> None:
    shown = page(site, f"/sources?state={state}")
    assert texts(shown, "tbody th bdi") == titles
    assert len(shown.css("[aria-label=State] [aria-current]")) == 1


def test_a_group_and_a_state_can_be_chosen_together(site: httpx.Client, story: Story) -> None:
    assert texts(page(site, "/sources?group=news"), "tbody th bdi") == ["News wire"]
    assert "No source is in this state and group." in words(page(site, "/sources?group=news&state=late"))


def test_whom_a_channel_speaks_for_is_told(site: httpx.Client, story: Story) -> None:
    rows = texts(page(site, "/sources"), "tbody th")
    assert "Минобороны России mod_russia · preview · official: Russian Ministry of Defence" in rows


def test_without_sources_the_page_says_so(site: httpx.Client) -> None:
    assert "No source is followed yet." in words(page(site, "/sources"))
