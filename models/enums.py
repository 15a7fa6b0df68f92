"""Vocabularies: the closed lists of words that stand in tables, in files and in what is printed.

Sides are no enum: `ru`, `ua`, `other` and `unknown` are built in, a sources file may add more.
"""

from enum import StrEnum
from typing import Final

UNKNOWN_SIDE: Final = "unknown"
OTHER_SIDE: Final = "other"


class Lang(StrEnum):
    RU = "ru"
    UK = "uk"
    EN = "en"


class Measure(StrEnum):
    KILLED = "killed"
    WOUNDED = "wounded"
    CASUALTIES = "casualties"
    MISSING = "missing"
    CAPTURED = "captured"
    LAUNCHED = "launched"
    INTERCEPTED = "intercepted"
    HIT = "hit"
    DESTROYED = "destroyed"
    DAMAGED = "damaged"


class Object(StrEnum):
    MILITARY = "military"
    CIVILIAN = "civilian"
    CHILD = "child"
    PERSON = "person"
    DRONE = "drone"
    MISSILE = "missile"
    ROCKET = "rocket"
    BOMB = "bomb"
    SHELL = "shell"
    AIR_TARGET = "air_target"
    AIRCRAFT = "aircraft"
    HELICOPTER = "helicopter"
    TANK = "tank"
    ARMOURED = "armoured"
    ARTILLERY = "artillery"
    MLRS = "mlrs"
    AIR_DEFENCE = "air_defence"
    SHIP = "ship"
    VEHICLE = "vehicle"
    AMMO = "ammo"
    EQUIPMENT = "equipment"


PEOPLE: Final = frozenset({Object.MILITARY, Object.CIVILIAN, Object.CHILD, Object.PERSON})


class Bound(StrEnum):
    EXACT = "exact"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    ABOUT = "about"
    RANGE = "range"
    VAGUE = "vague"


class Modifier(StrEnum):
    NONE = "none"
    AT_LEAST = "at_least"
    MORE_THAN = "more_than"
    UP_TO = "up_to"
    LESS_THAN = "less_than"
    ALMOST = "almost"
    ABOUT = "about"


class Scope(StrEnum):
    EVENT = "event"
    TOTAL = "total"


class Stance(StrEnum):
    ASSERTS = "asserts"
    DENIES = "denies"
    RECALLS = "recalls"


class Verdict(StrEnum):
    INCOMPATIBLE = "incompatible"
    DIVERGENT = "divergent"
    CONSISTENT = "consistent"
    OUTDATED = "outdated"
    NOT_COMPARABLE = "not_comparable"
    OFFICIAL_REVISION = "official_revision"
    NO_OFFICIAL_FIGURE = "no_official_figure"


class Rule(StrEnum):
    DISJOINT = "disjoint"
    ARITHMETIC = "arithmetic"
    PARTIES = "parties"
    MISQUOTED = "misquoted"
    ANCHORS = "anchors"
    LOWER_BOUND = "lower_bound"
    KIND = "kind"
    REVISION = "revision"
    SILENCE = "silence"


class Severity(StrEnum):
    MAJOR = "major"
    NOTABLE = "notable"
    MINOR = "minor"


class AlertKind(StrEnum):
    CONTRADICTION = "contradiction"
    PARTIES = "parties"
    REVISION = "revision"
    SILENCE = "silence"


class AlertState(StrEnum):
    OPEN = "open"
    ACKNOWLEDGED = "acknowledged"
    DISMISSED = "dismissed"
    CLOSED = "closed"


class SourceKind(StrEnum):
    TELEGRAM = "telegram"
    PREVIEW = "preview"
    FEED = "feed"
    PAGE = "page"
    ARCHIVE = "archive"
    EXAMPLE = "example"


class Health(StrEnum):
    """`unverified`: never fetched. `quiet` is no trouble: fetched well, nothing new for longer than usual."""

    UNVERIFIED = "unverified"
    OK = "ok"
    QUIET = "quiet"
    NO_CHANNEL = "no_channel"
    PREVIEW_CLOSED = "preview_closed"
    BROKEN = "broken"
    EMPTY = "empty"
    BLOCKED = "blocked"
    UNREACHABLE = "unreachable"
    REFUSED = "refused"
    IMPOSTOR = "impostor"
    GONE = "gone"


class AccountState(StrEnum):
    """`dead`: Telegram has ended its session or the account; nothing but a new session brings it back."""

    ACTIVE = "active"
    DEAD = "dead"


class Method(StrEnum):
    """Calls to Telegram that have a budget and flood waits of their own."""

    RESOLVE = "resolve"
    HISTORY = "history"
    DIFFERENCE = "difference"
    MESSAGES = "messages"


class GapKind(StrEnum):
    """`leading`: more news than one poll could read. `ids`: numbers without a post. `dead`: a time without a poll."""

    LEADING = "leading"
    IDS = "ids"
    DEAD = "dead"


class GapState(StrEnum):
    """`filled`: the posts are there now. `empty`: Telegram says that there are none."""

    OPEN = "open"
    FILLED = "filled"
    EMPTY = "empty"


class BackfillState(StrEnum):
    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"


class FetchState(StrEnum):
    STORED = "stored"
    PARSED = "parsed"
    DEAD = "dead"


class ReadState(StrEnum):
    """`failed`: the reader gave up on this text with an error; `dead`: it took its worker down too often."""

    UNREAD = "unread"
    READ = "read"
    FAILED = "failed"
    DEAD = "dead"


class MediaType(StrEnum):
    PHOTO = "photo"
    VIDEO = "video"
    ROUND_VIDEO = "round_video"
    ANIMATION = "animation"
    VOICE = "voice"
    AUDIO = "audio"
    DOCUMENT = "document"
    STICKER = "sticker"
    POLL = "poll"
    LOCATION = "location"
    CONTACT = "contact"
    UNSUPPORTED = "unsupported"


class Withdrawal(StrEnum):
    """Why a version's figures no longer stand: a later version replaced it, or the post was deleted."""

    EDITED = "edited"
    DELETED = "deleted"


class EventKind(StrEnum):
    """`air_attack`: one defender, one night or day. `bulletin`: a list of items without a place of their own."""

    INCIDENT = "incident"
    AIR_ATTACK = "air_attack"
    BULLETIN = "bulletin"


class DecisionKind(StrEnum):
    """`together`: the two statements' events are one. `apart`: never one. `move`: this statement alone goes there.

    `confirm`: this statement belongs where it was suggested to. `undo` takes another decision back.
    """

    TOGETHER = "together"
    APART = "apart"
    MOVE = "move"
    CONFIRM = "confirm"
    UNDO = "undo"


class DecidedRole(StrEnum):
    """`concerned`: the figure is what was decided about. `anchor`: it tells which event that was held against."""

    CONCERNED = "concerned"
    ANCHOR = "anchor"


class Turn(StrEnum):
    """Where the official side went after it had contradicted a claim: nearer to it, or not."""

    TOWARDS = "towards"
    AWAY = "away"


class Role(StrEnum):
    """What a statement is to its event's register; `other` is what no rule compares (totals, unknown sides)."""

    OFFICIAL = "official"
    RELAY = "relay"
    CLAIM = "claim"
    CARRIED = "carried"
    DENIAL = "denial"
    RECALL = "recall"
    OTHER = "other"


class ChangeKind(StrEnum):
    """A line of an alert's history."""

    OPENED = "opened"
    UPDATED = "updated"
    ACKNOWLEDGED = "acknowledged"
    DISMISSED = "dismissed"
    CLOSED = "closed"
    REOPENED = "reopened"
