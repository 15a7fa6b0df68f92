"""What one event's statements are judged by: registers of all groups, and how one claim weighs at one moment."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from models.enums import Bound, Modifier, Object
from monitor.statements import Bench, Event, GroupKey, InForce, Member, Official, Thresholds
from monitor.values import Figure
from monitor.verdicts.groups import Grouping
from monitor.verdicts.register import Register


@dataclass(frozen=True, slots=True)
class Docket:
    """One event as known at `now`; `claims` and `told` (relays) are one figure a speaker and version each."""

    event: Event
    bench: Bench
    grouping: Grouping
    registers: Mapping[GroupKey, Register]
    now: datetime

    @property
    def thresholds(self) -> Thresholds:
        return self.bench.thresholds

    def periods(self, key: GroupKey) -> tuple[InForce, ...]:
        register = self.registers.get(key)
        return () if register is None else register.periods

    def official_at(self, key: GroupKey, moment: datetime) -> Official | None:
        register = self.registers.get(key)
        official = None if register is None else register.at(moment)
        if official is None and key.group is Object.PERSON and self.grouping.states_both(key.side):
            return self._total_at(key, moment)
        return official

    def _total_at(self, key: GroupKey, moment: datetime) -> Official | None:
        """Soldiers and civilians together, where the side states both and no total."""
        parts = [self.official_at(replace(key, group=kind), moment) for kind in (Object.CIVILIAN, Object.MILITARY)]
        known = [part for part in parts if part is not None]
        return _sum(known) if len(known) == len(parts) else None

    def moments_after(self, side: str, start: datetime, end: datetime) -> list[datetime]:
        changes = {
            period.since for key, register in self.registers.items() if key.side == side for period in register.periods
        }
        return sorted(moment for moment in changes if start < moment <= end)

    def doubtful(self, member: Member) -> bool:
        return member.suggested or member.statement.figure.confidence < self.thresholds.sure_reading

    def doubts(self, official: Official | None) -> bool:
        if official is None:
            return False
        unsure = official.statement.figure.confidence < self.thresholds.sure_reading
        return official.to_check or unsure or not official.confirmed


def _sum(officials: list[Official]) -> Official:
    last = max(officials, key=lambda official: (official.since, official.statement.id))
    figures = [official.statement.figure for official in officials]
    figure = replace(
        last.statement.figure,
        quote=" + ".join(figure.quote for figure in figures),
        object=Object.PERSON,
        low=sum(figure.low or 0 for figure in figures),
        high=_sum_of_highs(figures),
        bound=_bound_of(figures),
        modifier=Modifier.NONE,
        provisional=any(figure.provisional for figure in figures),
    )
    confirmed = all(official.confirmed for official in officials)
    return replace(last, statement=replace(last.statement, figure=figure), confirmed=confirmed)


def _sum_of_highs(figures: list[Figure]) -> float | None:
    highs = [figure.high for figure in figures if figure.high is not None]
    return sum(highs) if len(highs) == len(figures) else None


def _bound_of(figures: list[Figure]) -> Bound:
    if any(figure.high is None for figure in figures):
        return Bound.AT_LEAST
    return Bound.EXACT if all(figure.bound is Bound.EXACT for figure in figures) else Bound.RANGE
