"""Which noun a number counts: the one behind it, or the one before it."""

from dataclasses import replace

from models.enums import PEOPLE
from monitor.figures.measures import PEOPLE_KINDS
from monitor.figures.nouns import Noun, NounKind
from monitor.figures.nouns_before import before
from monitor.figures.nouns_behind import behind
from monitor.figures.numbers import Number
from monitor.figures.scene import Scene, kind_of


def noun_of(scene: Scene, number: Number) -> Noun:
    """The noun behind the number, else the one before it."""
    right = behind(scene, number)
    if right.kind not in (NounKind.NONE, NounKind.UNKNOWN) and not (
        right.kind is NounKind.COUNTED and right.object is None
    ):
        return right
    left = before(scene, number)
    if left is not None and left.victim is None and left.object not in PEOPLE and _befalls_people(scene, number.last):
        left = None  # 'a tanker blew up: three died'
    if left is None or (right.kind is NounKind.UNKNOWN and _is_its_verb(scene, number, left)):
        return right
    if right.kind is NounKind.COUNTED:
        return replace(left, victim=right.victim, victim_at=right.victim_at)
    return left


def _is_its_verb(scene: Scene, number: Number, noun: Noun) -> bool:
    """'captured 5 sunsets': no captives."""
    return noun.victim == "capture" and noun.last == number.first and scene.tags.has(noun.first, scene.names.outcomes)


def _befalls_people(scene: Scene, at: int) -> bool:
    match = scene.tags.longest(at, scene.names.mentions) if at < len(scene.words) else None
    return match is not None and kind_of(match.name) in PEOPLE_KINDS
