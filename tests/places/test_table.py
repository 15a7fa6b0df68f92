"""The table as it is shipped: small, complete, loaded late, and in step with the lists that it is built from."""

import re
import subprocess
import sys
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest

from monitor.places import contains, gazetteer, lookup
from monitor.places.blocks import Blocks

LISTS = Path(__file__).parents[2] / "tools" / "places"
MEGABYTE = 1_000_000


def listed() -> Iterator[tuple[str, str]]:
    """Area and name of every settlement written by hand."""
    area = ""
    for line in (LISTS / "settlements.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            area = line.strip("[]")
        elif line and not line.startswith("#"):
            for item in line.rstrip(",").split(", "):
                yield from ((area, name.strip()) for name in re.split("[=/]", item))


def test_the_table_is_small_enough_to_ship() -> None:
    assert len(files("monitor.places").joinpath("gazetteer.txt").read_bytes()) < 3 * MEGABYTE


def test_importing_the_package_reads_no_table() -> None:
    code = "from monitor.places import gazetteer; print(gazetteer.cache_info().currsize)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "0"


def test_every_settlement_written_by_hand_is_found_in_its_area() -> None:
    known = gazetteer()
    lost = []
    for area, name in listed():
        found = known.longest(known.words_of(name), 0)
        if found is None or not any(contains(area, id_) for id_ in found.ids):
            lost.append((area, name))
    assert lost == []


def test_every_place_lies_in_places_that_exist() -> None:
    _, _, places, _ = files("monitor.places").joinpath("gazetteer.txt").read_text(encoding="utf-8").split("\n=\n")
    rows = [row.split("\t") for row in places.split("\n") if row]
    ids = {row[0] for row in rows}
    assert len(ids) == len(rows)
    assert [row for row in rows if not ids.issuperset(row[3].split())] == []


@pytest.mark.parametrize("name", ["Владимир", "Счастье", "Орёл", "Чехов", "Свобода"])
def test_names_that_are_words_or_people_are_marked(name: str) -> None:
    known = gazetteer()
    found = known.longest(known.words_of(name), 0)
    assert found is not None
    assert found.common


def test_an_unknown_id_is_an_error() -> None:
    with pytest.raises(KeyError):
        gazetteer().place("nowhere")


def test_a_block_finds_the_line_of_a_key_and_no_other() -> None:
    blocks = Blocks("abc\t1\nabcd\t2\n\nab\t3")
    assert [blocks.get(key) for key in ("abc", "abcd", "ab", "a", "abcde", "b")] == ["1", "2", "3", None, None, None]


def test_a_former_name_of_a_city_is_not_the_village_of_that_name() -> None:
    place = lookup("Александровка")
    assert place is not None
    assert place.name != "Donetsk"
