"""How one claim weighs against what was in force at one moment: its own group, arithmetic, kind (section 4)."""

from dataclasses import dataclass, replace
from datetime import datetime

from models.enums import Measure, Object, Rule, Verdict
from monitor.statements import GroupKey, Official, Statement, Thresholds
from monitor.values import Figure
from monitor.verdicts.comparing import Comparison, compare, divergent, incompatible, kinds_differ
from monitor.verdicts.docket import Docket
from monitor.verdicts.intervals import lies_above, meet, span_of

# The first can never exceed the second.
_WITHIN = (
    (Measure.KILLED, Measure.CASUALTIES),
    (Measure.WOUNDED, Measure.CASUALTIES),
    (Measure.INTERCEPTED, Measure.LAUNCHED),
    (Measure.HIT, Measure.LAUNCHED),
)
_KINDS = {Object.MILITARY: Object.CIVILIAN, Object.CIVILIAN: Object.MILITARY}


@dataclass(frozen=True, slots=True)
class Weighed:
    comparison: Comparison
    official: Official | None = None

    @property
    def official_id(self) -> str | None:
        return None if self.official is None else self.official.statement.id


def weigh(claim: Statement, key: GroupKey, moment: datetime, docket: Docket) -> Weighed:
    """The claim against what was in force at that moment: its own group first, then arithmetic, then kind."""
    direct = _direct(claim, key, moment, docket)
    if direct is not None and direct.comparison.contradicts:
        return direct
    return (
        _arithmetic(claim, key, moment, docket, direct)
        or direct
        or _kind(claim, key, moment, docket)
        or _other_measure(key, moment, docket)
        or Weighed(Comparison(Verdict.NO_OFFICIAL_FIGURE, _none_in_force(key, docket)))
    )


def _none_in_force(key: GroupKey, docket: Docket) -> str:
    register = docket.registers.get(key)
    why = None if register is None else register.taken_back
    return f"No official figure is in force: {why}." if why else "No official figure is known."


def _direct(claim: Statement, key: GroupKey, moment: datetime, docket: Docket) -> Weighed | None:
    official = docket.official_at(key, moment)
    if official is None:
        return None
    if key.measure is Measure.MISSING and not _same_day(claim, official, docket.thresholds):
        reason = "The number of missing falls as people are found: it is compared within 24 hours only."
        return Weighed(Comparison(Verdict.NOT_COMPARABLE, reason), official)
    return Weighed(compare(claim.figure, official.statement.figure, docket.thresholds), official)


def _same_day(claim: Statement, official: Official, thresholds: Thresholds) -> bool:
    return abs(claim.post.stated_at - official.statement.post.stated_at) <= thresholds.missing_for


def _arithmetic(
    claim: Statement, key: GroupKey, moment: datetime, docket: Docket, direct: Weighed | None
) -> Weighed | None:
    """Where the official figure that the claim agrees with is itself impossible, the officials are at odds, not it."""
    agreed = None if direct is None or direct.official is None else direct.official.statement.figure
    for other, below in _bounding(key, docket):
        official = docket.official_at(other, moment)
        if official is None or not _forbidden(claim.figure, official.statement.figure, docket, below=below):
            continue
        if agreed is None or not _forbidden(agreed, official.statement.figure, docket, below=below):
            comparison = incompatible(claim.figure, official.statement.figure, docket.thresholds, Rule.ARITHMETIC)
            reason = (
                f"{_phrase(key)} cannot exceed {_phrase(other)}"
                if not below
                else f"{_phrase(other)} cannot exceed {_phrase(key)}"
            )
            return Weighed(replace(comparison, reason=f"{reason}: {comparison.reason}"), official)
    return None


def _phrase(key: GroupKey) -> str:
    words = {Measure.CASUALTIES: "killed and wounded together"}.get(key.measure, key.measure.value)
    return words if key.part is None else f"{words} ({key.part})"


def _bounding(key: GroupKey, docket: Docket) -> list[tuple[GroupKey, bool]]:
    """The groups that bound this one: from above (False), or from below (True: it may not fall under them)."""
    bounds = [(replace(key, measure=whole), False) for part, whole in _WITHIN if part is key.measure]
    bounds += [(replace(key, measure=part), True) for part, whole in _WITHIN if whole is key.measure]
    if key.part is not None:
        return [*bounds, (replace(key, part=None), False)]
    parts = [other for other in docket.registers if other.part and replace(other, part=None) == key]
    return [*bounds, *((other, True) for other in sorted(parts))]


def _forbidden(claim: Figure, official: Figure, docket: Docket, *, below: bool) -> bool:
    one, other = span_of(claim, docket.thresholds), span_of(official, docket.thresholds)
    return not meet(one, other, docket.thresholds) and lies_above(one, other) is not below


def _kind(claim: Statement, key: GroupKey, moment: datetime, docket: Docket) -> Weighed | None:
    """A claim of soldiers against a side that counts only civilians here, or the other way round."""
    other = _KINDS.get(key.group)
    if other is None or docket.grouping.states_only(key.side) is not other:
        return None
    official = docket.official_at(replace(key, group=other), moment)
    if official is None:
        return None
    if kinds_differ(claim.figure, official.statement.figure, docket.thresholds):
        return Weighed(divergent(claim.figure, official.statement.figure, docket.thresholds, Rule.KIND), official)
    reason = f"The claim counts {key.group}, the official figure {other}."
    return Weighed(Comparison(Verdict.NOT_COMPARABLE, reason), official)


def _other_measure(key: GroupKey, moment: datetime, docket: Docket) -> Weighed | None:
    """Killed and wounded together are neither: shown beside the official figure of the one, not compared.

    The other way round officials are silent: who gives both together has given no number of the killed.
    """
    if key.measure is not Measure.CASUALTIES:
        return None
    for measure in (Measure.KILLED, Measure.WOUNDED):
        official = docket.official_at(replace(key, measure=measure), moment)
        if official is not None:
            reason = f"{_phrase(key)} is not {_phrase(replace(key, measure=measure))}."
            return Weighed(Comparison(Verdict.NOT_COMPARABLE, reason[0].upper() + reason[1:]), official)
    return None
