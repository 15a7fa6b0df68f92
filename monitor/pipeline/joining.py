"""One join: load what belongs together, decide, and write what differs from before."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from config.settings import Settings
from models.enums import EventKind, Object
from models.tables import Post, PostVersion, Source
from monitor.alerts import alerts_of, changes, endings_of
from monitor.events import SPOKEN_WITHIN, Neighbourhood, decisions_of, join, with_posts
from monitor.pipeline.alert_rows import AlertBook
from monitor.pipeline.among import among
from monitor.pipeline.difference import Difference, difference
from monitor.pipeline.event_rows import Stored, remove_events, stored, unlink, write_events
from monitor.pipeline.neighbours import neighbours
from monitor.pipeline.rulings import rulings_on
from monitor.pipeline.statements import Told, named, statements_of, versions_of
from monitor.pipeline.surroundings import surroundings
from monitor.pipeline.whereabouts import KnownPlaces
from monitor.pipeline.world import world_of
from monitor.statements import Decision, Event, Judgement, PostText
from monitor.verdicts import judge

STEM: Final = 5  # letters that a name keeps through its cases
_ANYBODY: Final = frozenset({Object.PERSON, Object.CHILD, Object.CIVILIAN, Object.VEHICLE})
_WORD: Final = re.compile(r"[^\W\d_]{4,}")


@dataclass(frozen=True, slots=True)
class Joined:
    """How many events were judged anew, and how many changes of alerts that came to."""

    events: int
    changes: int


class Joining:
    def __init__(self, session: Session, settings: Settings, now: datetime, *, as_stated: bool) -> None:
        self._session, self._now, self._as_stated = session, now, as_stated
        self._world = world_of(session, settings, now)

    def join(self, changed: Collection[int]) -> Joined:
        """`changed`: ids of posts, near each other in time, all of the example or none."""
        near = surroundings(self._session, changed)
        told = statements_of(self._session, neighbours(self._session, near, changed), self._world)
        before = stored(self._session, near, told.figures.keys())
        events = join(self._neighbourhood(told, before), KnownPlaces())
        found = difference(events, before, near, told, changed)
        spoken = self._posts([event for event in events if event.id in found.changed], example=near.example)
        judgements = [
            judge(replace(event, attack=is_attack(event)), self._world.bench, self._now)
            for event in with_posts(events, spoken)
            if event.id in found.changed
        ]
        self._write_events(judgements, told, before, found, example=near.example)
        changed_alerts = self._write_alerts(judgements, found, example=near.example)
        self._let_go(found, told)
        return Joined(len(judgements), changed_alerts)

    def _neighbourhood(self, told: Told, before: Stored) -> Neighbourhood:
        bench = self._world.bench
        return Neighbourhood(
            statements=told.statements,
            decisions=self._decisions(told),
            before=before.assignments(),
            opponents=bench.opponents,
            side_names=self._world.side_names,
            thresholds=bench.thresholds,
        )

    def _decisions(self, told: Told) -> tuple[Decision, ...]:
        rulings = rulings_on(self._session, {each.post.ref for each in told.statements})
        return decisions_of(rulings, told.statements)

    def _posts(self, events: Sequence[Event], *, example: bool) -> list[PostText]:
        """What official channels wrote while these incidents were news, and with their places' names in it."""
        incidents = [event for event in events if event.kind is EventKind.INCIDENT]
        if not incidents:
            return []
        first, last = min(event.start for event in incidents), max(event.end for event in incidents)
        query = select(Post.id).distinct().join(PostVersion, PostVersion.post_id == Post.id)
        query = query.join(Source, Source.id == Post.source_id).where(
            Source.party.is_not(None),
            Post.example.is_(example),
            Post.published_at.between(first - SPOKEN_WITHIN, last + SPOKEN_WITHIN),
            PostVersion.text.regexp_match("|".join(_stems(incidents)), flags="i"),
        )
        texts = versions_of(self._session, self._session.scalars(query).all(), self._world).texts.values()
        return [named(text) for text in texts]

    def _write_events(
        self, judgements: Iterable[Judgement], told: Told, before: Stored, found: Difference, *, example: bool
    ) -> None:
        thresholds = self._world.bench.thresholds
        write_events(self._session, judgements, told.figures, before, self._now, thresholds=thresholds, example=example)
        unlink(self._session, found.free)

    def _write_alerts(self, judgements: Sequence[Judgement], found: Difference, *, example: bool) -> int:
        alerts = [alert for judgement in judgements for alert in alerts_of(judgement)]
        endings = {key: why for judgement in judgements for key, why in endings_of(judgement).items()}
        events = found.changed | found.gone
        book = AlertBook(self._session, events, example=example, as_stated=self._as_stated)
        news = changes(alerts, book.standing(), endings, self._now)
        book.write(news, alerts)
        return len(news)

    def _let_go(self, found: Difference, told: Told) -> None:
        """A figure that left for an event which was not looked at as a whole is joined there by a join of its own."""
        remove_events(self._session, found.gone)
        posts = {told.posts[statement] for statement in found.elsewhere}
        waits = update(Post).where(among(Post.id, posts)).values(unjoined_since=self._now)
        self._session.execute(waits)


def is_attack(event: Event) -> bool:
    """Soldiers and arms are counted in war; passengers and people of whom nothing is said in any accident too."""
    from monitor.figures.attack import tells_of_attack

    statements = [member.statement for member in event.members]
    if any(statement.figure.object not in _ANYBODY for statement in statements):
        return True
    return any(tells_of_attack(each.post.text, each.post.lang) for each in statements)


def _stems(events: Iterable[Event]) -> list[str]:
    """The beginnings of the words by which the members name the place: letters alone, fit for a pattern."""
    names = {event.place.name for event in events if event.place is not None}
    for event in events:
        quoted = (member.statement.figure.place for member in event.members)
        names |= {
            place.quote
            for place in quoted
            if place is not None and event.place is not None and place.id == event.place.id
        }
    return sorted({word[:STEM].casefold() for name in names for word in _WORD.findall(name)}) or ["$."]
