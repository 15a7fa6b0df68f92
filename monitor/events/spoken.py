"""What parties wrote of an incident without giving a number: they spoke, and were silent on it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from typing import Final

from models.enums import EventKind
from monitor.events.values import place_key
from monitor.statements import Event, PostText

SPOKEN_WITHIN: Final = timedelta(days=2)
AHEAD: Final = timedelta(hours=1)


def with_posts(events: Iterable[Event], posts: Iterable[PostText]) -> list[Event]:
    """A post belongs to the newest incident at each place that it names."""
    known = list(events)
    by_place: dict[str, list[Event]] = defaultdict(list)
    for event in known:
        if event.kind is EventKind.INCIDENT and event.place is not None:
            by_place[place_key(event.place)].append(event)
    spoken: dict[str, list[PostText]] = defaultdict(list)
    for post in sorted(posts, key=lambda post: (post.stated_at, post.ref, post.version)):
        for key in sorted({place_key(place) for place in post.places}):
            meant = [event for event in by_place.get(key, ()) if _may_mean(post, event)]
            if meant:
                spoken[max(meant, key=lambda event: (event.start, event.id)).id].append(post)
    return [replace(event, posts=tuple(spoken[event.id])) if event.id in spoken else event for event in known]


def _may_mean(post: PostText, event: Event) -> bool:
    return event.start - AHEAD <= post.stated_at <= event.end + SPOKEN_WITHIN
