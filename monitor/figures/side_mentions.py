"""Where a text names a side, and what that side does there: strikes, loses, is struck, speaks."""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from enum import StrEnum, auto
from functools import cache
from typing import Final, NamedTuple

from models.enums import Lang
from monitor.figures.marked import Found, Marked

ENEMY: Final = "enemy"
OURS: Final = "ours"
OWN: Final = "own"
REACH: Final = 7  # words of a clause between a subject and its verb
ENDS: Final = frozenset(".!?;\n0123456789")


class Kind(StrEnum):
    """How a side is named. BY: in the case of a doer ('by occupiers'). WEAPON, DEFENCE: by what it alone has.

    MAKER: by the country that made things others fight with ('Iranian drones', 'American howitzers'). The most telling
    stand first: of a word that names a side in several ways.
    """

    BY = "by"
    PEOPLE = "people"
    NAME = "name"
    ADJECTIVE = "adjective"
    WEAPON = "weapon"
    DEFENCE = "defence"
    MAKER = "maker"


class Role(StrEnum):
    """What a side is at its mention. ATTACKER: an attack or a weapon is said to be its own. BARE: nothing is said."""

    SPEAKER = auto()
    ATTACKER = auto()
    DOER = auto()
    SENDER = auto()
    AGENT = auto()
    LOSER = auto()
    SUFFERER = auto()
    TARGET = auto()
    PLACE = auto()
    WEAPON = auto()
    DEFENCE = auto()
    ORIGIN = auto()
    BARE = auto()


class Mention(NamedTuple):
    """`side`: a side's key, else ENEMY or OURS, whose meaning depends on who speaks."""

    first: int
    last: int
    side: str
    kind: Kind
    role: Role = Role.BARE


FIXED: Final = {Kind.WEAPON: Role.WEAPON, Kind.DEFENCE: Role.DEFENCE, Kind.BY: Role.AGENT}
# A verb behind a subject, and what it makes of the subject; the first of them decides.
VERBS: Final = {
    "side.said": Role.SPEAKER,
    "side.loss": Role.LOSER,
    "side.died": Role.SUFFERER,
    "side.did": Role.DOER,
    "side.sent": Role.SENDER,
}
MOST_TELLING: Final = tuple(Kind)
VERB_CLASSES: Final = frozenset(VERBS)
NONE: Final = frozenset[str]()
LOSSES: Final = frozenset({"side.loss", "side.victims"})
JOINS: Final = frozenset({"and", "or"})
PREPOSITIONS: Final = {"side.from": Role.ORIGIN, "side.against": Role.TARGET, "side.in": Role.PLACE}


def mentions_of(marked: Marked, spoken: Sequence[Found]) -> list[Mention]:
    """In order, not overlapping, each with its role; `spoken` are the pieces that name a speaker."""
    mentions: list[Mention] = []
    for mention in sorted(_named(marked), key=_rank):
        if mentions and mention.first < mentions[-1].last:
            continue
        if mention.side == OWN:
            owner = _owner(marked, mention, mentions)
            if owner is None:
                continue
            mention = mention._replace(side=owner)
        mentions.append(mention)
    voices = {at for first, last in spoken for at in range(first, last)}
    return [mention._replace(role=_role(marked, mention, voices)) for mention in mentions]


def _rank(mention: Mention) -> tuple[int, int, int, str]:
    """The longest of those that begin together; of a word that names a side in several ways, the most telling one."""
    return mention.first, -mention.last, MOST_TELLING.index(mention.kind), mention.side


def _owner(marked: Marked, mention: Mention, before: Sequence[Mention]) -> str | None:
    """Whose 'their own' are: those of the side named last in the sentence."""
    if before and marked.sentence_of(before[-1].first) == marked.sentence_of(mention.first):
        return before[-1].side
    return None


def _named(marked: Marked) -> Iterator[Mention]:
    for name, found in marked.found.items():
        if (named := _side_and_kind(name)) is not None:
            for first, last in found:
                yield Mention(first, last, *named)


@cache
def _side_and_kind(name: str) -> tuple[str, Kind] | None:
    """'side.ru.people' -> ('ru', PEOPLE); None of a class that names no side."""
    parts = name.split(".")
    if parts[0] != "side" or parts[1] == "voice":
        return None
    if len(parts) == 3:
        return parts[1], Kind(parts[2])
    return {"enemy_by": (ENEMY, Kind.BY)}.get(
        parts[1], (parts[1], Kind.NAME) if parts[1] in (ENEMY, OURS, OWN) else None
    )


def _role(marked: Marked, mention: Mention, voices: AbstractSet[int]) -> Role:
    if mention.first in voices:
        return Role.SPEAKER
    if mention.kind in FIXED:
        return FIXED[mention.kind]
    return _by_neighbours(marked, mention) or _by_verb(marked, mention) or Role.BARE


def _by_neighbours(marked: Marked, mention: Mention) -> Role | None:
    classes, first, last = marked.classes, _skipped_back(marked, mention.first), mention.last
    farther = classes[first - 2] if first > 1 else NONE
    before = classes[first - 1] if first > 0 else NONE
    after = classes[last] if last < len(classes) else NONE
    beyond = classes[last + 1] if last + 1 < len(classes) else NONE
    adjective = mention.kind in (Kind.ADJECTIVE, Kind.MAKER)
    if "side.authority" in before or "side.authority" in after or "side.authority" in beyond:
        return Role.SPEAKER
    if "side.by" in before or (adjective and "side.by" in after) or _behind_a_phrase(marked, first):
        return Role.AGENT
    if "side.attack" in after:
        return Role.ATTACKER
    if "side.loss" in after:
        return Role.LOSER
    if not adjective and "side.attack" in before:
        if "side.sent" in before and any(_names_a_side(name) for name in farther):
            return Role.TARGET  # 'the enemy attacked Ukraine'
        return Role.LOSER if _undone(marked, first) else Role.ATTACKER
    if not (LOSSES.isdisjoint(before) and LOSSES.isdisjoint(after)):
        return Role.LOSER
    for near in (before, farther):
        for name, role in PREPOSITIONS.items():
            if name in near:
                return role
    return None


def _names_a_side(name: str) -> bool:
    named = _side_and_kind(name)
    return named is not None and named[1] in (Kind.NAME, Kind.PEOPLE)


def _skipped_back(marked: Marked, first: int) -> int:
    while first > 0 and "side.skip" in marked.classes[first - 1]:
        first -= 1
    return first


def _behind_a_phrase(marked: Marked, first: int) -> bool:
    """'From the side of the army's fighters', with a word between at most."""
    return any(first - 1 <= found.last <= first for found in marked.found.get("side.by", ()))


def _undone(marked: Marked, first: int) -> bool:
    """'Destroyed of the enemy's air defence': not what he strikes with, but what he lost."""
    return any(marked.has(at, name) for at in range(first - 4, first - 1) for name in ("side.undone", "side.did"))


def _is_participle(marked: Marked, at: int) -> bool:
    """'Troops killed and wounded in the war', but not 'troops killed and wounded 30 people'."""
    at += 1
    while at + 1 < len(marked.words) and marked.words[at] in JOINS and marked.has(at + 1, "side.undergo"):
        at += 2
    return any(marked.has(at, name) for name in ("side.in", "side.by", "side.against"))


def _by_verb(marked: Marked, mention: Mention) -> Role | None:
    parted = False
    for at in range(mention.last, min(mention.last + REACH, len(marked.words))):
        classes = marked.classes[at]
        if marked.words[at][0] in ENDS:
            break
        parted = parted or marked.words[at] == ","
        if VERB_CLASSES.isdisjoint(classes):
            continue
        if "side.undergo" in classes and _is_participle(marked, at):
            return Role.SUFFERER
        for name, role in VERBS.items():
            if name in classes and not (parted and role is Role.SPEAKER):
                return role
    if marked.has(mention.first - 1, "side.did") and mention.kind not in (Kind.ADJECTIVE, Kind.MAKER):
        return Role.AGENT if marked.doc.lang is not Lang.EN else Role.TARGET
    return None
