"""The ledger of cumulative totals: who gave which one since when, apart from all events, without a verdict."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.enums import Measure, Object, Scope, Stance
from models.tables import FigureRow, Post, PostVersion, Source
from monitor.digests.hygiene import excerpt
from monitor.digests.values import Excerpt, Said, ToldPost, Voice
from monitor.queries.statements import post_ref, said_of, speakers, voice_of

READ_AT_MOST: Final = 2000


@dataclass(frozen=True, slots=True)
class Total:
    """A speaker's newest total of one count; `steps`: how many different ones of it are among what was read."""

    voice: Voice
    said: Said
    side: str
    measure: Measure
    object: Object
    part: str | None
    post: ToldPost
    said_at: datetime | None
    excerpt: Excerpt
    steps: tuple[tuple[datetime | None, str], ...]
    example: bool


Count = tuple[str, str, str, str, str | None]


def totals(session: Session, *, side: str | None = None, measure: Measure | None = None) -> list[Total]:
    """By side, measure, object and part, the newest first in each; of the posts told of last."""
    known = speakers(session)
    told = func.coalesce(PostVersion.stated_at, Post.published_at)
    query = (
        select(FigureRow, PostVersion, Post, Source)
        .join(PostVersion, PostVersion.id == FigureRow.version_id)
        .join(Post, Post.id == PostVersion.post_id)
        .join(Source, Source.id == Post.source_id)
        .where(FigureRow.scope == Scope.TOTAL, FigureRow.stance == Stance.ASSERTS, Post.deleted_at.is_(None))
        .where(PostVersion.number == Post.current_version)
        .order_by(FigureRow.id.desc())
        .limit(READ_AT_MOST)
    )
    if side is not None:
        query = query.where(FigureRow.side == side)
    if measure is not None:
        query = query.where(FigureRow.measure == measure)
    rows = session.execute(query.add_columns(told)).all()
    by_count: dict[Count, list[Total]] = {}
    for figure, version, post, source, at in sorted(
        rows, key=lambda row: (row[4] is None, row[4] or row[2].first_seen_at)
    ):
        voice = voice_of(figure, source, known)
        count = (voice.key or voice.name, figure.side, figure.measure, figure.object, figure.part_quote)
        by_count.setdefault(count, []).append(
            Total(
                voice, said_of(figure), figure.side, Measure(figure.measure), Object(figure.object), figure.part_quote,
                post_ref(post, source), at, excerpt(version.text, figure.start, figure.end), (), post.example,
            )
        )  # fmt: skip
    return _newest(by_count)


def _newest(by_count: Mapping[Count, Iterable[Total]]) -> list[Total]:
    found = []
    for told in by_count.values():
        steps: list[Total] = []
        for each in told:
            if not steps or (steps[-1].said.low, steps[-1].said.high) != (each.said.low, each.said.high):
                steps.append(each)
        last = steps[-1]
        found.append(_with_steps(last, steps))
    return sorted(found, key=lambda each: (each.side, each.measure, each.object, each.part or "", each.voice.name))


def _with_steps(total: Total, steps: Iterable[Total]) -> Total:
    return replace(total, steps=tuple((each.said_at, each.said.quote) for each in steps))
