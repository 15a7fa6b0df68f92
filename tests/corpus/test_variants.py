"""The same text in other letters, apostrophes and spaces is read the same."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from examples import Example, examples

from monitor.figures import read_figures

VARIANTS = yaml.safe_load((Path(__file__).parent / "variants.yaml").read_text(encoding="utf-8"))
LOOK_ALIKE = VARIANTS["look_alike"]
CYRILLIC_WORD = re.compile(r"[\u0400-\u04ff]{4,}")
INNER_APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)")
GROUP_SPACE = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")


def latin_letters(text: str) -> str:
    return CYRILLIC_WORD.sub(lambda word: _latin(word[0]), text)


def _latin(word: str) -> str:
    """Every look-alike but the first letter, which keeps the word Cyrillic."""
    return word[0] + "".join(LOOK_ALIKE.get(letter, letter) for letter in word[1:])


def apostrophe(mark: str) -> Callable[[str], str]:
    return lambda text: INNER_APOSTROPHE.sub(mark, text)


def group_space(space: str) -> Callable[[str], str]:
    return lambda text: GROUP_SPACE.sub(space, text)


CHANGES: dict[str, Callable[[str], str]] = {
    "latin letters": latin_letters,
    **{f"apostrophe {mark}": apostrophe(mark) for mark in VARIANTS["apostrophes"]},
    **{f"space U+{ord(space):04X}": group_space(space) for space in VARIANTS["spaces"]},
}


@pytest.mark.parametrize("change", CHANGES)
def test_reads_the_same_in_other_letters(change: str) -> None:
    changed = [(example, CHANGES[change](example.text)) for example in examples()]
    touched = [(example, text) for example, text in changed if text != example.text]
    assert touched
    assert [example.id for example, text in touched if reading(example, text) != reading(example, example.text)] == []


def reading(example: Example, text: str) -> list[tuple[object, ...]]:
    return [
        (
            figure.start,
            figure.end,
            figure.measure,
            figure.object,
            figure.low,
            figure.high,
            figure.modifier,
            figure.side,
            figure.scope,
            figure.stance,
            figure.provisional,
        )
        for figure in read_figures(text, example.context)
    ]
