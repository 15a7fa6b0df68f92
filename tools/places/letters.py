"""Names from one alphabet into another, and from Ukrainian into Russian spelling."""

from collections.abc import Mapping
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent


@cache
def data(name: str) -> Any:
    return yaml.safe_load((HERE / f"{name}.yaml").read_text(encoding="utf-8"))


def latin_of_ukrainian(name: str) -> str:
    return _latin(name, "uk")


def latin_of_russian(name: str) -> str:
    return _latin(name, "ru")


def _latin(name: str, lang: str) -> str:
    letters: Mapping[str, str] = data("letters")[lang]
    first: Mapping[str, str] = data("letters")[f"{lang}_first"]
    pairs: Mapping[str, str] = data("letters")[f"{lang}_pairs"]
    lowered = name.lower()
    for pair, latin in pairs.items():
        lowered = lowered.replace(pair, latin)
    read = []
    for at, char in enumerate(lowered):
        begins = at == 0 or not (lowered[at - 1].isalpha() or lowered[at - 1] == "'")
        read.append(first.get(char, letters.get(char, char)) if begins else letters.get(char, char))
    return "-".join(" ".join(word[:1].upper() + word[1:] for word in part.split()) for part in "".join(read).split("-"))


def russian_of(ukrainian: str) -> set[str]:
    """Likely Russian spellings of a Ukrainian name."""
    words = [_russian_words(word) for word in ukrainian.split()]
    return {" ".join(choice) for choice in product(*words)}


def _russian_words(word: str) -> list[str]:
    rules = data("letters")["to_russian"]
    lowered, ending = word.lower(), ""
    for end, put in rules["endings"]:
        if lowered.endswith(end):
            lowered, ending = lowered.removesuffix(end), put
            break
    for letter, put in rules["letters"].items():
        lowered = lowered.replace(letter, put)
    spelled = [lowered]
    for letter, puts in rules["choices"]:
        spelled = [each.replace(letter, put) for each in spelled for put in puts] if letter in lowered else spelled
    return [(each + ending).capitalize() for each in dict.fromkeys(spelled)]
