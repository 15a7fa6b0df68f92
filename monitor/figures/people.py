"""Who the people of a figure are where its own noun leaves it open: an army's losses are soldiers."""

from collections.abc import Iterator
from typing import Final

from models.enums import Lang, Measure, Object
from monitor.figures.attached import Attached
from monitor.figures.nouns import NounKind
from monitor.figures.scene import Scene

_REACH: Final = 6  # tokens
_BATTLE_WITHIN: Final = 14  # tokens
_CARRIED: Final = 2  # sentences over which the unnamed dead are those named before
_APPOSED: Final = 4  # tokens from 'one,' to the word that says who it was
_COORDINATE_WITHIN: Final = 3
_LIKE_WITHIN: Final = 16
_WHO_WITHIN: Final = 8
_ADMITTED_WITHIN: Final = 12
_UNDONE_WITHIN: Final = 6
_WHO: Final = {"nouns.civilian": Object.CIVILIAN, "nouns.military": Object.MILITARY, "nouns.child": Object.CHILD}
_DEAD_OR_HURT: Final = frozenset({Measure.KILLED, Measure.WOUNDED})


def people_of(scene: Scene, each: Attached, before: tuple[Attached, Object] | None) -> Object:
    named = next(_named_beside(scene, each), None)
    if named is not None:
        return named
    if _is_of_an_army(scene, each):
        return Object.MILITARY
    if (apposed := _apposed(scene, each)) is not None:
        return apposed
    if before is not None and before[1] is Object.CIVILIAN and _is_one_more(scene, each, before[0]):
        return Object.CIVILIAN
    if (alike := _one_like(scene, each)) is not None:
        return alike
    if before is not None and _goes_on_about(scene, each, *before):
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
    if _is_of_a_unit(scene, each) or _are_members(scene, each):
        return True
    if _falls_in_battle(scene, each) or _is_in_the_case_of_losses(scene, each):
        return True
    if _is_admitted_by_an_army(scene, each) or _who_are_soldiers(scene, each):
        return True
    return _names_a_force(scene, each) or (each.kind == "casualties" and _force_before(scene, each))


def _falls_in_battle(scene: Scene, each: Attached) -> bool:
    """'a hundred dead for one assault', where the dead are not said to be anybody else."""
    if not names_victims_only(each):
        return False
    first = each.number.first
    near = range(max(0, first - _BATTLE_WITHIN), min(len(scene.words), first + _BATTLE_WITHIN))
    return any(scene.tags.longest(at, scene.names.battle) and scene.same_sentence(at, first) for at in near)


def _is_of_a_unit(scene: Scene, each: Attached) -> bool:
    """'destroyed a volunteer detachment, killing 42', 'the brigade was routed, hundreds dead'."""
    if not names_victims_only(each):
        return False
    first = each.number.first
    undone = (verb for verb in scene.mentions_before(first, 4) if verb.kind == "destroy" and not verb.nominal)
    for verb in undone:
        passive = verb.name.endswith(".passive") and scene.document.lang is not Lang.EN
        reach = range(max(0, verb.first - _UNDONE_WITHIN), verb.first) if passive else range(verb.last, first)
        near = reach[:_UNDONE_WITHIN]
        if any(scene.tags.has(at, scene.names.army_units) and scene.same_sentence(at, first) for at in near):
            return True
    return False


def _are_members(scene: Scene, each: Attached) -> bool:
    """'five Taliban members', '40 men in uniform'."""
    between = range(each.number.last, each.noun.first)
    if scene.document.lang is Lang.EN and any(scene.tags.longest(at, scene.names.forces) for at in between):
        return True
    end = max(each.noun.last, each.number.last)
    return end < len(scene.words) and scene.tags.longest(end, scene.names.in_uniform) is not None


def _is_in_the_case_of_losses(scene: Scene, each: Attached) -> bool:
    """'400 (by) killed': in the instrumental it is how many of an army's men were lost so."""
    at = each.noun.victim_at
    return at == each.number.last and scene.tags.has(at, scene.names.lost_as)


def _is_admitted_by_an_army(scene: Scene, each: Attached) -> bool:
    """'the command admitted the deaths of 63 people': of its own."""
    first = each.number.first
    for at in range(max(0, first - _ADMITTED_WITHIN), first):
        match = scene.tags.longest(at, scene.names.admits)
        if match is not None and match.last <= first and scene.same_sentence(at, first):
            before = range(max(0, at - _ADMITTED_WITHIN), at)
            return any(
                scene.tags.longest(near, scene.names.commands) for near in before if scene.same_sentence(near, at)
            )
    return False


def _who_are_soldiers(scene: Scene, each: Attached) -> bool:
    """'18 persons who are said to be government forces', 'six volunteers serving in a brigade'."""
    begin = max(each.noun.last, each.number.last)
    begin += begin < len(scene.words) and scene.words[begin] == ","
    if begin >= len(scene.words) or not scene.tags.has(begin, scene.names.relative | scene.names.serves):
        return False
    for at in range(begin + 1, min(len(scene.words), begin + _WHO_WITHIN)):
        if scene.words[at] in ",.\n" or at in scene.number_of:
            return False
        match = scene.tags.longest(at, scene.names.armies)
        if match is not None:
            return not scene.mentions_between(begin, at)  # 'who were killed by the army'
    return False


def _apposed(scene: Scene, each: Attached) -> Object | None:
    """'one, a French journalist', 'one man - a worker of the garage'."""
    end = max(each.noun.last, each.number.last)
    if each.number.low != 1 or each.number.high != 1 or end >= len(scene.words) or scene.words[end] not in ",-":
        return None
    for at in range(end + 1, min(len(scene.words), end + 1 + _APPOSED)):
        match = scene.tags.longest(at, scene.names.nouns)
        if match is not None:
            return _WHO.get(match.name)
        if at in scene.number_of or scene.tags.has(at, scene.names.stops) or scene.words[at] in ",.\n":
            return None
    return None


def _is_one_more(scene: Scene, each: Attached, before: Attached) -> bool:
    """'killed two civilians and wounded one', 'residents were killed. Another 12 people were hurt'."""
    if each.measure not in _DEAD_OR_HURT or before.measure not in _DEAD_OR_HURT:
        return False
    apart = scene.sentence_of[each.number.first] - scene.sentence_of[before.number.first]
    beside = (each.number.first - 1, each.number.last)
    more = each.number.first > 0 and any(scene.tags.has(at, scene.names.other_lives) for at in beside)
    return (more and apart <= 1) or (each.noun.kind is NounKind.NONE and _is_coordinate(scene, each, before))


def _is_coordinate(scene: Scene, each: Attached, before: Attached) -> bool:
    """'two civilians and wounding one': nothing but 'and' and a verb stands between."""
    gap = range(before.noun.last, each.number.first)
    if not 2 <= len(gap) <= _COORDINATE_WITHIN or not scene.tags.has(gap[0], scene.names.and_):
        return False
    return any(
        verb.first == gap[1] and verb.last == gap[-1] + 1 for verb in scene.mentions_between(gap[1], gap[-1] + 1)
    )


def names_victims_only(each: Attached) -> bool:
    """Nothing but the dead or the hurt, or nothing at all, stands for who they are."""
    return each.noun.kind is not NounKind.COUNTED or each.noun.victim_at == each.noun.first


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


def _one_like(scene: Scene, each: Attached) -> Object | None:
    """'A journalist was killed, another one wounded': the one who is like him."""
    first = each.number.first
    more = first > 0 and scene.tags.has(first - 1, scene.names.other_lives)
    if not more or each.number.low != 1 or not names_victims_only(each):
        return None
    for at in range(first - 1, max(-1, first - 1 - _LIKE_WITHIN), -1):
        if at in scene.number_of or not scene.same_sentence(at, first):
            return None
        match = scene.tags.longest(at, scene.names.nouns)
        if match is not None and match.name in _WHO:
            return _WHO[match.name]
    return None


def _goes_on_about(scene: Scene, each: Attached, before: Attached, who: Object) -> bool:
    """'480 children were killed and 968 wounded'; 'names of 125 dead' after soldiers: no other people are named."""
    apart = scene.sentence_of[each.number.first] - scene.sentence_of[before.number.first]
    if not names_victims_only(each) or each.measure not in _DEAD_OR_HURT or before.measure not in _DEAD_OR_HURT:
        return False
    if who is Object.CIVILIAN:
        return False
    return apart == 0 or (apart <= _CARRIED and who is Object.MILITARY)
