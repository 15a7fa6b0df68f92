"""The stems of a name and the endings that they take."""

from collections.abc import Iterator
from itertools import product

from places.letters import data

Forms = tuple[str, ...]
WHOLE: Forms = ("",)
SHORTEST_STEM = 2


def stems(name: str, lang: str) -> Iterator[tuple[tuple[str, ...], tuple[Forms, ...]]]:
    """Every way to write a folded name of one or several words: a stem for each word, and the endings of each stem."""
    words = name.replace("-", " ").split()
    for choice in product(*(_stems(word, lang) for word in words)):
        yield tuple(stem for stem, _ in choice), tuple(forms for _, forms in choice)


def _stems(word: str, lang: str) -> list[tuple[str, Forms]]:
    for rule in data("endings").get(lang, ()):
        ends = [rule["end"]] if isinstance(rule["end"], str) else rule["end"]
        end = next((end for end in ends if word.endswith(end)), None)
        cut = end if isinstance(rule["end"], str) else ""
        if end is None or len(word.removesuffix(cut)) < SHORTEST_STEM:
            continue
        found = [(word.removesuffix(cut), tuple(rule["forms"]))]
        for cut, put, forms in rule.get("also", ()):
            if word.endswith(cut):
                found.append((word.removesuffix(cut) + put, tuple(forms)))
        return found
    return [(word, WHOLE)]
