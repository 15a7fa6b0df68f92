"""The noun before a number: 'Losses: tanks - 5', a noun right before: about twenty."""

from dataclasses import replace
from typing import Final

from models.enums import PEOPLE, Bound, Object
from monitor.figures.nouns import Noun, NounKind
from monitor.figures.numbers import Number
from monitor.figures.scene import Scene, kind_of
from monitor.figures.tagging import Match

_MARKS: Final = frozenset("*_\"'\u00ab\u00bb\u201c\u201d\u201e`")
_OPENS: Final = frozenset({"-", ":", "="})
_BACK: Final = 18  # tokens between a number and the head of the phrase before it


def before(scene: Scene, number: Number) -> Noun | None:
    """'tanks - 3537', 'Dead: 6', 'number of dead - 63', 'human losses amounted to 60'."""
    names, words = scene.names, scene.words
    at, tied = number.first, number.times
    floor = max(0, at - _BACK)
    while at > floor:
        before = at - 1
        if words[before] in _MARKS or scene.tags.has(before, names.more):
            at = before
        elif words[before] in _OPENS or _links(scene, number, before) or _alone_in_brackets(scene, number, before):
            at, tied = before, True
        else:
            break
    return _ending_at(scene, number, at, floor, tied=tied)


def _alone_in_brackets(scene: Scene, number: Number, at: int) -> bool:
    """'guns (688)', where no person stands: 'the pensioner (63)' is an age."""
    closed = number.last < len(scene.words) and scene.words[number.last] == ")" and scene.words[at] == "("
    if not closed or not number.digits:
        return False
    last = (scene.tags.longest(back, scene.names.nouns | scene.names.victims) for back in (at - 1, at - 2) if back >= 0)
    match = next((each for each in last if each is not None and each.last == at), None)
    return match is not None and Object(match.name.rsplit(".", 1)[1]) not in PEOPLE


def _links(scene: Scene, number: Number, at: int) -> bool:
    """'is', 'amounted to'; 'the toll is in the hundreds'."""
    vague = number.bound is Bound.VAGUE and scene.tags.has(at, scene.names.vague_links)
    return vague or (scene.tags.has(at, scene.names.copulas) and at not in scene.number_of)


def _ending_at(scene: Scene, number: Number, last: int, floor: int, *, tied: bool) -> Noun | None:
    """The first noun of the phrase that ends before this token."""
    names, words = scene.names, scene.words
    first = last
    while first > floor and first - 1 not in scene.number_of and _in_phrase(words[first - 1]):
        first -= 1
    found: Noun | None = None
    at = first
    while at < last:
        match = scene.tags.longest(at, names.nouns | names.victims | names.absorb | names.things | names.tolls)
        if match is None or match.last > last:
            at += 1
            continue
        adjacent = match.last == last
        noun = _noun_before(scene, at, match)
        if noun is not None and not tied and adjacent and _is_second_half(scene, at, noun):
            noun = replace(noun, victim="casualties")
        if noun is not None and (
            tied or (adjacent and (noun.victim is not None or noun.object is Object.PERSON or not number.digits))
        ):
            if noun.victim is not None and (found is None or found.victim is None):
                found = (
                    noun if found is None or noun.object is not Object.PERSON else replace(noun, object=_people(found))
                )
                at = match.last
                continue
            if noun.victim is not None and found is not None and {noun.victim, found.victim} == {"kill", "wound"}:
                return replace(found, object=Object.PERSON, victim="casualties", last=noun.last)
            found = found or noun
        at = match.last
    if number.changed and found is not None and found.kind is NounKind.OTHER:
        return None  # 'the dead in a house rose to 7': it is no house that rose
    if tied or found is None:
        return found
    another = found.first == first and first - 1 in scene.number_of  # 'of 30 who suffered 10 died': the noun of 30
    return found if found.last == last and not another else None


def _is_second_half(scene: Scene, at: int, noun: Noun) -> bool:
    """'killed and wounded hundreds', but not '30 killed and wounded 20'."""
    if at < 2 or not scene.tags.has(at - 1, scene.names.and_) or at - 3 in scene.number_of:
        return False
    match = scene.tags.longest(at - 2, scene.names.victims)
    return match is not None and {kind_of(match.name), noun.victim} == {"kill", "wound"}


def _people(noun: Noun) -> Object:
    """'number of civilians killed': what the noun before says of the victims."""
    return noun.object if noun.object in PEOPLE else Object.PERSON


def _in_phrase(word: str) -> bool:
    return word not in (".", ",", ";", "\n", "(", ")", "!", "?", ":")


def _noun_before(scene: Scene, at: int, match: Match) -> Noun | None:
    names = scene.names
    if match.name in names.absorb:
        return None
    if match.name in names.things:
        return Noun(NounKind.OTHER, at, match.last, before=True, reason="other_things")
    if match.name in names.tolls:
        return Noun(NounKind.COUNTED, at, at + 1, Object.PERSON, kind_of(match.name), at, before=True)
    thing = Object(match.name.rsplit(".", 1)[1])
    if match.name in names.victims:
        return Noun(NounKind.COUNTED, at, match.last, thing, kind_of(match.name), at, before=True)
    return Noun(NounKind.COUNTED, at, match.last, thing, before=True)
