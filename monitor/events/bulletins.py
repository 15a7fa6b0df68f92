"""Lists of losses that a party gives out each day: one event a party and day, with whoever passes items on."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Final, TypeAlias

from models.enums import EventKind, Measure, Scope
from monitor.events.drafts import Draft
from monitor.events.values import Link, Mention, Neighbourhood, Version, version_of
from monitor.events.windows import Window, day_name
from monitor.statements import Speaker, Statement, order_of

LOSSES: Final = frozenset(
    {Measure.KILLED, Measure.CASUALTIES, Measure.CAPTURED, Measure.DESTROYED, Measure.DAMAGED, Measure.INTERCEPTED}
)
PAIRS: Final = 2  # things counted both in all and for the day, as the General Staff does
ITEMS: Final = 6
KINDS: Final = 4
PASSED_ON_WITHIN: Final = timedelta(hours=36)

Item: TypeAlias = tuple[str, float | None, float | None]
Day: TypeAlias = tuple[str, date]


def bulletins_of(statements: Iterable[Statement], hood: Neighbourhood) -> tuple[list[Draft], list[Statement]]:
    """The bulletins, and what is left of the statements."""
    lists: list[list[Statement]] = []
    rest: list[Statement] = []
    for said in _by_speaker(statements):
        (lists.append(said) if _is_list(said) else rest.extend(said))
    drafts: dict[Day, Draft] = {}
    for said in sorted(lists, key=lambda said: (not said[0].own, order_of(said[0]))):
        day = _day_of(said, drafts, hood.thresholds.local_offset)
        draft = drafts.setdefault(day, _bulletin(said[0].speaker, day, hood))
        draft.add_all(said, Link(0.9, ("a list of the day",)), item=True)
    return list(drafts.values()), rest


def pass_on(mentions: Iterable[Mention], bulletins: Sequence[Draft]) -> list[Mention]:
    """Single items told again in the party's name, without a place, join its list. Returns the other mentions."""
    known = _items(bulletins)
    rest: list[Mention] = []
    for mention in mentions:
        left = [statement for statement in mention.statements if not _joined(statement, mention, known)]
        if left:
            rest.append(Mention(tuple(left), mention.place, mention.window))
    return rest


def _by_speaker(statements: Iterable[Statement]) -> Iterable[list[Statement]]:
    said: dict[tuple[Version, str], list[Statement]] = defaultdict(list)
    for statement in sorted(statements, key=order_of):
        said[version_of(statement.post), statement.speaker.key].append(statement)
    return said.values()


def _is_list(said: Sequence[Statement]) -> bool:
    speaker = said[0].speaker
    if not speaker.party:
        return False
    losses = [s.figure for s in said if s.figure.side != speaker.side and s.figure.measure in LOSSES]
    scopes: dict[tuple[str, str], set[Scope]] = defaultdict(set)
    for figure in losses:
        scopes[figure.measure, figure.object].add(figure.scope)
    pairs = [kind for kind, found in scopes.items() if len(found) == len(Scope)]
    return len(pairs) >= PAIRS or (len(losses) >= ITEMS and len(scopes) >= KINDS)


def _day_of(said: Sequence[Statement], drafts: Mapping[Day, Draft], offset: timedelta) -> Day:
    """The day it was given out; a list passed on has the day of the party's own that says the same."""
    first = said[0]
    day = (first.post.published + offset).date()
    if first.own:
        return first.speaker.key, day
    items = {_item(statement) for statement in said}
    for before in (day, day - timedelta(days=1)):
        own = drafts.get((first.speaker.key, before))
        if own is not None and items & {_item(member.statement) for member in own.members.values()}:
            return first.speaker.key, before
    return first.speaker.key, day


def _item(statement: Statement) -> Item:
    """Whatever it is called: who passes a list on makes killed of its losses."""
    figure = statement.figure
    return figure.object, figure.low, figure.high


def _bulletin(speaker: Speaker, day: Day, hood: Neighbourhood) -> Draft:
    when = day[1]
    start = datetime.combine(when, time(), tzinfo=UTC) - hood.thresholds.local_offset
    return Draft(
        kind=EventKind.BULLETIN,
        title=f"Losses listed by {speaker.name}, {day_name(when)}",
        window=Window(start, start + timedelta(days=1)),
        seed=f"{speaker.key}/{when.isoformat()}",
    )


def _items(bulletins: Sequence[Draft]) -> Mapping[tuple[str, Item], list[tuple[Draft, Statement]]]:
    known: dict[tuple[str, Item], list[tuple[Draft, Statement]]] = defaultdict(list)
    for draft in bulletins:
        for member in draft.members.values():
            known[member.statement.speaker.key, _item(member.statement)].append((draft, member.statement))
    return known


def _joined(
    statement: Statement, mention: Mention, known: Mapping[tuple[str, Item], list[tuple[Draft, Statement]]]
) -> bool:
    if mention.place is not None or not statement.speaker.party:
        return False
    for draft, item in known.get((statement.speaker.key, _item(statement)), []):
        later = statement.post.stated_at - item.post.stated_at
        if timedelta() <= later <= PASSED_ON_WITHIN:
            draft.add_all([statement], Link(0.8, ("an item of the list",)), item=True)
            return True
    return False
