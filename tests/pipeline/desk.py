"""A store with posts that have been read, ready to be joined; the clock stands where it is put."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from config.settings import Settings
from models.enums import Health
from models.tables import (
    AlertHistory,
    AlertRow,
    Base,
    EventFigure,
    EventRow,
    FigureRow,
    Post,
    PostVersion,
    Source,
    SpeakerRow,
)
from monitor.pipeline.figures import forget_figures
from monitor.pipeline.join import join_next
from monitor.pipeline.setup import Setup
from monitor.queries import alerts
from monitor.values import Figure, PlaceQuote
from tests.factories import make_source
from tests.saying import CHANNELS, NAMED, at, figure

SOURCES = {channel: speaker.key for channel, speaker in CHANNELS.items()} | {"example_mod": "ru_mod"}
MAKIIVKA = PlaceQuote("Макеевке", "Makiivka", "g702320")


@dataclass
class Desk:
    sessions: sessionmaker[Session]
    now: datetime = field(default_factory=lambda: at(30))
    settings: Settings = field(default_factory=Settings)

    def __post_init__(self) -> None:
        with self.sessions.begin() as session:
            for each in NAMED.values():
                session.add(SpeakerRow(key=each.key, name=each.name, side=each.side, party=each.party, aliases={}))

    @property
    def setup(self) -> Setup:
        return Setup(self.sessions, self.settings, now=lambda: self.now)

    def source(self, session: Session, key: str, **given: Any) -> Source:
        known = session.scalar(select(Source).where(Source.key == key))
        if known is not None:
            return known
        named = NAMED.get(SOURCES.get(key, ""))
        office = {} if named is None else {"party" if named.party else "speaker": named.key, "side": named.side}
        health = {"health": Health.OK, "last_success_at": self.now}
        return make_source(session, key, **office | health | given)

    def post(self, source: str, moment: datetime, *figures: Figure, **given: Any) -> int:
        """One post with one version; the figures are its."""
        with self.sessions.begin() as session:
            owner = self.source(session, source, example=given.get("example", False))
            external = given.pop("id", f"{moment:%d%H%M}")
            text = given.pop("text", f"{source} {external}")
            times = {"published_at": moment, "first_seen_at": self.now, "last_seen_at": self.now}
            row = Post(source_id=owner.id, external_id=external, unjoined_since=self.now, **times | given)
            session.add(row)
            session.flush()
            self._version(session, row, text, moment, figures)
            return row.id

    def edit(self, post: int, moment: datetime, *figures: Figure) -> None:
        with self.sessions.begin() as session:
            row = session.get_one(Post, post)
            row.current_version += 1
            row.unjoined_since = self.now
            self._version(session, row, f"edited {moment}", moment, figures)

    def read_anew(self, post: int, *figures: Figure) -> None:
        """As another version of the reader does it: the rows go, and others come."""
        with self.sessions.begin() as session:
            row = session.get_one(Post, post)
            version = session.scalars(select(PostVersion).where(PostVersion.post_id == post)).one()
            forget_figures(session, [version.id])
            session.add_all(_row(each, version.id) for each in figures)
            row.unjoined_since = self.now

    def delete(self, post: int, moment: datetime) -> None:
        with self.sessions.begin() as session:
            row = session.get_one(Post, post)
            row.deleted_at, row.unjoined_since = moment, self.now

    def join(self) -> int:
        """How many joins it took."""
        joins = 0
        while join_next(self.setup):
            joins += 1
        return joins

    def alerts(self, **given: Any) -> list[dict[str, Any]]:
        with self.sessions() as session:
            return alerts(session, **given)

    def told(self) -> list[tuple[str, str, str | None]]:
        """Kind, claim and official quote of the open alerts."""
        return sorted(
            (line["kind"], line["claim"]["quote"], line["official"] and line["official"]["quote"])
            for line in self.alerts()
        )

    def history(self) -> list[tuple[str, str]]:
        with self.sessions() as session:
            rows = session.scalars(select(AlertHistory).order_by(AlertHistory.id))
            return [(row.what, row.body["claim"]["quote"]) for row in rows]

    def rows(self, *tables: type[Base]) -> list[Any]:
        """Everything in the tables of joining, to compare before and after."""
        found: list[Any] = []
        with self.sessions() as session:
            for table in tables or (EventRow, EventFigure, AlertRow, AlertHistory):
                key = next(iter(table.__table__.primary_key))
                found += [tuple(row) for row in session.execute(select(table.__table__).order_by(key))]
        return found

    def _version(self, session: Session, post: Post, text: str, moment: datetime, figures: Iterable[Figure]) -> None:
        digest = sha256(text.encode()).hexdigest()
        version = PostVersion(
            post_id=post.id, number=post.current_version or 1, text=text, content_hash=digest, seen_at=self.now,
            stated_at=moment, read_state="read", reader_version=1,
        )  # fmt: skip
        session.add(version)
        session.flush()
        session.add_all(_row(each, version.id) for each in figures)


def said(number: str, measure: str = "killed", thing: str = "military", **given: Any) -> Figure:
    return figure(number, measure, thing, **{"place": MAKIIVKA} | given)


def _row(each: Figure, version: int) -> FigureRow:
    place, speaker, part, as_of = each.place, each.speaker, each.part, each.as_of
    return FigureRow(
        version_id=version, start=each.start, end=each.end, quote=each.quote, measure=each.measure, object=each.object,
        low=each.low, high=each.high, bound=each.bound, modifier=each.modifier, side=each.side, scope=each.scope,
        part_quote=part and part.quote, part_of=part and part.of, stance=each.stance, provisional=each.provisional,
        speaker_quote=speaker and speaker.quote, speaker_key=speaker and speaker.key,
        place_quote=place and place.quote, place_name=place and place.name, place_id=place and place.id,
        as_of_start=as_of and as_of.start, as_of_end=as_of and as_of.end, confidence=each.confidence, reader_version=1,
    )  # fmt: skip
