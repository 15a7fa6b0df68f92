"""What joining, judging and alerting hand to each other: frozen values, aware UTC, no rows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from models.enums import (
    UNKNOWN_SIDE,
    AlertKind,
    AlertState,
    ChangeKind,
    DecisionKind,
    EventKind,
    Lang,
    Measure,
    Object,
    Role,
    Rule,
    Severity,
    Verdict,
    Withdrawal,
)
from monitor.values import Figure, Gist, NamedSpeaker, PlaceQuote


@dataclass(frozen=True, slots=True, order=True)
class PostRef:
    """`source` is the source's key, `id` the post's id there."""

    source: str
    id: str


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who asserts. `key`: a party or listed speaker; else the channel, or channel/name; `listed` tells which.

    `collective`: a side at large ('Kyiv', 'the Russian side'), which is no party but no outsider either.
    """

    key: str
    name: str
    side: str = UNKNOWN_SIDE
    party: bool = False
    listed: bool = False
    collective: bool = False


@dataclass(frozen=True, slots=True)
class Channel:
    """A source as far as the rules care; `speaker` is the party or listed speaker whose channel it is."""

    key: str
    title: str
    side: str = UNKNOWN_SIDE
    speaker: NamedSpeaker | None = None


@dataclass(frozen=True, slots=True)
class PostText:
    """One version of a post. `stated_at`: published, or when an edit was first seen. `places`: named in the text.

    `forwarded_from` is a source's key or the name of a channel that nobody follows.
    """

    ref: PostRef
    channel: Channel
    text: str
    published: datetime
    stated_at: datetime
    arrived_at: datetime
    version: int = 1
    url: str | None = None
    lang: Lang | None = None
    forwarded_from: str | None = None
    forwarded_post: str | None = None
    reply_to: str | None = None
    withdrawn_at: datetime | None = None
    withdrawal: Withdrawal | None = None
    places: tuple[PlaceQuote, ...] = ()
    gist: Gist | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """One figure of one version. `own`: said on the speaker's own channel, not relayed or forwarded."""

    id: str
    figure: Figure
    speaker: Speaker
    post: PostText
    own: bool


Order = tuple[datetime, datetime, str, int, str, int, int, str]


def order_of(statement: Statement) -> Order:
    """By the time stated; ties by content, so that the order of arrival decides nothing."""
    post, figure = statement.post, statement.figure
    counted = int(post.ref.id) if post.ref.id.isdecimal() else 0
    place = (post.ref.source, counted, post.ref.id, post.version, figure.start, figure.measure)
    return (post.stated_at, post.published, *place)


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The settings of a desk; the defaults are those of the published rules."""

    factor: float = 1.5
    difference: float = 5
    lower_bound_factor: float = 3
    lower_bound_difference: float = 10
    soft_edge: float = 1.5
    about_share: float = 0.1
    about_least: float = 1
    almost_share: float = 0.9
    major_ratio: float = 2
    major_difference: float = 5
    notable_ratio: float = 1.25
    notable_difference: float = 2
    superseded_for: timedelta = timedelta(hours=48)
    missing_for: timedelta = timedelta(hours=24)
    silence_after: timedelta = timedelta(hours=6)
    sure_reading: float = 0.5
    firm_link: float = 0.6
    suggested_link: float = 0.45
    local_offset: timedelta = timedelta(hours=3)


@dataclass(frozen=True, slots=True)
class PartyCoverage:
    """When a party's channels were last read; `failing` names those that could not be."""

    party: str
    side: str
    last_read: datetime | None = None
    failing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Bench:
    """What judging knows beside the statements: the parties, who fights whom, how well officials are read."""

    parties: tuple[NamedSpeaker, ...]
    opponents: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: {"ru": ("ua",), "ua": ("ru",)})
    coverage: tuple[PartyCoverage, ...] = ()
    thresholds: Thresholds = field(default_factory=Thresholds)


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided about joining. `other` None with MOVE: the statement gets an event of its own."""

    kind: DecisionKind
    statement: str
    other: str | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """A statement's link to its event; `copy_of` where its post is a forward or near-copy of an earlier one.

    `portion`: where and until when it counted, for one window's things in the air. `item`: one of a bulletin's list.
    """

    statement: Statement
    score: float
    reasons: tuple[str, ...]
    suggested: bool = False
    copy_of: PostRef | None = None
    portion: str | None = None
    item: bool = False


@dataclass(frozen=True, slots=True)
class Event:
    """`posts`: what parties wrote of it without a number. `defender`: the side under attack, of an air attack.

    `attack` false: nothing in it tells of one; it may be a crash or a fire.
    """

    id: str
    title: str
    kind: EventKind
    place: PlaceQuote | None
    start: datetime
    end: datetime
    members: tuple[Member, ...]
    posts: tuple[PostText, ...] = ()
    defender: str | None = None
    attack: bool = True


@dataclass(frozen=True, slots=True)
class Assignment:
    """What joining decided before: an event's id and the ids of its statements; new events inherit by overlap."""

    event: str
    statements: frozenset[str]


@dataclass(frozen=True, slots=True, order=True)
class GroupKey:
    """One line of the register. `group`: the object group; `part`: the portion compared, None for the whole."""

    measure: Measure
    group: Object
    side: str
    part: str | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """What a figure means: `high` None is open, `low_open` excludes the end, `soft` ends give way.

    `conservative`: the value of the conflict-data convention (ACLED), for vague words only.
    """

    low: float
    high: float | None
    anchor: float
    low_open: bool = False
    soft: bool = False
    conservative: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Official:
    """A figure in force from `since` on; `confirmed`: a party's own, or relayed by two unrelated sources."""

    statement: Statement
    since: datetime
    relayed: bool = False
    confirmed: bool = True
    to_check: bool = False


@dataclass(frozen=True, slots=True)
class InForce:
    """A stretch of the register; `official` None: nothing in force, `reason` tells why where one was taken back."""

    since: datetime
    official: Official | None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """A statement's newest judgement. `carried_by`: the statement that this one repeats; `stale` if that moved on."""

    statement: Statement
    role: Role
    key: GroupKey | None
    verdict: Verdict | None
    reason: str
    rule: Rule | None = None
    severity: Severity | None = None
    ratio: float | None = None
    official: Official | None = None
    speaker: Speaker | None = None
    since: datetime | None = None
    to_check: bool = False
    carried_by: str | None = None
    stale: bool = False
    denies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Silence:
    key: GroupKey
    claims: tuple[Judged, ...]
    since: datetime
    reason: str
    to_check: bool


@dataclass(frozen=True, slots=True)
class Revision:
    """`series` has every figure of the chain, oldest first; the last two are the newest step."""

    key: GroupKey
    series: tuple[Official, ...]
    reason: str
    to_check: bool


@dataclass(frozen=True, slots=True)
class Judgement:
    """All that one event comes to. `parties` holds the later party's figure of each pair at odds."""

    event: Event
    statements: tuple[Judged, ...]
    register: Mapping[GroupKey, tuple[InForce, ...]]
    contradictions: tuple[Judged, ...]
    parties: tuple[Judged, ...]
    revisions: tuple[Revision, ...]
    silences: tuple[Silence, ...]


@dataclass(frozen=True, slots=True)
class Alert:
    """One alert as it stands now. `key` outlives updates; `id` is made of it; `fingerprint` changes with the news."""

    id: str
    key: str
    fingerprint: str
    kind: AlertKind
    verdict: Verdict
    severity: Severity | None
    rule: Rule
    to_check: bool
    since: datetime
    group: GroupKey
    event: Event
    claim: Judged
    official: Official | None
    ratio: float | None
    reason: str
    series: tuple[Official, ...] = ()
    claims: tuple[Judged, ...] = ()
    carried_by: tuple[PostRef, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """An alert as the desk has it: how it stands (`fingerprint`), what the desk did with it, and was ever told of."""

    key: str
    fingerprint: str
    state: AlertState
    to_check: bool = False
    told: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class AlertChange:
    """One thing to write down: a history line and the alert's new state; `notify`: new to the desk, and firm."""

    key: str
    kind: ChangeKind
    state: AlertState
    at: datetime
    reason: str
    notify: bool
    alert: Alert | None = None
