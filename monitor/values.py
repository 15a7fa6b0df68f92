"""Frozen values that travel between the stages. Times are aware UTC; offsets are code points of the text as given."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from models.enums import UNKNOWN_SIDE, Bound, Lang, Measure, Modifier, Object, Scope, Stance


@dataclass(frozen=True, slots=True)
class NamedSpeaker:
    """A party or a listed speaker. `aliases`: names in the nominative, by language; `channels`: source keys."""

    key: str
    name: str
    side: str = UNKNOWN_SIDE
    party: bool = False
    aliases: Mapping[Lang, tuple[str, ...]] = field(default_factory=dict)
    channels: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class SpeakerQuote:
    """The piece of text that names who claims; `key` where it is a known party or speaker."""

    quote: str
    key: str | None = None


@dataclass(frozen=True, slots=True)
class PlaceQuote:
    """`id` is the gazetteer's; `name` its English name there, else the quote as written."""

    quote: str
    name: str
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """The subset or portion counted ('three railway workers'); `of` names the whole where the text does."""

    quote: str
    of: str | None = None


@dataclass(frozen=True, slots=True)
class Period:
    """The time a figure speaks of; an open end is None."""

    start: datetime | None
    end: datetime | None


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure. `low`/`high` are what is printed ('about 400' is 400..400); the rules of comparison widen them."""

    start: int
    end: int
    quote: str
    measure: Measure
    object: Object
    low: float | None
    high: float | None
    bound: Bound
    modifier: Modifier = Modifier.NONE
    side: str = UNKNOWN_SIDE
    scope: Scope = Scope.EVENT
    part: Part | None = None
    stance: Stance = Stance.ASSERTS
    provisional: bool = False
    speaker: SpeakerQuote | None = None
    place: PlaceQuote | None = None
    as_of: Period | None = None
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class ReadingContext:
    """What a reader may know beside the text; the side is the channel's own ('ours', 'the enemy')."""

    lang: Lang | None = None
    side: str = UNKNOWN_SIDE
    published: datetime | None = None
    speakers: tuple[NamedSpeaker, ...] = ()
    opponents: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: {"ru": ("ua",), "ua": ("ru",)})
