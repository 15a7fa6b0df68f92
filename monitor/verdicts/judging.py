"""The one door: an event's statements in, its register and every verdict out (docs/verdicts.md)."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from models.enums import UNKNOWN_SIDE, Role, Scope, Stance, Verdict
from monitor.statements import Bench, Event, GroupKey, Judged, Judgement, Member, Silence, Statement
from monitor.verdicts.claims import Claims, claims_of, denials_of
from monitor.verdicts.docket import Docket
from monitor.verdicts.groups import Grouping, grouping_of
from monitor.verdicts.register import register_of
from monitor.verdicts.relays import Relays, relays_of
from monitor.verdicts.revisions import officials_of, parties_of, revision_of
from monitor.verdicts.silence import silence_of
from monitor.verdicts.standing import as_of, carried_over, in_order, leading


@dataclass(frozen=True, slots=True)
class _Group:
    own: tuple[Member, ...]
    relays: tuple[Member, ...]
    claims: tuple[Member, ...]
    denials: tuple[Member, ...]


def judge(event: Event, bench: Bench, now: datetime) -> Judgement:
    """What was stated after `now` is not known yet. The order of the members decides nothing."""
    everyone = in_order(as_of(event.members, now))
    members, continues = carried_over(everyone)
    known = replace(event, members=tuple(members))
    grouping = grouping_of(known, bench)
    sorted_out = {member.statement.id: _role(member.statement, grouping, member) for member in members}
    groups, under = _groups(members, sorted_out, grouping, bench)
    registers = {
        key: register_of(key, group.own, group.relays, group.denials, bench.thresholds) for key, group in groups.items()
    }
    docket = Docket(known, bench, grouping, registers, now)
    return replace(_assembled(docket, everyone, groups, sorted_out, continues | under), event=event)


def _role(statement: Statement, grouping: Grouping, member: Member) -> Role:
    figure = statement.figure
    side = grouping.reference_side(grouping.key_of(member))
    if figure.scope is Scope.TOTAL or side is None:
        return Role.OTHER
    if figure.stance is Stance.RECALLS:
        return Role.RECALL
    if figure.stance is Stance.DENIES:
        return Role.DENIAL
    speaker = statement.speaker
    if speaker.side != side or not (speaker.party or speaker.collective):
        return Role.CLAIM
    return Role.OFFICIAL if speaker.party and statement.own else Role.RELAY


def _groups(
    members: Sequence[Member], roles: dict[str, Role], grouping: Grouping, bench: Bench
) -> tuple[dict[GroupKey, _Group], dict[str, str]]:
    by_key: dict[GroupKey, dict[Role, list[Member]]] = defaultdict(lambda: defaultdict(list))
    for member in members:
        by_key[grouping.key_of(member)][roles[member.statement.id]].append(member)
    groups: dict[GroupKey, _Group] = {}
    under: dict[str, str] = {}
    for key in sorted(by_key, key=_text):
        said = by_key[key]
        leads = [leading(said[role], bench.thresholds) for role in (Role.OFFICIAL, Role.RELAY, Role.CLAIM)]
        own, relays, claims = (tuple(lead) for lead, _ in leads)
        groups[key] = _Group(own, relays, claims, tuple(in_order(said[Role.DENIAL])))
        for _, smaller in leads:
            under |= smaller
    return groups, under


def _flat(lists: Iterable[Iterable[Judged]]) -> list[Judged]:
    return [line for lines in lists for line in lines]


def _text(key: GroupKey) -> tuple[str, str, str, str]:
    return key.measure, key.group, key.side, key.part or ""


def _assembled(
    docket: Docket,
    everyone: Sequence[Member],
    groups: dict[GroupKey, _Group],
    roles: dict[str, Role],
    stands_for: dict[str, str],
) -> Judgement:
    claims = [claims_of(key, group.claims, group.denials, docket) for key, group in groups.items()]
    relays = [relays_of(register, docket) for register in docket.registers.values()]
    revisions = {key: revision_of(register, docket) for key, register in docket.registers.items()}
    odds = {key: parties_of(register, docket) for key, register in docket.registers.items()}
    officials = [officials_of(register, odds[key], revisions[key]) for key, register in docket.registers.items()]
    judged = [*_flat(officials), *_flat(relay.judged for relay in relays), *_said(claims, groups, docket)]
    found = {line.statement.id: line for line in judged}
    return Judgement(
        docket.event,
        tuple(_every_one(everyone, found, roles, stands_for)),
        {key: register.periods for key, register in docket.registers.items() if register.periods},
        tuple(_contradictions(claims, relays)),
        tuple(_flat(odds.values())),
        tuple(revision for revision in revisions.values() if revision is not None),
        tuple(_silences(claims, docket)),
    )


def _said(claims: Sequence[Claims], groups: dict[GroupKey, _Group], docket: Docket) -> list[Judged]:
    everyone = [claim for group in claims for claim in group.judged]
    denials = [denial for group in groups.values() for denial in group.denials]
    return [*everyone, *denials_of(denials, everyone, docket)]


def _contradictions(claims: Sequence[Claims], relays: Sequence[Relays]) -> list[Judged]:
    said = [line for group in claims for line in group.contradictions]
    return [*said, *(line for relay in relays for line in relay.misquotes)]


def _silences(claims: Sequence[Claims], docket: Docket) -> list[Silence]:
    found = [silence_of(group, docket) for group in claims]
    return [silence for silence in found if silence is not None]


def _every_one(
    members: Iterable[Member], found: dict[str, Judged], roles: dict[str, Role], stands_for: dict[str, str]
) -> list[Judged]:
    return [found.get(member.statement.id) or _beside(member.statement, found, roles, stands_for) for member in members]


_BESIDE = {
    Role.RECALL: "A former number, given as such: no claim.",
    Role.OTHER: "A cumulative total has a ledger of its own.",
}


def _beside(
    statement: Statement, found: dict[str, Judged], roles: dict[str, Role], stands_for: dict[str, str]
) -> Judged:
    """What no rule compares, and what the same post says again or as a part of a larger figure."""
    leader = stands_for.get(statement.id, "")
    lead = found.get(leader)
    if lead is not None:
        return replace(lead, statement=statement, carried_by=leader)
    role = roles.get(leader) or roles.get(statement.id, Role.OTHER)
    reason = _BESIDE.get(role, "Not compared.")
    if role is Role.OTHER and statement.figure.side == UNKNOWN_SIDE:
        reason = "Whose people or things are counted is not known: nothing firm is said of it."
    verdict = None if role is Role.RECALL else Verdict.NOT_COMPARABLE
    return Judged(statement, role, None, verdict, reason, speaker=statement.speaker)
