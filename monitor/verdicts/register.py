"""The official register: which figure is in force when, per event, measure, group, side and part (section 2)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from monitor.statements import GroupKey, InForce, Member, Official, PostRef, Thresholds
from monitor.verdicts.comparing import adds_nothing, figures_meet, passes_on, same_number
from monitor.verdicts.standing import Entry, entries_of, newest


@dataclass(frozen=True, slots=True)
class Register:
    """`own` and `relays` of the reference side's parties, in the order stated; `periods` what was in force."""

    key: GroupKey
    own: tuple[Entry, ...]
    relays: tuple[Entry, ...]
    periods: tuple[InForce, ...]

    def at(self, moment: datetime) -> Official | None:
        held = [period for period in self.periods if period.since <= moment]
        return held[-1].official if held else None

    @property
    def now(self) -> Official | None:
        return self.periods[-1].official if self.periods else None

    @property
    def taken_back(self) -> str | None:
        return self.periods[-1].reason if self.periods else None

    def own_of(self, party: str) -> list[Entry]:
        return [entry for entry in self.own if entry.statement.speaker.key == party]

    def own_at(self, party: str, moment: datetime, thresholds: Thresholds) -> Entry | None:
        return newest(self.own_of(party), moment, thresholds)

    @property
    def parties(self) -> list[str]:
        return sorted({entry.statement.speaker.key for entry in self.own})


def register_of(
    key: GroupKey, own: Iterable[Member], relays: Iterable[Member], denials: Sequence[Member], thresholds: Thresholds
) -> Register:
    said = _firm_first(entries_of(own, denials, thresholds))
    told = _firm_first(entries_of(relays, (), thresholds))
    draft = Register(key, tuple(said), tuple(told), ())
    return Register(key, draft.own, draft.relays, tuple(_periods(draft, thresholds)))


def _firm_first(entries: list[Entry]) -> list[Entry]:
    """What is only suggested to belong here takes no force where something firm does."""
    firm = [entry for entry in entries if not entry.member.suggested]
    return firm or entries


def _periods(register: Register, thresholds: Thresholds) -> list[InForce]:
    periods: list[InForce] = []
    for moment in _moments(register):
        official = _in_force(register, moment, thresholds)
        if periods and _same(periods[-1].official, official):
            continue
        if periods or official is not None:
            reason = _why_none(register, periods[-1].official, moment) if official is None and periods else None
            periods.append(InForce(moment, official, reason))
    return periods


def _moments(register: Register) -> list[datetime]:
    entries = (*register.own, *register.relays)
    ends = {entry.ends for entry in entries if entry.ends is not None}
    return sorted({entry.stated_at for entry in entries} | ends)


def _same(one: Official | None, other: Official | None) -> bool:
    if one is None or other is None:
        return one is other
    return (one.statement.id, one.confirmed) == (other.statement.id, other.confirmed)


def _why_none(register: Register, before: Official | None, moment: datetime) -> str | None:
    if before is None:
        return None
    gone = [entry for entry in (*register.own, *register.relays) if entry.statement.id == before.statement.id]
    return next((entry.why for entry in gone if entry.ends is not None and entry.ends <= moment), None)


def _in_force(register: Register, moment: datetime, thresholds: Thresholds) -> Official | None:
    """The newest figure of any party of the side; one that merely meets it and is less precise replaces nothing."""
    said = [register.own_at(party, moment, thresholds) for party in register.parties]
    candidates = [_official(entry, relayed=False) for entry in said if entry is not None]
    candidates += _relayed(register, moment, thresholds)
    current: Official | None = None
    for official in sorted(candidates, key=lambda official: (official.since, official.statement.id)):
        if current is None or not _adds_nothing(official, current, thresholds):
            current = official
    return current


def _adds_nothing(new: Official, old: Official, thresholds: Thresholds) -> bool:
    """The same number again replaces, as the newest does; a preliminary one does not replace the final one."""
    if old.relayed and not new.relayed:
        return False
    one, other = new.statement.figure, old.statement.figure
    if new.relayed:
        return figures_meet(one, other, thresholds)
    if one.provisional and not other.provisional and same_number(one, other, thresholds):
        return True
    return adds_nothing(one, other, thresholds)


def _official(entry: Entry, *, relayed: bool, confirmed: bool = True, since: datetime | None = None) -> Official:
    return Official(entry.statement, since or entry.stated_at, relayed, confirmed, entry.member.suggested)


def _relayed(register: Register, moment: datetime, thresholds: Thresholds) -> list[Official]:
    """Relays of a party that has said nothing itself, and what two unrelated sources say that it said since."""
    officials = []
    for party in sorted({entry.statement.speaker.key for entry in register.relays}):
        told = [entry for entry in register.relays if entry.statement.speaker.key == party]
        said = register.own if told[0].statement.speaker.collective else register.own_of(party)
        own = [entry for entry in said if entry.stated_at <= moment]
        official = _relayed_by(told, own, moment, thresholds)
        if official is not None:
            officials.append(official)
    return officials


def _relayed_by(
    told: Sequence[Entry], own: Sequence[Entry], moment: datetime, thresholds: Thresholds
) -> Official | None:
    fresh = [entry for entry in told if not own or entry.stated_at > own[-1].stated_at]
    entry = newest(fresh, moment, thresholds)
    if entry is None:
        return None
    if any(passes_on(entry.statement.figure, said.statement.figure, thresholds) for said in own):
        return None
    second = _second_source(entry, told, moment, thresholds)
    if own and second is None:
        return None
    return _official(entry, relayed=True, confirmed=second is not None)


def _second_source(entry: Entry, told: Sequence[Entry], moment: datetime, thresholds: Thresholds) -> Entry | None:
    for other in told:
        same = same_number(other.statement.figure, entry.statement.figure, thresholds)
        if same and other.stands(moment) and unrelated(entry.member, other.member):
            return other
    return None


def unrelated(one: Member, other: Member) -> bool:
    """Two channels, and neither passes on the other's words or the same third one's."""
    return not ({_origin(one), one.statement.post.ref.source} & {_origin(other), other.statement.post.ref.source})


def _origin(member: Member) -> str:
    copied: PostRef | None = member.copy_of
    return member.statement.post.forwarded_from or (copied.source if copied else member.statement.post.ref.source)
