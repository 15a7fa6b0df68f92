"""RSS, RDF and Atom, read by feedparser.

It is given neither an address nor an undecoded body: it would fetch the one and guess the other. Sanitising is left
out, since plain text is all that is kept.
"""

import io
from collections.abc import Iterator
from datetime import UTC, datetime
from time import struct_time
from typing import Any, Final, TypeAlias

import feedparser

from monitor.sources.dates import read_time
from monitor.sources.enclosures import MOST_MEDIA, media_of
from monitor.sources.entries import Entry, Feed
from monitor.sources.errors import UnreadableError
from monitor.sources.feed_repair import (
    head_of,
    without_bad_letters,
    without_excess,
    without_prolog,
    without_torn_entry,
)
from monitor.sources.links import whole_link
from monitor.sources.markup import html_text, plain, plain_lines
from monitor.sources.waits import Pause
from monitor.values import Media, Problem

Raw: TypeAlias = dict[str, Any]  # feedparser's own kind of dict, which warns and guesses when asked in its own way

_HEADERS: Final = {"content-type": "application/xml; charset=utf-8"}
_MARKED_UP: Final = frozenset({"text/html", "application/xhtml+xml"})
_FULL_TEXTS: Final = ("yandex_full-text", "turbo_content")


def read_xml(given: str, url: str) -> Feed:
    """Raises UnreadableError where this is no feed."""
    text, torn = without_torn_entry(without_prolog(given))
    text, excess = without_excess(text)
    parsed = _parsed(without_bad_letters(text))
    if not parsed["version"] and not parsed["entries"]:
        raise UnreadableError(f"not a feed: it begins with {given.strip()[:40]!r}")
    entries = [_entry(raw, url) for raw in parsed["entries"]]
    problems = [problem for problem in (torn, excess, *_empty(entries)) if problem is not None]
    return Feed(
        title=plain(_marked(parsed["feed"], "title")),
        entries=tuple(entry for entry in entries if entry.says_something),
        problems=tuple(problems),
        whole=torn is None,
        pause=Pause.told_in(head_of(text)),
    )


def _empty(entries: list[Entry]) -> Iterator[Problem]:
    for number, entry in enumerate(entries, start=1):
        if not entry.says_something:
            yield Problem(f"entry {number}", "nothing in it could be read")


def _parsed(text: str) -> Any:
    """Without an address, by which feedparser would make ids of what only looks like relative links."""
    stream = io.BytesIO(text.encode("utf-8", "replace"))
    try:
        found = feedparser.parse(stream, response_headers=_HEADERS, sanitize_html=False, resolve_relative_uris=False)
    except Exception as error:  # on hostile input feedparser raises whatever its parts raise
        raise UnreadableError(f"not a feed: {type(error).__name__} while reading it: {str(error)[:200]}") from error
    return {"version": found.get("version"), "entries": found["entries"], "feed": found["feed"]}


def _entry(raw: Raw, url: str) -> Entry:
    published, updated = _time(raw, "published") or _time(raw, "created"), _time(raw, "updated")
    return Entry(
        guid=_string(raw, "id") or None,
        link=_link(raw, url),
        title=plain(_marked(raw, "title")),
        pieces=tuple(_pieces(raw)),
        published=published or updated,
        updated=updated,
        author=plain(_string(_dict(raw, "author_detail"), "name") or _string(raw, "author")) or None,
        media=tuple(_media(raw))[:MOST_MEDIA],
    )


def _link(raw: Raw, url: str) -> str | None:
    """A guid stands in for a missing link in feedparser's eyes; only one that is an address does in ours."""
    given = _string(raw, "feedburner_origlink") or _string(raw, "link")
    is_guid = given == _string(raw, "id") and not given.lower().startswith(("http:", "https:"))
    return None if is_guid else whole_link(given, url)


def _pieces(raw: Raw) -> Iterator[str]:
    yield _marked(raw, "summary")
    for content in _list(raw, "content"):
        yield _text(_string(content, "value"), _string(content, "type"))
    for name in _FULL_TEXTS:
        yield _text(_string(raw, name), "")


def _marked(raw: Raw, name: str) -> str:
    return _text(_string(raw, name), _string(_dict(raw, f"{name}_detail"), "type"))


def _text(value: str, kind: str) -> str:
    """Without a kind, it is feedparser's copy of something else, or an element it does not know: markup or not."""
    return html_text(value) if kind in _MARKED_UP or not kind else plain_lines(value)


def _media(raw: Raw) -> Iterator[Media]:
    for link in _list(raw, "links"):
        if _string(link, "rel") == "enclosure":
            yield media_of(_string(link, "href"), _string(link, "type"), _string(link, "length"))


def _time(raw: Raw, name: str) -> datetime | None:
    """As written, since feedparser takes unknown zones for UTC; else as feedparser reads it."""
    written, read = _string(raw, name), dict.get(raw, f"{name}_parsed")
    told = read_time(written)
    if told is not None or not isinstance(read, struct_time):
        return told
    try:
        return datetime(*read[:6], tzinfo=UTC)
    except ValueError:
        return None


def _string(raw: Raw, name: str) -> str:
    value = dict.get(raw, name)
    return value.strip() if isinstance(value, str) else ""


def _dict(raw: Raw, name: str) -> Raw:
    value = dict.get(raw, name)
    return value if isinstance(value, dict) else {}


def _list(raw: Raw, name: str) -> list[Raw]:
    value = dict.get(raw, name)
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []
