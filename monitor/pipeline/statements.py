"""Rows of posts, versions and figures as statements: who said which number when, and until when it stood."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from itertools import zip_longest
from typing import Any, TypeAlias

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from models.enums import Bound, Lang, Measure, Modifier, Object, Scope, Stance, Withdrawal
from models.tables import FigureRow, Post, PostVersion
from monitor.pipeline.among import among
from monitor.pipeline.whereabouts import places_named
from monitor.pipeline.world import World
from monitor.statements import PostRef, PostText, Statement
from monitor.values import Figure, Part, Period, PlaceQuote, SpeakerQuote

FigureColumns: TypeAlias = Any  # a row with the columns of `figures` and the id of the post
VersionRow: TypeAlias = Row[int, int, str, str, int, datetime | None, datetime]


@dataclass(frozen=True, slots=True)
class Told:
    """`figures`: which row a statement was read from; `posts`: which post it stands in."""

    statements: tuple[Statement, ...]
    figures: Mapping[str, int]
    posts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Versions:
    """The texts of one post in the order stated, by the id of their row."""

    texts: Mapping[int, PostText]
    hashes: Mapping[int, str]


def statements_of(session: Session, posts: Collection[int], world: World) -> Told:
    versions = versions_of(session, posts, world)
    rows = _figures(session, posts)
    unsure = {row.version_id for row in rows if row.place_name is not None and row.place_id is None}
    texts = {number: named(text) if number in unsure else text for number, text in versions.texts.items()}
    told = {row.version_id for row in rows}
    texts |= {number: _with_gist(text) for number, text in texts.items() if number in told}
    statements: dict[str, Statement] = {}
    figures: dict[str, int] = {}
    where: dict[str, int] = {}
    for row in rows:
        text = texts.get(row.version_id)
        if text is not None:
            statement = _statement(row, text, versions.hashes[row.version_id], world)
            statements[statement.id], figures[statement.id], where[statement.id] = statement, row.id, row.post_id
    return Told(tuple(statements.values()), figures, where)


def _figures(session: Session, posts: Collection[int]) -> Sequence[FigureColumns]:
    """Columns rather than entities: thousands are read for each join, and none is written."""
    columns = (*FigureRow.__table__.columns, PostVersion.post_id)
    query = select(*columns).join(PostVersion, PostVersion.id == FigureRow.version_id)
    return session.execute(query.where(among(PostVersion.post_id, posts)).order_by(FigureRow.id)).all()


def named(text: PostText) -> PostText:
    """With all places that it names."""
    return replace(text, places=places_named(text.text, text.lang))


def _with_gist(text: PostText) -> PostText:
    from monitor.figures.gist import gist_of

    return replace(text, gist=gist_of(text.text, text.lang))


def versions_of(session: Session, posts: Collection[int], world: World) -> Versions:
    """Posts without a time are left out."""
    columns = (
        PostVersion.id, PostVersion.post_id, PostVersion.text, PostVersion.content_hash, PostVersion.number,
        PostVersion.stated_at, PostVersion.seen_at,
    )  # fmt: skip
    known = {post.id: post for post in session.scalars(select(Post).where(among(Post.id, posts)))}
    rows: dict[int, list[VersionRow]] = defaultdict(list)
    for row in session.execute(select(*columns).where(among(PostVersion.post_id, posts))):
        rows[row.post_id].append(row)
    texts: dict[int, PostText] = {}
    hashes: dict[int, str] = {}
    for post_id, found in rows.items():
        post = known[post_id]
        if post.published_at is not None:
            found.sort(key=lambda row: (row.stated_at or row.seen_at, row.content_hash))
            texts |= _texts(post, post.published_at, found, world)
            hashes |= {row.id: row.content_hash for row in found}
    return Versions(texts, hashes)


def _texts(post: Post, published: datetime, rows: Sequence[VersionRow], world: World) -> Mapping[int, PostText]:
    """Each version stood until the next was stated, the last until the post was deleted."""
    texts: dict[int, PostText] = {}
    for number, (row, after) in enumerate(zip_longest(rows, rows[1:]), 1):
        until = post.deleted_at if after is None else after.stated_at or after.seen_at
        why = None if until is None else Withdrawal.DELETED if after is None else Withdrawal.EDITED
        channel = world.channels[post.source_id]
        texts[row.id] = PostText(
            ref=PostRef(channel.key, post.external_id),
            channel=channel,
            text=row.text,
            published=published,
            stated_at=row.stated_at or row.seen_at,
            arrived_at=row.seen_at,
            version=number,
            url=post.url,
            lang=Lang(post.lang) if post.lang else None,
            forwarded_from=world.origin(post.forwarded_from),
            forwarded_post=post.forwarded_post,
            reply_to=post.reply_to,
            withdrawn_at=until,
            withdrawal=why,
        )
    return texts


def _statement(row: FigureColumns, text: PostText, content_hash: str, world: World) -> Statement:
    figure = figure_of(row)
    speaker, own = world.speaker(text.channel, text.forwarded_from, figure.speaker)
    return Statement(_id(row, text, content_hash), figure, speaker, text, own)


def _id(row: FigureColumns, text: PostText, content_hash: str) -> str:
    """Made of content alone: reading and joining anew come to the same ids, whatever the order of arrival."""
    ref = text.ref
    where = (ref.source, ref.id, content_hash, text.stated_at.isoformat(), row.start, row.end, row.measure)
    return sha256(repr(where).encode()).hexdigest()[:20]


def figure_of(row: FigureColumns) -> Figure:
    return Figure(
        start=row.start,
        end=row.end,
        quote=row.quote,
        measure=Measure(row.measure),
        object=Object(row.object),
        low=row.low,
        high=row.high,
        bound=Bound(row.bound),
        modifier=Modifier(row.modifier),
        side=row.side,
        scope=Scope(row.scope),
        part=None if row.part_quote is None else Part(row.part_quote, row.part_of),
        stance=Stance(row.stance),
        provisional=row.provisional,
        speaker=None if row.speaker_quote is None else SpeakerQuote(row.speaker_quote, row.speaker_key),
        place=_place(row),
        as_of=_period(row.as_of_start, row.as_of_end),
        confidence=row.confidence,
    )  # fmt: skip


def _place(row: FigureColumns) -> PlaceQuote | None:
    if row.place_name is None:
        return None
    return PlaceQuote(row.place_quote or row.place_name, row.place_name, row.place_id)


def _period(start: datetime | None, end: datetime | None) -> Period | None:
    return None if start is None and end is None else Period(start, end)
