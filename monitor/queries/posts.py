"""One post with every text ever seen of it and the figures read from each."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.tables import EventFigure, FigureRow, Post, PostVersion, Source
from monitor.digests.values import Said, ToldPost
from monitor.queries.statements import post_ref, said_of


@dataclass(frozen=True, slots=True)
class ReadFigure:
    """Where in the text a figure stands; `event` where it is joined to one."""

    start: int
    end: int
    said: Said
    event: str | None


@dataclass(frozen=True, slots=True)
class Version:
    number: int
    text: str
    seen: datetime
    edited: datetime | None
    figures: tuple[ReadFigure, ...]


@dataclass(frozen=True, slots=True)
class PostPage:
    """Versions with the newest first."""

    post: ToldPost
    forwarded_from: str | None
    views: int | None
    first_seen: datetime
    missing_since: datetime | None
    example: bool
    versions: tuple[Version, ...]


def post_page(session: Session, post_id: int) -> PostPage | None:
    row = session.execute(
        select(Post, Source).join(Source, Source.id == Post.source_id).where(Post.id == post_id)
    ).first()
    if row is None:
        return None
    post, source = row
    return PostPage(
        post=post_ref(post, source),
        forwarded_from=post.forwarded_from,
        views=post.views,
        first_seen=post.first_seen_at,
        missing_since=post.missing_since,
        example=post.example,
        versions=_versions(session, post_id),
    )


def _versions(session: Session, post_id: int) -> tuple[Version, ...]:
    query = select(PostVersion).where(PostVersion.post_id == post_id).order_by(PostVersion.number.desc())
    return tuple(
        Version(each.number, each.text, each.seen_at, each.edited_at, _figures(session, each.id))
        for each in session.scalars(query)
    )


def _figures(session: Session, version_id: int) -> tuple[ReadFigure, ...]:
    query = (
        select(FigureRow, EventFigure.event_id)
        .outerjoin(EventFigure, EventFigure.figure_id == FigureRow.id)
        .where(FigureRow.version_id == version_id)
        .order_by(FigureRow.start, FigureRow.end, FigureRow.id)
    )
    return tuple(ReadFigure(row.start, row.end, said_of(row), event) for row, event in session.execute(query))
