"""Times as feeds and pages tell them, and how far they are believed."""

import re
from datetime import UTC, datetime, timedelta
from typing import Final

from monitor.sources.states import http_date

EARLIEST: Final = datetime(1995, 1, 1, tzinfo=UTC)  # no blog is older; such a time is a default or a mistake
LOCAL_AS_UTC: Final = timedelta(days=1)  # how far ahead a time may be that was written in the wrong zone
_ZONES: Final = {"MSK": "+0300", "MSD": "+0400", "EET": "+0200", "EEST": "+0300"}  # the mail format knows American ones
_NAMED_ZONE: Final = re.compile(rf"\b({'|'.join(_ZONES)})$")
_SHIFTED: Final = re.compile(r"\b(?:GMT|UTC)\s*([+-])(\d{1,2}):?(\d\d)?$")
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
_NOON: Final = 12
_DOTTED: Final = re.compile(r"(\d\d?)\.(\d\d?)\.(\d{4})(?:[ ,T]+(\d\d?):(\d\d)(?::(\d\d))?)?")


def read_time(given: str) -> datetime | None:
    """ISO, the mail format or day.month.year; UTC where no zone is told, noon where no time is. None for the rest."""
    text = given.strip()[:100]
    told = _dotted(text) if _DOTTED.fullmatch(text) else _iso(text) or http_date(_with_offset(text))
    return None if told is None else _in_utc(told)


def believed(told: datetime | None, seen_at: datetime, *, fresh: bool) -> datetime | None:
    """A time that cannot be is none. What has none, but is `fresh` (not there at the poll before), came just now."""
    if told is None or not EARLIEST <= told <= seen_at + LOCAL_AS_UTC:
        return seen_at if fresh else None
    return min(told, seen_at)


def _iso(text: str) -> datetime | None:
    try:
        told = datetime.fromisoformat(text)
    except ValueError:
        return None
    return told.replace(hour=_NOON) if _DAY.fullmatch(text) else told


def _with_offset(text: str) -> str:
    text = _NAMED_ZONE.sub(lambda found: _ZONES[found[1]], text)
    return _SHIFTED.sub(lambda found: f"{found[1]}{found[2]:>02}{found[3] or '00'}", text)


def _dotted(text: str) -> datetime | None:
    found = _DOTTED.fullmatch(text)
    if found is None:
        return None
    day, month, year, hour, minute, second = (int(part or 0) for part in found.groups())
    hour = _NOON if found[4] is None else hour
    try:
        return datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    except ValueError:
        return None


def _in_utc(told: datetime) -> datetime | None:
    try:
        return told.replace(tzinfo=UTC) if told.tzinfo is None else told.astimezone(UTC)
    except (OverflowError, ValueError):
        return None
