"""What a joining has changed: which events are judged and written anew, which are gone, which figures are free."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from monitor.events import place_key
from monitor.pipeline.event_rows import Stored, differs, event_values, link_values
from monitor.pipeline.statements import Told
from monitor.pipeline.surroundings import Key, Surroundings, place_of
from monitor.statements import Event


@dataclass(frozen=True, slots=True)
class Difference:
    """`changed`, `gone`: ids of events. `free`: statements that left their event and joined none of these.

    Of the events around, which were not looked at as a whole, only those count that gave a figure away. `elsewhere`:
    statements that left for one of the others.
    """

    changed: frozenset[str]
    gone: frozenset[str]
    free: frozenset[str]
    elsewhere: frozenset[str]


def difference(
    events: Collection[Event], before: Stored, near: Surroundings, told: Told, posts: Collection[int]
) -> Difference:
    """`posts`: those whose figures have changed."""
    known = {event.id: event for event in events}
    mine = _with_givers({event.id for event in events if _is_held(event, near, told, posts)}, known, before)
    gone = {event for event in before.events if event not in known and _was_held(event, before, near, known, mine)}
    members = before.members()
    joined = {member.statement.id for event in mine for member in known[event].members}
    free = {statement for event in (*mine, *gone) for statement in members.get(event, ())} - joined
    others = {member.statement.id for event in events if event.id not in mine for member in event.members}
    return Difference(
        changed=frozenset(event for event in mine if _has_changed(known[event], before, members, near, told, posts)),
        gone=frozenset(gone),
        free=frozenset(free),
        elsewhere=frozenset(free & others),
    )


def _place(event: Event) -> Key | None:
    return None if event.place is None else place_key(event.place)


def _is_held(event: Event, near: Surroundings, told: Told, posts: Collection[int]) -> bool:
    own = any(told.posts[member.statement.id] in posts for member in event.members)
    return own or near.holds(event.kind, _place(event), event.start)


def _with_givers(mine: set[str], known: Mapping[str, Event], before: Stored) -> set[str]:
    """And the events that lost a figure to one of these."""
    found, waiting = set(mine), list(mine)
    while waiting:
        for member in known[waiting.pop()].members:
            old = before.figures.get(member.statement.id)
            if old is not None and old["event_id"] in known and old["event_id"] not in found:
                found.add(old["event_id"])
                waiting.append(old["event_id"])
    return found


def _was_held(
    event: str, before: Stored, near: Surroundings, known: Mapping[str, Event], mine: Collection[str]
) -> bool:
    row = before.events[event]
    if event in near.events or near.holds(row["kind"], place_of(row["place_id"], row["place_name"]), row["start_at"]):
        return True
    taken = {member.statement.id for each in mine for member in known[each].members}
    return any(before.figures[statement]["event_id"] == event for statement in taken & set(before.figures))


def _has_changed(
    event: Event,
    before: Stored,
    members: Mapping[str, set[str]],
    near: Surroundings,
    told: Told,
    posts: Collection[int],
) -> bool:
    """Its figures, its own row, or what parties wrote of its place."""
    ids = {member.statement.id for member in event.members}
    if ids != members.get(event.id) or any(told.posts[each] in posts for each in ids):
        return True
    if differs(event_values(event, example=near.example), before.events.get(event.id)):
        return True
    links = (link_values(event, member, told.figures[member.statement.id]) for member in event.members)
    return _place(event) in near.spoken_of or any(differs(row, before.figures[row["statement_id"]]) for row in links)
