"""A count as the reader found it, before its attributes are read."""

from dataclasses import dataclass

from models.enums import Bound, Measure, Object


@dataclass(frozen=True, slots=True)
class Counted:
    """One number expression and what it counts; `start` to `end` spans it with its modifier, as in Figure.

    `noun`: the counted noun phrase ('soldiers of the army'); `outcome`: the word that says what became of them
    ('killed', 'losses', 'shot down'). Offsets of the text; None where the reader knows none.
    """

    start: int
    end: int
    measure: Measure
    object: Object
    low: float | None
    high: float | None
    bound: Bound
    noun: tuple[int, int] | None = None
    outcome: tuple[int, int] | None = None
