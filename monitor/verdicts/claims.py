"""Claims by speaker: whose words count, what carries them, and how each one stands (sections 4 and 6)."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from models.enums import UNKNOWN_SIDE, Role
from monitor.statements import GroupKey, Judged, Member, Statement
from monitor.verdicts.comparing import CONTRADICTING, figures_meet, tells_again
from monitor.verdicts.docket import Docket
from monitor.verdicts.intervals import span_of
from monitor.verdicts.standing import Entry, entries_of
from monitor.verdicts.tracing import trace


@dataclass(frozen=True, slots=True)
class Claims:
    """The claims of one group. `current`: each speaker's newest figure that still stands, judged."""

    key: GroupKey
    judged: tuple[Judged, ...]
    current: tuple[Judged, ...]

    @property
    def contradictions(self) -> list[Judged]:
        return [judged for judged in self.current if judged.verdict in CONTRADICTING]


def claims_of(key: GroupKey, members: Sequence[Member], denials: Sequence[Member], docket: Docket) -> Claims:
    entries = entries_of(members, denials, docket.thresholds)
    carried = _carried(entries, docket)
    judged: dict[str, Judged] = {}
    current: list[Judged] = []
    for said in _by_speaker(entry for entry in entries if entry.statement.id not in carried):
        standing, repeated = _current(said, docket)
        carried |= repeated
        for entry in said:
            if entry.statement.id not in repeated:
                judged[entry.statement.id] = _judged(entry, key, docket)
        if standing is not None:
            current.append(judged[standing.statement.id])
    judged |= _carriers(entries, carried, judged, {claim.statement.id for claim in current}, key, docket)
    return Claims(key, tuple(judged.values()), tuple(current))


def _by_speaker(entries: Iterable[Entry]) -> list[list[Entry]]:
    groups: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        groups[entry.statement.speaker.key].append(entry)
    return [groups[key] for key in sorted(groups)]


def _carried(entries: Sequence[Entry], docket: Docket) -> dict[str, str]:
    """What passes on another post's words, or tells a party's figure again in its side's name."""
    carried: dict[str, str] = {}
    for entry in entries:
        origin = _copied(entry, entries, docket) or _retold(entry, entries, docket)
        if origin is not None and carried.get(origin.statement.id) != entry.statement.id:
            carried[entry.statement.id] = origin.statement.id
    return carried


def _copied(entry: Entry, entries: Sequence[Entry], docket: Docket) -> Entry | None:
    if entry.member.copy_of is None:
        return None
    origin = [other for other in entries if other.statement.post.ref == entry.member.copy_of]
    return next((other for other in origin if _same(entry, other, docket)), None)


def _retold(entry: Entry, entries: Sequence[Entry], docket: Docket) -> Entry | None:
    """In the name of the side ('Kyiv') or of some voice of it ('Ukrainian officials')."""
    speaker = entry.statement.speaker
    some_voice = not entry.statement.own and not speaker.listed and speaker.side != UNKNOWN_SIDE
    if not (speaker.collective or some_voice):
        return None
    parties = [other for other in entries if other.statement.speaker.party]
    of_side = [other for other in parties if other.statement.speaker.side == speaker.side]
    return next((other for other in of_side if _same(entry, other, docket)), None)


def _same(one: Entry, other: Entry, docket: Docket) -> bool:
    return one is not other and tells_again(one.statement.figure, other.statement.figure, docket.thresholds)


def _current(said: Sequence[Entry], docket: Docket) -> tuple[Entry | None, dict[str, str]]:
    """The figure that one speaker stands by, and what merely repeats it. Own words beat every retelling."""
    own = [entry for entry in said if entry.statement.own]
    if own:
        standing = [entry for entry in own if entry.stands(docket.now)]
        current = standing[-1] if standing else None
        source = current or own[-1]
        return current, {entry.statement.id: source.statement.id for entry in said if not entry.statement.own}
    return _newest_retelling(said, docket)


def _newest_retelling(said: Sequence[Entry], docket: Docket) -> tuple[Entry | None, dict[str, str]]:
    """A retelling of the same value again carries the first; another value replaces it."""
    current: Entry | None = None
    repeated: dict[str, str] = {}
    for entry in said:
        if not entry.stands(docket.now):
            continue
        if current is not None and _equal(entry, current, docket):
            repeated[entry.statement.id] = current.statement.id
        else:
            current = entry
    return current, repeated


def _equal(one: Entry, other: Entry, docket: Docket) -> bool:
    return span_of(one.statement.figure, docket.thresholds) == span_of(other.statement.figure, docket.thresholds)


def _judged(entry: Entry, key: GroupKey, docket: Docket) -> Judged:
    found = trace(entry, key, docket)
    comparison, official = found.weighed.comparison, found.weighed.official
    return Judged(
        entry.statement,
        Role.CLAIM,
        key,
        comparison.verdict,
        comparison.reason if entry.why is None else f"{comparison.reason} Withdrawn since: {entry.why}.",
        comparison.rule,
        comparison.severity,
        comparison.ratio,
        official,
        entry.statement.speaker,
        found.since,
        docket.doubtful(entry.member) or docket.doubts(official),
    )


def _carriers(
    entries: Sequence[Entry],
    carried: dict[str, str],
    judged: dict[str, Judged],
    current: set[str],
    key: GroupKey,
    docket: Docket,
) -> dict[str, Judged]:
    by_id = {entry.statement.id: entry for entry in entries}
    carriers = {}
    for entry in entries:
        if entry.statement.id in carried:
            origin = by_id[_origin(entry.statement.id, carried)].statement
            newest = _newest_of(origin, judged, current) or origin
            carriers[entry.statement.id] = _carrier(entry, newest, judged.get(newest.id), key, docket)
    return carriers


def _origin(statement: str, carried: dict[str, str]) -> str:
    seen = {statement}
    while statement in carried and carried[statement] not in seen:
        statement = carried[statement]
        seen.add(statement)
    return statement


def _newest_of(origin: Statement, judged: dict[str, Judged], current: set[str]) -> Statement | None:
    standing = [judged[known].statement for known in sorted(current)]
    return next((said for said in standing if said.speaker.key == origin.speaker.key), None)


def _carrier(entry: Entry, origin: Statement, claim: Judged | None, key: GroupKey, docket: Docket) -> Judged:
    stale = not figures_meet(entry.statement.figure, origin.figure, docket.thresholds)
    reason = f'It carries the figure of {origin.speaker.name}, "{origin.figure.quote}".'
    if stale:
        now = f'{origin.speaker.name} now says "{origin.figure.quote}"'
        reason = f'It still shows "{entry.statement.figure.quote}"; {now}.'
    return Judged(
        entry.statement,
        Role.CARRIED,
        key,
        None if claim is None else claim.verdict,
        reason,
        official=None if claim is None else claim.official,
        speaker=origin.speaker,
        carried_by=origin.id,
        stale=stale,
    )


def denials_of(denials: Sequence[Member], claims: Sequence[Judged], docket: Docket) -> list[Judged]:
    """A denial is no claim: it stands beside the claims whose number it rejects."""
    return [_denial(denial, claims, docket) for denial in denials]


def _denial(denial: Member, claims: Sequence[Judged], docket: Docket) -> Judged:
    said = denial.statement
    rejected = tuple(
        claim.statement.id
        for claim in claims
        if claim.statement.speaker.key != said.speaker.key
        and figures_meet(claim.statement.figure, said.figure, docket.thresholds)
    )
    reason = f'{said.speaker.name} rejects "{said.figure.quote}": a denial is no claim.'
    return Judged(said, Role.DENIAL, None, None, reason, speaker=said.speaker, denies=rejected)
