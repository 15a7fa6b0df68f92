"""What hangs on a message: its type, name, size and Telegram's own id of the file. Nothing is fetched.

Type, name and size are what a preview page shows of it, so that both ways of reading see the same content.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from models.enums import MediaType
from monitor.sources.telegram.texts import words_of
from monitor.values import JSON, Media, MediaFile

Given = Mapping[str, Any]

_PLAIN: Final = {
    "MessageMediaGeo": MediaType.LOCATION,
    "MessageMediaGeoLive": MediaType.LOCATION,
    "MessageMediaVenue": MediaType.LOCATION,
    "MessageMediaContact": MediaType.CONTACT,
    "MessageMediaUnsupported": MediaType.UNSUPPORTED,
}
_STEPS: Final = ("B", "KB", "MB", "GB", "TB")


def media_of(message: Given) -> Iterator[Media]:
    given = message.get("media") or {}
    kind = given.get("_")
    if kind == "MessageMediaPhoto":
        yield Media(MediaType.PHOTO, file=_photo(given.get("photo") or {}))
    elif kind == "MessageMediaDocument":
        yield _document(given.get("document") or {})
    elif kind == "MessageMediaPoll":
        yield Media(MediaType.POLL, words_of((given.get("poll") or {}).get("question")) or None)
    elif kind == "MessageMediaVenue":
        yield Media(MediaType.LOCATION, str(given.get("title") or "") or None)
    elif kind in _PLAIN:
        yield Media(_PLAIN[kind])
    elif kind not in (None, "MessageMediaWebPage", "MessageMediaEmpty"):
        yield Media(MediaType.UNSUPPORTED, str(kind)[:60])


def poll_of(message: Given) -> dict[str, JSON]:
    """Without the votes: they move by themselves."""
    given = message.get("media") or {}
    if given.get("_") != "MessageMediaPoll":
        return {}
    poll = given.get("poll") or {}
    options = [words_of(each.get("text")) for each in poll.get("answers", ())]
    kind = "Quiz" if poll.get("quiz") else "Poll"
    return {
        "question": words_of(poll.get("question")),
        "options": options,
        "type": kind if poll.get("public_voters") else f"Anonymous {kind}",
    }


def link_preview_of(message: Given) -> dict[str, JSON]:
    given = message.get("media") or {}
    page = (given.get("webpage") or {}) if given.get("_") == "MessageMediaWebPage" else {}
    if page.get("_") != "WebPage":
        return {}
    parts = {name: str(page.get(name) or "") for name in ("site_name", "title", "description")}
    return {"url": str(page.get("url") or "")[:2000], **{name: words for name, words in parts.items() if words}}


def shown_size(size: int) -> int:
    """As the preview page shows it: of 48,211 bytes it says 47.1 KB, and nobody can tell more from it."""
    shown, step = float(size), 0
    while shown >= 1024 and step < len(_STEPS) - 1:
        shown, step = shown / 1024, step + 1
    return round(round(shown, 1) * float(1024**step))


def _photo(given: Given) -> MediaFile | None:
    sizes: Sequence[Given] = given.get("sizes", ())
    bytes_ = [each.get("size") or max(each.get("sizes", ()), default=0) for each in sizes]
    return _file(given, size=max(bytes_, default=0) or None, mime="image/jpeg", name=None)


def _file(given: Given, *, size: int | None, mime: str | None, name: str | None) -> MediaFile | None:
    return MediaFile(str(given["id"]), size, mime, name) if "id" in given else None


def _document(given: Given) -> Media:
    attributes: Mapping[str, Given] = {str(each.get("_")): each for each in given.get("attributes", ())}
    name = (attributes.get("DocumentAttributeFilename") or {}).get("file_name")
    size, kind = given.get("size"), _kind(attributes)
    file = _file(given, size=size, mime=given.get("mime_type"), name=name)
    if kind is MediaType.DOCUMENT:
        return Media(kind, name, None if size is None else shown_size(size), file)
    if kind is MediaType.AUDIO:
        return Media(kind, _song(attributes["DocumentAttributeAudio"]) or name, file=file)
    return Media(kind, file=file)


def _kind(attributes: Mapping[str, Given]) -> MediaType:
    video, audio = attributes.get("DocumentAttributeVideo"), attributes.get("DocumentAttributeAudio")
    if "DocumentAttributeSticker" in attributes:
        return MediaType.STICKER
    if "DocumentAttributeAnimated" in attributes:
        return MediaType.ANIMATION
    if video is not None:
        return MediaType.ROUND_VIDEO if video.get("round_message") else MediaType.VIDEO
    if audio is not None:
        return MediaType.VOICE if audio.get("voice") else MediaType.AUDIO
    return MediaType.DOCUMENT


def _song(given: Given) -> str:
    return " – ".join(str(given[name]) for name in ("performer", "title") if given.get(name))
