"""What people decided, as joining needs it: the decisions that name certain posts, and the posts that hang on them."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import Select, select, tuple_
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from models.enums import DecidedRole, DecisionKind, Measure
from models.tables import DecisionFigure, DecisionRow, EventFigure, FigureRow, Post, PostVersion, Source
from monitor.events import Anchor, Ruling
from monitor.pipeline.among import among
from monitor.statements import PostRef


def rulings_on(session: Session, posts: Iterable[PostRef]) -> list[Ruling]:
    """In the order taken; what has been undone says nothing any more."""
    refs = set(posts)
    named = select(DecisionFigure.decision_id).where(
        among(DecisionFigure.source, {ref.source for ref in refs}),
        among(DecisionFigure.external_id, {ref.id for ref in refs}),
    )
    rows = session.execute(
        _in_force(DecisionRow.id, DecisionRow.kind).where(DecisionRow.id.in_(named)).order_by(DecisionRow.id)
    ).all()
    figures: dict[int, dict[str, list[Anchor]]] = defaultdict(lambda: defaultdict(list))
    told = select(DecisionFigure).where(among(DecisionFigure.decision_id, [row.id for row in rows]))
    for figure in session.scalars(told.order_by(DecisionFigure.id)) if rows else ():
        figures[figure.decision_id][figure.role].append(_anchor(figure))
    return [_ruling(row.kind, figures[row.id]) for row in rows]


def tied_to(session: Session, posts: Collection[int]) -> set[int]:
    """Ids of posts that decisions name together with these."""
    mine, theirs, own = aliased(DecisionFigure), aliased(DecisionFigure), aliased(Post)
    source, their_source = aliased(Source), aliased(Source)
    query = (
        select(Post.id)
        .distinct()
        .select_from(mine)
        .join(source, source.key == mine.source)
        .join(own, (own.source_id == source.id) & (own.external_id == mine.external_id))
        .join(theirs, theirs.decision_id == mine.decision_id)
        .join(their_source, their_source.key == theirs.source)
        .join(Post, (Post.source_id == their_source.id) & (Post.external_id == theirs.external_id))
        .where(
            among(own.id, posts),
            Post.example == own.example,
            mine.decision_id.in_(_in_force().with_only_columns(DecisionRow.id)),
        )
    )
    return set(session.scalars(query))


def posts_named(session: Session, decision: int) -> set[int]:
    """Ids of the posts that one decision names."""
    query = select(Post.id).join(Source, Source.id == Post.source_id)
    named = select(DecisionFigure.source, DecisionFigure.external_id).where(DecisionFigure.decision_id == decision)
    return set(session.scalars(query.where(tuple_(Source.key, Post.external_id).in_(named))))


def posts_beside(session: Session, posts: Collection[int]) -> set[int]:
    """Ids of the posts of the events that these have figures in."""
    joined = select(EventFigure.event_id).join(FigureRow, FigureRow.id == EventFigure.figure_id)
    joined = joined.join(PostVersion, PostVersion.id == FigureRow.version_id)
    events = session.scalars(joined.where(among(PostVersion.post_id, posts))).all()
    members = select(PostVersion.post_id).join(FigureRow, FigureRow.version_id == PostVersion.id)
    members = members.join(EventFigure, EventFigure.figure_id == FigureRow.id)
    return set(session.scalars(members.where(among(EventFigure.event_id, set(events)))))


def _in_force(*columns: InstrumentedAttribute[Any]) -> Select[Any]:
    undone = select(DecisionRow.undoes).where(DecisionRow.undoes.is_not(None))
    query: Select[Any] = select(*columns)
    return query.where(DecisionRow.kind != DecisionKind.UNDO, DecisionRow.id.not_in(undone))


def _ruling(kind: str, figures: dict[str, list[Anchor]]) -> Ruling:
    return Ruling(DecisionKind(kind), tuple(figures[DecidedRole.CONCERNED]), tuple(figures[DecidedRole.ANCHOR]))


def _anchor(row: DecisionFigure) -> Anchor:
    return Anchor(
        row.statement_id, PostRef(row.source, row.external_id), row.text_hash, row.stated_at, row.start, row.end,
        Measure(row.measure), row.place, row.low, row.high,
    )  # fmt: skip
