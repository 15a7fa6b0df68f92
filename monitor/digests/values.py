"""What a digest and the pages are made of. Texts are as they came; `monitor.digests.hygiene` makes them fit to show."""

from dataclasses import dataclass
from datetime import datetime

from models.enums import (
    AlertKind,
    AlertState,
    Bound,
    Health,
    Lang,
    Measure,
    Modifier,
    Object,
    Role,
    Rule,
    Severity,
    Stance,
    Verdict,
)
from monitor.statements import Span


@dataclass(frozen=True, slots=True)
class Voice:
    """Who asserts a number. `official`: a configured party; `side` the one that it speaks for."""

    name: str
    key: str | None
    side: str
    official: bool


@dataclass(frozen=True, slots=True)
class ToldPost:
    """`id` is the store's, None where the post has left it."""

    source: str
    source_title: str
    external_id: str
    url: str | None
    published: datetime | None
    id: int | None = None
    lang: Lang | None = None
    versions: int = 1
    deleted_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A quote in its context; `cut_*` where the text goes on."""

    before: str
    quote: str
    after: str
    cut_before: bool = False
    cut_after: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """A number as it was said (`quote`, `low`, `high`) and what it means (`span`)."""

    measure: Measure
    object: Object
    quote: str
    low: float | None
    high: float | None
    bound: Bound
    modifier: Modifier
    span: Span


@dataclass(frozen=True, slots=True)
class ToldFigure:
    """One figure said once by somebody, with its newest judgement. `earlier`: from a version since edited.

    `was`: what the same speaker had said of the same before. `joined_by`: why it stands on its event; `score`: how well
    it fits there.
    """

    id: str
    voice: Voice
    post: ToldPost
    said_at: datetime | None
    said: Said
    excerpt: Excerpt
    side: str
    part: str | None = None
    stance: Stance = Stance.ASSERTS
    provisional: bool = False
    relayed: bool = False
    suggested: bool = False
    earlier: bool = False
    confidence: float = 1.0
    verdict: Verdict | None = None
    rule: Rule | None = None
    ratio: float | None = None
    reason: str | None = None
    carried_by: str | None = None
    role: Role = Role.OTHER
    was: Said | None = None
    joined_by: tuple[str, ...] = ()
    score: float | None = None

    @property
    def official(self) -> bool:
        """Said by, or relayed from, the side whose count is the reference."""
        return self.role in (Role.OFFICIAL, Role.RELAY)


@dataclass(frozen=True, slots=True)
class Change:
    """One line of an alert's history."""

    at: datetime
    what: str
    reason: str | None


@dataclass(frozen=True, slots=True)
class EventRef:
    id: str
    title: str
    place: str | None
    start: datetime
    end: datetime
    example: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """One alert. `claims` has the newest first; `series` of a revision the oldest; `carriers` repeat the claim.

    `new`: whether it opened in the period told, None where no period is.
    """

    id: str
    event: EventRef
    kind: AlertKind
    verdict: Verdict
    severity: Severity | None
    rule: Rule
    state: AlertState
    to_check: bool
    opened: datetime
    updated: datetime
    closed: datetime | None
    closed_reason: str | None
    measure: Measure
    object: Object
    side: str
    part: str | None
    ratio: float | None
    reason: str
    claims: tuple[ToldFigure, ...]
    official: ToldFigure | None
    series: tuple[ToldFigure, ...] = ()
    carriers: tuple[ToldPost, ...] = ()
    history: tuple[Change, ...] = ()
    new: bool | None = None


@dataclass(frozen=True, slots=True)
class FigureChange:
    """What a post said before and after; None on the side where it said nothing of the kind."""

    old: Said | None
    new: Said | None


@dataclass(frozen=True, slots=True)
class PostNote:
    """An edited or deleted post that carried figures of an event."""

    post: ToldPost
    at: datetime
    deleted: bool
    changes: tuple[FigureChange, ...]


@dataclass(frozen=True, slots=True)
class EventMaterial:
    """All that the store knows of one event. `changed`: when its figures last changed."""

    event: EventRef
    changed: datetime
    findings: tuple[Finding, ...]
    statements: tuple[ToldFigure, ...]
    notes: tuple[PostNote, ...] = ()


@dataclass(frozen=True, slots=True)
class EventDigest:
    """One event's part: firm findings, then what is to check, what was closed in the period, and what is shown only."""

    event: EventRef
    newest: datetime
    firm: tuple[Finding, ...]
    to_check: tuple[Finding, ...]
    closed: tuple[Finding, ...]
    shown: tuple[ToldFigure, ...]
    notes: tuple[PostNote, ...]

    @property
    def news(self) -> int:
        return sum(finding.new is True for finding in (*self.firm, *self.to_check))


@dataclass(frozen=True, slots=True)
class EventLine:
    """An event that needs one line: `open_findings` from before, or none at all."""

    event: EventRef
    open_findings: int
    statements: int


@dataclass(frozen=True, slots=True)
class SourceState:
    key: str
    title: str
    health: Health
    reason: str | None
    since: datetime | None
    last_success: datetime | None
    official: bool = False


@dataclass(frozen=True, slots=True)
class Coverage:
    """How far silence can be trusted: `checked` of `enabled` sources were read in time; the lists name the others."""

    enabled: int
    checked: int
    paused: int
    unverified: tuple[SourceState, ...]
    late: tuple[SourceState, ...]
    failing: tuple[SourceState, ...]
    officials: tuple[SourceState, ...]
    last_tick: datetime | None
    stands_still: bool


@dataclass(frozen=True, slots=True)
class Digest:
    """`since` None: everything. `omitted` counts the events beyond the limit."""

    since: datetime | None
    until: datetime
    events: tuple[EventDigest, ...]
    standing: tuple[EventLine, ...]
    calm: tuple[EventLine, ...]
    examples: tuple[EventDigest, ...]
    coverage: Coverage
    omitted: int = 0
