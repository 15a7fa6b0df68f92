"""Frozen values that travel between the stages. Times are aware UTC; offsets are code points of the text as given."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TypeAlias

from models.enums import (
    UNKNOWN_SIDE,
    Bound,
    Health,
    Lang,
    Measure,
    MediaType,
    Modifier,
    Object,
    Scope,
    SourceKind,
    Stance,
)

JSON: TypeAlias = str | int | float | bool | Sequence["JSON"] | Mapping[str, "JSON"] | None
Cursor: TypeAlias = Mapping[str, JSON]


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
class Gist:
    """The beginnings of the words that tell what a text is about, its numbers and measures left out."""

    lang: Lang
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class ReadingContext:
    """What a reader may know beside the text; the side is the channel's own ('ours', 'the enemy')."""

    lang: Lang | None = None
    side: str = UNKNOWN_SIDE
    published: datetime | None = None
    speakers: tuple[NamedSpeaker, ...] = ()
    opponents: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: {"ru": ("ua",), "ua": ("ru",)})


@dataclass(frozen=True, slots=True)
class MediaFile:
    """The file behind a medium, as Telegram knows it. It is never fetched."""

    id: str
    size: int | None = None
    mime: str | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Media:
    """Nothing of it may change while the post stays the same: type, name and size are part of the content hash.

    `file` is not: a preview page does not show it, and whoever reads the post there must come to the same hash.
    """

    type: MediaType
    name: str | None = None
    size: int | None = None
    file: MediaFile | None = None


@dataclass(frozen=True, slots=True)
class RawPost:
    """A post as its source shows it.

    `forwarded_from` is a handle, or the printed name where the origin is hidden; `forwarded_post` and `reply_to` are
    ids there and here. `group_ids`: all ids of an album. `text` and `media` are what an edit changes; what moves by
    itself (views, poll votes, reactions) stands elsewhere. `edited_at` may be unknown of an edited post.
    """

    external_id: str
    published: datetime | None
    text: str
    url: str | None = None
    edited: bool = False
    edited_at: datetime | None = None
    deleted: bool = False
    forwarded_from: str | None = None
    forwarded_post: str | None = None
    reply_to: str | None = None
    group_ids: tuple[str, ...] = ()
    views: int | None = None
    forwards: int | None = None
    author: str | None = None
    lang: Lang | None = None
    media: tuple[Media, ...] = ()
    service: bool = False
    extra: Mapping[str, JSON] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Backfilling:
    """Older posts that a person asked for: from below `before` (None: the newest) back to `since`."""

    id: int
    since: datetime
    before: int | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """What a collector is pointed at: one source, as configured. `telegram_id` is what it turned out to be before."""

    key: str
    kind: SourceKind
    address: str
    lang: Lang | None = None
    telegram_id: int | None = None
    backfilling: Backfilling | None = None


@dataclass(frozen=True, slots=True)
class Fetched:
    """One answer as it came, content encoding undone. `url` after redirects; header names in lower case.

    `requested` is the collector's own note of what it asked for; parsing reads it again.
    """

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    fetched_at: datetime
    requested: Mapping[str, JSON] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a poll brought nothing, or not all. `retry_after` was told by the other side."""

    health: Health
    reason: str
    retry_after: datetime | None = None
    permanent: bool = False


@dataclass(frozen=True, slots=True)
class Haul:
    """What one fetch brought. With a trouble, what came before it is still good and is parsed.

    `moved_to`: where the address was redirected to for good, this time. `postponed`: nothing was asked, by no fault of
    the source; not before this time.
    """

    fetched: tuple[Fetched, ...] = ()
    trouble: Trouble | None = None
    moved_to: str | None = None
    requests: int = 0
    postponed: datetime | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing in a body that could not be read; the rest was."""

    place: str
    reason: str


@dataclass(frozen=True, slots=True)
class Survey:
    """Where posts may still be missing. `leading`: first and last id of news that could not be read yet. `holes`: ids
    of which nothing was seen so far; `filled`: those that turned out to be posts."""

    leading: tuple[tuple[int, int], ...] = ()
    holes: tuple[int, ...] = ()
    filled: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Backfilled:
    """How far a backfill came: the lowest id, and its time. `done`: back to the asked date, or to the first post."""

    id: int
    since: datetime
    before: int | None
    reached: datetime | None
    posts: int
    done: bool


@dataclass(frozen=True, slots=True)
class Batch:
    """What was read of a haul. `state` with its `reason` is the source's health unless the haul had a trouble.

    `vanished` ids were not where they stood before, `deleted` ones are confirmed gone, `returned` ones are there after
    all. `not_before`: the other side asks not to be polled earlier. `more`: poll again at once, the cursor holds work
    left over (unless the haul had a trouble). `handle`: what a channel, known by its stable id, is called by now.
    """

    posts: tuple[RawPost, ...] = ()
    cursor: Cursor = field(default_factory=dict)
    state: Health = Health.OK
    reason: str | None = None
    telegram_id: int | None = None
    title: str | None = None
    vanished: tuple[str, ...] = ()
    deleted: tuple[str, ...] = ()
    returned: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    not_before: datetime | None = None
    more: bool = False
    handle: str | None = None
    survey: Survey | None = None
    backfilled: Backfilled | None = None


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one poll takes. Values come from the settings; these stand for tests and single looks."""

    preview_base: str = "https://t.me"
    first_posts: int = 100
    first_age: timedelta = timedelta(days=7)
    pages: int = 10
    articles: int = 10
    checks: int = 10
    confirm_deletion_after: timedelta = timedelta(minutes=30)
    mass_deletion_after: timedelta = timedelta(hours=24)
    difference_every: timedelta = timedelta(minutes=5)
    recheck_every: timedelta = timedelta(hours=1)
