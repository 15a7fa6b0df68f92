"""Outcomes told apart behind a pair of numbers: '1470 / 1119 (detected/destroyed)'."""

from typing import Final

from monitor.figures.scene import Mention, Scene

_BEHIND: Final = 3  # tokens between the pair and its brackets


def outcome_in_pair(scene: Scene, index: int) -> Mention | None:
    """The outcome of this number by its place in the pair."""
    for first, place in ((index, 0), (index - 1, 1)):
        if first < 0 or first + 1 >= len(scene.numbers):
            continue
        one, other = scene.numbers[first], scene.numbers[first + 1]
        if other.first == one.last + 1 and scene.words[one.last] == "/":
            outcomes = _in_brackets(scene, other.last)
            return outcomes[place] if outcomes is not None else None
    return None


def _in_brackets(scene: Scene, last: int) -> tuple[Mention, Mention] | None:
    begin = next((at for at in range(last, min(len(scene.words), last + _BEHIND)) if scene.words[at] == "("), None)
    if begin is None:
        return None
    found = scene.mentions_between(begin, begin + 4)
    if len(found) != 2 or found[0].last + 1 != found[1].first or scene.words[found[0].last] != "/":
        return None
    return found[0], found[1]
