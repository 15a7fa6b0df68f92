"""A judgement as tests look at it: by post, in short."""

from datetime import datetime
from typing import Any

from monitor.statements import Bench, Judged, Judgement, Member, Statement
from monitor.verdicts import judge
from tests.saying import at, bench, event

LATER = at(30)


def judged(*said: Statement | Member, now: datetime = LATER, on: Bench | None = None, **given: Any) -> Judgement:
    return judge(event(*said, **given), on or bench(), now)


def of(judgement: Judgement, statement: Statement) -> Judged:
    return next(each for each in judgement.statements if each.statement.id == statement.id)


def verdict(judgement: Judgement, statement: Statement) -> str | None:
    return of(judgement, statement).verdict


def in_force(judgement: Judgement, measure: str = "killed", part: str | None = None) -> str | None:
    """The quote of the figure in force at the end."""
    for key, periods in judgement.register.items():
        if key.measure == measure and key.part == part:
            official = periods[-1].official
            return None if official is None else official.statement.figure.quote
    return None


def raised(judgement: Judgement) -> list[tuple[str, str, str]]:
    """Rule, claim and official quote of all that contradicts, the parties at odds among it."""
    told: tuple[Judged, ...] = (*judgement.contradictions, *judgement.parties)
    return sorted(
        (str(each.rule), each.statement.figure.quote, each.official.statement.figure.quote if each.official else "")
        for each in told
    )


def chains(judgement: Judgement) -> list[list[str]]:
    return [[official.statement.figure.quote for official in each.series] for each in judgement.revisions]
