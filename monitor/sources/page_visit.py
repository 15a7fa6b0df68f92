"""The requests of one poll of a blog's pages. What to ask for stands in the cursor; nothing is understood here."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from monitor.sources.errors import SourceError, UnreachableError
from monitor.sources.feed import FeedCollector
from monitor.sources.gathering import Gathering
from monitor.sources.http import Answer, preferring
from monitor.sources.links import origin_of
from monitor.sources.page_cursor import PageState, Recent
from monitor.sources.states import good
from monitor.values import Haul, Limits, Target

BUDGET: Final = timedelta(seconds=75)  # a poll must end well within its lease
LIST_STANDS_FOR: Final = timedelta(minutes=10)  # while there is work left over from it
MOST_FEED_FAILURES: Final = 3
MOST_ERRORS: Final = 2
LARGEST_ARTICLE: Final = 3_000_000
LARGEST_RULES: Final = 500_000
LOOKED_AT_FOR: Final = timedelta(hours=48)
YOUNG: Final = timedelta(hours=6)
BUSY: Final = frozenset({429, 503})


class Asked(StrEnum):
    """What a body is the answer to. `again`: an article that is known."""

    FEED = "feed"
    ROBOTS = "robots"
    LIST = "list"
    SITEMAP = "sitemap"
    ARTICLE = "article"
    AGAIN = "again"


@dataclass(slots=True)
class Visit:
    target: Target
    gathering: Gathering
    limits: Limits
    state: PageState
    now: datetime
    _errors: int = 0

    def haul(self) -> Haul:
        return self.gathering.haul(self._go)

    def _go(self) -> None:
        if self.state.feed is not None and self._read_feed(self.state.feed):
            return
        rules_stand = self.state.rules.stand(self.now)
        if not rules_stand:
            self._ask_rules()
        if self._list_stands():
            self._ask_sitemaps(self.state.roots)
        else:
            self._ask_list()
            self._ask_sitemaps([*self.state.roots, *self.state.maps])
        if rules_stand and self.state.rules.closed is None:
            self._ask_articles()

    def _read_feed(self, address: str) -> bool:
        """Whether the feed was the thing to read; one that fails time and again is given up for the pages."""
        target = replace(self.target, address=address)
        haul = FeedCollector(self.limits).fetch(target, self.state.feed_cursor, self.gathering.client, self.now)
        self.gathering.fetched += haul.fetched
        if haul.trouble is None:
            return True
        error = SourceError.of(haul.trouble)
        self.gathering.keep_error(address, error, Asked.FEED)
        if error.permanent or self.state.feed_failures + 1 >= MOST_FEED_FAILURES:
            return False
        raise error

    def _ask_rules(self) -> None:
        address = f"{origin_of(self.target.address)}/robots.txt"
        try:
            self.gathering.keep(self.gathering.client.get(address, max_bytes=LARGEST_RULES), Asked.ROBOTS)
        except SourceError as error:
            self.gathering.keep_error(address, error, Asked.ROBOTS)

    def _list_stands(self) -> bool:
        if self.state.listed_at is None or not (self.state.wanted or self.state.roots):
            return False
        return self.now - self.state.listed_at < max(LIST_STANDS_FOR, 10 * self.state.rules.delay)

    def _ask_list(self) -> None:
        answer = good(self._get(self.target.address))
        self.gathering.moved_to = answer.moved_to
        self.gathering.keep(answer, Asked.LIST)

    def _ask_sitemaps(self, addresses: Sequence[str]) -> None:
        for address in dict.fromkeys(addresses):
            try:
                self.gathering.keep(self._get(address), Asked.SITEMAP, link=address)
            except SourceError as error:
                self.gathering.keep_error(address, error, Asked.SITEMAP, link=address)

    def _ask_articles(self) -> None:
        due = list(_due(self.state.recent, self.now, self.limits))
        for wanted in self.state.wanted[: self.limits.articles]:
            if self._may_go_on():
                self._ask_article(wanted.url, Asked.ARTICLE)
        for url in due[: self.limits.checks]:
            if self._may_go_on():
                self._ask_article(url, Asked.AGAIN)

    def _ask_article(self, url: str, what: Asked) -> None:
        """An article that cannot be had is noted and the next is asked for; a site that cannot be had ends the poll."""
        try:
            headers, pace = preferring(self.target.lang), self.state.rules.delay
            answer = self.gathering.client.get(url, headers=headers, max_bytes=LARGEST_ARTICLE, pace=pace)
        except SourceError as error:
            self.gathering.keep_error(url, error, what, link=url)
            self._errors += isinstance(error, UnreachableError)
            if self._errors >= MOST_ERRORS:
                raise
            return
        self.gathering.keep(answer, what, link=url)
        if answer.status in BUSY:
            good(answer)

    def _may_go_on(self) -> bool:
        """A pause that is longer than a poll may last is kept between two polls."""
        return self.gathering.client.now() + self.state.rules.delay - self.now < BUDGET or not self.gathering.fetched

    def _get(self, address: str) -> Answer:
        if self.gathering.client.now() - self.now >= BUDGET:
            raise UnreachableError("the site answers too slowly for one poll")
        known = self.state.validators.get(address)
        asked = {} if known is None else known.headers(self.now)
        return self.gathering.client.get(address, headers={**preferring(self.target.lang), **asked})


def _due(recent: Mapping[str, Recent], now: datetime, limits: Limits) -> Iterator[str]:
    """Known articles to be looked at again, the longest unseen first."""
    for url, each in sorted(recent.items(), key=lambda pair: pair[1].checked_at):
        if each.missing_since is not None:
            due = each.missing_since + limits.confirm_deletion_after <= now
        else:
            age = now - each.seen_at
            due = age < LOOKED_AT_FOR and now - each.checked_at >= (YOUNG / 6 if age < YOUNG else YOUNG)
        if due:
            yield url
