"""An answer of Telegram as the body that is stored: JSON with its own names, so that it can be read again for years.

Left out is what is no evidence: access hashes and file references, which are one account's own, and picture bytes.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from monitor.values import JSON, Fetched

_DROPPED: Final = frozenset({"access_hash", "file_reference", "stripped_thumb", "thumbs", "video_thumbs"})


class Asked(StrEnum):
    """What a body is the answer to. `look`: posts by their ids."""

    PEER = "telegram.peer"
    HISTORY = "telegram.history"
    DIFFERENCE = "telegram.difference"
    LOOK = "telegram.look"


def body_of(answer: Any) -> bytes:
    return json.dumps(_lean(answer.to_dict()), ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def fetched(what: Asked, answer: Any, at: datetime, **note: JSON) -> Fetched:
    return Fetched(f"telegram:{what.rpartition('.')[2]}", 200, {}, body_of(answer), at, {"what": str(what), **note})


def is_ours(each: Fetched) -> bool:
    return str(each.requested.get("what", "")) in set(Asked)


def _lean(given: Any) -> JSON:
    if isinstance(given, Mapping):
        kept = {name: _lean(each) for name, each in given.items() if name not in _DROPPED}
        return {name: each for name, each in kept.items() if each is not None and each is not False and each != []}
    if isinstance(given, list | tuple):
        return [_lean(each) for each in given]
    if isinstance(given, datetime):
        return given.isoformat()
    return None if isinstance(given, bytes) else given
