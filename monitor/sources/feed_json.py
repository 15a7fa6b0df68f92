"""JSON Feed (jsonfeed.org, versions 1 and 1.1), with a lenient eye on types."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from monitor.sources.dates import read_time
from monitor.sources.enclosures import media_of
from monitor.sources.entries import Entry, Feed
from monitor.sources.errors import UnreadableError
from monitor.sources.feed_repair import MOST_ENTRIES
from monitor.sources.links import whole_link
from monitor.sources.markup import html_text, plain, plain_lines
from monitor.values import Media, Problem

MOST_MEDIA: Final = 20


def read_json(text: str, url: str) -> Feed:
    """Raises UnreadableError where this is no feed."""
    told = _loaded(text)
    if not isinstance(told, Mapping) or not isinstance(told.get("items"), list):
        raise UnreadableError("not a feed: JSON without a list of items")
    items = told["items"][:MOST_ENTRIES]
    read = [_entry(item, url) if isinstance(item, Mapping) else None for item in items]
    return Feed(
        title=plain(_string(told, "title")),
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
    published, updated = read_time(_string(item, "date_published")), read_time(_string(item, "date_modified"))
    return Entry(
        guid=_string(item, "id") or None,
        link=whole_link(_string(item, "url") or _string(item, "external_url"), url),
        title=plain(_string(item, "title")),
        pieces=tuple(_pieces(item)),
        published=published or updated,
        updated=updated,
        author=_author(item),
        media=tuple(_media(item))[:MOST_MEDIA],
    )


def _pieces(item: Mapping[str, Any]) -> Iterator[str]:
    yield plain_lines(_string(item, "summary"))
    marked_up = _string(item, "content_html")
    yield html_text(marked_up) if marked_up else plain_lines(_string(item, "content_text"))


def _author(item: Mapping[str, Any]) -> str | None:
    listed = [each for each in (*_list(item, "authors"), item.get("author")) if isinstance(each, Mapping)]
    names = [plain(_string(each, "name")) for each in listed]
    return ", ".join(dict.fromkeys(name for name in names if name))[:200] or None


def _media(item: Mapping[str, Any]) -> Iterator[Media]:
    for each in _list(item, "attachments"):
        if isinstance(each, Mapping):
            yield media_of(_string(each, "url"), _string(each, "mime_type"), _string(each, "size_in_bytes"))


def _list(item: Mapping[str, Any], name: str) -> list[Any]:
    value = item.get(name)
    return value if isinstance(value, list) else []


def _string(item: Mapping[str, Any], name: str) -> str:
    """Some feeds write their ids and sizes as numbers. Half a pair of surrogates is no letter."""
    value = item.get(name)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value) if abs(value) < 10**18 else ""
    return value.strip().encode("utf-8", "replace").decode("utf-8") if isinstance(value, str) else ""
