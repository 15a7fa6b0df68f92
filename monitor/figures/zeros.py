"""Zero said in words: 'no casualties', 'without victims', 'nobody was hurt'."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from models.enums import PEOPLE, Lang, Measure, Object
from monitor.figures.measures import AIR, PEOPLE_KINDS, measure_of
from monitor.figures.scene import Mention, Scene
from monitor.figures.text import TokenKind

_BEFORE: Final = 8
_AFTER: Final = 7
_NEAR: Final = 5
_HOUSES_WITHIN: Final = 16  # tokens
_NAMED_WITHIN: Final = 30  # tokens
_NEGATED_WITHIN: Final = 3
_CLAUSE_WITHIN: Final = 16
_SAID: Final = frozenset({"kill", "wound", "casualties", "lose", "missing", "capture", "hit", "damage", "destroy"})


@dataclass(frozen=True, slots=True)
class Zero:
    """`first` to `last`: the negating words."""

    first: int
    last: int
    measure: Measure
    object: Object
    mention: Mention


def zeros(scene: Scene, claimed: frozenset[int]) -> list[Zero]:
    """No figure where only the news is missing ('there is no information on casualties')."""
    found: list[Zero] = []
    for at in scene.tags.where(scene.names.zero_words):
        found += [
            zero
            for zero in _at(scene, at)
            if zero.mention.first not in claimed
            and not _only_wished(scene, at)
            and all(zero.mention is not other.mention for other in found)
        ]
    return found


def _only_wished(scene: Scene, at: int) -> bool:
    """'that there may be no more losses'."""
    near = range(max(0, at - _NEAR), at)
    return any(scene.tags.longest(back, scene.names.hypothetical) and scene.same_sentence(back, at) for back in near)


def _at(scene: Scene, at: int) -> Iterator[Zero]:
    names, tags = scene.names, scene.tags
    if at + 1 in scene.number_of or (at + 2 in scene.number_of and scene.words[at + 1] == "."):
        return
    for words, reach in (
        (names.without, _without),
        (names.nobody, _nobody),
        (names.no, _no),
        (names.negation, _negated),
    ):
        match = tags.longest(at, words)
        if match is not None and at not in scene.number_of:
            zero = reach(scene, at, match.last)
            if zero is not None:
                yield zero
            return


def _without(scene: Scene, first: int, last: int) -> Zero | None:
    found = _ahead(scene, last, _AFTER, words=_NEAR)
    if found and scene.document.lang is not Lang.EN and not (found[0].nominal or scene.is_adjective(found[0].first)):
        return None  # 'without support, and they died'
    if found and not found[0].nominal and _in_another_phrase(scene, last, found[0].first):
        return None
    return _made(scene, first, last, found)


def _in_another_phrase(scene: Scene, first: int, last: int) -> bool:
    """'without power after drones hit'."""
    names, tags = scene.names, scene.tags
    return any(tags.has(at, names.prepositions) and not tags.has(at, names.copulas) for at in range(first, last))


def _past_whole(scene: Scene, at: int) -> int:
    """'none of the 12 sailors': behind their number."""
    if at + 2 >= len(scene.words) or not scene.tags.has(at, scene.names.of):
        return at
    whole = next((scene.number_of[near] for near in (at + 1, at + 2) if near in scene.number_of), None)
    return at if whole is None else scene.numbers[whole].last


def _nobody(scene: Scene, first: int, last: int) -> Zero | None:
    """'no one was hurt', 'not one missile was launched'."""
    found = [each for each in scene.mentions_after(last, 2) if each.first - last <= _AFTER and not each.nominal]
    found += [each for each in scene.mentions_before(first, 1) if first - each.last <= 1 and not each.nominal]
    if scene.document.lang is not Lang.EN:
        found = [each for each in found if _is_negated(scene, each)]  # 'they let nobody pass and shoot down all'
    found = _not_one_victim(scene, last) or found
    if not found or scene.numbers_between(_past_whole(scene, last), found[0].first):
        return None
    mention = found[0]
    if _names_others(scene, first, last, mention):
        return None
    thing = _noun(scene, last, max(mention.first, last + 3)) or (
        Object.PERSON if mention.kind in PEOPLE_KINDS else None
    )
    measure = None if thing is None else measure_of(mention.kind, thing)
    return None if thing is None or measure is None else Zero(first, last, measure, thing, mention)


def _names_others(scene: Scene, first: int, last: int, mention: Mention) -> bool:
    """'not one cat was hurt': what is named is neither people nor weapons."""
    if scene.tags.longest(first, scene.names.not_one) is None or mention.first < last:
        return False
    for at in range(last, mention.first):
        if scene.tags.longest(at, scene.names.nouns) is not None:
            return False
        if scene.tags.has(at, scene.names.absorb):
            return True
        if not scene.is_adjective(at):
            return scene.words[at].isalpha() and not scene.tags.classes[at]
    return False


def _is_negated(scene: Scene, mention: Mention) -> bool:
    return any(
        scene.tags.has(at, scene.names.negation) or scene.tags.longest(at, scene.names.no) is not None
        for at in range(max(0, mention.first - _NEGATED_WITHIN), mention.first)
    )


def _not_one_victim(scene: Scene, last: int) -> list[Mention]:
    """'Not one dead, five wounded': no verb, nor another negation, in the clause."""
    for at in range(last + 1, min(len(scene.words), last + _CLAUSE_WITHIN)):
        if scene.words[at] in ",;.!\n" or not scene.same_sentence(at, last):
            break
        if scene.tags.has(at, scene.names.negation) or scene.tags.longest(at, scene.names.no) is not None:
            return []
    return [each for each in scene.mentions_after(last, 1) if each.first == last and each.name in scene.names.victims]


def _no(scene: Scene, first: int, last: int) -> Zero | None:
    """Behind what there is none of, or before it."""
    english = scene.document.lang is Lang.EN and last < len(scene.words) and scene.tokens.kinds[last] is TokenKind.WORD
    behind = [] if english else _back(scene, first)
    if behind:
        return None if _is_owned(scene, behind[0]) else _made(scene, first, last, behind)
    ahead = _ahead(scene, last, _AFTER, words=_NEAR)
    if ahead and any(scene.tags.has(at, scene.names.traces) for at in range(last, ahead[0].first)):
        return None
    return _made(scene, first, last, ahead)


def _is_owned(scene: Scene, mention: Mention) -> bool:
    """'the victim had no chance', 'no traces of a violent death were found': none of something else."""
    at = mention.first - 1
    while at > 0 and scene.document.lang is not Lang.EN and scene.is_adjective(at):
        at -= 1
    if at < 0:
        return False
    english = scene.document.lang is Lang.EN
    return scene.tags.has(at, scene.names.traces) or (
        not english and mention.nominal and scene.tags.has(at, scene.names.owns)
    )


def _negated(scene: Scene, first: int, last: int) -> Zero | None:
    """'the people were not hurt': many, and none of them hurt. One who was not hurt is no count."""
    mention = scene.mentions_after(last, 1)
    if not mention or mention[0].first != last or mention[0].nominal or mention[0].kind not in PEOPLE_KINDS:
        return None
    for at in range(first - 1, max(-1, first - 4), -1):
        match = scene.tags.longest(at, scene.names.crowd)
        if match is not None and scene.numbers_between(at, first) == 0 and scene.same_sentence(at, first):
            thing = _noun(scene, at, first) or Object.PERSON
            measure = measure_of(mention[0].kind, thing)
            return None if measure is None else Zero(first, last, measure, thing, mention[0])
    return None


def _back(scene: Scene, at: int) -> list[Mention]:
    found: list[Mention] = []
    for mention in scene.mentions_before(at, 3):
        if at - mention.last > _BEFORE or not _denied(mention) or scene.numbers_between(mention.first, at):
            break
        if scene.apart(mention.last, at) > 1.8 and not found:
            break
        if _is_counted(scene, mention):
            break  # '13 are hurt, there are no dead'
        if (found or at - mention.last > 1) and not mention.nominal and not scene.is_adjective(mention.first):
            break  # 'the driver died, there are no injured': a clause of its own
        found.append(mention)
    return found


def _is_counted(scene: Scene, mention: Mention) -> bool:
    return mention.first - 1 in scene.number_of


def _ahead(scene: Scene, at: int, most: int, *, words: int) -> list[Mention]:
    found: list[Mention] = []
    for mention in scene.mentions_after(at, 3):
        if mention.first - at > most or not _denied(mention) or scene.numbers_between(at, mention.first):
            break
        if not found and (mention.first - at > words or _parted(scene, at, mention.first)):
            break
        if found and (not _joined(scene, found[-1].last, mention.first) or mention.last in scene.number_of):
            break  # 'without victims, wounded are two'
        found.append(mention)
    return found


def _parted(scene: Scene, first: int, last: int) -> bool:
    return any(scene.tokens.kinds[at] is TokenKind.PUNCT and scene.words[at] in ",.;:()" for at in range(first, last))


def _joined(scene: Scene, first: int, last: int) -> bool:
    return last - first <= 2 and any(
        scene.words[at] in ",/" or scene.tags.has(at, scene.names.and_) for at in range(first, last)
    )


def _denied(mention: Mention) -> bool:
    return mention.kind in _SAID


def _made(scene: Scene, first: int, last: int, mentions: list[Mention]) -> Zero | None:
    if not mentions or _only_no_news(scene, first, mentions):
        return None
    kinds = {mention.kind for mention in mentions}
    mention = next((each for each in mentions if each.kind in PEOPLE_KINDS | {"lose", "hit"}), mentions[0])
    span = min(each.first for each in mentions), max(each.last for each in mentions)
    thing = _noun(scene, min(span[0], last), max(span[1] + 3, first))
    if thing is None:
        army = _on_a_side(scene, mention) or (mention.kind == "lose" and not _behind_houses(scene, first))
        thing = Object.MILITARY if army else Object.PERSON
    if mention.kind in PEOPLE_KINDS and thing not in PEOPLE:
        thing = Object.PERSON
    if mention.kind == "destroy" and thing in PEOPLE:
        return None  # 'houses burnt down, there are no people in the streets'
    if mention.kind == "hit" and thing in PEOPLE:
        thing = _weapon_before(scene, span[0])
    if thing is None:
        return None
    measure = Measure.CASUALTIES if _is_both(scene, kinds, mention) else measure_of(mention.kind, thing)
    return None if measure is None else Zero(first, last, measure, thing, mention)


def _behind_houses(scene: Scene, first: int) -> bool:
    """'Houses are damaged in the town. No losses': of its people."""
    return any(
        scene.tags.longest(at, scene.names.homes) is not None for at in range(max(0, first - _HOUSES_WITHIN), first)
    )


def _weapon_before(scene: Scene, first: int) -> Object | None:
    """What did not hit: the weapons named last, in this sentence or the one before."""
    for at in range(first - 1, max(-1, first - _NAMED_WITHIN), -1):
        if scene.sentence_of[first] - scene.sentence_of[at] > 1:
            return None
        match = scene.tags.longest(at, scene.names.nouns)
        if match is not None and (thing := Object(match.name.rsplit(".", 1)[1])) in AIR:
            return thing
    return None


def _on_a_side(scene: Scene, mention: Mention) -> bool:
    """'no casualties among our forces'."""
    if mention.kind != "casualties" or mention.last >= len(scene.words):
        return False
    return scene.tags.longest(mention.last, scene.names.on_a_side) is not None


def _is_both(scene: Scene, kinds: set[str], mention: Mention) -> bool:
    """'neither dead nor hurt'; the word for victims alone may mean both."""
    if {"kill", "wound"} <= kinds:
        return True
    beside = [*scene.mentions_before(mention.first, 3), *scene.mentions_after(mention.last, 3)]
    alone = not any(each.kind == "wound" for each in beside)
    return mention.name.startswith("victims.killed_or_more") and alone


def _only_no_news(scene: Scene, first: int, mentions: list[Mention]) -> bool:
    begin = min(first, *(mention.first for mention in mentions))
    end = max(first + 3, *(mention.last for mention in mentions))
    near = range(max(0, begin - _NEAR), min(len(scene.words), end + 2))
    return any(scene.tags.longest(at, scene.names.no_news) and scene.same_sentence(at, first) for at in near)


def _noun(scene: Scene, first: int, last: int) -> Object | None:
    for at in range(first, min(last, len(scene.words))):
        match = scene.tags.longest(at, scene.names.nouns)
        if match is not None and at not in scene.number_of and scene.same_sentence(at, first):
            return Object(match.name.rsplit(".", 1)[1])
    return None
