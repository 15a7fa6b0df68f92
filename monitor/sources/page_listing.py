"""What the front page, the sitemaps and robots.txt of a blog mean for what is fetched next."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Final

from models.enums import Health
from monitor.sources.charset import decode
from monitor.sources.discovery import feeds_named, is_page
from monitor.sources.errors import UnreadableError
from monitor.sources.feed_reading import read_feed
from monitor.sources.links import host_of, origin_of, place_of, whole_link
from monitor.sources.page_cursor import MOST_WANTED, PageState, Wanted, digest
from monitor.sources.page_links import Link, article_links
from monitor.sources.page_sitemap import Listed, articles_in, children_in
from monitor.sources.robots import Rules
from monitor.sources.validators import Validators
from monitor.values import Fetched, Limits

REFUSED_FOR: Final = timedelta(days=7)
MOST_ROOTS: Final = 3
FRONT: Final = 10
FEW: Final = 3


def with_rules(state: PageState, answer: Fetched) -> PageState:
    """New rules hold for what is waiting, too. With them come the sitemaps, which are looked for once a day."""
    rules = Rules.told_by(answer)
    if rules.closed is not None:
        return replace(state, rules=rules)
    roots = [link for each in rules.sitemaps if (link := whole_link(each, answer.url)) is not None]
    return replace(
        state,
        rules=rules,
        roots=tuple(dict.fromkeys(roots))[:MOST_ROOTS] or (f"{origin_of(answer.url)}/sitemap.xml",),
        maps=(),
        wanted=tuple(each for each in state.wanted if rules.allow(each.url)),
        recent={url: each for url, each in state.recent.items() if rules.allow(url)},
    )


def with_front_page(state: PageState, answer: Fetched, address: str, limits: Limits) -> PageState:
    """The feed that it names or is, if one is to be had; else its links to articles."""
    now = answer.fetched_at
    state = replace(state, refused={feed: until for feed, until in state.refused.items() if until > now})
    if answer.status == HTTPStatus.NOT_MODIFIED:
        return replace(state, listed_at=now)
    html = decode(answer.body, answer.headers)
    feed, links = _feed_of(html, answer.url, address, state), article_links(html, answer.url)
    state = replace(state, front=tuple(place_of(each.url) for each in links[:FRONT]))
    if feed is not None:
        return replace(state, feed=feed, feed_cursor={}, feed_failures=0, listed_at=now, fault=None)
    first = state.listed_at is None
    found = [Wanted(each.url, each.published, fresh=not first) for each in links]
    state = wanting(state, found[: limits.first_posts] if first else found)
    state = state.knowing([each.url for each in links] if first else _again(links, state))
    fault = _fault(links, state)
    validators = {address: Validators.told_by(answer)} if fault is None else {}
    return replace(state, listed_at=now, fault=fault, validators={**state.validators, **validators})


def with_sitemaps(state: PageState, answers: Sequence[Fetched], address: str, limits: Limits) -> PageState:
    """A root that lists sitemaps is replaced by the best of them; one that lists articles is read at every poll."""
    for answer in answers:
        link = str(answer.requested["link"])
        state = replace(state, roots=tuple(each for each in state.roots if each != link))
        if answer.status != HTTPStatus.OK:
            continue
        children = children_in(answer) if link not in state.maps else []
        listed = articles_in(answer, address, answer.fetched_at - limits.first_age)
        maps = [*state.maps, *children, *([link] if listed else [])]
        validators = {**state.validators, link: Validators.told_by(answer)} if listed else state.validators
        state = replace(state, maps=tuple(dict.fromkeys(maps))[:MOST_ROOTS], validators=validators)
        found = [Wanted(each.url, each.published) for each in listed[: limits.first_posts]]
        state = wanting(state, found).knowing(_again(listed, state))
    return state


def wanting(state: PageState, found: Iterable[Wanted]) -> PageState:
    """What is new, allowed and has room is fetched later; the rest is found again."""
    known, new = set(state.known), list[Wanted]()
    for each in found:
        room = len(state.wanted) + len(new) < MOST_WANTED
        if room and digest(each.url) not in known and _may_be_fetched(each.url, state):
            known.add(digest(each.url))
            new.append(each)
    return replace(state, wanted=(*state.wanted, *new)).knowing(each.url for each in new)


def is_its_feed(state: PageState, links: Iterable[str]) -> bool:
    """A feed that knows none of the articles on the front page is another blog's, or is not kept up any more."""
    return len(state.front) < FEW or not set(state.front).isdisjoint(map(place_of, links))


def without_feed(state: PageState, now: datetime) -> PageState:
    """The pages are read instead, and the feed is left alone for a while."""
    if state.feed is None:
        return state
    refused = {**state.refused, state.feed: now + REFUSED_FOR}
    return replace(state, feed=None, feed_cursor={}, feed_failures=0, refused=refused, listed_at=None)


def _feed_of(html: str, url: str, address: str, state: PageState) -> str | None:
    if not is_page(html) and _is_feed(html, url):
        return address
    named = feeds_named(html, url)
    ours = [each for each in named if host_of(each) == host_of(url)]
    return next((each for each in [*ours, *named] if each not in state.refused), None)


def _is_feed(text: str, url: str) -> bool:
    try:
        return bool(read_feed(text, url).entries)
    except UnreadableError:
        return False


def _fault(links: Sequence[Link], state: PageState) -> tuple[Health, str] | None:
    if not links:
        return Health.BROKEN, "no links to articles found on the page"
    if not any(_may_be_fetched(each.url, state) for each in links):
        return Health.BLOCKED, "robots.txt does not allow to fetch the articles"
    return None


def _may_be_fetched(url: str, state: PageState) -> bool:
    """Until the rules are known, everything may wait."""
    return state.rules.closed is not None or state.rules.allow(url)


def _again(found: Iterable[Link | Listed], state: PageState) -> list[str]:
    """Articles that are known and still pointed to must not be forgotten."""
    known = set(state.known)
    return [each.url for each in found if digest(each.url) in known]
