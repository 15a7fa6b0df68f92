"""What a sources file says, as the tables hold it: sides, parties, speakers and sources back as values."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from config.entries import (
    BUILT_IN_SIDES,
    Aliases,
    ListedSpeaker,
    Party,
    Person,
    SideEntry,
    SourceEntry,
    SourcesFile,
)
from models.enums import Lang, SourceKind
from models.tables import SideRow, Source, SpeakerRow
from monitor.speakers import named_speakers
from monitor.values import NamedSpeaker


@dataclass(frozen=True, slots=True)
class Known:
    """What the reader may know of the world."""

    speakers: tuple[NamedSpeaker, ...]
    opponents: Mapping[str, tuple[str, ...]]


def known(session: Session) -> Known:
    """The same object while nothing has changed: what the reader makes of so many names is dear, and kept by them."""
    speaking = or_(Source.party.is_not(None), Source.speaker.is_not(None))
    file = _file(session, session.scalars(select(Source).where(speaking).order_by(Source.id)))
    found = Known(named_speakers(file), {side.key: side.opponents for side in file.sides.values()})
    if not _latest or _latest[0] != found:
        _latest[:] = [found]
    return _latest[0]


_latest: list[Known] = []


def known_file(session: Session) -> SourcesFile:
    """All that is known but the example; `dump_sources` writes it as a file that loads to the same."""
    return _file(session, session.scalars(select(Source).where(~Source.example).order_by(Source.id)))


def _file(session: Session, sources: Iterable[Source]) -> SourcesFile:
    speakers = session.scalars(select(SpeakerRow).where(~SpeakerRow.example).order_by(SpeakerRow.id)).all()
    sides = {row.key: SideEntry(row.key, row.name, tuple(row.opponents)) for row in session.scalars(select(SideRow))}
    return SourcesFile(
        sides={**BUILT_IN_SIDES, **sides},
        parties={row.key: _party(row) for row in speakers if row.party},
        speakers={row.key: _speaker(row) for row in speakers if not row.party},
        sources={row.key: _source(row) for row in sources},
    )


def _party(row: SpeakerRow) -> Party:
    people = tuple(_person(each) for each in row.people)
    return Party(row.key, row.name, row.side, _aliases(row.aliases), row.since, row.until, people)


def _speaker(row: SpeakerRow) -> ListedSpeaker:
    return ListedSpeaker(row.key, row.name, row.side, _aliases(row.aliases), row.since, row.until)


def _person(given: Mapping[str, Any]) -> Person:
    since, until = (datetime.fromisoformat(given[name]) if given[name] else None for name in ("since", "until"))
    return Person(given["name"], _aliases(given["aliases"]), since, until)


def _aliases(given: Mapping[str, Iterable[str]]) -> Aliases:
    return {Lang(lang): tuple(names) for lang, names in given.items()}


def _source(row: Source) -> SourceEntry:
    """`side` is always given: whether a file named it or a party did is not kept."""
    return SourceEntry(
        key=row.key, kind=SourceKind(row.kind), address=row.address, title=row.title,
        lang=Lang(row.lang) if row.lang else None, side=row.side, party=row.party, speaker=row.speaker,
        groups=tuple(row.groups), interval=_length(row.interval_s), enabled=row.enabled, grade=row.grade,
        telegram_id=row.telegram_id, retention=_length(row.retention_s), note=row.note,
    )  # fmt: skip


def _length(seconds: int | None) -> timedelta | None:
    return None if seconds is None else timedelta(seconds=seconds)
