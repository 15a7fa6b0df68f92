"""What an operator does on the command line, on a real store."""

import json
import sys
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from models.tables import Post, Source
from monitor.cli.exits import Exit, run
from tests.factories import make_post, make_source
from tests.pipeline.desk import Desk, said
from tests.saying import at
from tests.servers.feed_server import FeedServer, Reply

FEED = (
    b'<rss version="2.0"><channel><title>Blog of \x1b[31mred\x1b[0m</title><item><guid>1</guid>'
    b"<title>63 killed</title><pubDate>Mon, 02 Jan 2023 11:00:00 GMT</pubDate></item></channel></rss>"
)
DESK = """\
sources:
  - {key: rybar, kind: telegram, address: rybar, side: ru}
  - {key: broken, kind: telegram, address: other, intervall: 5m}
"""


@pytest.fixture(autouse=True)
def desk(monkeypatch: pytest.MonkeyPatch, database_url: str, sessions: sessionmaker[Session], tmp_path: Path) -> None:
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("COUNTERCLAIM_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("COUNTERCLAIM_ALLOW_NETWORKS", "127.0.0.0/8")
    monkeypatch.setenv("COUNTERCLAIM_HOST_PACE", "0.01")


def count(sessions: sessionmaker[Session], table: type) -> int:
    with sessions() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_a_source_is_added_listed_paused_and_resumed(sessions, capsys) -> None:
    assert run(["sources", "add", "https://t.me/s/rybar", "--side", "ru", "--group", "bloggers"]) == Exit.FINE
    assert run(["sources", "list", "--group", "bloggers"]) == Exit.FINE
    line = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert (line["key"], line["side"], line["condition"]) == ("rybar", "ru", "unverified")
    assert run(["sources", "pause", "rybar"]) == Exit.FINE
    assert run(["sources", "list", "--state", "paused", "--format", "table"]) == Exit.FINE
    assert "rybar" in capsys.readouterr().out
    assert run(["sources", "resume", "rybar"]) == Exit.FINE
    with sessions() as session:
        assert session.scalars(select(Source.enabled)).all() == [True]


@pytest.mark.parametrize(
    ("arguments", "status", "told"),
    [
        (["sources", "add", "t.me/+secret"], Exit.BAD, "private channel"),
        (["sources", "add", "rybar", "--party", "nobody"], Exit.BAD, "'nobody' is no known party"),
        (["sources", "pause", "nobody"], Exit.BAD, "nobody: no such source"),
        (["sources", "list", "--state", "sad"], Exit.USAGE, "none of failing, late"),
        (["sources", "import", "no.yaml"], Exit.BAD, "no.yaml: No such file"),
        (["import-posts", "no.jsonl"], Exit.BAD, "no file no.jsonl can be read"),
        (["poll", "nobody"], Exit.BAD, "nobody: no such source"),
        (["sources", "test", "https://127.0.0.1:1/"], Exit.BAD, ""),
    ],
)
def test_what_cannot_be_done_is_told_in_a_sentence(arguments, status, told, capsys) -> None:
    assert run(arguments) == status
    assert told in capsys.readouterr().err


def test_a_file_with_a_fault_names_the_place_and_changes_nothing(sessions, tmp_path, capsys) -> None:
    path = tmp_path / "desk.yaml"
    path.write_text(DESK)
    for options in ([], ["--check"]):
        assert run(["sources", "import", str(path), *options]) == Exit.BAD
        told = capsys.readouterr().err
        assert told == f"counterclaim: {path}:3:51: sources.broken.intervall: unknown key; did you mean interval?\n"
    assert count(sessions, Source) == 0


def test_what_is_exported_is_imported_without_a_change(sessions, tmp_path, capsys) -> None:
    path = tmp_path / "desk.yaml"
    path.write_text(DESK.replace("intervall", "interval"))
    assert run(["sources", "import", str(path)]) == Exit.FINE
    assert "2 added, 0 changed" in capsys.readouterr().out
    assert run(["sources", "export"]) == Exit.FINE
    path.write_text(capsys.readouterr().out)
    assert run(["sources", "import", str(path), "--check"]) == Exit.FINE
    assert run(["sources", "import", str(path)]) == Exit.FINE
    assert "0 added, 0 changed, 2 as before; sides, parties and speakers: 0" in capsys.readouterr().out


def test_a_look_at_a_feed_shows_posts_and_stores_nothing(sessions, capsys) -> None:
    with FeedServer() as server:
        server.answers("/robots.txt", Reply(status=404))
        assert run(["sources", "test", server.answers("/feed", Reply(FEED))]) == Exit.FINE
    told = capsys.readouterr().out
    assert "63 killed" in told
    assert "\x1b[31m" not in told
    assert count(sessions, Source) == 0


def test_a_look_at_an_address_that_is_no_feed_tries_it_as_a_page(capsys) -> None:
    with FeedServer() as server:
        server.answers("/robots.txt", Reply(status=404))
        server.answers("/sitemap.xml", Reply(status=404))
        address = server.answers("/", Reply(b"<html><body><p>no list of anything</p></body></html>"))
        assert run(["sources", "test", address]) == Exit.BAD
    assert capsys.readouterr().out.startswith("page ")


def test_a_poll_by_hand_stores_and_says_how_it_went(sessions, capsys) -> None:
    with FeedServer() as server:
        server.answers("/robots.txt", Reply(status=404))
        address = server.answers("/feed", Reply(FEED), Reply(status=503))
        assert run(["sources", "add", address, "--key", "blog"]) == Exit.FINE
        assert run(["poll", "blog"]) == Exit.FINE
        assert "1 new posts, 1 new versions" in capsys.readouterr().out
        assert run(["poll", "blog"]) == Exit.BAD
        assert "503" in capsys.readouterr().out
    assert count(sessions, Post) == 1


def test_imported_posts_go_in_once_and_bad_lines_are_told(sessions, tmp_path, capsys) -> None:
    with sessions.begin() as session:
        make_source(session, "rybar")
    path = tmp_path / "posts.jsonl"
    path.write_text('{"source": "rybar", "id": "1", "published": null, "text": "63"}\n[]\n')
    assert run(["import-posts", str(path)]) == Exit.BAD
    told = capsys.readouterr()
    assert (told.out, told.err) == (
        "1 posts read: 1 new, 1 new versions\n", f"counterclaim: {path}: line 2: is no JSON object\n"
    )  # fmt: skip
    assert run(["import-posts", str(path)]) == Exit.BAD
    assert capsys.readouterr().out == "1 posts read: 0 new, 0 new versions\n"


def test_posts_come_from_standard_input_too(sessions, monkeypatch, capsys) -> None:
    with sessions.begin() as session:
        make_source(session, "rybar")
    line = b'{"source": "rybar", "id": "1", "published": null, "text": "63"}\n'
    monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(line)))
    assert run(["import-posts", "-"]) == Exit.FINE
    assert count(sessions, Post) == 1


def test_the_example_is_loaded_and_removed(sessions, capsys) -> None:
    assert run(["example", "load"]) == Exit.FINE
    assert count(sessions, Post) > 20
    assert run(["example", "remove"]) == Exit.FINE
    assert (count(sessions, Post), count(sessions, Source)) == (0, 0)


def test_a_first_start_by_hand_is_done_once(sessions, capsys) -> None:
    for _ in range(2):
        assert run(["migrate", "--first-start"]) == Exit.FINE
    assert capsys.readouterr().err.count("first start") == 1
    assert count(sessions, Source) > 100


def test_what_is_stored_is_read_again(sessions, capsys) -> None:
    with sessions.begin() as session:
        make_post(session, make_source(session, "rybar"), "Погибли 63 человека.")
    assert run(["reread"]) == Exit.FINE
    assert capsys.readouterr().out == "1 texts read again; alerts: none changed\n"
    assert run(["reread", "--source", "nobody"]) == Exit.BAD
    assert "nobody: no such source" in capsys.readouterr().err


def test_people_decide_by_command_and_see_what_was_decided(sessions, capsys) -> None:
    desk = Desk(sessions)
    desk.post("stratcom", at(1), said("~400"), id="1")
    desk.post("mod", at(2), said("63"), id="1")
    desk.join()
    capsys.readouterr()
    assert run(["events", "list", "--format", "jsonl"]) == Exit.FINE
    event = json.loads(capsys.readouterr().out)
    assert (event["title"], event["figures"], event["alerts"]) == ("Makiivka, 1 January 2023", 2, 1)
    split = ["events", "split", event["id"], "stratcom/1", "--reason", "another strike", "--by", "Ann"]
    assert run(split) == Exit.FINE
    assert capsys.readouterr().out == "decision 1 is on record, 2 posts are joined anew\n"
    assert run(["events", "show", event["id"], "--format", "jsonl"]) == Exit.FINE
    figure, decision = map(json.loads, capsys.readouterr().out.splitlines())
    assert (figure["link"], decision["by"], decision["reason"]) == ("confirmed", "Ann", "another strike")
    assert run(["events", "undo", "1", "--reason", "one after all"]) == Exit.FINE
    assert run([*split[:4], "--reason", ""]) == Exit.BAD
    assert desk.told() == [("contradiction", "~400", "63")]


@pytest.mark.parametrize("command", ["record", "totals", "health"])
def test_an_empty_desk_has_nothing_to_tell_of(sessions, capsys, command: str) -> None:
    assert run([command, "--format", "jsonl"]) == Exit.FINE
    assert capsys.readouterr().out == ""
