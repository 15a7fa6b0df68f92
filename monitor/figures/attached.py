"""A number with what became of those it counts, or why it is no figure."""

from dataclasses import dataclass
from typing import TypeAlias

from models.enums import Measure, Object
from monitor.figures.nouns import Noun
from monitor.figures.numbers import Number
from monitor.figures.scene import Mention


@dataclass(frozen=True, slots=True)
class Attached:
    """`mention`: the outcome word; None where the measure was taken from the figure before (`inherited`)."""

    number: Number
    noun: Noun
    measure: Measure
    object: Object
    kind: str
    cost: float
    mention: Mention | None = None
    inherited: str = ""


@dataclass(frozen=True, slots=True)
class Dropped:
    number: Number
    reason: str


Outcome: TypeAlias = Attached | Dropped
