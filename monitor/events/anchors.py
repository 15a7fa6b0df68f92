"""Which figures a person's decision means now: editing and reading anew change a figure's id, not what was meant."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from hashlib import sha256

from models.enums import DecisionKind, Measure
from monitor.events.values import place_key
from monitor.statements import Decision, PostRef, Statement


@dataclass(frozen=True, slots=True)
class Anchor:
    """A figure as it was when a person decided about it. `place`: the key of the place that it was read with."""

    statement: str
    post: PostRef
    text_hash: str
    stated_at: datetime
    start: int
    end: int
    measure: Measure
    place: str | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Ruling:
    """One decision as it was taken. `concerned`: what it is about; `anchors`: what tells the event held against it.

    Of `together` they are the two events; of `apart` what leaves and what stays; of `move` without anchors, what gets
    an event of its own.
    """

    kind: DecisionKind
    concerned: tuple[Anchor, ...]
    anchors: tuple[Anchor, ...] = ()


def anchor_of(statement: Statement) -> Anchor:
    figure, post = statement.figure, statement.post
    return Anchor(
        statement.id, post.ref, hash_of(post.text), post.stated_at, figure.start, figure.end, figure.measure,
        _place(statement), figure.low, figure.high,
    )  # fmt: skip


@lru_cache(maxsize=2_000)
def hash_of(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:20]


def decisions_of(rulings: Iterable[Ruling], statements: Iterable[Statement]) -> tuple[Decision, ...]:
    """What the rulings say about these statements, in the order taken. What is not here is passed over."""
    by_post: dict[PostRef, list[Statement]] = defaultdict(list)
    for statement in statements:
        by_post[statement.post.ref].append(statement)
    return tuple(decision for ruling in rulings for decision in _decisions(ruling, by_post))


def _decisions(ruling: Ruling, by_post: Mapping[PostRef, Sequence[Statement]]) -> Iterator[Decision]:
    concerned = _meant(ruling.concerned, by_post)
    anchors = [each for each in _meant(ruling.anchors, by_post) if each not in concerned]
    if not concerned or (ruling.anchors and not anchors):
        return
    first, *others = concerned
    match ruling.kind:
        case DecisionKind.TOGETHER:
            yield Decision(DecisionKind.TOGETHER, first, anchors[0])
        case DecisionKind.APART:
            yield from (Decision(DecisionKind.APART, stays, first) for stays in anchors)
            yield from (Decision(DecisionKind.MOVE, each, first) for each in others)
        case DecisionKind.MOVE | DecisionKind.CONFIRM if anchors:
            yield from (Decision(DecisionKind.MOVE, each, anchors[0]) for each in concerned)
        case DecisionKind.MOVE:
            yield Decision(DecisionKind.MOVE, first, None)
            yield from (Decision(DecisionKind.MOVE, each, first) for each in others)


def _meant(anchors: Iterable[Anchor], by_post: Mapping[PostRef, Sequence[Statement]]) -> list[str]:
    found = (statement.id for anchor in anchors for statement in meant_by(anchor, by_post.get(anchor.post, ())))
    return list(dict.fromkeys(found))


def meant_by(anchor: Anchor, statements: Iterable[Statement]) -> list[Statement]:
    """`statements`: all of its post. In the text that was decided about and in each later one: one at most."""
    versions: dict[int, list[Statement]] = defaultdict(list)
    for statement in statements:
        versions[statement.post.version].append(statement)
    found = (_in_version(anchor, versions[number]) for number in sorted(versions))
    return [statement for statement in found if statement is not None]


def _in_version(anchor: Anchor, statements: Sequence[Statement]) -> Statement | None:
    post = statements[0].post
    if hash_of(post.text) == anchor.text_hash:
        return _read_there(anchor, statements)
    return _become(anchor, statements) if post.stated_at > anchor.stated_at else None


def _read_there(anchor: Anchor, statements: Sequence[Statement]) -> Statement | None:
    """The same text: itself, else what is read now where it stood."""
    there = [each for each in statements if each.figure.start < anchor.end and anchor.start < each.figure.end]
    choices = (
        [each for each in statements if each.id == anchor.statement],
        [each for each in there if each.figure.measure == anchor.measure],
        there,
    )
    return next((choice[0] for choice in choices if choice), None)


def _become(anchor: Anchor, statements: Sequence[Statement]) -> Statement | None:
    """Another text: what counts the same there, at the same place or with the same number where there are several."""
    same = [each for each in statements if each.figure.measure == anchor.measure]
    choices = (
        same,
        [each for each in same if _place(each) == anchor.place],
        [each for each in same if (each.figure.low, each.figure.high) == (anchor.low, anchor.high)],
    )
    return next((choice[0] for choice in choices if len(choice) == 1), None)


def _place(statement: Statement) -> str | None:
    place = statement.figure.place
    return None if place is None else place_key(place)
