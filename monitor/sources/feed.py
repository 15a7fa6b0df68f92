"""Blogs by their feed: RSS 0.9 to 2.0, RDF, Atom, JSON Feed. One request a poll, for what changed only."""

from collections.abc import Sequence
from datetime import datetime
from http import HTTPStatus
from typing import Final
from urllib.parse import urlsplit

from config.addresses import web_address
from models.enums import Health
from monitor.errors import BadInputError
from monitor.sources.charset import decode
from monitor.sources.entries import Feed, posts_of
from monitor.sources.errors import UnreadableError
from monitor.sources.feed_cursor import FeedState, after_reading
from monitor.sources.feed_reading import read_feed
from monitor.sources.gathering import Gathering
from monitor.sources.http import Client, preferring
from monitor.sources.states import fresh_until, good
from monitor.sources.waits import Pause
from monitor.values import Batch, Cursor, Fetched, Haul, Limits, Target

ACCEPT: Final = "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, */*;q=0.8"


class FeedCollector:
    def __init__(self, limits: Limits) -> None:
        self._limits = limits

    def address(self, given: str) -> str:
        return checked_address(given)

    def host(self, target: Target) -> str:
        return urlsplit(target.address).netloc.lower()

    def fetch(self, target: Target, cursor: Cursor, client: Client, now: datetime) -> Haul:
        gathering = Gathering(client)

        def visit() -> None:
            asked = FeedState.of(cursor).asks(target.address, now)
            headers = {"accept": ACCEPT, **preferring(target.lang), **asked}
            answer = good(client.get(target.address, headers=headers))
            gathering.keep(answer, "feed")
            gathering.moved_to = answer.moved_to

        return gathering.haul(visit)

    def parse(self, target: Target, cursor: Cursor, fetched: Sequence[Fetched]) -> Batch:
        if not fetched:
            return Batch(cursor=cursor)
        answer, state = fetched[-1], FeedState.of(cursor)
        if answer.status == HTTPStatus.NOT_MODIFIED:
            return Batch(cursor=cursor, not_before=_not_before(answer, state.pause))
        if state.is_of(target.address, answer.body):
            again = after_reading(target.address, answer, state.pause, whole=True)
            return Batch(cursor=again.cursor(), not_before=_not_before(answer, state.pause))
        try:
            feed = read_feed(decode(answer.body, answer.headers), answer.url)
        except UnreadableError as error:
            return Batch(cursor=cursor, state=error.health, reason=str(error))
        return _batch(target, state, answer, feed)


def checked_address(given: str) -> str:
    """Raises BadInputError."""
    try:
        return web_address(given.strip())
    except ValueError as error:
        raise BadInputError(str(error)) from error


def _batch(target: Target, state: FeedState, answer: Fetched, feed: Feed) -> Batch:
    """An empty feed is asked for again in full, so that its state stays what it is until it fills."""
    posts = posts_of(feed, answer.fetched_at, known=state.known)
    health, reason = _state(feed)
    settled = after_reading(target.address, answer, feed.pause, whole=feed.whole and health is Health.OK)
    return Batch(
        posts=tuple(posts),
        cursor=settled.cursor(),
        state=health,
        reason=reason,
        title=feed.title or None,
        problems=feed.problems,
        not_before=_not_before(answer, feed.pause),
    )


def _state(feed: Feed) -> tuple[Health, str | None]:
    if feed.entries:
        return Health.OK, None
    if feed.problems:
        return Health.BROKEN, f"no entry of the feed could be read: {feed.problems[0].reason}"
    return Health.EMPTY, "the feed has no entries"


def _not_before(answer: Fetched, pause: Pause) -> datetime | None:
    told = (fresh_until(answer.headers, answer.fetched_at), pause.until(answer.fetched_at))
    return max((each for each in told if each is not None), default=None)
