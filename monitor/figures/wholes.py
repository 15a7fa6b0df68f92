"""'18 of 24 missiles shot down': the whole that a part was taken of."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from models.enums import Measure
from monitor.figures.attach import Attached, Dropped
from monitor.figures.measures import AIR, AIR_KINDS
from monitor.figures.nouns import NounKind
from monitor.figures.scene import Scene

_PARTS: Final = frozenset({Measure.INTERCEPTED, Measure.HIT, Measure.DESTROYED})


def with_wholes(scene: Scene, attached: Sequence[Attached | Dropped]) -> list[Attached | Dropped]:
    found = list(attached)
    for at in range(len(found)):
        whole = _whole(scene, found, at)
        if whole is not None:
            found[at] = whole
    return found


def _whole(scene: Scene, found: Sequence[Attached | Dropped], at: int) -> Attached | None:
    each = found[at]
    number = each.number
    if number.first == 0 or not scene.tags.has(number.first - 1, scene.names.of):
        return None
    part = _part(scene, found, at)
    if part is None or part.object not in AIR or part.measure not in _PARTS or part.kind not in AIR_KINDS | {"destroy"}:
        return None
    if isinstance(each, Attached) and each.noun.kind is NounKind.COUNTED and each.object not in AIR:
        return None
    if part.number.high is not None and number.high is not None and number.high < part.number.high:
        return None
    noun = part.noun if isinstance(each, Dropped) else each.noun
    thing = part.object if isinstance(each, Dropped) or each.noun.object is None else each.object
    return replace(part, number=number, noun=noun, object=thing, measure=Measure.LAUNCHED, inherited="whole", cost=0.3)


def _part(scene: Scene, found: Sequence[Attached | Dropped], at: int) -> Attached | None:
    """The number just before in the sentence; where the whole opens the sentence, the one behind."""
    for near in (at - 1, at + 1):
        if 0 <= near < len(found):
            other = found[near]
            same = scene.same_sentence(other.number.first, found[at].number.first)
            if same and isinstance(other, Attached):
                return other
    return None
