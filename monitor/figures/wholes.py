"""Figures that others show to be wholes: '18 of 24 shot down', 'of 30 who suffered 10 died, 20 were wounded'."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from models.enums import Measure, Object
from monitor.figures.attached import Attached, Dropped
from monitor.figures.measures import AIR, AIR_KINDS
from monitor.figures.nouns import NounKind
from monitor.figures.scene import Scene

_NO_COUNTS: Final = frozenset({"time", "year", "money", "measure_unit", "places", "attacks", "units_of_army"})
_OF_THE: Final = 2  # tokens
_PARTS: Final = frozenset({Measure.INTERCEPTED, Measure.HIT, Measure.DESTROYED})


def with_wholes(scene: Scene, attached: Sequence[Attached | Dropped]) -> list[Attached | Dropped]:
    found = _with_sufferers(scene, _with_stores(list(attached)))
    for at in range(len(found)):
        whole = _whole(scene, found, at) or _launched_too(scene, found, at)
        if whole is not None:
            found[at] = whole
    return found


def _with_stores(found: list[Attached | Dropped]) -> list[Attached | Dropped]:
    """'four launchers and 800 rockets for them were destroyed': what lies on the ground is not shot down."""
    grounded = {each.mention for each in found if isinstance(each, Attached) and each.measure is Measure.DESTROYED}
    for at, each in enumerate(found):
        stored = isinstance(each, Attached) and each.object is Object.ROCKET and each.kind == "destroy"
        if isinstance(each, Attached) and stored and each.mention is not None and each.mention in grounded:
            found[at] = replace(each, measure=Measure.DESTROYED)
    return found


def _with_sufferers(scene: Scene, found: list[Attached | Dropped]) -> list[Attached | Dropped]:
    """'1,448 suffered: 480 killed, 968 wounded': where the parts add up, those who suffered are the dead too."""
    read = [each for each in found if isinstance(each, Attached)]
    suffered = [each for each in read if each.measure is Measure.WOUNDED and _suffers(scene, each)]
    if not any(_adds_up(each, read) for each in suffered):
        return found
    for at, each in enumerate(found):
        before = found[at - 1] if at else None
        goes_on = isinstance(before, Attached) and before.measure is Measure.CASUALTIES
        portion = isinstance(each, Attached) and each.inherited == "broken down" and goes_on
        if isinstance(each, Attached) and (each in suffered or (portion and each.measure is Measure.WOUNDED)):
            found[at] = replace(each, measure=Measure.CASUALTIES)
    return found


def _suffers(scene: Scene, each: Attached) -> bool:
    return each.mention is not None and scene.tags.has(each.mention.first, scene.names.suffered)


def _adds_up(whole: Attached, read: Sequence[Attached]) -> bool:
    dead = {each.number.low for each in read if each.measure is Measure.KILLED}
    parts = [each for each in read if each.measure is Measure.WOUNDED and each is not whole]
    hurt = {each.number.low for each in parts if each.inherited != "among"}
    total = whole.number.low
    return total is not None and any(total - low in hurt for low in dead if low)


def _is_unmeasured(found: Sequence[Attached | Dropped], at: int, part: Attached, *, tied: bool) -> bool:
    """'one of four tanks was destroyed', 'of the 550 who attacked 400 were killed': of the others nothing is said."""
    each = found[at]
    fronted = isinstance(each, Attached) and _counts_before(each, part)
    follows = tied or any(0 < each.number.first - end <= _OF_THE for end in (part.number.last, part.noun.last))
    said = isinstance(each, Attached) and each.noun.victim is None and each.mention is part.mention is not None
    return (fronted or follows) and said and part.object not in AIR


def _counts_before(whole: Attached, part: Attached) -> bool:
    """It has a noun of its own, which stands before the part."""
    own = whole.noun.kind is NounKind.COUNTED and whole.noun.first >= whole.number.last
    return own and whole.noun.last <= part.number.first


def _whole(scene: Scene, found: Sequence[Attached | Dropped], at: int) -> Attached | Dropped | None:
    each = found[at]
    number = each.number
    before = number.first - 1
    if before > 0 and scene.tags.has(before, scene.names.determiners):
        before -= 1  # '11 of the 18'
    tied = at > 0 and scene.is_part_of(found[at - 1].number.last, number.first)
    if before < 0 or not (tied or scene.tags.has(before, scene.names.of) or scene.words[before] == "/"):
        return None
    if isinstance(each, Dropped) and each.reason in _NO_COUNTS:
        return None
    part = _part(scene, found, at)
    if part is not None and _is_unmeasured(found, at, part, tied=tied):
        return Dropped(number, "whole")
    if part is None or part.object not in AIR or part.measure not in _PARTS or part.kind not in AIR_KINDS | {"destroy"}:
        return None
    if isinstance(each, Attached) and each.noun.kind is NounKind.COUNTED and each.object not in AIR:
        return None
    if part.number.high is not None and number.high is not None and number.high < part.number.high:
        return None
    noun = part.noun if isinstance(each, Dropped) else each.noun
    thing = part.object if isinstance(each, Dropped) or each.noun.object is None else each.object
    return replace(part, number=number, noun=noun, object=thing, measure=Measure.LAUNCHED, inherited="whole", cost=0.3)


def _launched_too(scene: Scene, found: Sequence[Attached | Dropped], at: int) -> Attached | None:
    """'launched 26 drones, of which 21 were downed, and 12 more, of which they downed eight': 12 were launched."""
    each = found[at]
    part = found[at + 1] if at + 1 < len(found) else None
    if not (isinstance(each, Attached) and isinstance(part, Attached)) or part.mention is None:
        return None
    gap = range(max(each.number.last, each.noun.last), part.mention.first)
    if each.measure is not Measure.INTERCEPTED or part.measure is not Measure.INTERCEPTED:
        return None
    if not any(scene.tags.longest(near, scene.names.among) for near in gap):
        return None
    goes_on = any(
        isinstance(before, Attached)
        and before.measure is Measure.LAUNCHED
        and before.object is each.object
        and scene.same_sentence(before.number.first, each.number.first)
        for before in found[:at]
    )
    return replace(each, measure=Measure.LAUNCHED, inherited="whole", cost=0.3) if goes_on else None


def _part(scene: Scene, found: Sequence[Attached | Dropped], at: int) -> Attached | None:
    """The number just before in the sentence; where the whole opens the sentence, the one behind."""
    for near in (at - 1, at + 1):
        if 0 <= near < len(found):
            other = found[near]
            same = scene.same_sentence(other.number.first, found[at].number.first)
            if same and isinstance(other, Attached):
                return other
    return None
