"""One post with every text ever seen of it and the figures read from each."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.enums import ReadState
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
    read: ReadState
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
        versions=_versions(session, post),
    )


def _versions(session: Session, post: Post) -> tuple[Version, ...]:
    """Numbers go by arrival: an archive may bring an earlier text last."""
    rows = session.scalars(select(PostVersion).where(PostVersion.post_id == post.id)).all()
    figures = _figures(session, post.id)
    newest_first = sorted(rows, key=lambda row: (row.number == post.current_version, _told_at(row), row.number))[::-1]
    return tuple(
        Version(row.number, row.text, row.seen_at, row.edited_at, ReadState(row.read_state), tuple(figures[row.id]))
        for row in newest_first
    )


def _told_at(version: PostVersion) -> datetime:
    return version.stated_at or version.seen_at


def _figures(session: Session, post_id: int) -> Mapping[int, list[ReadFigure]]:
    """By version, in the order of the text."""
    query = (
        select(FigureRow, EventFigure.event_id)
        .join(PostVersion, PostVersion.id == FigureRow.version_id)
        .outerjoin(EventFigure, EventFigure.figure_id == FigureRow.id)
        .where(PostVersion.post_id == post_id)
        .order_by(FigureRow.start, FigureRow.end, FigureRow.id)
    )
    found: dict[int, list[ReadFigure]] = defaultdict(list)
    for row, event in session.execute(query):
        found[row.version_id].append(ReadFigure(row.start, row.end, said_of(row), event))
    return found
