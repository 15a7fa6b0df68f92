"""What parties wrote of an incident without giving a number: they spoke, and were silent on it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Final

from models.enums import EventKind
from monitor.events.drafts import Draft
from monitor.events.values import place_key
from monitor.statements import PostText

SPOKEN_WITHIN: Final = timedelta(days=2)
AHEAD: Final = timedelta(hours=1)


def attach_posts(drafts: Iterable[Draft], posts: Sequence[PostText]) -> None:
    """A post belongs to the newest incident at each place that it names."""
    by_place: dict[str, list[Draft]] = defaultdict(list)
    for draft in drafts:
        if draft.kind is EventKind.INCIDENT and draft.place is not None:
            by_place[place_key(draft.place)].append(draft)
    for post in sorted(posts, key=lambda post: (post.stated_at, post.ref, post.version)):
        for key in sorted({place_key(place) for place in post.places}):
            meant = [draft for draft in by_place.get(key, ()) if _may_mean(post, draft)]
            if meant:
                max(meant, key=lambda draft: (draft.window.start, draft.seed)).posts.append(post)


def _may_mean(post: PostText, draft: Draft) -> bool:
    return draft.window.start - AHEAD <= post.stated_at <= draft.window.end + SPOKEN_WITHIN
