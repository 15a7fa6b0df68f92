"""The list of alerts: what is asked for is shown, page by page, each with its event and quotes."""

import httpx
import pytest
from sqlalchemy.orm import Session, sessionmaker

from monitor.queries import alert_list as listing
from tests.teller import Story
from tests.web.site import links, page, texts, words


def shown(site: httpx.Client, query: str = "") -> list[str]:
    return [link for link in links(page(site, f"/alerts{query}")) if link.startswith("/alerts/")]


def test_open_alerts_are_shown_with_their_event_and_both_quotes(site: httpx.Client, story: Story) -> None:
    found = page(site, "/alerts")
    assert "/alerts/a-stratcom" in links(found)
    assert f"/events/{story.event}" in links(found)
    first = next(node for node in found.css(".findings > li") if "/alerts/a-stratcom" in (node.html or ""))
    assert texts(first, ".witness .role") == ["Claim", "Official"]
    assert {"about 400" in words(first), "incompatible" in words(first)} == {True}


FILTERS = {
    "?kind=revision": {"/alerts/a-revision"},
    "?kind=silence&state=any": {"/alerts/a-silence"},
    "?kind=silence": set(),
    "?severity=major&speaker=stratcom": {"/alerts/a-stratcom"},
    "?event=nothing": set(),
}


@pytest.mark.parametrize("query", FILTERS)
def test_a_filter_leaves_what_it_names(site: httpx.Client, story: Story, query: str) -> None:
    assert set(shown(site, query)) == FILTERS[query]


def test_the_form_remembers_what_was_chosen(site: httpx.Client, story: Story) -> None:
    found = page(site, "/alerts?severity=major&speaker=%3Cb%3E")
    assert [node.attributes["value"] for node in found.css(".filter option[selected]")] == ["open", "major"]
    assert found.css_first("#f-speaker").attributes["value"] == "<b>"


def test_pages_follow_each_other_without_gap_or_double(
    site: httpx.Client, story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    everything = shown(site, "?state=any")
    monkeypatch.setattr(listing, "PAGE", 3)
    pages, address = [], "?state=any"
    while address:
        pages += shown(site, address)
        older = page(site, f"/alerts{address}").css_first('a[rel="next"]')
        address = "" if older is None else (older.attributes["href"] or "").removeprefix("/alerts")
    assert pages == everything


@pytest.mark.parametrize("query", ["?page=0", "?page=x", "?kind=war", "?state=gone"])
def test_what_does_not_exist_is_said_to_be_so(site: httpx.Client, query: str) -> None:
    assert site.get(f"/alerts{query}").status_code == 400


def test_an_empty_desk_has_an_empty_list(site: httpx.Client, sessions: sessionmaker[Session]) -> None:
    assert "No alert is like that." in words(page(site, "/alerts").css_first("main"))
