"""The record of each speaker: how often at odds with the official figure, how far, and where that went afterwards.

One query over the figures of events, by an index where one speaker is asked for. Nothing is hidden or weighed by it.
"""

from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, distinct, func, select
from sqlalchemy.orm import Session

from models.enums import Measure, Role, Turn
from models.tables import EventFigure, EventRow, SpeakerRow

FEWEST_EVENTS: Final = 5


@dataclass(frozen=True, slots=True)
class Record:
    """`figures` in `events`, `compared` of them with an official one, `at_odds` by `factor` in the median.

    Of those at odds the official side later moved `towards` or `away` from some, and stayed where it was with the rest.
    """

    speaker: str
    name: str
    listed: bool
    side: str
    measure: Measure
    events: int
    figures: int
    compared: int
    at_odds: int
    factor: float | None
    towards: int
    away: int


def records(
    session: Session, *, speaker: str | None = None, side: str | None = None, measure: Measure | None = None
) -> list[Record]:
    """From five events on; those with most figures first. Retellings count for who is retold, examples not at all."""
    query = _query().having(func.count(distinct(EventFigure.event_id)) >= FEWEST_EVENTS)
    for column, value in ((EventFigure.speaker, speaker), (EventFigure.side, side), (EventFigure.measure, measure)):
        if value is not None:
            query = query.where(column == value)
    names = dict(session.execute(select(SpeakerRow.key, SpeakerRow.name)).all())
    return [_record(row, names) for row in session.execute(query)]


def _query() -> Select[Any]:
    odds = EventFigure.at_odds.is_(True)
    columns = (
        func.count(distinct(EventFigure.event_id)).label("events"),
        func.count().label("figures"),
        _count(EventFigure.at_odds.is_not(None)).label("compared"),
        _count(odds).label("at_odds"),
        func.percentile_cont(0.5).within_group(EventFigure.odds).filter(odds).label("factor"),
        _count(EventFigure.turned == Turn.TOWARDS).label("towards"),
        _count(EventFigure.turned == Turn.AWAY).label("away"),
    )
    whose = EventFigure.speaker, EventFigure.side, EventFigure.measure
    query = select(*whose, func.min(EventFigure.speaker_name).label("name"), *columns)
    query = query.join(EventRow, EventRow.id == EventFigure.event_id).where(
        ~EventRow.example,
        EventFigure.role == Role.CLAIM,
        EventFigure.carried_by.is_(None),
        EventFigure.speaker.is_not(None),
    )
    return query.group_by(*whose).order_by(func.count().desc(), *whose)


def _count(which: ColumnElement[bool]) -> Any:
    return func.count().filter(which)


def _record(row: Any, names: dict[str, str]) -> Record:
    return Record(
        speaker=row.speaker, name=names.get(row.speaker, row.name), listed=row.speaker in names, side=row.side,
        measure=Measure(row.measure), events=row.events, figures=row.figures, compared=row.compared,
        at_odds=row.at_odds, factor=row.factor, towards=row.towards, away=row.away,
    )  # fmt: skip
