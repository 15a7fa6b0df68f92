"""Sides, parties and speakers of a sources file into their tables."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from config.entries import BUILT_IN_SIDES, Aliases, ListedSpeaker, Party, Person, SourcesFile
from models.tables import SideRow, SpeakerRow
from monitor.pipeline.rereading import read_again_recent


def name_all(session: Session, file: SourcesFile, now: datetime, *, shipped: bool) -> int:
    """How many are new or changed. `shipped`: what the desk has said itself stays."""
    named = _name_sides(session, file) + _name_speakers(session, file, shipped=shipped)
    session.flush()
    if named:
        read_again_recent(session, now)
    return named


def _name_sides(session: Session, file: SourcesFile) -> int:
    rows = {row.key: row for row in session.scalars(select(SideRow))}
    changed = 0
    for key, side in file.sides.items():
        values = {"name": side.name, "opponents": list(side.opponents)}
        if key not in rows and BUILT_IN_SIDES.get(key) != side:
            session.add(SideRow(key=key, **values))
            changed += 1
        elif key in rows:
            changed += _set(rows[key], values)
    return changed


def _name_speakers(session: Session, file: SourcesFile, *, shipped: bool) -> int:
    rows = {row.key: row for row in session.scalars(select(SpeakerRow))}
    given: dict[str, Party | ListedSpeaker] = {**file.parties, **file.speakers}
    changed = 0
    for key, each in given.items():
        values = _values(each)
        if key not in rows:
            session.add(SpeakerRow(key=key, shipped=shipped, **values))
            changed += 1
        elif rows[key].shipped or not shipped:
            changed += _set(rows[key], values)
            rows[key].shipped = shipped
    return changed


def _set(row: SideRow | SpeakerRow, values: Mapping[str, Any]) -> bool:
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, values[name])
    return bool(changed)


def _values(each: Party | ListedSpeaker) -> dict[str, Any]:
    is_party = isinstance(each, Party)
    return {
        "name": each.name, "side": each.side, "party": is_party, "aliases": _aliases(each.aliases),
        "people": [_person(person) for person in each.people] if isinstance(each, Party) else [],
        "since": each.since, "until": each.until,
    }  # fmt: skip


def _person(person: Person) -> dict[str, Any]:
    since, until = (None if moment is None else moment.isoformat() for moment in (person.since, person.until))
    return {"name": person.name, "aliases": _aliases(person.aliases), "since": since, "until": until}


def _aliases(aliases: Aliases) -> dict[str, list[str]]:
    return {lang.value: list(names) for lang, names in aliases.items()}
