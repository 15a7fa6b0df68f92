"""Which posts are joined together with changed ones."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, tuple_
from sqlalchemy.orm import Session, aliased

from models.tables import EventFigure, FigureRow, Post, PostVersion, Source
from monitor.events import BY_THE_NIGHT
from monitor.pipeline.among import among
from monitor.pipeline.rulings import posts_beside, tied_to
from monitor.pipeline.surroundings import NEARBY, SERIES, Key, Surroundings, place_of, touches

LISTED: Final = 4  # figures of a post that may be a party's list


def neighbours(session: Session, near: Surroundings, changed: Collection[int]) -> set[int]:
    """Ids of posts, the changed ones among them."""
    found = set(changed) | _in_areas(session, near) | set(session.scalars(_hanging_on(near, changed)))
    if near.rare:
        found |= set(session.scalars(_of_the_same_number(near)))
    if near.in_the_air:
        things = among(FigureRow.object, BY_THE_NIGHT)
        found |= set(session.scalars(_posts(near, near.first - NEARBY, near.last + NEARBY).where(things)))
    if near.parties:
        found |= set(session.scalars(_lists(near)))
    found |= _joined_with(session, near, found)
    return _with_tied(session, found)


def _with_tied(session: Session, posts: set[int]) -> set[int]:
    """And what people's decisions name together with these, with all of its events."""
    found, new = set(posts), posts
    while new := tied_to(session, new) - found:
        new |= posts_beside(session, new) - found
        found |= new
    return found


def _posts(near: Surroundings, since: datetime, until: datetime) -> Select[int]:
    query = select(Post.id).distinct().join(PostVersion, PostVersion.post_id == Post.id)
    query = query.join(FigureRow, FigureRow.version_id == PostVersion.id)
    return query.where(Post.published_at.between(since, until), Post.example.is_(near.example))


def _in_areas(session: Session, near: Surroundings) -> set[int]:
    """Sorted out here: no index tells what lies in an area, and what is told of in so many days is soon read."""
    columns = Post.id, FigureRow.place_id, FigureRow.place_name
    named = session.execute(_posts(near, near.since, near.until).with_only_columns(*columns))
    posts: dict[Key | None, set[int]] = defaultdict(set)
    for post, place_id, place_name in named:
        posts[place_of(place_id, place_name)].add(post)
    return {post for key, told in posts.items() if key is not None and touches(key, near.areas) for post in told}


def _hanging_on(near: Surroundings, changed: Collection[int]) -> Select[int]:
    """Posts with a figure that names no place, and follow a changed one: its source's words, or an answer."""
    theirs = aliased(Post)
    next_words = Post.published_at.between(theirs.published_at, theirs.published_at + SERIES)
    follows = and_(Post.source_id == theirs.source_id, or_(next_words, Post.reply_to == theirs.external_id))
    placeless = FigureRow.place_name.is_(None)
    return _posts(near, near.since, near.until).join(theirs, follows).where(among(theirs.id, changed), placeless)


def _of_the_same_number(near: Surroundings) -> Select[int]:
    """What names no place may have been waiting for a post that tells of a place with its number."""
    number = tuple_(FigureRow.measure, FigureRow.low, FigureRow.high)
    return _posts(near, near.since, near.until).where(FigureRow.place_name.is_(None), number.in_(near.rare))


def _lists(near: Surroundings) -> Select[int]:
    theirs: ColumnElement[bool] = or_(among(Source.party, near.parties), among(FigureRow.speaker_key, near.parties))
    posts = _posts(near, near.first - NEARBY, near.last + NEARBY).join(Source, Source.id == Post.source_id)
    return posts.where(theirs).group_by(Post.id, PostVersion.id).having(func.count() >= LISTED)


def _joined_with(session: Session, near: Surroundings, posts: Collection[int]) -> set[int]:
    """All of the events that these posts belong to so far."""
    joined: Select[Any] = select(EventFigure.event_id).join(FigureRow, FigureRow.id == EventFigure.figure_id)
    joined = joined.join(PostVersion, PostVersion.id == FigureRow.version_id)
    events = near.events | set(session.scalars(joined.where(among(PostVersion.post_id, posts))))
    members = select(PostVersion.post_id).join(FigureRow, FigureRow.version_id == PostVersion.id)
    members = members.join(EventFigure, EventFigure.figure_id == FigureRow.id)
    return set(session.scalars(members.where(among(EventFigure.event_id, events))))
