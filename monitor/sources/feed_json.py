"""JSON Feed (jsonfeed.org, versions 1 and 1.1), with a lenient eye on types."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from monitor.sources.dates import read_time
from monitor.sources.enclosures import MOST_MEDIA, media_of
from monitor.sources.entries import Entry, Feed
from monitor.sources.errors import UnreadableError
from monitor.sources.feed_repair import MOST_ENTRIES
from monitor.sources.links import whole_link
from monitor.sources.loose_json import objects_in, people_in, text_in
from monitor.sources.markup import html_text, plain, plain_lines
from monitor.values import Media, Problem


def read_json(text: str, url: str) -> Feed:
    """Raises UnreadableError where this is no feed."""
    told = _loaded(text)
    if not isinstance(told, Mapping) or not isinstance(told.get("items"), list):
        raise UnreadableError("not a feed: JSON without a list of items")
    items = told["items"][:MOST_ENTRIES]
    read = [_entry(item, url) if isinstance(item, Mapping) else None for item in items]
    return Feed(
        title=plain(text_in(told, "title")),
        entries=tuple(entry for entry in read if entry is not None and entry.says_something),
        problems=tuple(_problems(read, len(told["items"]))),
    )


def _loaded(text: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise UnreadableError(f"not a feed: JSON with an error in line {error.lineno}: {error.msg}") from error
    except (ValueError, RecursionError) as error:
        raise UnreadableError(f"not a feed: JSON that cannot be read: {str(error)[:100]}") from error


def _problems(read: Sequence[Entry | None], count: int) -> Iterator[Problem]:
    for number, entry in enumerate(read, start=1):
        if entry is None or not entry.says_something:
            yield Problem(f"item {number}", "nothing in it could be read")
    if count > len(read):
        yield Problem("the end", f"too long a feed: only its first {len(read)} entries are read")


def _entry(item: Mapping[str, Any], url: str) -> Entry:
    published, updated = read_time(text_in(item, "date_published")), read_time(text_in(item, "date_modified"))
    return Entry(
        guid=text_in(item, "id") or None,
        link=whole_link(text_in(item, "url") or text_in(item, "external_url"), url),
        title=plain(text_in(item, "title")),
        pieces=tuple(_pieces(item)),
        published=published or updated,
        updated=updated,
        author=people_in(item, "authors", "author") or None,
        media=tuple(_media(item))[:MOST_MEDIA],
    )


def _pieces(item: Mapping[str, Any]) -> Iterator[str]:
    yield plain_lines(text_in(item, "summary"))
    marked_up = text_in(item, "content_html")
    yield html_text(marked_up) if marked_up else plain_lines(text_in(item, "content_text"))


def _media(item: Mapping[str, Any]) -> Iterator[Media]:
    for each in objects_in(item, "attachments"):
        yield media_of(text_in(each, "url"), text_in(each, "mime_type"), text_in(each, "size_in_bytes"))
