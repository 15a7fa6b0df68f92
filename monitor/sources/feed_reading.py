"""Which kind of feed a text is, and what it holds."""

from monitor.sources.discovery import feeds_named, is_page
from monitor.sources.entries import Feed
from monitor.sources.errors import UnreadableError
from monitor.sources.feed_json import read_json
from monitor.sources.feed_xml import read_xml


def read_feed(text: str, url: str) -> Feed:
    """Raises UnreadableError where this is no feed; the reason names the feed that a page has instead."""
    beginning = text.lstrip("\ufeff \t\r\n")
    if not beginning:
        raise UnreadableError("an empty answer instead of a feed")
    if beginning[0] in "{[":
        return read_json(beginning, url)
    if is_page(beginning):
        named = feeds_named(beginning, url)
        raise UnreadableError(
            f"a web page instead of a feed; {f'its feed is {named[0]}' if named else 'it names none'}"
        )
    return read_xml(beginning, url)
