"""What evidence of a side is worth. The weights say which evidence yields to which; their scale means nothing."""

from enum import StrEnum, auto
from typing import Final, NamedTuple

from models.enums import PEOPLE, Measure, Object
from monitor.figures.counted import Counted
from monitor.figures.side_mentions import ENEMY, OURS, Kind, Mention, Role

AIR: Final = frozenset({Object.DRONE, Object.MISSILE, Object.ROCKET, Object.BOMB, Object.SHELL, Object.AIR_TARGET})
STORED: Final = frozenset({Object.MISSILE, Object.ROCKET, Object.BOMB, Object.SHELL})
LOST_IN_STORE: Final = frozenset({Measure.DESTROYED, Measure.DAMAGED, Measure.CAPTURED})
CIVIL: Final = frozenset({Object.CIVILIAN, Object.CHILD, Object.PERSON})
DONE_TO_THE_ENEMY: Final = frozenset({Measure.DESTROYED, Measure.DAMAGED, Measure.CAPTURED, Measure.INTERCEPTED})
LAUNCHED: Final = frozenset({Measure.LAUNCHED, Measure.HIT})


class Family(StrEnum):
    """What is counted: weapons in the air belong to who attacks, people and equipment to who is hit."""

    AIR = auto()
    CIVIL = auto()
    FORCES = auto()


class Worth(NamedTuple):
    """What a role is worth as evidence. `same`: the side itself is counted, else its opponent."""

    weight: float
    same: bool


class Evidence(NamedTuple):
    weight: float
    side: str


OWNER: Final = 10.0  # the counted phrase itself names the side
WORTH: Final = {
    Family.CIVIL: {
        Role.LOSER: Worth(8, same=True),
        Role.SUFFERER: Worth(6, same=True),
        Role.PLACE: Worth(6, same=True),
        Role.TARGET: Worth(5, same=True),
        Role.ATTACKER: Worth(4.5, same=False),
        Role.AGENT: Worth(4.5, same=False),
        Role.DOER: Worth(4.5, same=False),
        Role.SENDER: Worth(4.5, same=False),
        Role.WEAPON: Worth(4, same=False),
        Role.BARE: Worth(1.5, same=True),
    },
    Family.FORCES: {
        Role.LOSER: Worth(8, same=True),
        Role.SUFFERER: Worth(7, same=True),
        Role.DOER: Worth(6.5, same=False),
        Role.AGENT: Worth(6.5, same=False),
        Role.TARGET: Worth(5.5, same=True),
        Role.ATTACKER: Worth(5, same=False),
        Role.SENDER: Worth(5, same=False),
        Role.WEAPON: Worth(4, same=False),
        Role.PLACE: Worth(1.5, same=True),  # armies fight on either side's land
        Role.BARE: Worth(1.2, same=True),
    },
    Family.AIR: {
        Role.LOSER: Worth(7, same=True),
        Role.DOER: Worth(7, same=False),
        Role.SENDER: Worth(6.5, same=True),
        Role.ATTACKER: Worth(6, same=True),
        Role.AGENT: Worth(6, same=False),
        Role.WEAPON: Worth(6, same=True),
        Role.DEFENCE: Worth(6, same=False),
        Role.TARGET: Worth(5, same=False),
        Role.ORIGIN: Worth(5, same=True),
        Role.PLACE: Worth(4.5, same=False),
    },
}
# What is launched by somebody is his; what is downed or destroyed is the other side's.
LAUNCHING: Final = {Role.AGENT: Worth(6, same=True)}
MADE: Final = 2.5  # a maker's name, less than the standpoint of who tells of things downed
PER_TOKEN: Final = 0.03  # what evidence loses with its distance from the number
PER_SENTENCE: Final = 1.5
PER_SENTENCE_AHEAD: Final = 2.5
OWN_PLACE: Final = {Family.CIVIL: 6.5, Family.AIR: 5.0, Family.FORCES: 2.0}
PLACE_PER_SENTENCE: Final = 0.7
# What the figure before was counted of, carried on: within its sentence, later, as one more of the same enemy's, and
# from weapons to people or back.
SAME_SENTENCE: Final = 6.0
EARLIER: Final = 3.5
EARLIER_FOE: Final = 4.5
ACROSS: Final = 3.0
HEADED: Final = 7.5  # a list of both sides' losses, each below the name of its side
STANDPOINT: Final = 2.8  # who tells of things downed tells of the other side's
OWN_PEOPLE: Final = 1.0  # who tells of the dead tells of his own
LEAST: Final = 0.5  # what is further off than this says nothing


def family_of(figure: Counted) -> Family:
    if figure.object in STORED and figure.measure in LOST_IN_STORE:
        return Family.FORCES  # burnt where they lay: whoever held the depot owned them
    if figure.object in AIR:
        return Family.AIR
    return Family.CIVIL if figure.object in CIVIL else Family.FORCES


def is_thing(figure: Counted) -> bool:
    return figure.object not in PEOPLE


def worth_of(mention: Mention, role: Role, family: Family, measure: Measure) -> Worth | None:
    if role is Role.PLACE and family is not Family.AIR and _of_people(mention):
        role = Role.SUFFERER  # 'with us', 'with the Russians' is of people, unless it is of a sky
    if measure in LAUNCHED and role in LAUNCHING:
        return LAUNCHING[role]
    return WORTH[family].get(role)


def _of_people(mention: Mention) -> bool:
    return mention.side in (ENEMY, OURS) or mention.kind is Kind.PEOPLE


def same_foe(one: Counted, other: Counted) -> bool:
    """Drones downed beside tanks destroyed: the same enemy's."""
    both = one.measure in DONE_TO_THE_ENEMY and other.measure in DONE_TO_THE_ENEMY
    return both and one.object not in CIVIL and other.object not in CIVIL
