"""Who the people of a figure are where its own noun leaves it open: an army's losses are soldiers."""

from collections.abc import Sequence
from typing import Final

from models.enums import Measure, Object
from monitor.figures.attach import Attached
from monitor.figures.nouns import Noun
from monitor.figures.scene import Scene

_ARMY_KINDS: Final = frozenset({"lose", "casualties", "capture", "destroy"})
_REACH: Final = 6


def settled_objects(scene: Scene, attached: Sequence[Attached]) -> list[Object]:
    settled: list[Object] = []
    for each in attached:
        thing = each.object
        if thing is Object.PERSON and _is_of_an_army(scene, each):
            thing = Object.MILITARY
        settled.append(thing)
    return settled


def _is_of_an_army(scene: Scene, each: Attached) -> bool:
    if each.kind in _ARMY_KINDS and each.noun.object in (None, Object.PERSON):
        return each.measure is not Measure.CAPTURED or _names_a_force(scene, each.noun, each)
    return _names_a_force(scene, each.noun, each)


def _names_a_force(scene: Scene, noun: Noun, each: Attached) -> bool:
    """Right behind the noun or the outcome word: 'погибших ВСУ', 'losses of the army'."""
    ends = [noun.last, each.number.last] + ([each.mention.last] if each.mention is not None and each.mention.nominal else [])
    for end in ends:
        for at in range(end, min(len(scene.words), end + 2)):
            if scene.tags.longest(at, scene.names.forces) and scene.same_sentence(at, each.number.first):
                return True
            if not scene.is_adjective(at):
                break
    return False
