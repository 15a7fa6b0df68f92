"""What changed posts may have to do with: which time, which areas, whose lists and attacks.

A join works on that alone, so that its cost is that of an area's recent days and not that of the whole store.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final, TypeAlias

from sqlalchemy import ColumnElement, Interval, Row, Select, and_, func, literal, or_, select, tuple_
from sqlalchemy.orm import Session, aliased

from models.enums import EventKind, Lang, Measure, Scope
from models.tables import AlertPost, AlertRow, EventFigure, EventRow, FigureRow, Post, PostVersion, Source
from monitor.events import BY_THE_NIGHT, KNOWN_BY_NUMBER, LONGEST_EVENT, NEARLY, NEXT_WORDS_WITHIN, SERIES_WITHIN
from monitor.measures import COUNTED_BY_DEFENDER
from monitor.pipeline.among import among
from monitor.pipeline.whereabouts import containers, places_named

BEFORE_AND_AFTER: Final = timedelta(days=10)  # longer than an event is remembered without being spoken of
NEARBY: Final = timedelta(days=2)  # a day's lists and attacks are told of until the next
NEXT_WORDS: Final = literal(NEXT_WORDS_WITHIN, Interval)
SERIES: Final = literal(SERIES_WITHIN, Interval)
LOOKING_BACK: Final = timedelta(days=400)  # a text may tell of a time long before its own

Key: TypeAlias = str
Number: TypeAlias = tuple[str, float, float]  # measure, low, high
ChangedRow: TypeAlias = Row[int, datetime | None, bool, str | None, str, str | None, FigureRow | None]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """`first` to `last`: the changed posts; `since` to `until`: what may concern them. `areas`: with all around them.

    `spoken_of`: places that parties name in changed posts without a figure. `rare`: numbers of theirs that an event is
    known by. `events`: all in this time and area, those that the changed posts were joined to, and those that an alert
    of theirs stands on.
    """

    example: bool
    first: datetime
    last: datetime
    since: datetime
    until: datetime
    areas: frozenset[Key]
    spoken_of: frozenset[Key]
    in_the_air: bool
    rare: frozenset[Number]
    parties: frozenset[str]
    events: frozenset[str]

    def holds(self, kind: str, place: Key | None, start: datetime) -> bool:
        """Whether all of such an event is looked at, so that it may be written anew."""
        if kind == EventKind.INCIDENT:
            return place is not None and touches(place, self.areas)
        counted = self.in_the_air if kind == EventKind.AIR_ATTACK else bool(self.parties)
        return counted and self.first - NEARBY <= start <= self.last + NEARBY


def place_of(place_id: str | None, place_name: str | None) -> Key | None:
    """As `monitor.events.place_key` has it."""
    if place_id is not None:
        return place_id
    return None if place_name is None else f"={place_name.casefold()}"


def around(key: Key) -> tuple[Key, ...]:
    return (key,) if key.startswith("=") else (key, *containers(key))


def touches(key: Key, areas: Collection[Key]) -> bool:
    return any(each in areas for each in around(key))


def surroundings(session: Session, posts: Collection[int]) -> Surroundings:
    """`posts` all have a time, and are of the example or none is."""
    rows = session.execute(_figures().where(among(Post.id, posts))).all()
    figures = [row.FigureRow for row in rows if row.FigureRow is not None]
    times = [row.published_at for row in rows]
    parties = {row.party for row in rows} | {figure.speaker_key for figure in figures}
    events = _events_of(session, posts)
    spoken_of = _named_in(row for row in rows if row.party is not None and row.FigureRow is None)
    keys = spoken_of | _own_places(rows) | _places_of(session, events)
    keys |= _places_led_to(session, posts, figures, min(times))
    near = Surroundings(
        example=any(row.example for row in rows),
        first=min(times),
        last=max(times),
        since=min([*times, *_told_times(figures, min(times))]) - BEFORE_AND_AFTER,
        until=max(times) + BEFORE_AND_AFTER,
        areas=frozenset(each for key in keys for each in around(key)),
        spoken_of=frozenset(spoken_of),
        in_the_air=any(_by_the_night(figure) for figure in figures),
        rare=frozenset(_rare_numbers(figures)),
        parties=frozenset(key for key in parties if key is not None),
        events=frozenset(events),
    )
    return replace(near, events=near.events | _held(session, near) | _nearly_told(session, near, figures))


def _figures() -> Select[int, datetime | None, bool, str | None, str, str | None, FigureRow | None]:
    columns = Post.id, Post.published_at, Post.example, Post.lang, PostVersion.text, Source.party, FigureRow
    query = select(*columns).join(PostVersion, PostVersion.post_id == Post.id)
    return query.join(Source, Source.id == Post.source_id).outerjoin(FigureRow, FigureRow.version_id == PostVersion.id)


def _own_places(rows: Sequence[ChangedRow]) -> set[Key]:
    """A place that the gazetteer does not know may lie in another that the text names."""
    known = [row for row in rows if row.FigureRow is not None]
    keys = {place_of(row.FigureRow.place_id, row.FigureRow.place_name) for row in known}
    unknown = (row for row in known if row.FigureRow.place_id is None and row.FigureRow.place_name is not None)
    return {key for key in keys if key is not None} | _named_in(unknown)


def _named_in(rows: Iterable[ChangedRow]) -> set[Key]:
    named = (place for row in rows for place in places_named(row.text, Lang(row.lang) if row.lang else None))
    return {place.id for place in named if place.id is not None}


def _places_led_to(session: Session, posts: Collection[int], figures: Sequence[FigureRow], first: datetime) -> set[Key]:
    """A figure without a place may belong where its source's last words do, or an answered post, or its number."""
    placeless = [figure for figure in figures if place_of(figure.place_id, figure.place_name) is None]
    if not placeless:
        return set()
    same_number = tuple_(FigureRow.measure, FigureRow.low, FigureRow.high).in_(_rare_numbers(placeless))
    told = _places().where(same_number, Post.published_at > first - BEFORE_AND_AFTER)
    before = _written_before(posts), _outgrown(posts), told
    rows = [row for query in before for row in session.execute(query)]
    return {key for row in rows if (key := place_of(*row)) is not None}


def _rare_numbers(figures: Iterable[FigureRow]) -> set[Number]:
    return {
        (each.measure, each.low, each.high)
        for each in figures
        if each.low is not None and each.high is not None and each.high >= KNOWN_BY_NUMBER
    }


def _places() -> Select[str | None, str | None]:
    query = select(FigureRow.place_id, FigureRow.place_name).distinct()
    return query.join(PostVersion, PostVersion.id == FigureRow.version_id).join(Post, Post.id == PostVersion.post_id)


def _written_before(posts: Collection[int]) -> Select[str | None, str | None]:
    mine = aliased(Post)
    just_before = Post.published_at.between(mine.published_at - NEXT_WORDS, mine.published_at)
    leads = and_(Post.source_id == mine.source_id, or_(Post.external_id == mine.reply_to, just_before))
    return _places().join(mine, leads).where(among(mine.id, posts))


def _outgrown(posts: Collection[int]) -> Select[str | None, str | None]:
    """Where the same source has counted fewer of the same, within the time that a series goes on for."""
    mine, version, figure = aliased(Post), aliased(PostVersion), aliased(FigureRow)
    goes_on = and_(
        Post.source_id == mine.source_id,
        Post.published_at.between(mine.published_at - SERIES, mine.published_at),
        FigureRow.measure == figure.measure,
        FigureRow.low < figure.low,
    )
    query = _places().join(mine, Post.source_id == mine.source_id).join(version, version.post_id == mine.id)
    query = query.join(figure, figure.version_id == version.id)
    return query.where(among(mine.id, posts), figure.place_name.is_(None), goes_on)


def _told_times(figures: Iterable[FigureRow], first: datetime) -> list[datetime]:
    told = (figure.as_of_start for figure in figures if figure.scope == Scope.EVENT)
    return [moment for moment in told if moment is not None and first - moment <= LOOKING_BACK]


def _by_the_night(figure: FigureRow) -> bool:
    counted = figure.measure in COUNTED_BY_DEFENDER or figure.measure == Measure.DESTROYED
    return counted and figure.object in BY_THE_NIGHT and figure.scope == Scope.EVENT


def _events_of(session: Session, posts: Collection[int]) -> set[str]:
    joined = select(EventFigure.event_id).join(FigureRow, FigureRow.id == EventFigure.figure_id)
    joined = joined.join(PostVersion, PostVersion.id == FigureRow.version_id).where(among(PostVersion.post_id, posts))
    told = (
        select(AlertRow.event_id)
        .join(AlertPost, AlertPost.alert_id == AlertRow.id)
        .where(among(AlertPost.post_id, posts))
    )
    left = select(func.jsonb_array_elements_text(Post.left_events)).where(among(Post.id, posts))
    events = (*session.scalars(joined), *session.scalars(told), *session.scalars(left))
    return {event for event in events if event is not None}


def _places_of(session: Session, events: Collection[str]) -> set[Key]:
    """Where the events are: a figure that was read anew may have left its place with them."""
    rows = session.execute(select(EventRow.place_id, EventRow.place_name).where(among(EventRow.id, events)))
    return {key for row in rows if (key := place_of(*row)) is not None}


def _held(session: Session, near: Surroundings) -> set[str]:
    """Found by their own row, since an event whose figures were read anew has none for the moment."""
    columns = EventRow.id, EventRow.kind, EventRow.place_id, EventRow.place_name, EventRow.start_at
    here = (
        EventRow.start_at.between(near.since - NEARBY - LONGEST_EVENT, near.until),
        EventRow.end_at >= near.since - NEARBY,
        EventRow.example.is_(near.example),
    )
    rows = session.execute(select(*columns).where(*here))
    return {row.id for row in rows if near.holds(row.kind, place_of(row.place_id, row.place_name), row.start_at)}


def _nearly_told(session: Session, near: Surroundings, figures: Iterable[FigureRow]) -> set[str]:
    """Events of the same place, long ago or long after, that have nearly the same large number."""
    large = [each for each in figures if each.place_id is not None and (each.low or 0) >= KNOWN_BY_NUMBER]
    if not large:
        return set()
    query = select(EventFigure.event_id).join(FigureRow, FigureRow.id == EventFigure.figure_id)
    query = query.join(PostVersion, PostVersion.id == FigureRow.version_id).join(Post, Post.id == PostVersion.post_id)
    query = query.where(
        Post.published_at.between(near.first - LOOKING_BACK, near.last + LOOKING_BACK),
        Post.example.is_(near.example),
        or_(*(_is_nearly(figure) for figure in large)),
    )
    return set(session.scalars(query))


def _is_nearly(figure: FigureRow) -> ColumnElement[bool]:
    low = figure.low or 0
    return and_(
        FigureRow.place_id == figure.place_id,
        FigureRow.measure == figure.measure,
        FigureRow.low.between(low * (1 - 2 * NEARLY), low * (1 + 2 * NEARLY)),
    )
