"""`counterclaim replay`: a case in a folder, a scratch database that leaves nothing behind."""

import json
from pathlib import Path
from typing import Any

import psycopg
import pytest

from monitor.cli.exits import Exit, run

SOURCES = """
sources:
  - {key: mod, kind: telegram, address: scenario_mod, title: Ministry, party: ru_mod, lang: ru}
  - {key: stratcom, kind: telegram, address: scenario_stratcom, title: StratCom, party: ua_stratcom, lang: uk}
"""
CLAIM = {
    "source": "stratcom", "id": "1", "published": "2023-01-01T16:00:00+02:00", "lang": "uk",
    "text": "У Макіївці загинуло близько 400 російських військових.",
}  # fmt: skip
OFFICIAL = {
    "source": "mod", "id": "2", "published": "2023-01-02T16:00:00+03:00", "lang": "ru",
    "text": "В Макеевке погибли 63 российских военнослужащих.",
}  # fmt: skip


@pytest.fixture
def case(tmp_path: Path, postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DATABASE_URL", postgres_url)
    (tmp_path / "sources.yaml").write_text(SOURCES, encoding="utf-8")
    write(tmp_path, CLAIM, OFFICIAL)
    return tmp_path


def write(case: Path, *lines: dict[str, Any] | str) -> None:
    told = [line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines]
    (case / "posts.jsonl").write_text("\n".join(told), encoding="utf-8")


def replay(case: Path, *options: str) -> int:
    return run(["replay", str(case), "--format", "jsonl", *options])


def test_the_open_alerts_are_printed_one_a_line(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert replay(case) == Exit.FINE
    line = json.loads(capsys.readouterr().out)
    assert (line["verdict"], line["claim"]["low"], line["official"]["low"]) == ("incompatible", 400, 63)
    assert line["opened"] == "2023-01-02T13:00:00+00:00"


def test_the_order_of_arrival_does_not_matter(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    replay(case)
    in_order = capsys.readouterr().out
    replay(case, "--shuffle", "3")
    assert capsys.readouterr().out == in_order


def test_what_was_said_later_is_left_out(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert replay(case, "--until", "2023-01-01T20:00+03:00") == Exit.FINE
    assert capsys.readouterr().out == ""


def test_a_malformed_line_is_reported_with_its_number_and_the_rest_goes_on(
    case: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(case, CLAIM, "{", OFFICIAL, OFFICIAL | {"source": "nobody"})
    assert replay(case) == Exit.BAD
    shown = capsys.readouterr()
    assert "posts.jsonl:2: is no JSON" in shown.err
    assert "posts.jsonl:4: source: sources.yaml has no source 'nobody'" in shown.err
    assert json.loads(shown.out)["claim"]["low"] == 400


def test_a_table_is_for_people(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["replay", str(case), "--format", "table"]) == Exit.FINE
    assert capsys.readouterr().out.startswith("Opened")


def test_no_posts_are_no_alerts(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(case)
    assert replay(case) == Exit.FINE
    assert capsys.readouterr().out == ""


def test_a_folder_without_the_files_is_told_by_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert replay(tmp_path / "nowhere") == Exit.BAD
    assert "sources.yaml" in capsys.readouterr().err


def test_a_fault_in_the_sources_is_told_with_its_line(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (case / "sources.yaml").write_text("sources:\n  - {key: a, kindd: telegram}\n", encoding="utf-8")
    assert replay(case) == Exit.BAD
    assert "sources.yaml:2" in capsys.readouterr().err


def test_the_scratch_database_is_gone_afterwards(case: Path, postgres_url: str) -> None:
    replay(case)
    with psycopg.connect(postgres_url) as connection:
        names = [name for (name,) in connection.execute("select datname from pg_database")]
    assert not [name for name in names if "scratch" in name]
