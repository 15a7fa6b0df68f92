"""Files that hang on an entry: only what they are is kept."""

from typing import Final
from urllib.parse import unquote, urlsplit

from models.enums import MediaType
from monitor.values import Media

_TYPES: Final = {"image": MediaType.PHOTO, "video": MediaType.VIDEO, "audio": MediaType.AUDIO}
_LONGEST_NAME: Final = 200
MOST_MEDIA: Final = 20  # of one entry


def media_of(url: str, mime: str, size: str) -> Media:
    kind = _TYPES.get(mime.partition("/")[0].strip().lower(), MediaType.DOCUMENT)
    length = int(size) if size.isascii() and size.isdigit() and len(size) < 16 else 0
    return Media(kind, _name(url), length or None)


def _name(url: str) -> str | None:
    try:
        path = urlsplit(url).path
    except ValueError:
        return None
    return unquote(path.rpartition("/")[2], errors="replace")[:_LONGEST_NAME] or None
