"""Which outcome makes which measure of what: soldiers that are destroyed are killed, drones are intercepted."""

from collections.abc import Mapping
from typing import Final

from models.enums import PEOPLE, Measure, Object

AIR: Final = frozenset(
    {Object.DRONE, Object.MISSILE, Object.ROCKET, Object.BOMB, Object.SHELL, Object.AIR_TARGET}
)  # what is launched
AIRCRAFT: Final = frozenset({Object.AIRCRAFT, Object.HELICOPTER})

_OF_PEOPLE: Final[Mapping[str, Measure]] = {
    "kill": Measure.KILLED,
    "destroy": Measure.KILLED,
    "wound": Measure.WOUNDED,
    "lose": Measure.CASUALTIES,
    "casualties": Measure.CASUALTIES,
    "missing": Measure.MISSING,
    "capture": Measure.CAPTURED,
}
_OF_AIR: Final[Mapping[str, Measure]] = {
    "shoot_down": Measure.INTERCEPTED,
    "destroy": Measure.INTERCEPTED,  # but not shells
    "lose": Measure.DESTROYED,
    "damage": Measure.DAMAGED,
    "launch": Measure.LAUNCHED,
    "attack": Measure.LAUNCHED,
    "hit": Measure.HIT,
    "collide": Measure.HIT,
    "capture": Measure.CAPTURED,
}
_OF_AIRCRAFT: Final[Mapping[str, Measure]] = {
    "shoot_down": Measure.INTERCEPTED,
    "destroy": Measure.DESTROYED,
    "lose": Measure.DESTROYED,
    "damage": Measure.DAMAGED,
    "capture": Measure.CAPTURED,
}
_OF_AMMUNITION: Final[Mapping[str, Measure]] = {
    "destroy": Measure.DESTROYED,
    "lose": Measure.DESTROYED,
    "damage": Measure.DAMAGED,
    "capture": Measure.CAPTURED,
    "launch": Measure.LAUNCHED,
}
_OF_THINGS: Final[Mapping[str, Measure]] = {
    "destroy": Measure.DESTROYED,
    "lose": Measure.DESTROYED,
    "damage": Measure.DAMAGED,
    "capture": Measure.CAPTURED,
}
PEOPLE_KINDS: Final = frozenset({"kill", "wound", "casualties", "missing"})
AIR_KINDS: Final = frozenset({"shoot_down", "launch", "attack", "hit"})


def measure_of(kind: str, thing: Object) -> Measure | None:
    """None where this outcome says nothing of such a thing."""
    if thing in PEOPLE:
        return _OF_PEOPLE.get(kind)
    if thing is Object.SHELL and kind == "destroy":
        return Measure.DESTROYED  # in a depot: nobody shoots shells down
    if thing in AIR:
        return _OF_AIR.get(kind)
    if thing is Object.AMMO:
        return _OF_AMMUNITION.get(kind)
    return (_OF_AIRCRAFT if thing in AIRCRAFT else _OF_THINGS).get(kind)
