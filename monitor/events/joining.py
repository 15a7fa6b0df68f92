"""The one door: a neighbourhood in, its events out. The order of the statements decides nothing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from models.enums import EventKind, Scope
from monitor.events.attacks import attacks_of
from monitor.events.bulletins import bulletins_of, pass_on
from monitor.events.copies import origins_of
from monitor.events.decisions import decided
from monitor.events.drafts import Draft
from monitor.events.identity import with_ids
from monitor.events.incidents import incidents_of
from monitor.events.mentions import mentions_of
from monitor.events.profiles import Incident
from monitor.events.sides import with_sides
from monitor.events.values import Mention, Neighbourhood, Places, Version, version_of
from monitor.events.windows import Window, day_name
from monitor.statements import Event, Member, PostRef, Statement, order_of


def join(hood: Neighbourhood, places: Places) -> tuple[Event, ...]:
    """Events by their start. What names no place, hangs on no post and is no list stays without an event."""
    statements = with_sides(hood.statements)
    origins = origins_of(statements)
    bulletins, rest = bulletins_of(statements, hood)
    attacks, mentions = attacks_of(mentions_of(rest, places), hood)
    mentions = pass_on(mentions, bulletins)
    incidents = incidents_of(mentions, origins, places, hood.thresholds)
    drafts = [*bulletins, *attacks, *(_draft(incident, hood) for incident in incidents)]
    _attach_copies(mentions, origins, drafts)
    drafts = [_without_totals(draft) for draft in decided(drafts, hood)]
    _keep_copies_with_origins(mentions, origins, drafts, hood)
    return tuple(_event(draft, known, origins) for draft, known in with_ids(drafts, hood.before))


def _without_totals(draft: Draft) -> Draft:
    """They help to know a list by, and belong to no event: they have a ledger of their own."""
    for member in [*draft.members.values()]:
        if member.statement.figure.scope is Scope.TOTAL:
            draft.take(member.statement.id)
    return draft


def _draft(incident: Incident, hood: Neighbourhood) -> Draft:
    founder = incident.links[0][0]
    window = incident.window if incident.told else Window(founder.post.stated_at, founder.post.stated_at)
    draft = Draft(
        kind=EventKind.INCIDENT,
        title=f"{incident.place.name}, {day_name(window.middle(hood.thresholds.local_offset))}",
        window=window,
        seed=founder.statements[0].id,
        place=incident.place,
    )
    for mention, link, suggested in incident.links:
        for statement in mention.statements:
            draft.add(Member(statement, link.score, link.reasons, suggested=suggested))
    return draft


def _attach_copies(mentions: Sequence[Mention], origins: Mapping[Version, PostRef], drafts: Iterable[Draft]) -> None:
    """A post that passes on another belongs where that one does, figure by figure."""
    held: dict[PostRef, list[tuple[Draft, Member]]] = {}
    for draft in drafts:
        for member in draft.members.values():
            held.setdefault(member.statement.post.ref, []).append((draft, member))
    for mention in mentions:
        origin = origins.get(version_of(mention.post))
        for statement in mention.statements if origin is not None else ():
            _attach_copy(statement, held.get(origin, []) if origin is not None else [])


def _keep_copies_with_origins(
    mentions: Sequence[Mention], origins: Mapping[Version, PostRef], drafts: Sequence[Draft], hood: Neighbourhood
) -> None:
    """What passes on a post that a person decided about stays with it, unless a person decided about the copy too."""
    named = {each for decision in hood.decisions for each in (decision.statement, decision.other)}
    decided_about = {each.post.ref for each in hood.statements if each.id in named}
    copies = [
        each
        for each in mentions
        if origins.get(version_of(each.post)) in decided_about and not named & {one.id for one in each.statements}
    ]
    for draft in drafts if copies else ():
        for statement in (one.id for each in copies for one in each.statements):
            draft.take(statement)
    _attach_copies(copies, origins, drafts)


def _attach_copy(statement: Statement, held: Sequence[tuple[Draft, Member]]) -> None:
    same = [each for each in held if _same_figure(each[1].statement, statement)]
    for draft, member in (same or held)[:1]:
        reason = f"passes on {member.statement.post.ref.source}/{member.statement.post.ref.id}"
        draft.add(Member(statement, member.score, (reason,), suggested=member.suggested))


def _same_figure(one: Statement, other: Statement) -> bool:
    first, second = one.figure, other.figure
    return (first.measure, first.low, first.high) == (second.measure, second.low, second.high)


def _event(draft: Draft, known: str, origins: Mapping[Version, PostRef]) -> Event:
    members = sorted(draft.members.values(), key=lambda member: order_of(member.statement))
    return Event(
        id=known,
        title=draft.title,
        kind=draft.kind,
        place=draft.place,
        start=draft.window.start,
        end=draft.window.end,
        members=tuple(replace(each, copy_of=origins.get(version_of(each.statement.post))) for each in members),
        defender=draft.defender,
    )
