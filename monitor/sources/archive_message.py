"""A message of Telegram Desktop's export as a post."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import Any, Final

from models.enums import MediaType
from monitor.errors import BadInputError
from monitor.posts import is_deep
from monitor.sources.archive_entries import Chat, Entry
from monitor.values import JSON, Media, RawPost

_KINDS: Final = {
    "video_file": MediaType.VIDEO,
    "video_message": MediaType.ROUND_VIDEO,
    "animation": MediaType.ANIMATION,
    "voice_message": MediaType.VOICE,
    "audio_file": MediaType.AUDIO,
    "sticker": MediaType.STICKER,
}
_READ: Final = frozenset(
    {"id", "type", "date", "date_unixtime", "edited", "edited_unixtime", "text", "text_entities", "forwarded_from",
     "reply_to_message_id", "views", "forwards", "author", "file", "file_name", "file_size", "photo", "photo_file_size",
     "media_type"}
)  # fmt: skip
_LEFT_OUT = "(File "  # '(File not included. Change data exporting settings to download.)'


def read_message(chat: Chat, given: Any) -> Entry:
    """Raises BadInputError with what is wrong."""
    if not isinstance(given, Mapping):
        raise BadInputError("is no object")
    if is_deep(given):
        raise BadInputError("is nested too deeply")
    number = given.get("id")
    if type(number) is not int:
        raise BadInputError("has no id")
    return Entry(_post(chat, number, given), chat=chat)


def _post(chat: Chat, number: int, given: Mapping[str, Any]) -> RawPost:
    edited_at = _time(given, "edited")
    text, links = _text(given.get("text", ""))
    return RawPost(
        external_id=_named(chat, number),
        published=_time(given, "date"),
        text=text,
        url=None if chat.channel_id is None else f"https://t.me/c/{chat.channel_id}/{number}",
        edited=edited_at is not None,
        edited_at=edited_at,
        forwarded_from=_words(given, "forwarded_from"),
        reply_to=_reply(chat, given),
        views=_count(given, "views"),
        forwards=_count(given, "forwards"),
        author=_author(chat, given),
        media=tuple(_media(given)),
        service=given.get("type") == "service",
        extra=_extra(given, links),
    )


def _named(chat: Chat, number: int) -> str:
    """In an export of many chats the ids of two may be the same."""
    return str(number) if chat.alone else f"{chat.telegram_id}/{number}"


def _time(given: Mapping[str, Any], key: str) -> datetime | None:
    """Older exports know the local time of the exporting machine alone; it is taken as UTC. Zero means never."""
    seconds, told = given.get(f"{key}_unixtime"), given.get(key)
    try:
        if seconds is not None:
            found = datetime.fromtimestamp(int(seconds), UTC)
        elif isinstance(told, str):
            found = datetime.fromisoformat(told)
            found = found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
        else:
            return None
    except (ValueError, OverflowError, TypeError, OSError) as error:
        raise BadInputError(f"{key}: {str(told if seconds is None else seconds)[:40]!r} is no time") from error
    return found if found.year > 1970 else None


def _text(given: object) -> tuple[str, list[JSON]]:
    """A text, or a list of texts and entities; with where its words lead."""
    pieces, links = [], []
    for piece in given if isinstance(given, list) else [given]:
        entity = piece if isinstance(piece, Mapping) else {}
        words = entity.get("text", "") if entity else piece
        if not isinstance(words, str):
            raise BadInputError("text: holds what is no text")
        pieces.append(words)
        if isinstance(entity.get("href"), str):
            links.append(entity["href"])
    return "".join(pieces).strip(), list(dict.fromkeys(links))


def _reply(chat: Chat, given: Mapping[str, Any]) -> str | None:
    number = given.get("reply_to_message_id")
    elsewhere = given.get("reply_to_peer_id") is not None
    return _named(chat, number) if type(number) is int and not elsewhere else None


def _author(chat: Chat, given: Mapping[str, Any]) -> str | None:
    """A signature; in a group, who wrote it. In a channel `from` is the channel itself."""
    own = chat.kind is not None and chat.kind.endswith("_channel")
    return _words(given, "author") or (None if own else _words(given, "from"))


def _media(given: Mapping[str, Any]) -> Iterator[Media]:
    if "photo" in given:
        yield Media(MediaType.PHOTO, _file(given, "photo"), _count(given, "photo_file_size"))
    if "file" in given or "media_type" in given:
        kind = _KINDS.get(str(given.get("media_type")), MediaType.DOCUMENT)
        yield Media(kind, _words(given, "file_name") or _file(given, "file"), _count(given, "file_size"))
    for key, kind in (("location_information", MediaType.LOCATION), ("contact_information", MediaType.CONTACT)):
        if key in given:
            yield Media(kind)
    if "poll" in given:
        poll = given["poll"]
        yield Media(MediaType.POLL, _words(poll, "question") if isinstance(poll, Mapping) else None)


def _file(given: Mapping[str, Any], key: str) -> str | None:
    """Files that were not exported have an explanation in place of a path."""
    path = _words(given, key)
    return None if path is None or path.startswith(_LEFT_OUT) else PurePosixPath(path).name


def _words(given: Mapping[str, Any], key: str) -> str | None:
    value = given.get(key)
    return value or None if isinstance(value, str) else None


def _count(given: Mapping[str, Any], key: str) -> int | None:
    value = given.get(key)
    return value if type(value) is int and 0 <= value < 2**63 else None


def _extra(given: Mapping[str, Any], links: list[JSON]) -> dict[str, JSON]:
    """What is not read is kept. `text_entities` says the text once more."""
    kept = {key: value for key, value in given.items() if key not in _READ}
    return {**kept, **({"links": links} if links else {})}
