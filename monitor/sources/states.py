"""What an answer's status and headers mean for a source: its health, and when it may be asked again."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Final

from models.enums import Health
from monitor.sources.errors import SourceError
from monitor.sources.http import Answer
from monitor.values import Trouble

LONGEST_WAIT: Final = timedelta(days=1)  # a told wait beyond a day would silence a source by one bad header
_MAX_AGE = re.compile(r"(?:^|[,\s])max-age\s*=\s*\"?(\d{1,9})", re.IGNORECASE)
_NO_CACHE = re.compile(r"\bno-(?:cache|store)\b(?!=)", re.IGNORECASE)
_CLOSED = frozenset({401, 402, 403, 407, 418, 429, 451})


def status_trouble(answer: Answer) -> Trouble | None:
    """None where the answer has a body to read, or says that nothing changed."""
    if 200 <= answer.status < 300 or answer.status == HTTPStatus.NOT_MODIFIED:
        return None
    reason = f"answered {answer.status} {_phrase(answer.status)}".rstrip()
    if answer.status == HTTPStatus.GONE:
        return Trouble(Health.GONE, reason, permanent=True)
    if answer.location is not None:
        return Trouble(Health.UNREACHABLE, f"{reason} to elsewhere")
    health = Health.BLOCKED if answer.status in _CLOSED else Health.UNREACHABLE
    return Trouble(health, reason, retry_after(answer.headers, answer.at))


def good(answer: Answer) -> Answer:
    """Raises SourceError where there is nothing to read."""
    trouble = status_trouble(answer)
    if trouble is not None:
        raise SourceError.of(trouble)
    return answer


def retry_after(headers: Mapping[str, str], now: datetime) -> datetime | None:
    """Seconds or a date; never more than a day off."""
    given = headers.get("retry-after", "").strip()
    if given.isascii() and given.isdigit():
        return now + min(timedelta(seconds=int(given[:9])), LONGEST_WAIT)
    told = http_date(given)
    return None if told is None or told <= now else min(told, now + LONGEST_WAIT)


def fresh_until(headers: Mapping[str, str], now: datetime) -> datetime | None:
    """How long the other side calls this answer fresh; asking earlier brings nothing."""
    told = headers.get("cache-control", "")
    found, age = _MAX_AGE.search(told), headers.get("age", "0").strip()
    if found is None or _NO_CACHE.search(told):
        return None
    left = int(found[1]) - (int(age) if age.isascii() and age.isdigit() and len(age) < 10 else 0)
    return now + min(timedelta(seconds=left), LONGEST_WAIT) if left > 0 else None


def http_date(given: str) -> datetime | None:
    try:
        parsed = parsedate_to_datetime(given)
    except (ValueError, OverflowError, TypeError, IndexError):
        return None
    try:
        return parsed.replace(tzinfo=UTC) if parsed.tzinfo is None else parsed.astimezone(UTC)
    except (OverflowError, ValueError):
        return None


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""
