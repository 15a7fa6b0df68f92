"""The figures that a decision may be about, found by what people call them: a figure's id, or a post as source/id."""

from collections.abc import Collection, Iterable, Sequence
from typing import Final

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from models.tables import EventFigure, FigureRow, Post, PostVersion, Source
from monitor.errors import BadInputError
from monitor.pipeline.among import among
from monitor.pipeline.setup import Setup
from monitor.pipeline.statements import statements_of
from monitor.pipeline.world import world_of
from monitor.statements import Statement, order_of

SHORTEST: Final = 6  # letters of a figure's id that may stand for the whole


class DecidedAbout:
    """All figures of some events, and of the posts that are named beside them."""

    def __init__(self, session: Session, setup: Setup, events: Sequence[str], names: Collection[str] = ()) -> None:
        self.posts = _posts_of(session, events) | _posts_named(session, names)
        told = statements_of(session, self.posts, world_of(session, setup.settings, setup.now()))
        self._statements = {each.id: each for each in told.statements}
        links = select(EventFigure).where(among(EventFigure.statement_id, self._statements))
        self._links = {row.statement_id: row for row in session.scalars(links)}

    def of(self, event: str) -> list[Statement]:
        """The surest first: they are to find the event again."""
        rows = [row for row in self._links.values() if row.event_id == event]
        rows.sort(key=lambda row: (row.suggested, row.carried_by is not None, self._order(row.statement_id)))
        return [self._statements[row.statement_id] for row in rows]

    def suggested(self, event: str) -> list[Statement]:
        return [each for each in self.of(event) if self._links[each.id].suggested]

    def event_of(self, statement: Statement) -> str | None:
        row = self._links.get(statement.id)
        return None if row is None else row.event_id

    def named(self, names: Iterable[str], event: str | None = None) -> list[Statement]:
        """Within an event, where one is given. Raises BadInputError for what is not there, or is not clear."""
        found = {each.id: each for name in names for each in self._named(name, event)}
        if not found:
            raise BadInputError("no figure is named")
        return sorted(found.values(), key=order_of)

    def _named(self, name: str, event: str | None) -> list[Statement]:
        found = self._of_post(name) if "/" in name else self._of_id(name)
        here = [each for each in found if event is None or self.event_of(each) == event]
        if not here:
            raise BadInputError(f"{name} is no figure of the event" if event else f"{name}: there is no such figure")
        if "/" not in name and len(here) > 1:
            raise BadInputError(f"{name} is the beginning of several figures' ids")
        return here

    def _of_post(self, name: str) -> list[Statement]:
        source, _, post = name.partition("/")
        known = self._statements.values()
        return [each for each in known if (each.post.ref.source, each.post.ref.id) == (source, post)]

    def _of_id(self, name: str) -> list[Statement]:
        if len(name) < SHORTEST:
            raise BadInputError(f"{name}: give {SHORTEST} letters of a figure's id at least")
        return [each for each in self._statements.values() if each.id.startswith(name)]

    def _order(self, statement: str) -> tuple[object, ...]:
        return order_of(self._statements[statement])


def _posts_of(session: Session, events: Iterable[str]) -> set[int]:
    return set(session.scalars(_joined().where(among(EventFigure.event_id, events))))


def _joined() -> Select[int]:
    query = select(PostVersion.post_id).join(FigureRow, FigureRow.version_id == PostVersion.id)
    return query.join(EventFigure, EventFigure.figure_id == FigureRow.id)


def _posts_named(session: Session, names: Iterable[str]) -> set[int]:
    found: set[int] = set()
    for name in names:
        source, slash, post = name.partition("/")
        by_ref = select(Post.id).join(Source, Source.id == Post.source_id)
        by_ref = by_ref.where(Source.key == source, Post.external_id == post)
        by_id = _joined().where(EventFigure.statement_id.startswith(name, autoescape=True))
        found |= set(session.scalars(by_ref if slash else by_id))
    return found
