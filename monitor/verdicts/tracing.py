"""A claim through time: against the figure of its own time, then against later ones from above (section 4)."""

from dataclasses import dataclass
from datetime import datetime

from models.enums import Verdict
from monitor.statements import GroupKey, Statement
from monitor.verdicts.comparing import Comparison, same_number
from monitor.verdicts.docket import Docket
from monitor.verdicts.standing import Entry
from monitor.verdicts.weighing import Weighed, weigh


@dataclass(frozen=True, slots=True)
class Trace:
    """Where a claim stands at the end; `since` when a contradiction began."""

    weighed: Weighed
    since: datetime


def trace(entry: Entry, key: GroupKey, docket: Docket) -> Trace:
    """A claim against the figure of its own time, then against each later one, from above only (section 4)."""
    start = entry.stated_at
    end = docket.now if entry.ends is None else min(docket.now, entry.ends)
    claim = entry.statement
    state = Trace(_excused(weigh(claim, key, start, docket), claim, key, docket), start)
    contradicted = state.weighed.comparison.contradicts
    for moment in docket.moments_after(key.side, start, end):
        later = weigh(claim, key, moment, docket)
        if later != state.weighed:
            state = _moved(state, _excused(later, claim, key, docket), moment, at_its_time=contradicted)
    return state


def _moved(state: Trace, later: Weighed, moment: datetime, *, at_its_time: bool) -> Trace:
    """A later official figure counts from above; from below a claim is outdated, or stays what it was at its time."""
    was = state.weighed.comparison
    if was.contradicts and later.comparison.verdict is Verdict.NOT_COMPARABLE and later.official is not None:
        return state
    if later.comparison.contradicts and not later.comparison.above:
        return state if at_its_time else Trace(_outdated(later), moment)
    return Trace(later, state.since if was.contradicts and later.comparison.contradicts else moment)


def _outdated(later: Weighed) -> Weighed:
    reason = f"Said before the official figure, which is higher: {later.comparison.reason}"
    return Weighed(Comparison(Verdict.OUTDATED, reason), later.official)


def _excused(weighed: Weighed, claim: Statement, key: GroupKey, docket: Docket) -> Weighed:
    """A claim equal to an official figure superseded in the last 48 hours is outdated."""
    if not weighed.comparison.contradicts or weighed.official is None:
        return weighed
    for period, after in zip(docket.periods(key), docket.periods(key)[1:], strict=False):
        recent = after.since >= claim.post.stated_at - docket.thresholds.superseded_for
        official = period.official
        if official is None or not recent or official.statement.id == weighed.official_id:
            continue
        if same_number(claim.figure, official.statement.figure, docket.thresholds):
            reason = f'It equals the official figure "{official.statement.figure.quote}" that was in force before.'
            return Weighed(Comparison(Verdict.OUTDATED, reason), weighed.official)
    return weighed
