"""Posts from files, the example day among them."""

import gzip
import json
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from config.settings import load_settings
from config.sources import default_sources
from models.tables import AlertRow, EventRow, FigureRow, Post, PostVersion, Source, SpeakerRow
from monitor.pipeline.beginning import begin, example_joined, load_example, remove_example
from monitor.pipeline.importing import Imported, import_posts
from monitor.pipeline.join import join_next
from monitor.pipeline.read import read_next
from monitor.pipeline.setup import Setup
from monitor.pipeline.store import Stored
from monitor.sources.archive import read_archive
from tests.factories import make_source

LINES = [
    {"source": "rybar", "id": "1", "published": "2023-01-02T12:00:00+03:00", "text": "63"},
    {"source": "rybar", "id": "1", "published": "2023-01-02T12:00:00+03:00", "edited": "2023-01-02T15:00:00+03:00",
     "text": "89"},
    {"source": "mash", "id": "1", "published": None, "text": "no time"},
]  # fmt: skip


@pytest.fixture
def desk(sessions: sessionmaker[Session]) -> Setup:
    setup = Setup(sessions, load_settings())
    with setup.transaction() as session:
        make_source(session, "rybar", telegram_id=1234)
        make_source(session, "mash")
    return setup


def written(path: Path, *lines: object, packed: bool = False) -> Path:
    text = "".join(line if isinstance(line, str) else json.dumps(line) + "\n" for line in lines).encode()
    path.write_bytes(gzip.compress(text) if packed else text)
    return path


def imported(setup: Setup, path: Path, **given) -> tuple[Imported, list[str]]:
    told: list[str] = []
    return import_posts(setup, read_archive(path), tell=told.append, **given), told


@pytest.mark.parametrize("packed", [False, True])
def test_lines_become_posts_and_versions_once(desk: Setup, tmp_path: Path, packed: bool) -> None:
    path = written(tmp_path / "posts", *LINES, packed=packed)
    assert imported(desk, path) == (Imported(3, Stored(2, 3)), [])
    assert imported(desk, path) == (Imported(3, Stored(0, 0)), [])


def test_bad_lines_and_strange_sources_are_told_with_their_number_and_the_rest_goes_in(
    desk: Setup, tmp_path: Path
) -> None:
    strange = [LINES[0] | {"source": "who", "id": str(number)} for number in range(1500)]
    done, told = imported(desk, written(tmp_path / "posts", LINES[0], "{broken\n", *strange, LINES[2]))
    assert done == Imported(1502, Stored(2, 2), bad=1, strange=1500)
    assert sorted(told) == [
        "line 2: is no JSON (column 2: Expecting property name enclosed in double quotes)",
        "line 3: source: 'who' is not known",
        "source: 'who' is not known: 1,500 posts in all were left out",
    ]


def export(number: int) -> dict:
    messages = [
        {"id": 5, "type": "message", "date": "2023-01-02T12:00:00", "date_unixtime": "1672650000", "text": "63"}
    ]
    return {"name": "Рыбарь", "type": "public_channel", "id": number, "messages": messages}


def test_an_export_goes_to_the_source_with_its_id(desk: Setup, tmp_path: Path) -> None:
    assert imported(desk, written(tmp_path / "result.json", export(1234)))[0].stored == Stored(1, 1)
    with desk.transaction() as session:
        assert session.scalar(select(Source.key).join(Post)) == "rybar"


def test_an_export_of_an_unknown_channel_goes_where_it_is_told_to(desk: Setup, tmp_path: Path) -> None:
    path = written(tmp_path / "result.json", export(99))
    done, told = imported(desk, path)
    assert (done.strange, told) == (1, ["chat 'Рыбарь': no source has its id; name one with --source"])
    assert imported(desk, path, into="mash")[0].stored == Stored(1, 1)


def test_an_import_of_an_unknown_key_by_hand_is_told(desk: Setup, tmp_path: Path) -> None:
    done, told = imported(desk, written(tmp_path / "result.json", export(99)), into="nobody")
    assert (done.stored, told) == (Stored(), ["source: 'nobody' is not known"])


def count(session: Session, table: type) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


def test_an_empty_store_gets_the_default_sources_and_the_example_once(sessions: sessionmaker[Session]) -> None:
    setup = Setup(sessions, load_settings())
    assert begin(setup)
    with setup.transaction() as session:
        before = count(session, Source), count(session, Post), count(session, SpeakerRow)
        assert before[0] > 100
        assert before[1] > 20
    assert not begin(setup)
    with setup.transaction() as session:
        assert (count(session, Source), count(session, Post), count(session, SpeakerRow)) == before


def test_a_desk_that_named_its_own_sources_first_gets_the_rest_and_nothing_twice(
    sessions: sessionmaker[Session],
) -> None:
    setup = Setup(sessions, load_settings())
    default = next(iter(default_sources().sources.values()))
    with setup.transaction() as session:
        make_source(session, "ours", address=default.address.upper(), kind=default.kind.value)
    assert begin(setup)
    with setup.transaction() as session:
        keys = set(session.scalars(select(Source.key).where(~Source.example)))
        assert keys == {"ours"} | set(default_sources().sources) - {default.key}
        assert count(session, Post) > 20


def test_the_example_goes_as_it_came_and_takes_nothing_else_along(desk: Setup) -> None:
    load_example(desk)
    assert load_example(desk) == 0
    assert not example_joined(desk.sessions())
    while read_next(desk):
        pass
    while join_next(desk):
        pass
    with desk.transaction() as session:
        assert example_joined(session)
        assert min(count(session, AlertRow), count(session, EventRow), count(session, FigureRow)) > 0
        assert session.scalars(select(Post.example).distinct()).all() == [True]
        assert remove_example(session) > 20
        left = [count(session, table) for table in (Post, PostVersion, FigureRow, EventRow, AlertRow)]
        assert (left, count(session, Source)) == ([0, 0, 0, 0, 0], 2)
