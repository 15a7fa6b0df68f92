"""What all pages have in common."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from selectolax.lexbor import LexborHTMLParser
from sqlalchemy import update
from sqlalchemy.orm import Session, sessionmaker
from structlog.testing import capture_logs

from models.session import sessions_for
from models.tables import AlertRow
from monitor.web.app import create_app
from tests.story import tell_story
from tests.teller import Story
from tests.web.site import links, page, served, words

ABSENT = ["/nowhere", "/events/none", "/alerts/none", "/posts/9999", "/posts/0", "/posts/x", f"/posts/{2**63}",
          "/events/%00", "/alerts/" + "a" * 201, "/static/none.css", "/static/../app.py"]  # fmt: skip
MISTAKEN = ["/?period=9d", "/?period=", "/sources?state=bad", "/sources?group=" + "x" * 101, "/zone"]


def own_paths(site: httpx.Client, start: str) -> Iterator[tuple[str, LexborHTMLParser]]:
    """Every page that can be reached by links."""
    waiting, seen = [start], {start}
    while waiting:
        path = waiting.pop()
        found = page(site, path)
        yield path, found
        new = {link.partition("#")[0] for link in links(found) if link.startswith("/")} - seen
        waiting, seen = [*waiting, *new], seen | new


def test_every_link_leads_to_a_page(site: httpx.Client, story: Story) -> None:
    reached = {path for path, _ in own_paths(site, "/?period=all")}
    assert f"/events/{story.event}" in reached
    assert {f"/alerts/{alert}" for alert in story.alerts.values()} <= reached
    assert {f"/posts/{post}" for post in story.posts.values()} <= reached
    assert "/sources?state=failing" in reached


def test_every_page_has_one_heading_a_title_and_a_language(site: httpx.Client, story: Story) -> None:
    for path, found in own_paths(site, "/?period=all"):
        assert len(found.css("h1")) == 1, path
        assert words(found.css_first("title")).endswith("· counterclaim"), path
        assert found.css_first("html[lang=en]") is not None, path
        ids = [node.attributes["id"] for node in found.css("[id]")]
        assert len(ids) == len(set(ids)), path


def test_no_page_needs_scripts_inline_styles_or_other_hosts(site: httpx.Client, story: Story) -> None:
    for path, found in own_paths(site, "/?period=all"):
        assert not found.css("script, style, [style], iframe, img, object"), path
        loaded = [node.attributes["href"] or "" for node in found.css("link[href]")]
        assert all(address.startswith("/static/") for address in loaded), path


@pytest.mark.parametrize("path", ["/", "/nowhere", "/?period=9d", "/healthz", "/static/icon.svg"])
def test_every_answer_forbids_what_it_does_not_need(site: httpx.Client, path: str) -> None:
    headers = site.get(path).headers
    assert "default-src 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"


def test_the_style_sheet_is_served_and_may_be_kept(site: httpx.Client) -> None:
    answer = site.get(page(site, "/").css_first("link[rel=stylesheet]").attributes["href"] or "")
    assert answer.headers["content-type"].startswith("text/css")
    assert "no-cache" not in answer.headers.get("cache-control", "")


@pytest.mark.parametrize("path", ABSENT)
def test_what_is_absent_is_a_page_that_says_so(site: httpx.Client, path: str) -> None:
    answer = site.get(path)
    assert answer.status_code == 404
    assert "There is no such page" in words(LexborHTMLParser(answer.text).css_first("h1"))


@pytest.mark.parametrize("path", MISTAKEN)
def test_an_unknown_choice_is_a_page_that_says_so(site: httpx.Client, path: str) -> None:
    answer = site.get(path)
    assert answer.status_code == 400
    assert "not understood" in words(LexborHTMLParser(answer.text).css_first("h1"))
    assert "Traceback" not in answer.text


@pytest.mark.parametrize("path", ["/", "/sources", "/alerts/a", "/posts/1"])
def test_pages_take_no_changes(site: httpx.Client, path: str) -> None:
    assert site.post(path).status_code == 405


def test_a_broken_page_shows_no_inside(site: httpx.Client, sessions: sessionmaker[Session], story: Story) -> None:
    with sessions.begin() as session:
        session.execute(update(AlertRow).values(body={}))
    with capture_logs() as logged:
        answer = site.get("/alerts/a-stratcom")
    assert [(line["event"], line["path"]) for line in logged] == [("page_broken", "/alerts/a-stratcom")]
    assert answer.status_code == 500
    assert "Something broke here" in answer.text
    assert "KeyError" not in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_without_a_store_the_page_says_so() -> None:
    unreachable = sessions_for("postgresql://nobody@127.0.0.1:9/none")
    with capture_logs() as logged, served(create_app(unreachable, time_zone="UTC")) as address:
        answer = httpx.get(address, trust_env=False)
    assert [line["event"] for line in logged] == ["store_unreachable"]
    assert answer.status_code == 503
    assert "The store cannot be reached" in answer.text


def test_other_stories_add_no_queries(
    site: httpx.Client, sessions: sessionmaker[Session], story: Story, asked: list[str]
) -> None:
    """As many queries for three events of nine channels as for one."""
    paths = [
        "/?period=all",
        f"/events/{story.event}",
        "/alerts/a-stratcom",
        f"/posts/{story.posts['svodka1']}",
        "/sources",
    ]
    before = [len(queries_of(site, path, asked)) for path in paths]
    with sessions.begin() as session:
        for prefix in ("b-", "c-"):
            tell_story(session, prefix=prefix)
    assert [len(queries_of(site, path, asked)) for path in paths] == before
    assert max(before) <= 12


def queries_of(site: httpx.Client, path: str, asked: list[str]) -> list[str]:
    asked.clear()
    page(site, path)
    return list(asked)


def test_the_sheet_fetches_nothing() -> None:
    sheet = (Path(create_app.__code__.co_filename).parent / "static" / "desk.css").read_text()
    assert "url(" not in sheet
    assert "@import" not in sheet
