"""The first start: what comes with the program goes into an empty store, and the example day with it."""

from dataclasses import replace
from typing import Final

from sqlalchemy import delete, exists, func, or_, select
from sqlalchemy.orm import Session

from config.entries import SourcesFile
from config.sources import EXAMPLE_FOLDER, default_sources, load_sources
from models.enums import ReadState
from models.tables import AlertRow, EventRow, Heartbeat, Post, PostVersion, Source
from monitor.errors import BadInputError
from monitor.pipeline.following import follow
from monitor.pipeline.health import beat
from monitor.pipeline.importing import import_posts
from monitor.pipeline.naming import name_all
from monitor.pipeline.setup import Setup
from monitor.sources.archive import read_archive

LOCK: Final = 0x626567696E
BEGUN: Final = "begun"


def begin(setup: Setup) -> bool:
    """True the first time: then the default sources are followed beside those that the desk has named already, and the
    example is there. Else the names that the program brings are brought up to date, save those that the desk has put
    its own in place of.

    Where the settings ask for an empty beginning, only the names come. Killed half way, it is done whole the next time;
    two at once come to the same.
    """
    with setup.transaction() as session:
        name_all(session, default_sources(), setup.now(), shipped=True)
        if setup.settings.first_start == "empty" or session.get(Heartbeat, BEGUN) is not None:
            return False
    load_example(setup)
    with setup.transaction() as session:
        session.execute(select(func.pg_advisory_xact_lock(LOCK)))
        follow(session, _not_followed_yet(session, default_sources()), setup, shipped=True)
        beat(session, BEGUN, setup.now())
    return True


def _not_followed_yet(session: Session, file: SourcesFile) -> SourcesFile:
    """Without what the desk follows already under a key of its own, so that nothing is polled twice."""
    known = {address.casefold() for address in session.scalars(select(Source.address).where(~Source.example))}
    new = {key: entry for key, entry in file.sources.items() if entry.address.casefold() not in known}
    return replace(file, sources=new)


def load_example(setup: Setup) -> int:
    """How many posts are new. Loading it again changes nothing."""
    with setup.transaction() as session:
        name_all(session, default_sources(), setup.now(), shipped=True)
        follow(session, load_sources(EXAMPLE_FOLDER / "sources.yaml"), setup, example=True)
    return import_posts(setup, read_archive(EXAMPLE_FOLDER / "posts.jsonl"), tell=_refuse).stored.posts


def _refuse(problem: str) -> None:
    raise BadInputError(f"the example is broken: {problem}")


def remove_example(session: Session) -> int:
    """How many posts went. With its sources go their posts and figures; its events and alerts go by their mark."""
    posts = session.scalar(select(func.count()).select_from(Post).where(Post.example)) or 0
    for table in (AlertRow, EventRow, Source):
        session.execute(delete(table).where(table.example))
    return posts


def example_joined(session: Session) -> bool:
    """Whether all of the example that is there has been read and joined."""
    unread = exists().where(PostVersion.post_id == Post.id, PostVersion.read_state == ReadState.UNREAD)
    waiting = select(Post.id).where(Post.example, or_(Post.unjoined_since.is_not(None), unread))
    return session.scalar(waiting.limit(1)) is None
