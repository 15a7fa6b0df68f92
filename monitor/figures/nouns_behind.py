"""The noun behind a number."""

from dataclasses import replace
from typing import Final

from models.enums import Lang, Object
from monitor.figures.noun_steps import is_of_a_whole, past_added, past_among, step_over
from monitor.figures.nouns import Noun, NounKind
from monitor.figures.numbers import Number
from monitor.figures.scene import Scene, kind_of
from monitor.figures.tagging import Match
from monitor.figures.text import TokenKind

_FURTHEST: Final = 8  # tokens between a number and its noun
_BEHIND: Final = 4  # tokens that may follow a participle before its noun
_MARKS: Final = frozenset("*_\"'\u00ab\u00bb\u201c\u201d\u201e`")
_CLOSES: Final = frozenset({".", ",", ";", "!", "\n"})


def behind(scene: Scene, number: Number) -> Noun:
    names, tags, words = scene.names, scene.tags, scene.words
    at, unknown = past_among(scene, past_added(scene, number.last)), 0
    victim: tuple[str, int, Object | None] | None = None
    end = min(len(words), at + _FURTHEST)
    while at < end:
        if at in scene.number_of:
            break
        if words[at] == "-" and at == number.last and tags.has(at + 1, names.compound):
            return _compound(scene, at + 1)
        if _is_no_word(scene, number, at):
            at += 1
            continue
        match = tags.longest(at, names.skipped) or _head_match(scene, at)
        if match is None:
            step = step_over(scene, number, at, unknown)
            if step is None:
                break
            unknown += step.cost
            at = step.last
            continue
        if match.name in names.skipped or match.name in names.units:
            at, end = match.last, max(end, min(len(words), match.last + _BEHIND))
            continue
        if match.name in names.outcomes:
            qualifies = _qualifies(scene, at)
            if not qualifies and not (scene.document.lang is Lang.EN and _goes_with(scene, match.last)):
                break
            victim = victim or ((match.name.split(".")[1], at, None) if qualifies else None)
            at = match.last
            continue
        if match.name in names.victims:
            if words[at] == "-" and at > number.last:
                break  # 'SMR-300' is no slang for the wounded
            victim = (kind_of(match.name), at, Object(match.name.rsplit(".", 1)[1]))
            at, end = match.last, min(end, match.last + _BEHIND)
            continue
        return _head(scene, at, match, victim)
    return _headless(scene, number, victim)


def _is_no_word(scene: Scene, number: Number, at: int) -> bool:
    """A mark of type, a broken line, the dash for the verb in 'of them - four are children'."""
    if scene.words[at] in _MARKS or scene.is_wrap(at):
        return True
    return scene.words[at] == "-" and at == number.last and is_of_a_whole(scene, number)


def _headless(scene: Scene, number: Number, victim: tuple[str, int, Object | None] | None) -> Noun:
    if victim is None:
        unknown = _is_unknown(scene, number.last) and not _is_elliptic(scene, number)
        if unknown:
            return Noun(NounKind.UNKNOWN, number.last, number.last + 1, reason="unknown noun")
        return Noun(NounKind.NONE, number.last, number.last)
    kind, token, thing = victim
    return Noun(NounKind.COUNTED, token, token + 1, thing, kind, token)


def _head_match(scene: Scene, at: int) -> Match | None:
    """A word that is both a noun that is counted and one that absorbs is the first."""
    names = scene.names
    counted = scene.tags.longest(at, names.heads - names.absorb)
    absorbed = None if _is_modal(scene, at) or _names_a_model(scene, at) else scene.tags.longest(at, names.absorb)
    if absorbed is not None and (counted is None or absorbed.last > counted.last):
        counted = absorbed
    outcome = scene.tags.longest(at, names.outcomes)
    return counted if outcome is None or (counted is not None and counted.last >= outcome.last) else outcome


def _names_a_model(scene: Scene, at: int) -> bool:
    """'M777': no metres."""
    after = at + 1
    if after >= len(scene.tokens) or scene.tokens.kinds[after] is not TokenKind.NUMBER:
        return False
    return scene.tokens.starts[after] == scene.tokens.ends[at]


def _is_modal(scene: Scene, at: int) -> bool:
    """'12 may have died': no month, which has a capital."""
    return scene.tags.has(at, scene.names.modals) and scene.document.raw[scene.tokens.starts[at]].islower()


def _goes_with(scene: Scene, at: int) -> bool:
    """'attack drones', 'strike aircraft': the word before belongs to the noun."""
    return at < len(scene.words) and at not in scene.number_of and scene.tags.longest(at, scene.names.nouns) is not None


def _compound(scene: Scene, at: int) -> Noun:
    """'a 120-man unit': people, and soldiers where the unit is one of an army."""
    unit = scene.tags.longest(at + 1, scene.names.absorb) if at + 1 < len(scene.words) else None
    army = unit is not None and unit.name == "absorb.units_of_army"
    return Noun(NounKind.COUNTED, at, at + 1 + army, Object.MILITARY if army else Object.PERSON)


def _is_unknown(scene: Scene, at: int) -> bool:
    """A word right behind the number that no list knows: it counts something else."""
    begin = at
    while at < len(scene.words) and (scene.words[at] in _MARKS or scene.is_wrap(at)):
        at += 1
    if at - begin > 1 and at < len(scene.words) and scene.document.raw[scene.tokens.starts[at]].isupper():
        return False
    if at >= len(scene.words) or scene.tokens.kinds[at] is not TokenKind.WORD:
        return False
    return not scene.tags.classes[at] and at not in scene.tags.phrases and not scene.words[at].endswith("ly")


def _is_elliptic(scene: Scene, number: Number) -> bool:
    """'3 scout drones and also 5 striking': an adjective alone, its noun is that of the number before."""
    at, after = number.last, number.last + 1
    another = number.first > 0 and scene.tags.has(number.first - 1, scene.names.more)
    alone = after >= len(scene.words) or scene.words[after] in _CLOSES
    return another and alone and scene.document.lang is not Lang.EN and scene.is_adjective(at)


def _qualifies(scene: Scene, at: int) -> bool:
    """An outcome word inside the noun phrase: 'downed', but no verb of its own."""
    if scene.document.lang is Lang.EN:
        return scene.words[at].endswith("ed") and not scene.tags.has(at - 1, scene.names.stops)
    return scene.is_adjective(at)


def _head(scene: Scene, at: int, match: Match, victim: tuple[str, int, Object | None] | None) -> Noun:
    first = at
    soldiers = match.name == "nouns.military"
    if scene.document.lang is Lang.EN and match.name != "absorb.time":
        at, match = _rightmost(scene, at, match)
    names = scene.names
    if match.name in names.absorb:
        return Noun(NounKind.ABSORBED, first, match.last, reason=match.name.split(".")[1])
    if match.name in names.things:
        return Noun(NounKind.OTHER, first, match.last, reason="other_things")
    thing = Object(match.name.rsplit(".", 1)[1])
    kind, token, said = victim if victim is not None else (None, None, None)
    if thing is Object.PERSON and (said is Object.MILITARY or soldiers):
        thing = Object.MILITARY
    noun = Noun(NounKind.COUNTED, first, match.last, thing, kind, token)
    return _refined(scene, noun)


def _rightmost(scene: Scene, at: int, match: Match) -> tuple[int, Match]:
    """In English the last noun of a compound is the head: 'cruise missile strikes' are strikes."""
    names = scene.names
    while match.last < len(scene.words) and match.last not in scene.number_of:
        outcome = scene.tags.longest(match.last, names.outcomes)
        phrase = outcome is not None and outcome.last > match.last + 1  # 'shot down'
        if scene.tags.has(match.last, names.attacks) and not scene.words[match.last - 1].endswith("s") and not phrase:
            return match.last, Match("absorb.attacks", match.last + 1)  # 'a bomb strike', 'two drone attacks'
        after = scene.tags.longest(match.last, names.heads - names.victims - names.units)
        if after is None or after.name == "absorb.time" or outcome is not None:
            break
        at, match = match.last, after
    return at, match


def _refined(scene: Scene, noun: Noun) -> Noun:
    """'people of the personnel', '5 people dead': what follows a general noun may say more."""
    if noun.object is not Object.PERSON or noun.last >= len(scene.words):
        return noun
    names = scene.names
    after = scene.tags.longest(noun.last, names.nouns | names.victims)
    if after is None or noun.last in scene.number_of:
        return noun
    thing = Object(after.name.rsplit(".", 1)[1])
    if after.name in names.victims and noun.victim is None:
        return replace(noun, last=after.last, victim=kind_of(after.name), victim_at=noun.last)
    return replace(noun, last=after.last, object=thing) if thing is not Object.PERSON else noun
