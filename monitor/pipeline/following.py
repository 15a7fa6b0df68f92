"""A sources file into the tables: who speaks for whom, and what is followed. Applying a file twice changes nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import yaml
from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session

from config.entries import SourceEntry, SourcesFile
from config.sources import parse_sources
from models.enums import FetchState, Health, SourceKind
from models.tables import Fetch, Source
from monitor.errors import BadInputError
from monitor.pipeline.health import mend, subject_of
from monitor.pipeline.known import known_file
from monitor.pipeline.naming import name_all
from monitor.pipeline.outcome import target_of
from monitor.pipeline.rereading import join_again_source, read_again_source
from monitor.pipeline.schedule import end_lease, know_hosts
from monitor.pipeline.setup import Setup

_READ_BY: Final = frozenset({"side", "lang"})
_JOINED_BY: Final = frozenset({"side", "party", "speaker"})
_POLLED_BY: Final = frozenset({"kind", "address"})


@dataclass(frozen=True, slots=True)
class Followed:
    """Keys of sources; `named` counts sides, parties and speakers that are new or changed."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: tuple[str, ...]
    named: int


def follow(
    session: Session, file: SourcesFile, setup: Setup, *, shipped: bool = False, example: bool = False
) -> Followed:
    """`shipped`: what comes with the program: it never changes what the desk has said itself."""
    named = name_all(session, file, setup.now(), shipped=shipped)
    names = known_file(session)
    rows = {row.key: row for row in _rows(session, file.sources)}
    told: dict[str, list[str]] = {"added": [], "changed": [], "unchanged": []}
    for key, entry in file.sources.items():
        values = _values(entry, names)
        if key not in rows:
            session.add(_new(key, values, setup, example=example))
            told["added"].append(key)
        else:
            changed = not shipped and _change(session, rows[key], values, setup)
            told["changed" if changed else "unchanged"].append(key)
    session.flush()
    know_hosts(session, [row.host for row in _rows(session, file.sources)], setup.now())
    return Followed(tuple(told["added"]), tuple(told["changed"]), tuple(told["unchanged"]), named)


def follow_one(session: Session, entry: Mapping[str, Any], setup: Setup) -> None:
    """One new source, given as in a sources file. Raises BadFileError for a fault, BadInputError where it is there."""
    text = yaml.safe_dump({"sources": [dict(entry)]}, allow_unicode=True, default_flow_style=True, width=10_000)
    file = parse_sources(text, "the new source", known_file(session))
    for given in file.sources.values():
        same = or_(Source.key == given.key, func.lower(Source.address) == given.address.lower())
        known = session.scalar(select(Source).where(same, ~Source.example).limit(1))
        if known is not None:
            raise BadInputError(f"{known.address} is followed already, as {known.key}; `sources import` changes it")
    follow(session, file, setup)


def resume(source: Source, now: datetime) -> None:
    """Poll it again, at once. A channel that turned out to be another one is taken as it is from now on."""
    if source.health == Health.IMPOSTOR:
        source.telegram_id = None
    source.enabled, source.next_poll_at, source.not_before, source.failures = True, now, None, 0


def pause(source: Source) -> None:
    source.enabled = False


def host_of(source: Source, setup: Setup) -> str:
    """'' where no network is used, or nothing collects sources of this kind."""
    try:
        return setup.collector(source.kind).host(target_of(source))
    except BadInputError:
        return ""


def _rows(session: Session, keys: Iterable[str]) -> list[Source]:
    named = select(Source).where(Source.key.in_(list(keys))).order_by(Source.id)
    return list(session.scalars(named.with_for_update()))


def _values(entry: SourceEntry, names: SourcesFile) -> dict[str, Any]:
    return {
        "kind": entry.kind.value, "address": entry.address, "title": entry.title, "party": entry.party,
        "speaker": entry.speaker, "side": names.side_of(entry), "lang": entry.lang, "groups": list(entry.groups),
        "grade": entry.grade, "note": entry.note, "telegram_id": entry.telegram_id,
        "enabled": entry.enabled and entry.kind is not SourceKind.EXAMPLE,
        "interval_s": None if entry.interval is None else round(entry.interval.total_seconds()),
        "retention_s": None if entry.retention is None else round(entry.retention.total_seconds()),
    }  # fmt: skip


def _new(key: str, values: Mapping[str, Any], setup: Setup, *, example: bool) -> Source:
    source = Source(key=key, **values, example=example, next_poll_at=setup.now())
    source.host = host_of(source, setup)
    return source


def _change(session: Session, source: Source, values: Mapping[str, Any], setup: Setup) -> bool:
    given = {name: value for name, value in values.items() if name not in _silent(values)}
    changed = {name for name, value in given.items() if getattr(source, name) != value}
    left = {"address": source.address, "until": setup.now().isoformat()}
    for name in changed:
        setattr(source, name, given[name])
    if changed & _POLLED_BY:
        source.handles = [*source.handles, left]
        _begin_anew(session, source, values["telegram_id"], setup)
    if changed & _READ_BY:
        read_again_source(session, source.id)
    if changed & _JOINED_BY:
        join_again_source(session, source.id, setup.now())
    return bool(changed)


def _silent(values: Mapping[str, Any]) -> frozenset[str]:
    """What a file leaves open: it undoes neither what was learnt at the source nor that the desk has paused it."""
    open_ = {
        "title": values["title"] == values["address"],
        "telegram_id": values["telegram_id"] is None,
        "enabled": values["enabled"],
    }
    return frozenset(name for name, is_open in open_.items() if is_open)


def _begin_anew(session: Session, source: Source, telegram_id: int | None, setup: Setup) -> None:
    """Another address is another thing to read: nothing that was learnt of the old one holds."""
    waiting = update(Fetch).where(Fetch.source_id == source.id, Fetch.state == FetchState.STORED)
    session.execute(waiting.values(state=FetchState.DEAD, reason="the address was changed meanwhile"))
    source.cursor, source.telegram_id, source.next_poll_at = {}, telegram_id, setup.now()
    source.health, source.health_reason, source.health_since = Health.UNVERIFIED, None, setup.now()
    source.failures, source.attempts, source.not_before, source.unparsed_poll = 0, 0, None, None
    source.moved_to, source.moved_seen, source.host = None, 0, host_of(source, setup)
    source.account_id = None
    end_lease(source)
    mend(session, subject_of(source), setup.now())
