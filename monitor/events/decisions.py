"""What people decided stands above every score: these belong together, those apart, this one there."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from models.enums import DecisionKind, EventKind
from monitor.events.drafts import Draft
from monitor.events.values import Neighbourhood
from monitor.events.windows import Window, day_name
from monitor.measures import measure_of
from monitor.statements import Decision, Member, Statement

DECIDED: Final = ("decided by a person",)


def decided(drafts: Iterable[Draft], hood: Neighbourhood) -> list[Draft]:
    """The decisions in the order taken; one about statements that are not here says nothing."""
    found = list(drafts)
    loose = {statement.id: statement for statement in hood.statements}
    for decision in hood.decisions:
        match decision.kind:
            case DecisionKind.TOGETHER:
                found = _together(found, decision)
            case DecisionKind.APART:
                found = _apart(found, decision)
            case DecisionKind.MOVE:
                found = _moved(found, decision, loose)
    return found


def _holder(drafts: Iterable[Draft], statement: str | None) -> Draft | None:
    return next((draft for draft in drafts if statement in draft.members), None)


def _together(drafts: list[Draft], decision: Decision) -> list[Draft]:
    one, other = _holder(drafts, decision.statement), _holder(drafts, decision.other)
    if one is None or other is None or one is other:
        return drafts
    for member in other.members.values():
        one.add(replace(member, reasons=(*member.reasons, *DECIDED)))
    return [draft for draft in drafts if draft is not other]


def _apart(drafts: list[Draft], decision: Decision) -> list[Draft]:
    """The second statement leaves, with its post and with all that say the same number as it alone."""
    draft = _holder(drafts, decision.statement)
    if draft is None or draft is not _holder(drafts, decision.other):
        return drafts
    stays, leaves = (draft.members[each or ""].statement for each in (decision.statement, decision.other))
    going = [
        member
        for member in draft.members.values()
        if member.statement.post.ref != stays.post.ref
        and (member.statement.post.ref == leaves.post.ref or _told_by(member.statement, leaves, stays))
    ]
    new = _alone(draft, leaves)
    for member in [*going, draft.members[leaves.id]]:
        draft.take(member.statement.id)
        new.add(replace(member, score=1.0, reasons=DECIDED, suggested=False))
    return [*drafts, new]


def _told_by(statement: Statement, leaves: Statement, stays: Statement) -> bool:
    return _number(statement) == _number(leaves) and _number(statement) != _number(stays)


def _number(statement: Statement) -> tuple[str, float | None, float | None]:
    figure = statement.figure
    return measure_of(figure), figure.low, figure.high


def _moved(drafts: list[Draft], decision: Decision, loose: dict[str, Statement]) -> list[Draft]:
    statement = loose.get(decision.statement)
    target = None if decision.other is None else _holder(drafts, decision.other)
    if statement is None or (decision.other is not None and target is None):
        return drafts
    held = _holder(drafts, statement.id)
    member = Member(statement, 1.0, DECIDED) if held is None else held.members[statement.id]
    if target is None:
        target = _alone(held, statement)
        drafts = [*drafts, target]
    if held is not None:
        held.take(statement.id)
    target.add(replace(member, score=1.0, reasons=DECIDED, suggested=False))
    return drafts


def _alone(model: Draft | None, statement: Statement) -> Draft:
    """A new event that begins with one statement."""
    moment, place = statement.post.stated_at, statement.figure.place
    if model is not None:
        return replace(model, seed=statement.id, members={})
    title = day_name(moment) if place is None else f"{place.name}, {day_name(moment)}"
    return Draft(EventKind.INCIDENT, title, Window(moment, moment), statement.id, place)
