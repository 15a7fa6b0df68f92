"""Who the people of a figure are where its own noun leaves it open: an army's losses are soldiers."""

from collections.abc import Sequence
from typing import Final

from models.enums import Measure, Object
from monitor.figures.attach import Attached
from monitor.figures.nouns import Noun
from monitor.figures.scene import Scene

_ARMY_KINDS: Final = frozenset({"lose", "destroy"})
_REACH: Final = 6


def settled_objects(scene: Scene, attached: Sequence[Attached]) -> list[Object]:
    settled: list[Object] = []
    for each in attached:
        thing = each.object
        if settled and each.noun.object is None and thing is attached[len(settled) - 1].object:
            thing = settled[-1]  # 'two of them': what those before are
        if thing is Object.PERSON and _is_of_an_army(scene, each):
            thing = Object.MILITARY
        if thing is Object.MISSILE and _is_of_a_launcher(scene, each):
            thing = Object.ROCKET
        settled.append(thing)
    return settled


def _is_of_a_launcher(scene: Scene, each: Attached) -> bool:
    """'ракет из РСЗО', 'ракет «Града»': what rocket launchers fire are rockets."""
    end = max(each.noun.last, each.number.last)
    return any(
        (match := scene.tags.longest(at, scene.names.nouns)) is not None and match.name == "nouns.mlrs"
        for at in range(end, min(len(scene.words), end + 4))
        if scene.same_sentence(at, each.number.first)
    )


def _is_of_an_army(scene: Scene, each: Attached) -> bool:
    if each.kind in _ARMY_KINDS or each.measure is Measure.CAPTURED and _names_a_force(scene, each.noun, each):
        return True
    return _names_a_force(scene, each.noun, each) or _beside_a_loss(scene, each) or _suffered(scene, each)


def _suffered(scene: Scene, each: Attached) -> bool:
    """'the enemy suffered 75 casualties': an army's."""
    first = each.number.first
    near = range(max(0, first - _REACH), first)
    return each.kind == "casualties" and any(
        scene.tags.longest(at, scene.names.forces) and scene.same_sentence(at, first) for at in near
    )


def _beside_a_loss(scene: Scene, each: Attached) -> bool:
    """'lost 150 men wounded': only armies are said to lose men."""
    first = each.number.first
    return any(mention.kind == "lose" and first - mention.last <= _REACH for mention in scene.mentions_before(first, 2))


def _names_a_force(scene: Scene, noun: Noun, each: Attached) -> bool:
    """Right behind the noun or the outcome word: 'погибших ВСУ', 'losses of the army'."""
    ends = [noun.last, each.number.last] + (
        [each.mention.last] if each.mention is not None and each.mention.nominal else []
    )
    for end in ends:
        for at in range(end, min(len(scene.words), end + 2)):
            if scene.tags.longest(at, scene.names.forces) and scene.same_sentence(at, each.number.first):
                return True
            if not scene.is_adjective(at):
                break
    return False
