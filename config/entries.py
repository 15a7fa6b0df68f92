"""What a sources file says, as frozen values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Final, TypeAlias

from models.enums import OTHER_SIDE, UNKNOWN_SIDE, Lang, SourceKind

Aliases: TypeAlias = Mapping[Lang, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class SideEntry:
    key: str
    name: str
    opponents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Person:
    """Who held a party's office from when until when: in that time the names mean the party."""

    name: str
    aliases: Aliases = field(default_factory=dict)
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Party:
    """A body that speaks for a side. `aliases` are nominative names of the body itself; its people stand apart."""

    key: str
    name: str
    side: str
    aliases: Aliases = field(default_factory=dict)
    since: datetime | None = None
    until: datetime | None = None
    people: tuple[Person, ...] = ()


@dataclass(frozen=True, slots=True)
class ListedSpeaker:
    key: str
    name: str
    side: str = UNKNOWN_SIDE
    aliases: Aliases = field(default_factory=dict)
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class SourceEntry:
    """`side` is None where the file gives none: then the party's or speaker's counts (`SourcesFile.side_of`)."""

    key: str
    kind: SourceKind
    address: str
    title: str
    lang: Lang | None = None
    side: str | None = None
    party: str | None = None
    speaker: str | None = None
    groups: tuple[str, ...] = ()
    interval: timedelta | None = None
    enabled: bool = True
    grade: str | None = None
    telegram_id: int | None = None
    retention: timedelta | None = None
    note: str | None = None


BUILT_IN_SIDES: Final[Mapping[str, SideEntry]] = MappingProxyType(
    {
        "ru": SideEntry("ru", "Russia", ("ua",)),
        "ua": SideEntry("ua", "Ukraine", ("ru",)),
        OTHER_SIDE: SideEntry(OTHER_SIDE, "Other"),
        UNKNOWN_SIDE: SideEntry(UNKNOWN_SIDE, "Unknown"),
    }
)


@dataclass(frozen=True, slots=True)
class SourcesFile:
    """All entries by their key, in the order of the file."""

    sides: Mapping[str, SideEntry] = field(default_factory=dict)
    parties: Mapping[str, Party] = field(default_factory=dict)
    speakers: Mapping[str, ListedSpeaker] = field(default_factory=dict)
    sources: Mapping[str, SourceEntry] = field(default_factory=dict)

    def side_of(self, source: SourceEntry) -> str:
        if source.side is not None:
            return source.side
        named = self.parties.get(source.party or "") or self.speakers.get(source.speaker or "")
        return named.side if named else UNKNOWN_SIDE

    def channels_of(self, key: str) -> tuple[str, ...]:
        """The sources that are a party's or a speaker's own."""
        return tuple(each.key for each in self.sources.values() if key in (each.party, each.speaker))
