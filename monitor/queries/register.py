"""The official figures of a group as steps over time, as section 2 of the rules keeps them."""

from collections.abc import Iterable

from models.enums import Role
from monitor.digests.values import ToldFigure
from monitor.queries.said import thresholds
from monitor.verdicts.intervals import less_precise, meet, same_value


def register_steps(told: Iterable[ToldFigure]) -> tuple[ToldFigure, ...]:
    """Oldest first. A relay of what stands here already is no step, nor is what says the same less precisely."""
    steps: list[ToldFigure] = []
    for each in told:
        if _may_step(each, steps):
            steps.append(each)
    return tuple(steps)


def _may_step(told: ToldFigure, steps: list[ToldFigure]) -> bool:
    if told.role is Role.RELAY:
        return not any(same_value(told.said.span, step.said.span) for step in steps)
    if told.role is not Role.OFFICIAL:
        return False
    return not steps or not _says_less(told, steps[-1])


def _says_less(told: ToldFigure, before: ToldFigure) -> bool:
    span, other = told.said.span, before.said.span
    return meet(span, other, thresholds()) and less_precise(span, other)
