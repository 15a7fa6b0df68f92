"""A past case through the whole pipeline: posts stored, read, joined, as if they had come just so."""

import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from config.entries import SourcesFile
from models.enums import SourceKind
from models.tables import Source
from monitor.pipeline.following import follow
from monitor.pipeline.join import join_next
from monitor.pipeline.read import read_next
from monitor.pipeline.setup import Setup
from monitor.pipeline.store import Arrival, lock_source, store_posts
from monitor.posts import PostLine
from monitor.values import RawPost

NEVER: Final = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Case:
    """`posts` in the order of arrival; `now`: the time of the last of them."""

    sources: SourcesFile
    posts: tuple[PostLine, ...]
    now: datetime


def case_of(sources: SourcesFile, lines: Iterable[PostLine], *, until: datetime | None, shuffle: int | None) -> Case:
    """In the order of their times, or in a random one. What was said after `until` is left out."""
    told = sorted(lines, key=lambda line: time_of(line.post))
    kept = [line for line in told if until is None or time_of(line.post) <= until]
    now = time_of(kept[-1].post) if kept else NEVER
    if shuffle is not None:
        random.Random(shuffle).shuffle(kept)  # noqa: S311 - the order of arrival, no secret
    return Case(sources, tuple(kept), now)


def time_of(post: RawPost) -> datetime:
    return post.edited_at or post.published or NEVER


def replay(case: Case, setup: Setup, advance: Callable[[int], None] = lambda _: None) -> None:
    """Into the database of `setup`, which should be empty and whose clock should stand at the case's `now`."""
    with setup.transaction() as session:
        follow(session, _told_afterwards(case.sources), setup)
    for source, posts in _by_source(case.posts).items():
        with setup.transaction() as session:
            _store(session, source, posts, setup)
        advance(len(posts))
    while read_next(setup) is not None:
        pass
    while join_next(setup, as_stated=True):
        pass


def _told_afterwards(sources: SourcesFile) -> SourcesFile:
    """Nothing is fetched: each source is an archive, all of which has been read."""
    archived = {key: replace(each, kind=SourceKind.ARCHIVE) for key, each in sources.sources.items()}
    return replace(sources, sources=archived)


def _by_source(lines: Iterable[PostLine]) -> dict[str, list[RawPost]]:
    """The order in which posts of several sources come leaves no trace in the store; that of each one's does."""
    found: dict[str, list[RawPost]] = defaultdict(list)
    for line in lines:
        found[line.source or ""].append(line.post)
    return found


def _store(session: Session, key: str, posts: Sequence[RawPost], setup: Setup) -> None:
    source = lock_source(session, session.scalars(select(Source.id).where(Source.key == key)).one())
    store_posts(session, posts, Arrival(source, setup.now(), archived=True))
