"""Which things count as the same, and who counts them: both joining and judging ask (docs/verdicts.md, section 1)."""

from typing import Final

from models.enums import Measure, Object
from monitor.values import Figure

IN_THE_AIR: Final = frozenset(
    {Object.DRONE, Object.MISSILE, Object.ROCKET, Object.BOMB, Object.SHELL, Object.AIR_TARGET}
)
CRAFT: Final = frozenset({Object.AIRCRAFT, Object.HELICOPTER, Object.SHIP})
COUNTED_BY_DEFENDER: Final = frozenset({Measure.LAUNCHED, Measure.INTERCEPTED, Measure.HIT})


def measure_of(figure: Figure) -> Measure:
    """Things in the air that were destroyed are intercepted; aircraft and ships that were shot down are destroyed."""
    if figure.measure is Measure.DESTROYED and figure.object in IN_THE_AIR:
        return Measure.INTERCEPTED
    if figure.measure is Measure.INTERCEPTED and figure.object in CRAFT:
        return Measure.DESTROYED
    return figure.measure
