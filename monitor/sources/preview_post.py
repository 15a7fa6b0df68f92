"""One block of a preview page as a post. A block is one message, or an album under its first id."""

import re
from base64 import urlsafe_b64decode
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from json import loads
from typing import Final

from selectolax.lexbor import LexborNode

from models.enums import MediaType
from monitor.sources.errors import UnreadableError
from monitor.sources.markup import link_target, node_text, plain
from monitor.values import JSON, Media, RawPost

_POST = re.compile(r"(?P<handle>\w{1,64})/(?P<id>[0-9]{1,18})")
_SINGLE = re.compile(r"/([0-9]{1,18})\?single")
_TELEGRAM = re.compile(
    r"(?:https?:)?//(?:www\.)?(?:t\.me|telegram\.(?:me|dog))/(?:s/)?(?P<handle>\w+)(?:/(?P<id>[0-9]{1,18}))?(?:[/?#].*)?"
)
_PRIVATE: Final = frozenset({"c", "joinchat"})
_COUNT = re.compile(r"(?P<number>[0-9][0-9\s.,]{0,17})(?P<unit>[KMB])?", re.IGNORECASE)
_SIZE = re.compile(r"(?P<number>[0-9]{1,6}(?:[.,][0-9]{1,3})?)\s*(?P<unit>[KMGT]?)B", re.IGNORECASE)
_THOUSANDS: Final = {"": 1, "K": 10**3, "M": 10**6, "B": 10**9}
_BINARY: Final = {"": 1, "K": 2**10, "M": 2**20, "G": 2**30, "T": 2**40}
_MEDIA: Final = {
    "tgme_widget_message_photo_wrap": MediaType.PHOTO,
    "tgme_widget_message_service_photo": MediaType.PHOTO,
    "tgme_widget_message_video_player": MediaType.VIDEO,
    "tgme_widget_message_roundvideo_player": MediaType.ROUND_VIDEO,
    "tgme_widget_message_voice_player": MediaType.VOICE,
    "tgme_widget_message_audio_player": MediaType.AUDIO,
    "tgme_widget_message_document_wrap": MediaType.DOCUMENT,
    "tgme_widget_message_sticker_wrap": MediaType.STICKER,
    "tgme_widget_message_poll": MediaType.POLL,
    "tgme_widget_message_location_wrap": MediaType.LOCATION,
    "tgme_widget_message_venue_wrap": MediaType.LOCATION,
    "tgme_widget_message_contact_wrap": MediaType.CONTACT,
}
_ALL_MEDIA: Final = ", ".join(f".{name}" for name in _MEDIA)
_REPLY: Final = "tgme_widget_message_reply"


@dataclass(frozen=True, slots=True)
class Block:
    """`ids`: all of an album, ascending. Without a `post` it could not be read, for the `reason`."""

    name: str
    ids: tuple[int, ...]
    post: RawPost | None = None
    reason: str | None = None

    @property
    def worded(self) -> bool:
        return self.post is not None and bool(self.post.text) and not self.post.service


def read_block(node: LexborNode) -> Block:
    name = attribute(node, "data-post")
    match = _POST.fullmatch(name)
    if match is None:
        return Block(name[:80], (), reason="a block without an id")
    ids = _ids(node, int(match["id"]))
    try:
        return Block(name, ids, _post(node, match["handle"], ids))
    except UnreadableError as error:
        return Block(name, ids, reason=str(error))


def telegram_id(node: LexborNode) -> int | None:
    """The channel's own id, that does not change with its handle: data-view holds it, negative."""
    coded = attribute(node, "data-view")[:1000]
    try:
        view = loads(urlsafe_b64decode(coded + "=" * (-len(coded) % 4)))
    except (ValueError, RecursionError):  # neither base64 nor UTF-8 nor JSON
        return None
    number = view.get("c") if isinstance(view, dict) else None
    return -number if type(number) is int and -(2**62) < number < 0 else None


def attribute(node: LexborNode | None, name: str) -> str:
    return "" if node is None else node.attributes.get(name) or ""


def read_count(shown: str) -> int | None:
    """18.9M, 1,2K, 11 110 268."""
    match = _COUNT.fullmatch(shown.strip())
    if match is None:
        return None
    number, unit = re.sub(r"\s", "", match["number"]), (match["unit"] or "").upper()
    try:
        return round(float(number.replace(",", ".")) * _THOUSANDS[unit]) if unit else int(re.sub("[.,]", "", number))
    except ValueError:
        return None


def _post(node: LexborNode, handle: str, ids: tuple[int, ...]) -> RawPost:
    number = str(ids[0])
    forwarded_from, forwarded_post, hidden = _forward(node)
    reply_to, elsewhere = _reply(node, handle)
    text = _text_node(node)
    return RawPost(
        external_id=number,
        published=_published(node),
        text="" if text is None else node_text(text),
        url=f"https://t.me/{handle}/{number}",
        edited=_meta(node).startswith("edited"),
        forwarded_from=forwarded_from,
        forwarded_post=forwarded_post,
        reply_to=reply_to,
        group_ids=tuple(str(each) for each in ids) if len(ids) > 1 else (),
        views=read_count(_shown(node, ".tgme_widget_message_views")),
        author=_shown(node, ".tgme_widget_message_from_author") or None,
        media=tuple(_media(node)),
        service="service_message" in _classes(node),
        extra=_extra(node, text, forwarded_title=hidden, reply_elsewhere=elsewhere),
    )


def _ids(node: LexborNode, first: int) -> tuple[int, ...]:
    """The other ids of an album stand in the links of its photos alone."""
    links = node.css(".tgme_widget_message_grouped_wrap a[href]")
    singles = (_SINGLE.search(attribute(link, "href")) for link in links)
    return tuple(sorted({first, *(int(match[1]) for match in singles if match is not None)}))


def _published(node: LexborNode) -> datetime:
    """Of the date link: durations of videos are <time> too."""
    given = attribute(node.css_first(".tgme_widget_message_date time[datetime]"), "datetime")
    try:
        told = datetime.fromisoformat(given)
        return told.replace(tzinfo=UTC) if told.tzinfo is None else told.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise UnreadableError(f"its time {given[:40]!r} is none" if given else "without a time") from error


def _text_node(node: LexborNode) -> LexborNode | None:
    """The outermost: in albums the text stands nested in itself. A quoted reply has the same class."""
    for found in node.css(".tgme_widget_message_text"):
        if "js-message_reply_text" not in _classes(found) and not _is_within(found, _REPLY, node):
            return found
    return None


def _is_within(node: LexborNode, name: str, root: LexborNode) -> bool:
    above = node.parent
    while above is not None and above.mem_id != root.mem_id:
        if name in _classes(above):
            return True
        above = above.parent
    return False


def _meta(node: LexborNode) -> str:
    meta = node.css_first(".tgme_widget_message_meta")
    left_out = {"tgme_widget_message_from_author", "tgme_widget_message_date"}
    return "" if meta is None else plain(node_text(meta, without=left_out)).strip("\xa0 ").lower()


def _forward(node: LexborNode) -> tuple[str | None, str | None, str | None]:
    """Handle and post of the origin, and its printed name; where it is hidden the name stands for the handle."""
    origin = node.css_first(".tgme_widget_message_forwarded_from_name")
    if origin is None:
        hidden = _shown(node, ".tgme_widget_message_forwarded_from")
        return hidden or None, None, None
    title = plain(node_text(origin))
    handle, number = telegram_link(attribute(origin, "href"))
    return (title or None, None, None) if handle is None else (handle, number, title or None)


def telegram_link(href: str) -> tuple[str | None, str | None]:
    """Handle and post id of a link into a public channel."""
    match = _TELEGRAM.fullmatch(link_target(href))
    return (None, None) if match is None or match["handle"].lower() in _PRIVATE else (match["handle"], match["id"])


def _reply(node: LexborNode, handle: str) -> tuple[str | None, str | None]:
    """The id in this channel, or the address of a post that stands elsewhere."""
    href = attribute(node.css_first(f"a.{_REPLY}"), "href")
    where, number = telegram_link(href)
    if where is not None and where.lower() == handle.lower():
        return number, None
    return None, link_target(href)[:500] or None


def _media(node: LexborNode) -> Iterator[Media]:
    found = [each for each in node.css(_ALL_MEDIA) if not _is_within(each, _REPLY, node)]
    yield from (_medium(each) for each in found)
    shown = found or node.css(".media_supported_cont, .tgme_widget_message_text")
    if not shown and node.css_first(".message_media_not_supported") is not None:
        yield Media(MediaType.UNSUPPORTED)


def _medium(node: LexborNode) -> Media:
    """Without addresses: those expire and would make an edit of nothing."""
    kind = next(kind for name, kind in _MEDIA.items() if name in _classes(node))
    if kind is MediaType.VIDEO and node.css_first(".message_video_play, .message_media_not_supported") is None:
        return Media(MediaType.ANIMATION)
    if kind is MediaType.DOCUMENT:
        kind = kind if node.css_first(".audio") is None else MediaType.AUDIO
        title = _shown(node, ".tgme_widget_message_document_title")
        return Media(kind, title or None, _size(_shown(node, ".tgme_widget_message_document_extra")))
    return Media(kind, _shown(node, ".tgme_widget_message_poll_question, .tgme_widget_message_location_title") or None)


def _size(shown: str) -> int | None:
    match = _SIZE.fullmatch(shown)
    return None if match is None else round(float(match["number"].replace(",", ".")) * _BINARY[match["unit"].upper()])


def _extra(node: LexborNode, text: LexborNode | None, **more: JSON) -> dict[str, JSON]:
    found = {"links": _links(text), "poll": _poll(node), "link_preview": _link_preview(node), **more}
    return {name: value for name, value in found.items() if value}


def _links(text: LexborNode | None) -> list[JSON]:
    """Where the words of a text lead; links that are printed in full stand in the text."""
    if text is None:
        return []
    links = [(link_target(attribute(link, "href")), plain(node_text(link))) for link in text.css("a[href]")]
    outer = [href[:2000] for href, words in links if href != words and not href.startswith("?")]
    return list(dict.fromkeys(outer))


def _poll(node: LexborNode) -> dict[str, JSON]:
    """Without the votes: they move by themselves."""
    poll = node.css_first(".tgme_widget_message_poll")
    if poll is None:
        return {}
    options = [plain(node_text(each)) for each in poll.css(".tgme_widget_message_poll_option_text")]
    question = _shown(poll, ".tgme_widget_message_poll_question")
    return {"question": question, "options": options, "type": _shown(poll, ".tgme_widget_message_poll_type")}


def _link_preview(node: LexborNode) -> dict[str, JSON]:
    shown = node.css_first(".tgme_widget_message_link_preview")
    if shown is None:
        return {}
    parts = {name: _shown(shown, f".link_preview_{name}") for name in ("site_name", "title", "description")}
    return {
        "url": link_target(attribute(shown, "href"))[:2000],
        **{name: words for name, words in parts.items() if words},
    }


def _shown(node: LexborNode, selector: str) -> str:
    found = node.css_first(selector)
    return "" if found is None else plain(node_text(found))


def _classes(node: LexborNode) -> list[str]:
    return attribute(node, "class").split()
