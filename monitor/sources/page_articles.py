"""The articles of one poll: new ones become posts, known ones are looked at again, missing ones are gone in the end."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from http import HTTPStatus
from typing import Final
from urllib.parse import urlsplit

from models.enums import Health
from monitor.sources.article_text import article_text
from monitor.sources.charset import decode
from monitor.sources.dates import believed
from monitor.sources.entries import SAVED_TWICE, fitting_id
from monitor.sources.errors import UnreadableError
from monitor.sources.links import canonical, host_of
from monitor.sources.page_article import Article, read_article
from monitor.sources.page_cursor import PageState, Recent, Wanted
from monitor.sources.page_visit import BUSY, LOOKED_AT_FOR, Asked
from monitor.values import Fetched, Limits, Problem, RawPost

MOST_TRIES: Final = 3
MOST_TRIES_OF_SITE: Final = 10  # while it is the site that does not answer
_NOT_THERE: Final = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.GONE})


@dataclass(slots=True)
class Articles:
    """What is read of the answers, one after another, and the state as it is then."""

    state: PageState
    address: str
    limits: Limits
    posts: list[RawPost] = field(default_factory=list)
    vanished: list[str] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    returned: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def take(self, answers: Sequence[Fetched]) -> None:
        for answer in answers:
            link = str(answer.requested["link"])
            if answer.requested["what"] == Asked.ARTICLE:
                self._take_new(link, answer)
            elif link in self.state.recent:
                self._take_again(link, answer, self.state.recent[link])
        if answers:
            self._forget_old(answers[-1].fetched_at)

    def _take_new(self, link: str, answer: Fetched) -> None:
        wanted = next((each for each in self.state.wanted if each.url == link), None)
        if wanted is None:
            return
        if self._is_there(answer) is not True:
            self._try_later(wanted, answer)
            return
        self._drop(link)
        article = self._read(link, answer)
        if article is not None:
            self.posts.append(_post(wanted, article, answer))
            self._note(link, Recent(answer.fetched_at, answer.fetched_at))

    def _take_again(self, link: str, answer: Fetched, recent: Recent) -> None:
        there, checked = self._is_there(answer), replace(recent, checked_at=answer.fetched_at)
        if there is False:
            self._take_missing(link, answer.fetched_at, checked)
            return
        self._note(link, checked)
        article = self._read(link, answer) if there else None
        if article is None:
            return
        if recent.missing_since is not None:
            self.returned.append(id_of(link))
        self._note(link, replace(checked, missing_since=None))
        self.posts.append(_post(Wanted(link), article, answer))

    def _is_there(self, answer: Fetched) -> bool | None:
        """None where the answer does not tell. What leads to the front page instead is gone."""
        if answer.status in _NOT_THERE:
            return False
        return not _is_front_page(answer.url, self.address) if answer.status == HTTPStatus.OK else None

    def _read(self, link: str, answer: Fetched) -> Article | None:
        try:
            return read_article(decode(answer.body, answer.headers), answer.url, answer.fetched_at)
        except UnreadableError as error:
            self.problems.append(Problem(link, str(error)))
            return None

    def _take_missing(self, link: str, now: datetime, checked: Recent) -> None:
        """Once is a suspicion; again after a while, it is gone."""
        since = checked.missing_since
        if since is not None and now - since >= self.limits.confirm_deletion_after:
            self.deleted.append(id_of(link))
            self.state = replace(
                self.state, recent={url: each for url, each in self.state.recent.items() if url != link}
            )
            return
        self.vanished.append(id_of(link))
        self._note(link, replace(checked, missing_since=since or now))

    def _try_later(self, wanted: Wanted, answer: Fetched) -> None:
        """At the end of the line, a few times."""
        self._drop(wanted.url)
        tries = wanted.tries + 1
        site_is_away = answer.status in BUSY or answer.requested.get("health") == Health.UNREACHABLE
        if tries < (MOST_TRIES_OF_SITE if site_is_away else MOST_TRIES):
            self.state = replace(self.state, wanted=(*self.state.wanted, replace(wanted, tries=tries)))
        else:
            self.problems.append(Problem(wanted.url, f"{_reason(answer)}, {tries} times"))

    def _drop(self, link: str) -> None:
        self.state = replace(self.state, wanted=tuple(each for each in self.state.wanted if each.url != link))

    def _note(self, link: str, recent: Recent) -> None:
        self.state = replace(self.state, recent={**self.state.recent, link: recent})

    def _forget_old(self, now: datetime) -> None:
        kept = {
            url: each
            for url, each in self.state.recent.items()
            if now - each.seen_at < LOOKED_AT_FOR or each.missing_since is not None
        }
        self.state = replace(self.state, recent=kept)


def _post(wanted: Wanted, article: Article, answer: Fetched) -> RawPost:
    told = article.published or wanted.published
    edited = told is not None and article.modified is not None and article.modified > told + SAVED_TWICE
    return RawPost(
        external_id=id_of(wanted.url),
        published=believed(told, answer.fetched_at, fresh=wanted.fresh),
        text=article_text(article.title, [article.text]),
        url=wanted.url,
        edited=edited,
        edited_at=believed(article.modified, answer.fetched_at, fresh=False) if edited else None,
        author=article.author,
    )


def id_of(url: str) -> str:
    return fitting_id(canonical(url))


def _is_front_page(url: str, address: str) -> bool:
    """Where an article's address leads to the front page, the article is gone."""
    told, front = urlsplit(url), urlsplit(address)
    at_root = told.path in ("", "/") and not told.query
    return at_root or (host_of(url), told.path, told.query) == (host_of(address), front.path, front.query)


def _reason(answer: Fetched) -> str:
    told = answer.requested.get("error")
    return str(told or ("led to the front page" if answer.status == HTTPStatus.OK else f"answered {answer.status}"))
