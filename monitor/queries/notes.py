"""Edited and deleted posts of note: those whose figures of an event changed or went."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import pairwise, zip_longest

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.enums import Scope, Stance
from models.tables import FigureRow, PostVersion
from monitor.digests.values import FigureChange, PostNote, Said, ToldFigure, ToldPost
from monitor.queries.said import number_of
from monitor.queries.statements import said_of

Versions = list[tuple[PostVersion, list[Said]]]


def notes_of(session: Session, events: Mapping[str, list[ToldFigure]]) -> dict[str, list[PostNote]]:
    """By event. The figures of every version of the posts concerned are read in one query."""
    concerned = {event: _changed_posts(statements) for event, statements in events.items()}
    versions = _versions(session, {post for posts in concerned.values() for post in posts})
    return {
        event: [note for number, post in posts.items() for note in _notes(post, versions[number])]
        for event, posts in concerned.items()
    }


def figure_changes(old: Iterable[Said], new: Iterable[Said]) -> tuple[FigureChange, ...]:
    """Pairs by measure and object what was said before and after; what stayed the same is left out."""
    before, after = _by_kind(old), _by_kind(new)
    pairs = (
        pair
        for kind in dict.fromkeys([*before, *after])
        for pair in _unpaired(before.get(kind, []), after.get(kind, []))
    )
    return tuple(FigureChange(old, new) for old, new in pairs)


def _unpaired(before: list[Said], after: list[Said]) -> Iterable[tuple[Said | None, Said | None]]:
    kept = {number_of(each) for each in before} & {number_of(each) for each in after}
    return zip_longest(
        [each for each in before if number_of(each) not in kept],
        [each for each in after if number_of(each) not in kept],
    )


def _changed_posts(statements: Iterable[ToldFigure]) -> dict[int, ToldPost]:
    posts = {each.post.id: each.post for each in statements if each.post.id is not None}
    return {number: post for number, post in posts.items() if post.versions > 1 or post.deleted_at is not None}


def _versions(session: Session, posts: Iterable[int]) -> Mapping[int, Versions]:
    told = func.coalesce(PostVersion.stated_at, PostVersion.seen_at)
    query = (
        select(PostVersion, FigureRow)
        .outerjoin(
            FigureRow,
            (FigureRow.version_id == PostVersion.id)
            & (FigureRow.stance == Stance.ASSERTS)
            & (FigureRow.scope == Scope.EVENT),
        )
        .where(PostVersion.post_id.in_(list(posts)))
        .order_by(PostVersion.post_id, told, PostVersion.number, FigureRow.start)
    )
    found: dict[int, Versions] = defaultdict(list)
    for version, figure in session.execute(query):
        seen = found[version.post_id]
        if not seen or seen[-1][0].id != version.id:
            seen.append((version, []))
        if figure is not None:
            seen[-1][1].append(said_of(figure))
    return found


def _notes(post: ToldPost, versions: Versions) -> Iterable[PostNote]:
    for (_, old), (version, new) in pairwise(versions):
        if changes := figure_changes(old, new):
            yield PostNote(post, version.edited_at or version.seen_at, deleted=False, changes=changes)
    if post.deleted_at is not None and versions and (lost := figure_changes(versions[-1][1], [])):
        yield PostNote(post, post.deleted_at, deleted=True, changes=lost)


def _by_kind(said: Iterable[Said]) -> dict[tuple[str, str], list[Said]]:
    found: dict[tuple[str, str], list[Said]] = defaultdict(list)
    for each in said:
        found[each.measure, each.object].append(each)
    return found
