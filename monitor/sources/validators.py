"""Asking for a document only if it changed since it last came whole."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Self

from monitor.values import JSON, Fetched

ASK_AGAIN: Final = timedelta(days=1)  # some servers answer 'not modified' for ever


@dataclass(frozen=True, slots=True)
class Validators:
    """Byte for byte as they came with the body, `at` that time."""

    etag: str | None
    modified: str | None
    at: datetime

    @classmethod
    def told_by(cls, answer: Fetched) -> Self:
        return cls(answer.headers.get("etag"), answer.headers.get("last-modified"), answer.fetched_at)

    @classmethod
    def of(cls, given: Mapping[str, Any]) -> Self:
        return cls(given["etag"], given["modified"], datetime.fromisoformat(given["at"]))

    def json(self) -> dict[str, JSON]:
        return {"etag": self.etag, "modified": self.modified, "at": self.at.isoformat()}

    def headers(self, now: datetime) -> dict[str, str]:
        if now - self.at >= ASK_AGAIN:
            return {}
        given = {"if-none-match": self.etag, "if-modified-since": self.modified}
        return {name: value for name, value in given.items() if value is not None}
