"""How a claim fared, for the record of its speaker: was it at odds with the official figure, and where did that go."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from models.enums import Measure, Role, Turn
from monitor.statements import InForce, Judged, Judgement, Official, Statement, Thresholds
from monitor.verdicts.comparing import CONTRADICTING, compare
from monitor.verdicts.intervals import span_of


@dataclass(frozen=True, slots=True)
class Fared:
    """`at_odds` None: there was nothing to hold it against. `odds`: by which factor; None where one of them is zero.

    It is the official figure of the claim's own time that counts, else the first one after it. `turned`: where the
    official side went from there.
    """

    at_odds: bool | None = None
    odds: float | None = None
    turned: Turn | None = None


NOTHING = Fared()


def fared(judged: Judged, judgement: Judgement, thresholds: Thresholds) -> Fared:
    """Retellings are left out: they are their first speaker's."""
    if judged.role is not Role.CLAIM or judged.carried_by is not None or judged.key is None:
        return NOTHING
    steps = [step for step in judgement.register.get(judged.key, ()) if step.official is not None]
    official = _held_against(steps, judged.statement.post.stated_at)
    if official is None or judged.key.measure is Measure.MISSING:
        return _as_judged(judged)
    comparison = compare(judged.statement.figure, official.statement.figure, thresholds)
    too_early = official.since > judged.statement.post.stated_at and not comparison.above
    if not comparison.contradicts or too_early:
        return _as_judged(judged)
    newest = steps[-1].official or official
    return Fared(
        at_odds=True,
        odds=comparison.ratio,
        turned=_turned(judged.statement, official.statement, newest.statement, thresholds),
    )


def _as_judged(judged: Judged) -> Fared:
    """By arithmetic, by kind, or not at all."""
    if judged.official is None:
        return NOTHING
    at_odds = judged.verdict in CONTRADICTING
    return Fared(at_odds, judged.ratio if at_odds else None)


def _held_against(steps: Sequence[InForce], moment: datetime) -> Official | None:
    known = [step.official for step in steps if step.since <= moment]
    return known[-1] if known else steps[0].official if steps else None


def _turned(claim: Statement, first: Statement, newest: Statement, thresholds: Thresholds) -> Turn | None:
    said, then, now = (span_of(each.figure, thresholds).anchor for each in (claim, first, newest))
    if then == now:
        return None
    return Turn.TOWARDS if abs(said - now) < abs(said - then) else Turn.AWAY
