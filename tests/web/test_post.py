"""One post with every text seen of it."""

from datetime import timedelta

import httpx
import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session, sessionmaker

from models.enums import ReadState
from models.tables import Post, PostVersion
from monitor.web.passages import Edit, changes
from tests.teller import Story, Teller
from tests.web.site import NOW, page, texts, words


def test_figures_are_marked_where_they_stand(site: httpx.Client, story: Story) -> None:
    shown = page(site, f"/posts/{story.posts['mod1']}")
    assert texts(shown, ".text mark") == ["шестью", "Два", "четырёх", "63"]
    assert [node.attributes["title"] for node in shown.css(".text mark")][-1] == "63 soldiers killed"
    assert "63 soldiers killed from “63” · event" in texts(shown, ".plain li")


def test_an_edit_shows_what_went_and_what_came(site: httpx.Client, story: Story) -> None:
    shown = page(site, f"/posts/{story.posts['svodka1']}")
    assert words(shown.css_first(".text")).startswith("Макеевка: под завалами погибли около 300")
    assert "500" in texts(shown, "del")
    assert "около 300" in texts(shown, "ins")
    assert texts(shown, ".edit h3") == ["Version 2 edited 4 Jan 2023 07:00 UTC"]


def test_a_deleted_post_is_kept_and_marked(site: httpx.Client, story: Story) -> None:
    shown = page(site, f"/posts/{story.posts['echo2']}")
    assert words(shown.css_first(".gone-note")).startswith(
        "deleted The post was deleted; this was noticed 3 Jan 2023 06:00"
    )
    assert "41" in texts(shown, "mark")


def test_a_missing_post_is_not_yet_called_deleted(
    site: httpx.Client, sessions: sessionmaker[Session], story: Story
) -> None:
    with sessions.begin() as session:
        session.execute(update(Post).where(Post.id == story.posts["mod1"]).values(missing_since=NOW))
    note = words(page(site, f"/posts/{story.posts['mod1']}").css_first(".gone-note"))
    assert note == "missing Not found where it stood since 4 Jan 2023 14:00 UTC; not yet confirmed as deleted."


@pytest.mark.parametrize(
    ("state", "told"),
    [
        (ReadState.READ, "No figure was read from it."),
        (ReadState.UNREAD, "Not read for figures yet."),
        (ReadState.FAILED, "Could not be read for figures."),
        (ReadState.DEAD, "Could not be read for figures; it is not tried again."),
    ],
)
def test_a_text_without_figures_says_whether_it_was_read(
    site: httpx.Client, sessions: sessionmaker[Session], story: Story, state: ReadState, told: str
) -> None:
    number = story.posts["echo1"]
    with sessions.begin() as session:
        session.execute(update(PostVersion).where(PostVersion.post_id == number).values(read_state=state))
    assert told in texts(page(site, f"/posts/{number}"), "main section p")


def test_an_earlier_text_that_came_late_is_not_taken_for_the_newest(
    site: httpx.Client, sessions: sessionmaker[Session]
) -> None:
    with sessions.begin() as session:
        teller = Teller(session)
        teller.write_sources({"echo": {"title": "Эхо"}})
        teller.write_event("Strike")
        teller.post("one", "echo", "Как было потом.", NOW)
        teller.version("one", "Как было сначала.", NOW - timedelta(days=1), edited=True)
        session.get_one(Post, teller.story.posts["one"]).current_version = 1
    shown = page(site, f"/posts/{teller.story.posts['one']}")
    assert words(shown.css_first(".text")) == "Как было потом."
    assert "потом" in texts(shown, "ins")


def test_changes_are_told_word_by_word() -> None:
    kinds = [(edit.kind, edit.text) for edit in changes("killed 500 men", "killed about 300 men")]
    assert kinds == [("kept", "killed "), ("removed", "500"), ("added", "about 300"), ("kept", " men")]


@pytest.mark.parametrize("size", [10, 10_000, 100_000])
def test_a_change_in_a_text_of_any_length_gives_both_texts_back(size: int) -> None:
    old = "word\n" * size
    new = old + "more"
    edits = changes(old, new)
    assert text_of(edits, "removed") == old
    assert text_of(edits, "added") == new


def text_of(edits: list[Edit], kind: str) -> str:
    return "".join(edit.text for edit in edits if edit.kind in ("kept", kind))
