"""What a person decides about joining: written down for ever with name and reason, and joined anew by it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from models.enums import DecidedRole, DecisionKind
from models.tables import DecisionFigure, DecisionRow, EventRow, Post
from monitor.errors import BadInputError
from monitor.events import anchor_of
from monitor.pipeline.among import among
from monitor.pipeline.decided_about import DecidedAbout
from monitor.pipeline.rulings import posts_beside, posts_named
from monitor.pipeline.setup import Setup
from monitor.pipeline.store import storable
from monitor.statements import Statement

MOST_ANCHORS: Final = 100  # of an event; one would do, and some go
LONGEST_NAME: Final = 100
LONGEST_REASON: Final = 1000


@dataclass(frozen=True, slots=True)
class Ground:
    """Who decides, and why. Raises BadInputError where one of them is missing or too long."""

    by: str
    reason: str

    def __post_init__(self) -> None:
        for what, text, most in (("name", self.by, LONGEST_NAME), ("reason", self.reason, LONGEST_REASON)):
            if not text.strip():
                raise BadInputError(f"a decision needs a {what}")
            if len(text) > most:
                raise BadInputError(f"the {what} is longer than {most} letters")


@dataclass(frozen=True, slots=True)
class Decided:
    """`posts`: ids of what waits to be joined anew."""

    id: int
    posts: frozenset[int]


@dataclass(frozen=True, slots=True)
class _Said:
    """One decision before it is written; `other`: the second event, where there is one."""

    kind: DecisionKind
    event: EventRow
    other: EventRow | None
    concerned: Sequence[Statement]
    anchors: Sequence[Statement]


def merge(session: Session, setup: Setup, one: str, other: str, ground: Ground) -> Decided:
    """Two events are one."""
    if one == other:
        raise BadInputError("an event cannot be merged with itself")
    events = _event(session, one), _event(session, other)
    about = DecidedAbout(session, setup, [one, other])
    said = _Said(DecisionKind.TOGETHER, *events, about.of(one)[:MOST_ANCHORS], about.of(other))
    return _write(session, setup, said, ground, about.posts)


def split(session: Session, setup: Setup, event: str, figures: Collection[str], ground: Ground) -> Decided:
    """These figures of an event tell of another incident, and have an event of their own."""
    row, about = _event(session, event), DecidedAbout(session, setup, [event])
    leaving = about.named(figures, event)
    staying = [each for each in about.of(event) if each not in leaving]
    if not staying:
        raise BadInputError("nothing would be left of the event")
    return _write(session, setup, _Said(DecisionKind.APART, row, None, leaving, staying), ground, about.posts)


def move(session: Session, setup: Setup, figures: Collection[str], to: str, ground: Ground) -> Decided:
    """These figures belong to another event than the one that they are in, or to this one if they are in none."""
    target, about = _event(session, to), DecidedAbout(session, setup, [to], figures)
    moved = [each for each in about.named(figures) if about.event_of(each) != to]
    if not moved:
        raise BadInputError("that is in the event already; `confirm` makes its link firm")
    left = next((event for each in moved if (event := about.event_of(each)) is not None), None)
    origin = None if left is None else _event(session, left)
    events: tuple[EventRow, EventRow | None] = (target, None) if origin is None else (origin, target)
    said = _Said(DecisionKind.MOVE, *events, moved, about.of(to))
    return _write(session, setup, said, ground, about.posts | posts_beside(session, about.posts))


def confirm(session: Session, setup: Setup, event: str, figures: Collection[str], ground: Ground) -> Decided:
    """Suggested links are right: those of these figures, or all of the event where none is named."""
    row, about = _event(session, event), DecidedAbout(session, setup, [event])
    suggested = about.suggested(event)
    confirmed = [each for each in about.named(figures, event) if each in suggested] if figures else suggested
    firm = [each for each in about.of(event) if each not in suggested]
    if not confirmed:
        raise BadInputError("no such link of the event waits to be confirmed")
    if not firm:
        raise BadInputError("the event has no firm figure to hold them against")
    return _write(session, setup, _Said(DecisionKind.CONFIRM, row, None, confirmed, firm), ground, about.posts)


def undo(session: Session, setup: Setup, decision: int, ground: Ground) -> Decided:
    """A decision says nothing any more; both stay on record."""
    row = session.get(DecisionRow, decision, with_for_update=True)
    if row is None:
        raise BadInputError(f"there is no decision {decision}")
    if row.kind == DecisionKind.UNDO:
        raise BadInputError("what was undone is decided anew, not by undoing that")
    if session.scalar(select(DecisionRow.id).where(DecisionRow.undoes == decision)) is not None:
        raise BadInputError(f"decision {decision} has been undone already")
    new = DecisionRow(
        kind=DecisionKind.UNDO, event_id=row.event_id, title=row.title, other_id=row.other_id,
        other_title=row.other_title, undoes=decision, **_signed(setup, ground),
    )  # fmt: skip
    session.add(new)
    session.flush()
    posts = posts_named(session, decision)
    return _join_anew(session, setup, new.id, posts | posts_beside(session, posts))


def _event(session: Session, event: str) -> EventRow:
    row = session.get(EventRow, event)
    if row is None:
        raise BadInputError(f"there is no event {event}")
    return row


def _write(session: Session, setup: Setup, said: _Said, ground: Ground, posts: Collection[int]) -> Decided:
    if said.other is not None and said.other.example is not said.event.example:
        raise BadInputError("the example and what really was said are never one event")
    row = DecisionRow(
        kind=said.kind, event_id=said.event.id, title=said.event.title, other_id=said.other and said.other.id,
        other_title=said.other and said.other.title, **_signed(setup, ground),
    )  # fmt: skip
    session.add(row)
    session.flush()
    session.add_all(_figure(row.id, DecidedRole.CONCERNED, each) for each in said.concerned)
    session.add_all(_figure(row.id, DecidedRole.ANCHOR, each) for each in said.anchors[:MOST_ANCHORS])
    return _join_anew(session, setup, row.id, posts)


def _signed(setup: Setup, ground: Ground) -> dict[str, object]:
    by, reason = storable(ground.by.strip()), storable(ground.reason.strip())
    return {"decided_at": setup.now(), "decided_by": by, "reason": reason}


def _figure(decision: int, role: DecidedRole, statement: Statement) -> DecisionFigure:
    anchor = anchor_of(statement)
    return DecisionFigure(
        decision_id=decision, role=role, statement_id=anchor.statement, source=anchor.post.source,
        external_id=anchor.post.id, text_hash=anchor.text_hash, stated_at=anchor.stated_at, start=anchor.start,
        end=anchor.end, measure=anchor.measure, place=anchor.place, low=anchor.low, high=anchor.high,
    )  # fmt: skip


def _join_anew(session: Session, setup: Setup, decision: int, posts: Collection[int]) -> Decided:
    session.execute(update(Post).where(among(Post.id, posts)).values(unjoined_since=setup.now()))
    return Decided(decision, frozenset(posts))
