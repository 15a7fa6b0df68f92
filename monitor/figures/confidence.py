"""How sure a reading is. The steps were fitted to labelled posts: of the figures at 0.9, nine in ten are right."""

from typing import Final

from monitor.figures.attached import Attached
from monitor.figures.nouns import NounKind

_SURE: Final = 0.97
_OF_WHY: Final = {
    "": 0.0,
    "added": 0.03,
    "among": 0.07,
    "list": 0.1,
    "broken down": 0.1,
    "heading": 0.15,
    "whole": 0.07,
}
_PER_COST: Final = 0.06
_BARE: Final = 0.06
_ONE: Final = 0.05


def confidence_of(each: Attached) -> float:
    value = _SURE - _OF_WHY.get(each.inherited, 0.1) - _PER_COST * min(each.cost, 4.0)
    if each.noun.kind is NounKind.NONE and not each.inherited:
        value -= _BARE
    if each.number.one:
        value -= _ONE
    return round(max(0.1, value), 3)
