"""Blogs without a feed, by their front page: a feed that it names after all, else sitemaps, else its links.

A poll fetches what the cursor says; parsing finds out what is to be fetched next. So one look at a new blog takes a few
polls at once: the page and robots.txt, the sitemaps, then its articles, a few at a time.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from urllib.parse import urlsplit

from models.enums import Health
from monitor.sources.charset import decode
from monitor.sources.feed import FeedCollector, checked_address
from monitor.sources.gathering import Gathering
from monitor.sources.http import Client
from monitor.sources.page_articles import Articles, id_of
from monitor.sources.page_cursor import PageState
from monitor.sources.page_links import page_title
from monitor.sources.page_listing import is_its_feed, with_front_page, with_rules, with_sitemaps, without_feed
from monitor.sources.page_visit import MOST_FEED_FAILURES, Asked, Visit
from monitor.sources.robots import RETRY
from monitor.sources.states import fresh_until
from monitor.values import Batch, Cursor, Fetched, Haul, Limits, RawPost, Target


class PageCollector:
    def __init__(self, limits: Limits) -> None:
        self._limits = limits

    def address(self, given: str) -> str:
        return checked_address(given)

    def host(self, target: Target) -> str:
        return urlsplit(target.address).netloc.lower()

    def fetch(self, target: Target, cursor: Cursor, client: Client, now: datetime) -> Haul:
        return Visit(target, Gathering(client), self._limits, PageState.of(cursor), now).haul()

    def parse(self, target: Target, cursor: Cursor, fetched: Sequence[Fetched]) -> Batch:
        state = PageState.of(cursor)
        feeds = _of(fetched, Asked.FEED)
        if feeds and "error" not in feeds[0].requested:
            return self._through_feed(target, state, feeds)
        if feeds:
            state = _after_feed_failure(state, feeds[0], given_up=len(fetched) > len(feeds))
        for answer in _of(fetched, Asked.ROBOTS):
            state = with_rules(state, answer)
        pages = _of(fetched, Asked.LIST)
        for answer in pages:
            state = with_front_page(state, answer, target.address, self._limits)
        if pages and state.feed is not None:
            return Batch(cursor=state.cursor(), title=_title(pages), more=True)
        state = with_sitemaps(state, _of(fetched, Asked.SITEMAP), target.address, self._limits)
        articles = Articles(state, target.address, self._limits)
        articles.take([*_of(fetched, Asked.ARTICLE), *_of(fetched, Asked.AGAIN)])
        return replace(_batch(articles, fetched), title=_title(pages))

    def _through_feed(self, target: Target, state: PageState, answers: Sequence[Fetched]) -> Batch:
        """Under the ids that the pages would have, so that nothing comes twice if the feed goes."""
        there = replace(target, address=state.feed or target.address)
        batch = FeedCollector(self._limits).parse(there, state.feed_cursor, answers)
        strange = batch.state is not Health.OK or not is_its_feed(state, _urls(batch.posts))
        if strange and not state.feed_cursor:
            return Batch(cursor=without_feed(state, answers[-1].fetched_at).cursor(), more=True)
        if batch.state is Health.BROKEN:
            return replace(batch, cursor=_after_feed_failure(state, answers[-1]).cursor())
        posts = [replace(post, external_id=id_of(post.url)) if post.url else post for post in batch.posts]
        known = replace(state, feed_cursor=batch.cursor, feed_failures=0).knowing(_urls(posts))
        return replace(batch, posts=tuple(posts), cursor=known.cursor())


def _batch(articles: Articles, fetched: Sequence[Fetched]) -> Batch:
    state = articles.state
    health, reason = _health(state)
    left = bool(state.wanted or state.roots) or (state.listed_at is None and state.feed is None)
    return Batch(
        posts=tuple(articles.posts),
        cursor=state.cursor(),
        state=health,
        reason=reason,
        vanished=tuple(articles.vanished),
        deleted=tuple(articles.deleted),
        returned=tuple(articles.returned),
        problems=tuple(articles.problems),
        not_before=_not_before(state, fetched, left=left),
        more=left and state.rules.closed is None,
    )


def _not_before(state: PageState, fetched: Sequence[Fetched], *, left: bool) -> datetime | None:
    """With work left over, the site's own pace counts; else how long its front page stands."""
    if left and fetched:
        return fetched[-1].fetched_at + (state.rules.delay if state.rules.closed is None else RETRY)
    told = (fresh_until(answer.headers, answer.fetched_at) for answer in _of(fetched, Asked.LIST))
    return max((each for each in told if each is not None), default=None)


def _of(fetched: Sequence[Fetched], what: Asked) -> list[Fetched]:
    return [each for each in fetched if each.requested.get("what") == what]


def _title(pages: Sequence[Fetched]) -> str | None:
    return page_title(decode(pages[0].body, pages[0].headers)) or None if pages else None


def _urls(posts: Sequence[RawPost]) -> list[str]:
    return [post.url for post in posts if post.url is not None]


def _after_feed_failure(state: PageState, answer: Fetched, *, given_up: bool = False) -> PageState:
    if given_up or state.feed_failures + 1 >= MOST_FEED_FAILURES:
        return without_feed(state, answer.fetched_at)
    return replace(state, feed_failures=state.feed_failures + 1)


def _health(state: PageState) -> tuple[Health, str | None]:
    if state.fault is not None and not state.wanted:
        return state.fault
    if state.rules.closed is not None:
        return Health.BLOCKED, f"{state.rules.closed}: no articles are fetched"
    return Health.OK, None
