"""Things in the air: one event a defender and night or day, whoever counts them and over whichever region.

What is counted over 24 hours is neither a night's nor a day's count, and no correction of one.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import TypeAlias

from models.enums import UNKNOWN_SIDE, EventKind, Measure, Object, Scope
from monitor.events.drafts import Draft
from monitor.events.values import Link, Mention, Neighbourhood
from monitor.events.windows import Window, day_name
from monitor.measures import COUNTED_BY_DEFENDER, IN_THE_AIR, measure_of
from monitor.statements import Member, Statement
from monitor.values import Figure

# A night is the one before its day's morning.
NIGHT_BEGINS, NIGHT_ENDS = 18, 9  # local hours; attacks of the evening and of the early morning are one
MORNING_REPORTS_END = 15  # until then a report without a time tells of the night before
WHOLE_DAY = timedelta(hours=20)

# Nobody counts rockets and shells by the night: they belong to the strike on their place.
BY_THE_NIGHT = IN_THE_AIR - {Object.ROCKET, Object.SHELL}


class Stretch(StrEnum):
    """What of a day; `ROUND_THE_CLOCK` is the 24 hours that end on it."""

    NIGHT = "night"
    DAY = "day"
    ROUND_THE_CLOCK = "24h"


Attack: TypeAlias = tuple[date, Stretch]
Counted: TypeAlias = tuple[str, str, float | None, float | None]


@dataclass(frozen=True, slots=True)
class _Sighting:
    """What a mention says of one defender's sky. `windows`: the ones that may be meant, the likeliest first."""

    mention: Mention
    statements: tuple[Statement, ...]
    defender: str
    windows: tuple[Attack, ...]
    told: bool

    @property
    def counted(self) -> frozenset[Counted]:
        figures = [statement.figure for statement in self.statements]
        return frozenset((measure_of(each), each.object, each.low, each.high) for each in figures)


def attacks_of(mentions: Iterable[Mention], hood: Neighbourhood) -> tuple[list[Draft], list[Mention]]:
    """The attacks, and what is left of the mentions."""
    sightings: list[_Sighting] = []
    rest: list[Mention] = []
    for mention in mentions:
        found = _sightings(mention, hood)
        sightings += found
        taken = {statement.id for sighting in found for statement in sighting.statements}
        left = tuple(statement for statement in mention.statements if statement.id not in taken)
        if left:
            rest.append(Mention(left, mention.place, mention.window))
    return _drafts(sightings, hood), rest


def defender_of(statement: Statement, opponents: Mapping[str, Sequence[str]]) -> str | None:
    """Whose sky it is, where the figure counts things in the air by the night."""
    figure = statement.figure
    in_the_air = measure_of(figure) in COUNTED_BY_DEFENDER and figure.object in BY_THE_NIGHT
    if not in_the_air or figure.scope is Scope.TOTAL:
        return None
    if figure.side == UNKNOWN_SIDE:
        return statement.speaker.side if statement.speaker.party else None
    attacked = opponents.get(figure.side, ())
    return attacked[0] if len(attacked) == 1 else None


def _sightings(mention: Mention, hood: Neighbourhood) -> list[_Sighting]:
    """What hit a place, told with what it did there, belongs to the strike on that place."""
    by_defender: dict[str, list[Statement]] = defaultdict(list)
    defenders = {statement.id: defender_of(statement, hood.opponents) for statement in mention.statements}
    strike = mention.place is not None and None in defenders.values()
    for statement in mention.statements:
        defender = defenders[statement.id]
        if defender is not None and not (strike and statement.figure.measure is Measure.HIT):
            by_defender[defender].append(statement)
    windows, told = _windows(mention, hood.thresholds.local_offset)
    return [_Sighting(mention, tuple(said), defender, windows, told) for defender, said in by_defender.items()]


def _windows(mention: Mention, offset: timedelta) -> tuple[tuple[Attack, ...], bool]:
    """Which nights or days may be meant, and whether the text tells."""
    published = mention.post.published + offset
    if mention.window is None:
        return _by_hour(published), False
    middle = mention.window.middle(offset)
    if mention.window.length < WHOLE_DAY:
        return (_window_at(middle),), True
    if (mention.window.start + offset).time() != time():
        return (((mention.window.end + offset).date(), Stretch.ROUND_THE_CLOCK),), True
    day = middle.date()
    if day == published.date():
        return _by_hour(published), False
    return ((day, Stretch.NIGHT), (day, Stretch.DAY)), True


def _by_hour(published: datetime) -> tuple[Attack, ...]:
    day = published.date()
    if published.hour < MORNING_REPORTS_END:
        return ((day, Stretch.NIGHT),)
    return ((day, Stretch.DAY), (day, Stretch.NIGHT))


def _window_at(moment: datetime) -> Attack:
    if moment.hour >= NIGHT_BEGINS:
        return moment.date() + timedelta(days=1), Stretch.NIGHT
    return moment.date(), Stretch.NIGHT if moment.hour < NIGHT_ENDS else Stretch.DAY


def _drafts(sightings: Sequence[_Sighting], hood: Neighbourhood) -> list[Draft]:
    """Where the time is open, the same number for the same thing tells which attack is meant."""
    known: dict[tuple[str, Attack], set[Counted]] = defaultdict(set)
    for sighting in sightings:
        if len(sighting.windows) == 1:
            known[sighting.defender, sighting.windows[0]] |= sighting.counted
    drafts: dict[tuple[str, Attack], Draft] = {}
    for sighting in sightings:
        window, link = _placed(sighting, known)
        key = sighting.defender, window
        draft = drafts.setdefault(key, _attack(sighting.defender, window, hood))
        for statement in sighting.statements:
            portion = _portion(statement.figure)
            draft.add(Member(statement, link.score, link.reasons, portion=portion))
    return list(drafts.values())


def _placed(sighting: _Sighting, known: Mapping[tuple[str, Attack], set[Counted]]) -> tuple[Attack, Link]:
    """The window, and how sure it is."""
    first, *_ = sighting.windows
    if len(sighting.windows) == 1:
        return first, Link(0.9, ("time told",)) if sighting.told else Link(0.75, ("time of the report",))
    for window in sighting.windows:
        if not sighting.counted.isdisjoint(known.get((sighting.defender, window), ())):
            return window, Link(0.75, ("same number of the same things",))
    heard = [window for window in sighting.windows if (sighting.defender, window) in known]
    if sighting.told and len(heard) == 1:
        return heard[0], Link(0.65, ("the only attack of that day",))
    return first, Link(0.6, ("time of the report",))


_TITLES = {
    Stretch.NIGHT: "night of",
    Stretch.DAY: "daytime of",
    Stretch.ROUND_THE_CLOCK: "24 hours to",
}


def _attack(defender: str, window: Attack, hood: Neighbourhood) -> Draft:
    day, stretch = window
    name = hood.side_names.get(defender, defender)
    return Draft(
        kind=EventKind.AIR_ATTACK,
        title=f"Air attack on {name}, {_TITLES[stretch]} {day_name(day)}",
        window=_period(window, hood.thresholds.local_offset),
        defender=defender,
        seed=f"{defender}/{day.isoformat()}/{stretch}",
    )


def _period(window: Attack, offset: timedelta) -> Window:
    day, stretch = window
    midnight = datetime.combine(day, time(), tzinfo=UTC) - offset
    if stretch is Stretch.NIGHT:
        return Window(midnight - timedelta(hours=24 - NIGHT_BEGINS), midnight + timedelta(hours=NIGHT_ENDS))
    if stretch is Stretch.ROUND_THE_CLOCK:
        return Window(midnight - timedelta(hours=24 - NIGHT_ENDS), midnight + timedelta(hours=NIGHT_BEGINS))
    return Window(midnight + timedelta(hours=NIGHT_ENDS), midnight + timedelta(hours=NIGHT_BEGINS))


def _portion(figure: Figure) -> str | None:
    """The region counted, and until when. A place that the gazetteer does not know may be several, or the whole.

    A number without a place of its own beside numbers by region is the whole.
    """
    place = figure.place
    if place is None or place.id is None:
        return None
    part = None if figure.part is None else figure.part.quote
    if part is None or part in place.quote or place.quote in part:
        return place.name
    return f"{place.name}, {part.casefold()}"
