"""Archives of JSON Lines: real files, read window by window."""

import gzip
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from models.enums import Health, SourceKind
from monitor.errors import BadInputError
from monitor.sources.archive import WINDOW, ArchiveCollector, read_archive
from monitor.sources.errors import UnreadableError
from monitor.values import Limits, Problem, Target
from tests.sources.archive_polls import WRITINGS, Reading, line

WAYS = [("plain", WINDOW), ("gzipped", WINDOW), ("plain", 700), ("gzipped", 700), ("plain", 301)]


@pytest.fixture(params=WAYS, ids=str)
def write(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[str], Reading]:
    """Nothing may depend on how the file is written, or on where a window ends."""
    way, window = request.param

    def written(text: str) -> Reading:
        path = tmp_path / "posts.txt"
        path.write_bytes(WRITINGS[way](text.encode()))
        return Reading(path, window)

    return written


def test_all_posts_of_the_source_go_in(write: Callable[[str], Reading]) -> None:
    reading = write("".join(line(number) for number in range(100)))
    last = reading.to_the_end()
    assert reading.ids == [str(number) for number in range(100)]
    assert (last.state, last.reason, last.problems) == (Health.OK, None, ())


def test_every_key_of_a_line_is_kept(write: Callable[[str], Reading]) -> None:
    reading = write(line(7, edited="2023-01-02T13:00:00Z", reply_to=6, views=3, topic={"a": [1]}))
    reading.to_the_end()
    (post,) = reading.posts
    assert (post.text, post.reply_to, post.views, post.edited) == ("Погибли 7", "6", 3, True)
    assert post.extra == {"topic": {"a": [1]}}


def test_a_broken_line_is_told_by_its_number_and_the_others_go_in(write: Callable[[str], Reading]) -> None:
    lines = [line(number) for number in range(1, 41)]
    lines[10], lines[30] = "{broken\n", '{"source": "rybar", "id": "31"}\n'
    reading = write("".join(lines))
    last = reading.to_the_end()
    assert [problem.place for problem in last.problems] == ["line 11", "line 31"]
    assert "lacks the key published" in last.problems[1].reason
    assert len(reading.posts) == 38
    assert last.state is Health.OK


@pytest.mark.parametrize("end", ["\n", "\r\n", "\n\n\n"])
def test_any_line_break_and_blank_lines_do(write: Callable[[str], Reading], end: str) -> None:
    reading = write("\ufeff" + "".join(line(number).replace("\n", end) for number in range(20)).rstrip())
    assert reading.to_the_end().problems == ()
    assert len(reading.posts) == 20


def test_lines_of_other_sources_are_left_to_them(write: Callable[[str], Reading]) -> None:
    reading = write("".join(line(each, "rybar" if each % 2 else "svodki") for each in range(30)))
    last = reading.to_the_end()
    assert reading.ids == [str(number) for number in range(1, 30, 2)]
    assert (last.state, last.reason) == (Health.OK, "15 lines of other sources left to them")


def test_a_file_of_other_sources_alone_is_an_alarm(write: Callable[[str], Reading]) -> None:
    last = write("".join(line(each, "svodki") for each in range(30))).to_the_end()
    assert (last.state, last.reason) == (Health.BROKEN, "the file holds no post of rybar, only of svodki")


def test_a_file_that_holds_something_else_is_an_alarm_that_stays(write: Callable[[str], Reading]) -> None:
    reading = write("Dear diary,\nnothing happened.\n")
    last = reading.to_the_end()
    assert (last.state, "line 1: is no JSON" in (last.reason or "")) == (Health.BROKEN, True)
    reading.poll()
    assert reading.haul.trouble is not None
    assert reading.haul.trouble.health is Health.BROKEN


def test_an_empty_file_is_empty(write: Callable[[str], Reading]) -> None:
    assert write("").to_the_end().state is Health.EMPTY


def test_a_file_that_did_not_change_is_not_read_again(write: Callable[[str], Reading]) -> None:
    reading = write(line(1))
    reading.to_the_end()
    reading.poll()
    assert (reading.haul.fetched, reading.haul.trouble) == ((), None)


def test_a_file_that_has_grown_is_read_on(tmp_path: Path) -> None:
    path = tmp_path / "posts.jsonl"
    path.write_text("".join(line(number) for number in range(10)))
    reading = Reading(path)
    reading.to_the_end()
    with path.open("a") as file:
        file.write(line(10) + "{broken\n")
    last = reading.to_the_end()
    assert reading.ids == [str(number) for number in range(11)]
    assert [problem.place for problem in last.problems] == ["line 12"]


@pytest.mark.parametrize("whole", [True, False], ids=["whole but for its break", "half written"])
def test_a_last_line_that_is_being_written_is_read_once_it_is_whole(tmp_path: Path, whole: bool) -> None:
    path, text = tmp_path / "posts.jsonl", line(2)
    cut = len(text) - 1 if whole else 40
    path.write_text(line(1) + text[:cut])
    reading = Reading(path)
    assert len(reading.to_the_end().problems) == (0 if whole else 1)
    with path.open("a") as file:
        file.write(text[cut:] + line(3) + "{broken\n")
    last = reading.to_the_end()
    assert reading.ids == ["1", "2", "3"]
    assert [problem.place for problem in last.problems if problem.place != "line 2"] == ["line 4"]


def test_a_file_that_was_replaced_is_read_anew(tmp_path: Path) -> None:
    path, other = tmp_path / "posts.jsonl", tmp_path / "other.jsonl"
    path.write_text("".join(line(number) for number in range(10)))
    reading = Reading(path)
    reading.to_the_end()
    other.write_text("".join(line(number) for number in range(100, 120)))
    other.rename(path)
    reading.to_the_end()
    assert reading.ids[10:] == [str(number) for number in range(100, 120)]


def test_a_file_that_was_written_over_is_read_anew(tmp_path: Path) -> None:
    path = tmp_path / "posts.jsonl"
    path.write_text("".join(line(number) for number in range(10)))
    reading = Reading(path)
    reading.to_the_end()
    path.write_text("".join(line(number) for number in range(100, 120)))
    reading.to_the_end()
    assert reading.ids[10:] == [str(number) for number in range(100, 120)]


def test_an_edit_in_place_is_read_anew(tmp_path: Path) -> None:
    path = tmp_path / "posts.jsonl"
    rest = "".join(line(number) for number in range(2, 30))
    path.write_text(line(1) + rest)
    reading = Reading(path)
    reading.to_the_end()
    path.write_text(line(1, text="Погибли 9") + rest)
    os.utime(path, ns=(0, 10**18))
    reading.to_the_end()
    assert [post.text for post in reading.posts if post.external_id == "1"] == ["Погибли 1", "Погибли 9"]


@pytest.mark.parametrize("length", [800, 1400, 3000])
def test_a_line_longer_than_a_window_is_passed_over(tmp_path: Path, length: int) -> None:
    path = tmp_path / "posts.jsonl"
    path.write_text(line(1) + line(2, text="x" * length) + line(3))
    reading = Reading(path, 700)
    last = reading.to_the_end()
    assert reading.ids == ["1", "3"]
    assert [problem.place for problem in last.problems] == ["line 2"]


@pytest.mark.parametrize("name", ["missing.jsonl", "folder", "pipe"])
def test_what_is_no_file_is_the_trouble_of_the_poll(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    reading = Reading(tmp_path / name)
    reading.poll()
    assert reading.haul.trouble is not None
    assert reading.haul.trouble.health in (Health.UNREACHABLE, Health.REFUSED)
    assert name in reading.haul.trouble.reason


@pytest.mark.parametrize("cut", [0.5, 0.9])
def test_a_gzip_that_breaks_off_gives_what_came_before(tmp_path: Path, cut: float) -> None:
    lines = "".join(line(number, salt=os.urandom(40).hex()) for number in range(3000)).encode()
    whole = gzip.compress(lines)
    path = tmp_path / "posts.jsonl.gz"
    path.write_bytes(whole[: int(len(whole) * cut)])
    reading = Reading(path)
    reading.to_the_end()
    assert reading.haul.trouble is not None
    assert reading.haul.trouble.health is Health.BROKEN
    assert cut * 2500 < len(reading.posts) < 3000


def test_gzip_in_several_members_is_one_file(tmp_path: Path) -> None:
    path = tmp_path / "posts.jsonl.gz"
    path.write_bytes(b"".join(gzip.compress(line(number).encode()) for number in range(30)))
    reading = Reading(path)
    reading.to_the_end()
    assert len(reading.posts) == 30


def test_a_gzip_bomb_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "posts.jsonl.gz"
    path.write_bytes(gzip.compress(line(1).encode() + b"\n" * 40_000_000))
    reading = Reading(path)
    reading.to_the_end()
    assert reading.haul.trouble is not None
    assert reading.haul.trouble.health is Health.REFUSED
    assert "unfolds" in reading.haul.trouble.reason


def test_an_example_is_never_fetched(tmp_path: Path) -> None:
    reading = Reading(tmp_path / "missing", kind=SourceKind.EXAMPLE)
    reading.poll()
    assert (reading.haul.fetched, reading.haul.trouble) == ((), None)


@pytest.mark.parametrize("given", ["", "  ", "a\x00b"])
def test_what_is_no_path_is_refused(given: str) -> None:
    with pytest.raises(BadInputError):
        ArchiveCollector(Limits()).address(given)


def test_a_file_needs_no_host() -> None:
    collector = ArchiveCollector(Limits())
    assert collector.host(Target("a", SourceKind.ARCHIVE, collector.address(" posts.jsonl "))) == ""


def test_a_whole_file_is_read_with_whose_posts_they_are(write: Callable[[str], Reading]) -> None:
    reading = write(line(1) + "{broken\n" + "".join(line(number, "svodki") for number in range(2, 30)))
    found = list(read_archive(reading.path, reading.window))
    problems = [each for each in found if isinstance(each, Problem)]
    entries = [(each.source, each.post.external_id) for each in found if not isinstance(each, Problem)]
    assert [problem.place for problem in problems] == ["line 2"]
    assert entries == [("rybar", "1"), *(("svodki", str(number)) for number in range(2, 30))]


def test_a_whole_file_that_breaks_off_says_so_after_what_is_good(tmp_path: Path) -> None:
    path = tmp_path / "posts.jsonl.gz"
    path.write_bytes(gzip.compress(line(1).encode())[:-9])
    found = read_archive(path)
    with pytest.raises(UnreadableError, match="cut off"):
        list(found)
