"""Incidents: mentions in the order stated, each to the incident that it fits best, or to one of its own.

Three passes, so that what is less certain finds what is more certain: exact places first, then the regions around
them, then what names no place and hangs on other posts.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from models.enums import Measure, Scope, Stance
from monitor.events.profiles import KNOWN_BY_NUMBER, Incident, Profile, profile_of
from monitor.events.scoring import ANSWER, NEXT_WORDS, SAME_POST, SERIES, Chain, fit
from monitor.events.values import Link, Mention, Places, Version, place_key, version_of
from monitor.statements import PostRef, Thresholds
from monitor.values import PlaceQuote

NEXT_WORDS_WITHIN: Final = timedelta(hours=3)
SERIES_WITHIN: Final = timedelta(days=5)
REMEMBERED: Final = timedelta(days=8)


def incidents_of(
    mentions: Iterable[Mention], origins: Mapping[Version, PostRef], places: Places, thresholds: Thresholds
) -> list[Incident]:
    """`origins`: which post a version passes on; such a version shapes nothing and is joined where that one is."""
    book = _Book(places, thresholds)
    own = [profile_of(mention) for mention in mentions if version_of(mention.post) not in origins]
    around = _around(own, places)
    exact = [each for each in own if each.mention.place and place_key(each.mention.place) not in around]
    wider = [each for each in own if each.mention.place and place_key(each.mention.place) in around]
    for profile in (*exact, *wider):
        book.join(profile)
    for profile in own:
        if profile.mention.place is None:
            book.join(profile)
    return book.incidents


def _around(profiles: Iterable[Profile], places: Places) -> frozenset[str]:
    keys = {place_key(each.mention.place) for each in profiles if each.mention.place is not None}
    return frozenset(container for key in keys for container in places.containers(key))


@dataclass(frozen=True, slots=True)
class _Best:
    incident: Incident
    link: Link


class _Book:
    """All incidents so far, found by place, by a place around theirs, by post, by source and by rare number."""

    def __init__(self, places: Places, thresholds: Thresholds) -> None:
        self.incidents: list[Incident] = []
        self._places, self._thresholds = places, thresholds
        self._at: dict[str, list[Incident]] = defaultdict(list)
        self._inside: dict[str, list[Incident]] = defaultdict(list)
        self._by_post: dict[PostRef, list[Incident]] = defaultdict(list)
        self._by_source: dict[str, list[tuple[datetime, int, Incident]]] = defaultdict(list)
        self._by_number: dict[tuple[Measure, float], list[Incident]] = defaultdict(list)

    def join(self, profile: Profile) -> None:
        if not _speaks_of_one(profile.mention):
            return
        best = self._best(profile)
        score = 0.0 if best is None else best.link.score
        if best is not None and score >= self._thresholds.firm_link:
            self._add(best.incident, profile, best.link)
        elif best is not None and score >= self._thresholds.suggested_link and not self._stands_alone(profile, best):
            best.incident.add(profile, best.link, suggested=True)
        elif profile.mention.place is not None and _tells_of_one(profile.mention):
            self._found(profile, profile.mention.place)

    def _stands_alone(self, profile: Profile, best: _Best) -> bool:
        """What could be an event of its own and resembles this one by chance is one."""
        if profile.mention.place is None or not _tells_of_one(profile.mention):
            return False
        other_side = bool(profile.sides and best.incident.sides) and not profile.sides & best.incident.sides
        window = profile.mention.window
        another_time = window is not None and window.common(best.incident.window) is None
        return profile.everyday or other_side or another_time

    def _found(self, profile: Profile, place: PlaceQuote) -> None:
        incident = Incident.of(len(self.incidents), place, profile)
        self.incidents.append(incident)
        self._at[place_key(place)].append(incident)
        for container in self._places.containers(place_key(place)):
            self._inside[container].append(incident)
        self._add(incident, profile, Link(1.0, ("the first to tell of it",)))

    def _add(self, incident: Incident, profile: Profile, link: Link) -> None:
        incident.add(profile, link)
        post = profile.mention.post
        self._by_post[post.ref].append(incident)
        said = self._by_source[post.ref.source]
        said.insert(bisect_right(said, post.stated_at, key=lambda each: each[0]), (post.stated_at, len(said), incident))
        for measure, values in profile.values.items():
            for value in values:
                if value >= KNOWN_BY_NUMBER:
                    self._by_number[measure, value].append(incident)

    def _best(self, profile: Profile) -> _Best | None:
        found = [
            _Best(incident, link)
            for incident, chain in self._candidates(profile)
            if (link := fit(profile, incident, self._places, chain)) is not None
        ]
        return max(found, key=lambda each: (each.link.score, each.incident.last, -each.incident.number), default=None)

    def _candidates(self, profile: Profile) -> Iterable[tuple[Incident, Chain | None]]:
        chained = self._chained(profile)
        yield from ((incident, chain) for incident, chain in chained.values())
        for incident in self._near(profile):
            if incident.number not in chained:
                yield incident, None

    def _near(self, profile: Profile) -> Iterable[Incident]:
        place = profile.mention.place
        if place is None:
            return self._only_one_with(profile)
        key = place_key(place)
        around = [incident for container in self._places.containers(key) for incident in self._at.get(container, ())]
        return _recent([*self._at.get(key, ()), *self._inside.get(key, ()), *around], profile)

    def _only_one_with(self, profile: Profile) -> Sequence[Incident]:
        """The incident of a number, where there is but one of late."""
        numbers = ((measure, value) for measure, values in profile.values.items() for value in values)
        told = {each.number: each for number in numbers for each in self._by_number.get(number, ())}
        recent = _recent(list(told.values()), profile)
        return recent if len(recent) == 1 else []

    def _chained(self, profile: Profile) -> dict[int, tuple[Incident, Chain]]:
        """Incidents that other posts lead to; the strongest chain counts."""
        post = profile.mention.post
        found: dict[int, tuple[Incident, Chain]] = {}
        if profile.mention.place is None:
            said = self._said_before(post.ref.source, post.stated_at)
            found |= {each.number: (each, SERIES) for _, _, each in said if each.outgrown_by(profile)}
            if said and post.stated_at - said[-1][0] <= NEXT_WORDS_WITHIN:
                found.setdefault(said[-1][2].number, (said[-1][2], NEXT_WORDS))
        if post.reply_to is not None:
            answered = self._by_post.get(PostRef(post.ref.source, post.reply_to), ())
            found |= {incident.number: (incident, ANSWER) for incident in answered}
        return found | {incident.number: (incident, SAME_POST) for incident in self._by_post.get(post.ref, ())}

    def _said_before(self, source: str, moment: datetime) -> Sequence[tuple[datetime, int, Incident]]:
        said = self._by_source.get(source, [])
        first, last = (bisect_right(said, each, key=lambda each: each[0]) for each in (moment - SERIES_WITHIN, moment))
        return said[first:last]


def _recent(incidents: Sequence[Incident], profile: Profile) -> Sequence[Incident]:
    """What was last spoken of long ago can only be meant where the text names its time, or nearly its number."""
    if profile.mention.window is not None:
        return incidents
    since = profile.stated_at - REMEMBERED
    return [each for each in incidents if each.last >= since or each.nearly_told(profile)]


def _speaks_of_one(mention: Mention) -> bool:
    """Totals alone belong to no event."""
    return any(statement.figure.scope is Scope.EVENT for statement in mention.statements)


def _tells_of_one(mention: Mention) -> bool:
    figures = [statement.figure for statement in mention.statements]
    return any(figure.scope is Scope.EVENT and figure.stance is Stance.ASSERTS for figure in figures)
