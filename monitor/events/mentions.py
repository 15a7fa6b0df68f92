"""Figures of one version of a post, gathered by the place and the time that they speak of."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from models.enums import Scope
from monitor.events.values import LONGEST_EVENT, Mention, Places, Version, place_key, version_of
from monitor.events.windows import Window
from monitor.statements import PostText, Statement, order_of
from monitor.values import Figure, PlaceQuote


def mentions_of(statements: Iterable[Statement], places: Places) -> list[Mention]:
    """In the order stated."""
    versions: dict[Version, list[Statement]] = defaultdict(list)
    for statement in sorted(statements, key=order_of):
        versions[version_of(statement.post)].append(statement)
    found = [mention for said in versions.values() for mention in _of_version(said, places)]
    return sorted(found, key=lambda mention: mention.order)


def _of_version(said: Sequence[Statement], places: Places) -> list[Mention]:
    gathered: dict[tuple[str | None, Window | None], list[tuple[Statement, PlaceQuote | None]]] = defaultdict(list)
    for statement, place in zip(said, _places_of(said, places), strict=True):
        window = _window_in(statement, said)
        gathered[None if place is None else place_key(place), window].append((statement, place))
    return [
        Mention(tuple(statement for statement, _ in members), members[0][1], window)
        for (_, window), members in gathered.items()
    ]


def _places_of(said: Sequence[Statement], places: Places) -> list[PlaceQuote | None]:
    """A figure without a place has the only one of its text, else the one of the figure before it."""
    own = [_known(statement, places) for statement in said]
    only = the_only_place([place for place in own if place is not None], places)
    found: list[PlaceQuote | None] = []
    for place in own:
        before = found[-1] if found else None
        found.append(place or only or before)
    return found


def _known(statement: Statement, places: Places) -> PlaceQuote | None:
    """What the gazetteer does not know lies in the only place that the text names beside it.

    What has no name of its own ('dormitory 28') lies in the place named last before it.
    """
    place = statement.figure.place
    if place is None or place.id is not None:
        return place
    inside = _last_before(place, statement.post) if place.quote[:1].islower() else None
    return inside or the_only_place(statement.post.places, places) or (place if _is_a_name(place) else None)


def _is_a_name(place: PlaceQuote) -> bool:
    """'The café', 'the base' are written small: which one is meant, other posts tell."""
    return any(letter.isupper() or letter.isdigit() for letter in place.quote)


def _last_before(place: PlaceQuote, post: PostText) -> PlaceQuote | None:
    text = post.text[: max(0, post.text.find(place.quote))]
    named = [(text.rfind(known.quote), known) for known in post.places]
    before = [each for each in named if each[0] >= 0]
    return max(before, key=lambda each: each[0])[1] if before else None


def the_only_place(named: Iterable[PlaceQuote], places: Places) -> PlaceQuote | None:
    """The one place meant where several may be named that lie in each other: 'Makiivka of Donetsk Region'."""
    by_key = {place_key(place): place for place in reversed(list(named))}
    around = {container for key in by_key for container in places.containers(key)}
    inmost = [place for key, place in by_key.items() if key not in around]
    return inmost[0] if len(inmost) == 1 else None


def _window_in(statement: Statement, said: Sequence[Statement]) -> Window | None:
    own = window_of(statement.figure, statement.post.stated_at)
    if own is not None:
        return own
    others = {window_of(other.figure, other.post.stated_at) for other in said} - {None}
    return next(iter(others)) if len(others) == 1 else None


def window_of(figure: Figure, stated_at: datetime) -> Window | None:
    """When it happened, as the text says. 'As of ten o'clock' has no beginning and tells nothing of that."""
    period = figure.as_of
    if period is None or period.start is None or figure.scope is Scope.TOTAL:
        return None
    end = period.end if period.end is not None else max(stated_at, period.start)
    return Window(period.start, end) if end - period.start <= LONGEST_EVENT else None
