"""What a number counts: the noun behind it, or before it ('Losses: tanks - 5', a noun right before: about twenty)."""

from dataclasses import dataclass, replace
from enum import Enum
from typing import Final

from models.enums import PEOPLE, Bound, Lang, Object
from monitor.figures.numbers import Number
from monitor.figures.scene import Scene, kind_of
from monitor.figures.tagging import Match
from monitor.figures.text import TokenKind

_FURTHEST: Final = 8  # tokens between a number and its noun
_UNKNOWN: Final = 4  # words of which nothing is known, in English compounds
_BEHIND: Final = 4  # tokens that may follow a participle before its noun
_MARKS: Final = frozenset("*_\"'\u00ab\u00bb\u201c\u201d\u201e`")
_TIES: Final = frozenset({"-", ":", "=", "(", "|", ","})
_CLOSES: Final = frozenset({".", ",", ";", "!", "\n"})
_OPENS: Final = frozenset({"-", ":", "="})
_BACK: Final = 18  # tokens between a number and the head of the phrase before it


class NounKind(Enum):
    """`ABSORBED`: what makes a number no figure. `OTHER`: houses, objects. `UNKNOWN`: a word that no list has."""

    COUNTED = "counted"
    ABSORBED = "absorbed"
    OTHER = "other"
    UNKNOWN = "unknown"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Noun:
    """Tokens `first` to `last`. `victim`: a kind of outcome that the noun itself says ('the dead'), with its token."""

    kind: NounKind
    first: int
    last: int
    object: Object | None = None
    victim: str | None = None
    victim_at: int | None = None
    before: bool = False
    reason: str = ""


def noun_of(scene: Scene, number: Number) -> Noun:
    """The noun behind the number, else the one before it."""
    behind = _behind(scene, number)
    if behind.kind not in (NounKind.NONE, NounKind.UNKNOWN) and not (
        behind.kind is NounKind.COUNTED and behind.object is None
    ):
        return behind
    before = _before(scene, number)
    if before is None or (behind.kind is NounKind.UNKNOWN and _is_its_verb(scene, number, before)):
        return behind
    if behind.kind is NounKind.COUNTED:
        return replace(before, victim=behind.victim, victim_at=behind.victim_at)
    return before


def _is_its_verb(scene: Scene, number: Number, noun: Noun) -> bool:
    """'captured 5 sunsets': no captives."""
    return noun.victim == "capture" and noun.last == number.first and scene.tags.has(noun.first, scene.names.outcomes)


def _behind(scene: Scene, number: Number) -> Noun:
    names, tags, words = scene.names, scene.tags, scene.words
    at, unknown = _past_among(scene, _past_added(scene, number.last)), 0
    victim: tuple[str, int, Object | None] | None = None
    end = min(len(words), at + _FURTHEST)
    while at < end:
        if words[at] in _MARKS or scene.is_wrap(at):
            at += 1
            continue
        if at in scene.number_of:
            break
        if words[at] == "-" and at == number.last and at + 1 < len(words) and tags.has(at + 1, names.compound):
            return _compound(scene, at + 1)
        if words[at] == "-" and at == number.last and _is_of_a_whole(scene, number):
            at += 1  # 'of them four are children', with a dash for the verb
            continue
        match = tags.longest(at, names.skipped) or _head_match(scene, at)
        if match is None:
            step = _step_over(scene, number, at, unknown)
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
            if scene.document.lang is Lang.EN and not qualifies and _goes_with(scene, match.last):
                at = match.last
                continue
            if not qualifies:
                break
            victim = victim or (match.name.split(".")[1], at, None)
            at = match.last
            continue
        if match.name in names.victims:
            if words[at] == "-" and at > number.last:
                break  # 'SMR-300' is no slang for the wounded
            victim = (kind_of(match.name), at, Object(match.name.rsplit(".", 1)[1]))
            at, end = match.last, min(end, match.last + _BEHIND)
            continue
        return _head(scene, at, match, victim)
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
    if after >= len(scene.tokens) or scene.tokens[after].kind is not TokenKind.NUMBER:
        return False
    return scene.tokens[after].start == scene.tokens[at].end


def _is_modal(scene: Scene, at: int) -> bool:
    """'12 may have died': no month, which has a capital."""
    return scene.tags.has(at, scene.names.modals) and scene.document.raw[scene.tokens[at].start].islower()


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
    if at - begin > 1 and at < len(scene.words) and scene.document.raw[scene.tokens[at].start].isupper():
        return False
    if at >= len(scene.words) or scene.tokens[at].kind is not TokenKind.WORD:
        return False
    return not scene.tags.classes[at] and at not in scene.tags.phrases and not scene.words[at].endswith("ly")


def _is_elliptic(scene: Scene, number: Number) -> bool:
    """'3 scout drones and also 5 striking': an adjective alone, its noun is that of the number before."""
    at, after = number.last, number.last + 1
    another = number.first > 0 and scene.tags.has(number.first - 1, scene.names.more)
    alone = after >= len(scene.words) or scene.words[after] in _CLOSES
    return another and alone and scene.document.lang is not Lang.EN and scene.is_adjective(at)


@dataclass(frozen=True, slots=True)
class _Step:
    last: int
    cost: int


def _step_over(scene: Scene, number: Number, at: int, unknown: int) -> _Step | None:
    """Past an adjective or, in English, a word of a compound; None where the noun phrase cannot go on."""
    token, names = scene.tokens[at], scene.names
    if token.kind is TokenKind.PUNCT:
        if _hangs(scene, at):
            return _Step(at + 2, 0)
        return _Step(at + 1, 0) if token.text in "-'/&" and _is_inside_a_word(scene, at) else None
    if token.kind is TokenKind.NUMBER:
        model = scene.tokens[at - 1].end == token.start and scene.tokens[at - 1].kind is TokenKind.WORD  # 'M777'
        return _Step(at + 1, 1) if model or scene.words[at - 1] == "-" else None
    if token.kind is TokenKind.NEWLINE:
        return None
    if scene.tags.has(at, names.of):
        return _Step(at + 1, 0) if at == number.last and _takes_of(scene, at) else None
    if scene.tags.has(at, names.more) or scene.tags.has(at, names.possessive):
        return _Step(at + 1, 0)
    if scene.tags.has(at, names.stops) and not _is_acronym(scene, at) and not _is_hyphened(scene, at):
        return None
    if scene.tags.has(at, names.articles):
        return None  # '1,200 a day'
    if scene.document.lang is Lang.EN:
        return _Step(at + 1, 1) if unknown < _UNKNOWN else None
    if scene.is_adjective(at) or token.text.isascii():
        return _Step(at + 1, 0)
    return None


def _is_of_a_whole(scene: Scene, number: Number) -> bool:
    near = range(max(0, number.first - 3), number.first)
    return any((match := scene.tags.longest(at, scene.names.among)) and match.last == number.first for at in near)


def _past_added(scene: Scene, at: int) -> int:
    """'402,430 (+1,080) persons': behind what a day added."""
    words = scene.words
    added = at + 3 < len(words) and words[at : at + 2] == ["(", "+"] and at + 2 in scene.number_of
    return at + 4 if added and words[at + 3] == ")" else at


def _past_among(scene: Scene, at: int) -> int:
    """'three of whom were children': behind the words that tie a part to its whole."""
    match = scene.tags.longest(at, scene.names.among) if at < len(scene.words) else None
    if match is None:
        return at + 1 if _were_people(scene, at) else at
    after = match.last
    while after < len(scene.words) and (scene.words[after] == "-" or scene.tags.has(after, scene.names.copulas)):
        after += 1
    if after > match.last and after + 1 < len(scene.words) and scene.tags.longest(after, scene.names.nouns) is None:
        after += 1  # 'were small children'
    is_noun = after < len(scene.words) and scene.tags.longest(after, scene.names.nouns) is not None
    return after if is_noun and after not in scene.number_of else at


def _were_people(scene: Scene, at: int) -> bool:
    """'of the dead, 14 were children'."""
    if at + 1 >= len(scene.words) or at + 1 in scene.number_of or not scene.tags.has(at, scene.names.be):
        return False
    match = scene.tags.longest(at + 1, scene.names.nouns)
    return match is not None and Object(match.name.rsplit(".", 1)[1]) in PEOPLE


def _hangs(scene: Scene, at: int) -> bool:
    """The hyphen of 'air- and sea-based'."""
    joined = at > 0 and scene.tokens[at - 1].end == scene.tokens[at].start
    return joined and scene.words[at] == "-" and at + 1 < len(scene.words) and scene.tags.has(at + 1, scene.names.and_)


def _is_inside_a_word(scene: Scene, at: int) -> bool:
    if not 0 < at < len(scene.tokens) - 1:
        return False
    return scene.tokens[at - 1].end == scene.tokens[at].start and scene.tokens[at + 1].start == scene.tokens[at].end


def _is_hyphened(scene: Scene, at: int) -> bool:
    """'surface-to-surface missiles'."""
    return "-" in scene.words[at - 1 : at] and scene.words[at + 1 : at + 2] == ["-"] and _is_inside_a_word(scene, at)


def _is_acronym(scene: Scene, at: int) -> bool:
    """'IS fighters' are no verb."""
    token = scene.tokens[at]
    raw = scene.document.raw[token.start : token.end]
    return len(raw) > 1 and raw.isupper() and raw.isascii()


def _takes_of(scene: Scene, at: int) -> bool:
    """'dozens of soldiers', 'three of the drones', but not '18 of 24'."""
    return at + 1 < len(scene.words) and at + 1 not in scene.number_of


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


def _before(scene: Scene, number: Number) -> Noun | None:
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
    return found if tied or (found is not None and found.last == last) else None


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
