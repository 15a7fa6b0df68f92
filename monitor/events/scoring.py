"""How well a mention fits an incident: place, time, what is counted, the same number, chains of posts, common names.

The weights are set so that place and time together are firm and neither alone is; what is small and common ('two
wounded') needs more beside it than what is rare. What counts as firm is a threshold of the desk.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final, TypeAlias

from models.enums import Measure
from monitor.events.profiles import RARE_FROM, STEM, Incident, Profile
from monitor.events.values import NAMED, Link, Places, place_key
from monitor.values import PlaceQuote

SAME_PLACE: Final = 0.40
AT_IT: Final = 0.36  # near the town, or something in it
SAME_NAME: Final = 0.34
WITHIN: Final = 0.22  # the region around it
NO_PLACE: Final = 0.10
SAME_TIME: Final = 0.30
SINCE: Final = (
    (timedelta(hours=18), 0.25),
    (timedelta(hours=36), 0.20),
    (timedelta(days=3), 0.12),
    (timedelta(days=8), 0.08),
)
NEXT_TO: Final = 0.08
NEXT_TO_WITHIN: Final = timedelta(hours=6)
ANOTHER_TIME: Final = -0.15
EVERYDAY: Final = 0.04
TOLD_FOR: Final = timedelta(days=14)  # a place where something is told of every day is not one event for ever
SAME_MEASURE: Final = 0.10
SAME_NUMBER: Final = 0.05
RARE_NUMBER: Final = 0.15
FORMER_NUMBER: Final = 0.20
GROWN: Final = 0.15
GROWN_FROM: Final = 20
GROWS_TO: Final = 1.5  # a toll that goes on grows by steps; what is much larger is as likely another event
CHAINED: Final = 0.45
SAME_SOURCE: Final = 0.12
OWN_SERIES: Final = 0.20
COMMON_NAMES: Final = 0.08
SURELY_TOLD: Final = 2
OTHER_SIDE: Final = -0.25
OTHER_WORDS: Final = -0.25
WORDS_ENOUGH: Final = 9  # fewer may well be all different
IN_COMMON: Final = 0.1  # of the words of the shorter; two texts of one thing share an eighth and more
FALLEN: Final = -0.20
RECENT: Final = timedelta(days=2)  # how far from a post a day lies that 'today' and 'yesterday' may mean


Part: TypeAlias = tuple[float, str]


@dataclass(frozen=True, slots=True)
class Chain:
    """How a post hangs on another: an answer, a later version, its source's next words."""

    reason: str
    score: float


ANSWER: Final = Chain("answers a post of the event", CHAINED)
SAME_POST: Final = Chain("another piece or version of the post", CHAINED)
NEXT_WORDS: Final = Chain("the source's last event", SAME_SOURCE)
SERIES: Final = Chain("the source's own count, grown", OWN_SERIES)

OF_THE_POST: Final[Part] = (0.20, "time: that of the post")
LONG_AFTER: Final[Part] = (0.04, "time: long after, with nearly its number")


def fit(profile: Profile, incident: Incident, places: Places, chain: Chain | None = None) -> Link | None:
    """None where place or time rule it out."""
    if not incident.may_have_been_by(profile.stated_at):
        return None
    place = _place(profile, incident, places)
    time = _time(profile, incident) or (OF_THE_POST if chain is SAME_POST else None)
    if place is None or time is None:
        return None
    if chain is NEXT_WORDS and not profile.measures & incident.measures:
        return None
    found = [place, time, *_counted(profile, incident, late=time is LONG_AFTER), *_beside(profile, incident)]
    if chain is not None:
        found.append((chain.score, chain.reason))
    if chain not in (ANSWER, SAME_POST):
        found += _fallen(profile, incident)
    if chain in (None, NEXT_WORDS):
        found += _of_other_things(profile, incident)
    score = sum(score for score, _ in found)
    return Link(round(min(1.0, max(0.0, score)), 3), tuple(reason for _, reason in found))


def _place(profile: Profile, incident: Incident, places: Places) -> Part | None:
    one, other = profile.mention.place, incident.place
    if one is None:
        return NO_PLACE, "names no place"
    first, second = place_key(one), place_key(other)
    told = _told(profile, incident)
    if first == second:
        a_days = profile.of_a_day and profile.everyday and not told
        return None if a_days else (SAME_PLACE, f"place: {other.name}")
    outer = next((o for i, o in ((first, second), (second, first)) if o in places.containers(i)), None)
    if outer is None:
        return None
    if outer.startswith(NAMED):
        return SAME_NAME, f"place: a {other.name}"
    if not places.is_area(outer):
        return AT_IT, f"place: {one.name} is at {other.name}"
    if (profile.of_a_day or profile.everyday) and told < SURELY_TOLD:
        return None
    return WITHIN, f"place: {other.name} and {one.name} lie in each other"


def _told(profile: Profile, incident: Incident) -> int:
    """How many of its numbers are the incident's, where all are: a region or a day may have one of them by chance."""
    told = [max(values) in incident.values.get(measure, ()) for measure, values in profile.values.items()]
    return len(told) if all(told) else 0


def _time(profile: Profile, incident: Incident) -> Part | None:
    window = profile.mention.window
    since = _since(profile, incident)
    if window is None:
        return since
    if window.common(incident.window) is not None:
        return SAME_TIME, "time told: the same"
    if window.gap(incident.window) <= NEXT_TO_WITHIN:
        return NEXT_TO, "time told: next to it"
    if since is None or not _later_and_recent(profile, incident):
        return None
    return since[0] + ANOTHER_TIME, "time told: later"


def _later_and_recent(profile: Profile, incident: Incident) -> bool:
    """'Today the toll rose' tells of the toll's day, not of the event's."""
    window = profile.mention.window
    if window is None:
        return False
    return window.start > incident.window.end and profile.stated_at - window.start <= RECENT


def _since(profile: Profile, incident: Incident) -> Part | None:
    after = profile.stated_at - incident.last
    within = next((each for each in SINCE if after <= each[0]), None)
    if within is None or profile.stated_at - incident.window.end > TOLD_FOR:
        return LONG_AFTER if incident.nearly_told(profile) else None
    another_day = profile.everyday and within is not SINCE[0]
    hours = max(0, round(after / timedelta(hours=1)))
    return EVERYDAY if another_day else within[1], f"time: {hours} h after it was last spoken of"


def _counted(profile: Profile, incident: Incident, *, late: bool) -> list[Part]:
    both = profile.measures & incident.measures
    parts: list[Part] = [(SAME_MEASURE, f"counts {', '.join(sorted(both))}")] if both else []
    shared = [measure for measure in profile.values if incident.values.get(measure)]
    same = {value for measure in shared for value in profile.values[measure] & incident.values[measure]}
    if any(value >= RARE_FROM for value in same):
        parts.append((RARE_NUMBER, f"same number: {max(same):g}"))
    elif same:
        parts.append((SAME_NUMBER, f"same number: {max(same):g}"))
    elif not late and any(_grown(profile, incident, measure) for measure in shared):
        parts.append((GROWN, "the toll goes on"))
    former = profile.former & {value for values in incident.values.values() for value in values}
    return [*parts, (FORMER_NUMBER, f"recalls or rejects its {max(former):g}")] if former else parts


def _grown(profile: Profile, incident: Incident, measure: Measure) -> bool:
    """From any of its numbers: what others claim of it may lie far above."""
    now = max(profile.values[measure])
    return any(GROWN_FROM <= before < now <= before * GROWS_TO for before in incident.values[measure])


def _beside(profile: Profile, incident: Incident) -> list[Part]:
    parts: list[Part] = []
    if profile.names & incident.names - _stems(incident.place):
        parts.append((COMMON_NAMES, "names in common"))
    if profile.sides and incident.sides and not profile.sides & incident.sides:
        parts.append((OTHER_SIDE, "counts another side's losses"))
    return parts


def _fallen(profile: Profile, incident: Incident) -> list[Part]:
    """Less than its source gave before, and no correction: of everyday numbers it is another incident's."""
    if profile.everyday and any(incident.said_more(profile, measure) for measure in profile.values):
        return [(FALLEN, "its source has given more before")]
    return []


def _of_other_things(profile: Profile, incident: Incident) -> list[Part]:
    """A fire and a stabbing in one city on one day: two texts of one language that share hardly a word."""
    gist = profile.mention.post.gist
    if gist is None:
        return []
    place = _stems(incident.place)
    words, known = gist.words - place, incident.gists.get(gist.lang, set()) - place
    shorter = min(len(words), len(known))
    if shorter < WORDS_ENOUGH or len(words & known) >= IN_COMMON * shorter:
        return []
    return [(OTHER_WORDS, "tells of other things")]


def _stems(place: PlaceQuote) -> frozenset[str]:
    return frozenset(word[:STEM].casefold() for word in f"{place.name} {place.quote}".split())
