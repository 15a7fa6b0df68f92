"""What others say that a party of the reference side said: the party's figure again, or misquoted (section 2)."""

from collections.abc import Sequence
from dataclasses import dataclass

from models.enums import Role, Rule, Verdict
from monitor.statements import Judged, Official, Speaker
from monitor.verdicts.comparing import incompatible, passes_on, same_number
from monitor.verdicts.docket import Docket
from monitor.verdicts.intervals import lies_above, span_of
from monitor.verdicts.register import Register
from monitor.verdicts.standing import Entry


@dataclass(frozen=True, slots=True)
class Relays:
    judged: tuple[Judged, ...]
    misquotes: tuple[Judged, ...]


def relays_of(register: Register, docket: Docket) -> Relays:
    judged = [_relay(entry, register, docket) for entry in register.relays]
    return Relays(tuple(judged), tuple(_newest_by_channel(judged, register, docket)))


def _newest_by_channel(judged: Sequence[Judged], register: Register, docket: Docket) -> list[Judged]:
    """A channel's newest relay of a party is what it says now; a copy of another's misquote is carried by it."""
    standing = {entry.statement.id for entry in register.relays if entry.stands(docket.now)}
    newest: dict[tuple[str, str], Judged] = {}
    for relay in judged:
        if relay.statement.id in standing and relay.role is Role.RELAY:
            newest[relay.statement.post.ref.source, relay.statement.speaker.key] = relay
    return [relay for relay in newest.values() if relay.rule is Rule.MISQUOTED]


def _relay(entry: Entry, register: Register, docket: Docket) -> Judged:
    statement = entry.statement
    own = _sayings(entry, register)
    met = [said for said in own if passes_on(statement.figure, said.statement.figure, docket.thresholds)]
    if met:
        return _passed_on(entry, _closest(entry, met), register)
    if not own or _was_in_force(entry, register, docket):
        reason = f"Relayed: {statement.speaker.name} has not given this figure on a followed channel."
        return Judged(statement, Role.RELAY, register.key, Verdict.CONSISTENT, reason, speaker=statement.speaker)
    if _early(entry, own, docket):
        reason = "Relayed before the party's own figure, which is higher."
        return Judged(statement, Role.RELAY, register.key, Verdict.OUTDATED, reason, speaker=statement.speaker)
    copied = _copied(entry, register, docket)
    return _misquote(entry, own, register, docket) if copied is None else _carrier(entry, copied, register)


def _sayings(entry: Entry, register: Register) -> list[Entry]:
    """The party's own figures; of a side at large ('Moscow says'), those of all its parties."""
    speaker = entry.statement.speaker
    return list(register.own) if speaker.collective else register.own_of(speaker.key)


def _closest(entry: Entry, met: Sequence[Entry]) -> Entry:
    before = [said for said in met if said.stated_at <= entry.stated_at]
    return before[-1] if before else met[0]


def _passed_on(entry: Entry, said: Entry, register: Register) -> Judged:
    speaker = said.statement.speaker
    reason = f'It passes on the figure of {speaker.name}, "{said.statement.figure.quote}".'
    return Judged(
        entry.statement,
        Role.RELAY,
        register.key,
        Verdict.CONSISTENT,
        reason,
        speaker=speaker,
        carried_by=said.statement.id,
    )


def _was_in_force(entry: Entry, register: Register, docket: Docket) -> bool:
    held = [period.official for period in register.periods if period.official is not None and period.official.relayed]
    of_party = [official for official in held if official.statement.speaker.key == entry.statement.speaker.key]
    confirmed = [official for official in of_party if official.confirmed]
    return any(
        same_number(official.statement.figure, entry.statement.figure, docket.thresholds) for official in confirmed
    )


def _early(entry: Entry, own: Sequence[Entry], docket: Docket) -> bool:
    """Before the party's first own figure a lower relay is an early count, not a wrong quote."""
    first = own[0]
    if entry.stated_at >= first.stated_at:
        return False
    relayed, said = (span_of(said.statement.figure, docket.thresholds) for said in (entry, first))
    return not lies_above(relayed, said)


def _copied(entry: Entry, register: Register, docket: Docket) -> Entry | None:
    origin = entry.member.copy_of
    others = [other for other in register.relays if other.statement.post.ref == origin]
    return next(
        (other for other in others if same_number(other.statement.figure, entry.statement.figure, docket.thresholds)),
        None,
    )


def _carrier(entry: Entry, origin: Entry, register: Register) -> Judged:
    reason = f"It carries the words of {origin.statement.post.channel.title}."
    return Judged(
        entry.statement,
        Role.CARRIED,
        register.key,
        Verdict.INCOMPATIBLE,
        reason,
        Rule.MISQUOTED,
        speaker=_channel(origin),
        carried_by=origin.statement.id,
    )


def _misquote(entry: Entry, own: Sequence[Entry], register: Register, docket: Docket) -> Judged:
    statement = entry.statement
    said = [other for other in own if other.stated_at <= entry.stated_at][-1:] or list(own[:1])
    official = Official(said[0].statement, said[0].stated_at)
    found = incompatible(statement.figure, official.statement.figure, docket.thresholds, Rule.MISQUOTED)
    reason = f"{official.statement.speaker.name} gave no such figure: {found.reason}"
    return Judged(
        statement,
        Role.RELAY,
        register.key,
        found.verdict,
        reason,
        found.rule,
        found.severity,
        found.ratio,
        official,
        _channel(entry),
        max(statement.post.stated_at, official.since),
        docket.doubtful(entry.member) or statement.speaker.collective or _perhaps_unread(entry, docket),
    )


def _channel(entry: Entry) -> Speaker:
    """The speaker of a misquote is the channel that relays."""
    channel = entry.statement.post.channel
    known = channel.speaker
    if known is None:
        return Speaker(channel.key, channel.title, channel.side)
    return Speaker(known.key, known.name, known.side, known.party, listed=True)


def _perhaps_unread(entry: Entry, docket: Docket) -> bool:
    """The party may have said it since its channels were last read."""
    read = [cover for cover in docket.bench.coverage if cover.party == entry.statement.speaker.key]
    return any(cover.last_read is None or cover.last_read < entry.stated_at for cover in read)
