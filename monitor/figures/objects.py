"""What is counted where the noun itself says too little: a launcher by its model, rockets by their launcher."""

from collections.abc import Sequence
from typing import Final

from models.enums import PEOPLE, Lang, Object
from monitor.figures.attached import Attached
from monitor.figures.measures import AIR
from monitor.figures.people import names_victims_only, people_of
from monitor.figures.scene import Scene

_QUOTES: Final = frozenset('«»"“”„')


def settled_objects(scene: Scene, attached: Sequence[Attached]) -> list[Object]:
    settled: list[Object] = []
    for at, each in enumerate(attached):
        thing = each.object
        before = (attached[at - 1], settled[-1]) if settled else None
        if thing is Object.PERSON:
            following = attached[at + 1] if at + 1 < len(attached) else None
            thing = _shared_with(scene, each, following) or people_of(scene, each, before)
        elif before is not None and each.noun.object is None and thing is before[0].object:
            thing = before[1]  # 'two of them': what those before are
        elif thing is Object.EQUIPMENT:
            thing = _by_its_model(scene, each) or thing
        elif thing in (Object.MISSILE, Object.SHELL) and _is_of_a_launcher(scene, each):
            thing = Object.ROCKET
        settled.append(thing)
    return settled


def _shared_with(scene: Scene, each: Attached, following: Attached | None) -> Object | None:
    """'15 wounded and one dead soldier': two adjectives of one noun."""
    if following is None or following.noun.object is None or following.noun.before or not names_victims_only(each):
        return None
    ends = max(each.noun.last, each.number.last)
    joined = following.number.first - ends == 1 and scene.tags.has(ends, scene.names.and_)
    first, noun = following.number.last, following.noun
    adjective = noun.victim_at == first and noun.last > first + 1
    return noun.object if joined and adjective and each.noun.victim_at is not None else None


def _is_of_a_launcher(scene: Scene, each: Attached) -> bool:
    """'missiles of Grad systems': what rocket launchers fire are rockets."""
    end = max(each.noun.last, each.number.last)
    return any(
        (match := scene.tags.longest(at, scene.names.nouns)) is not None and match.name == "nouns.mlrs"
        for at in range(end, min(len(scene.words), end + 4))
        if scene.same_sentence(at, each.number.first)
    )


def _by_its_model(scene: Scene, each: Attached) -> Object | None:
    """'two launchers of the Patriot system': the name behind a general word says what they are."""
    names, end = scene.names, each.noun.last
    links = names.of | names.determiners if scene.document.lang is Lang.EN else frozenset[str]()
    while end < len(scene.words) and (scene.words[end] in _QUOTES or scene.tags.has(end, links)):
        end += 1
    match = scene.tags.longest(end, scene.names.nouns) if end < len(scene.words) and each.noun.first < end else None
    named = None if match is None or end in scene.number_of else Object(match.name.rsplit(".", 1)[1])
    return named if named not in PEOPLE and named not in AIR else None
