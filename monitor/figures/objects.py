"""Who the people of a figure are where its own noun leaves it open: an army's losses are soldiers."""

from collections.abc import Iterator, Sequence
from typing import Final

from models.enums import Measure, Object
from monitor.figures.attached import Attached
from monitor.figures.nouns import NounKind
from monitor.figures.scene import Scene

_REACH: Final = 6  # tokens
_BATTLE_WITHIN: Final = 14  # tokens
_CARRIED: Final = 2  # sentences over which the unnamed dead are those named before
_DEAD_OR_HURT: Final = frozenset({Measure.KILLED, Measure.WOUNDED})


def settled_objects(scene: Scene, attached: Sequence[Attached]) -> list[Object]:
    settled: list[Object] = []
    for at, each in enumerate(attached):
        thing = each.object
        before = (attached[at - 1], settled[-1]) if settled else None
        if thing is Object.PERSON:
            thing = _people(scene, each, before)
        elif before is not None and each.noun.object is None and thing is before[0].object:
            thing = before[1]  # 'two of them': what those before are
        elif thing in (Object.MISSILE, Object.SHELL) and _is_of_a_launcher(scene, each):
            thing = Object.ROCKET
        settled.append(thing)
    return settled


def _people(scene: Scene, each: Attached, before: tuple[Attached, Object] | None) -> Object:
    named = next(_named_beside(scene, each), None)
    if named is not None:
        return named
    if _is_of_an_army(scene, each):
        return Object.MILITARY
    if before is not None and _goes_on_about(scene, each, before[0]):
        return before[1] if before[1] is not Object.CHILD or not _is_a_part(scene, before[0]) else Object.PERSON
    return Object.PERSON


def _is_a_part(scene: Scene, each: Attached) -> bool:
    """'46 people, including six children'."""
    near = range(max(0, each.number.first - 3), each.number.first)
    words = (scene.tags.longest(at, scene.names.among) for at in near)
    return each.inherited == "among" or any(match is not None and match.last == each.number.first for match in words)


def _named_beside(scene: Scene, each: Attached) -> Iterator[Object]:
    """'two dead among the civilian population'."""
    end = max(each.noun.last, each.number.last)
    for at in range(end, min(len(scene.words), end + 2 * _REACH)):
        if not scene.same_sentence(at, each.number.first):
            return
        if scene.tags.has(at, scene.names.from_among):
            for behind in range(at + 1, min(len(scene.words), at + 4)):
                match = scene.tags.longest(behind, scene.names.nouns)
                if match is not None and match.name in ("nouns.civilian", "nouns.military"):
                    yield Object(match.name.rsplit(".", 1)[1])


def _is_of_an_army(scene: Scene, each: Attached) -> bool:
    """Only armies are said to lose men, and only their men to be liquidated."""
    if each.kind in ("lose", "destroy"):
        return True
    first = each.number.first
    near = [*scene.mentions_before(first, 4), *scene.mentions_after(first, 4)]
    if any(mention.kind == "lose" or scene.tags.has(mention.first, scene.names.lose) for mention in near):
        return True
    if _falls_in_battle(scene, each):
        return True
    return _names_a_force(scene, each) or (each.kind == "casualties" and _force_before(scene, each))


def _falls_in_battle(scene: Scene, each: Attached) -> bool:
    """'a hundred dead for one assault', where the dead are not said to be anybody else."""
    victims_only = each.noun.kind is not NounKind.COUNTED or each.noun.victim_at == each.noun.first
    if not victims_only:
        return False
    first = each.number.first
    near = range(max(0, first - _BATTLE_WITHIN), min(len(scene.words), first + _BATTLE_WITHIN))
    return any(scene.tags.longest(at, scene.names.battle) and scene.same_sentence(at, first) for at in near)


def _names_a_force(scene: Scene, each: Attached) -> bool:
    """Right behind the noun or the outcome word: 'dead of the army', 'losses of the army'."""
    ends = [each.noun.last, each.number.last]
    if each.mention is not None and each.mention.nominal:
        ends.append(each.mention.last)
    for end in ends:
        for at in range(end, min(len(scene.words), end + 2)):
            if scene.tags.longest(at, scene.names.forces) and scene.same_sentence(at, each.number.first):
                return True
            if not scene.is_adjective(at):
                break
    return False


def _force_before(scene: Scene, each: Attached) -> bool:
    """'the enemy suffered 75 casualties'."""
    first = each.number.first
    near = range(max(0, first - _REACH), first)
    return any(scene.tags.longest(at, scene.names.forces) and scene.same_sentence(at, first) for at in near)


def _goes_on_about(scene: Scene, each: Attached, before: Attached) -> bool:
    """'480 children were killed and 968 wounded'; 'names of 125 dead' after soldiers: no other people are named."""
    victims_only = each.noun.kind is not NounKind.COUNTED or each.noun.victim_at == each.noun.first
    apart = scene.sentence_of[each.number.first] - scene.sentence_of[before.number.first]
    if not victims_only or each.measure not in _DEAD_OR_HURT or before.measure not in _DEAD_OR_HURT:
        return False
    if before.object is Object.CIVILIAN:
        return False
    return apart == 0 or (apart <= _CARRIED and before.object is Object.MILITARY)


def _is_of_a_launcher(scene: Scene, each: Attached) -> bool:
    """'missiles of Grad systems': what rocket launchers fire are rockets."""
    end = max(each.noun.last, each.number.last)
    return any(
        (match := scene.tags.longest(at, scene.names.nouns)) is not None and match.name == "nouns.mlrs"
        for at in range(end, min(len(scene.words), end + 4))
        if scene.same_sentence(at, each.number.first)
    )
