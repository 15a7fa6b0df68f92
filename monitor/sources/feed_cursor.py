"""What is known of a feed between two polls."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, Final, Self

from monitor.sources.waits import Pause
from monitor.values import Cursor, Fetched

ASK_AGAIN: Final = timedelta(days=1)  # some servers answer 'not modified' for ever


@dataclass(frozen=True, slots=True)
class FeedState:
    """`etag` and `modified` are those of `address`, byte for byte; `digest` is of the body that came at `whole_at`."""

    address: str = ""
    etag: str | None = None
    modified: str | None = None
    digest: str | None = None
    whole_at: datetime | None = None
    pause: Pause = field(default_factory=Pause)

    @classmethod
    def of(cls, cursor: Mapping[str, Any]) -> Self:
        if "whole_at" not in cursor:
            return cls()
        return cls(
            cursor["address"],
            cursor["etag"],
            cursor["modified"],
            cursor["digest"],
            datetime.fromisoformat(cursor["whole_at"]),
            Pause.of(cursor["pause"]),
        )

    def cursor(self) -> Cursor:
        if self.whole_at is None:
            return {}
        return {
            "address": self.address,
            "etag": self.etag,
            "modified": self.modified,
            "digest": self.digest,
            "whole_at": self.whole_at.isoformat(),
            "pause": self.pause.json(),
        }

    @property
    def known(self) -> bool:
        return self.whole_at is not None

    def asks(self, address: str, now: datetime) -> dict[str, str]:
        """The headers that ask for the feed only if it changed."""
        if address != self.address or self.whole_at is None or now - self.whole_at >= ASK_AGAIN:
            return {}
        given = {"if-none-match": self.etag, "if-modified-since": self.modified}
        return {name: value for name, value in given.items() if value is not None}

    def is_of(self, address: str, body: bytes) -> bool:
        return address == self.address and self.digest == digest_of(body)

    def after(self, address: str, answer: Fetched, pause: Pause, *, whole: bool) -> Self:
        """A feed that broke off is asked for again in full."""
        headers = answer.headers if whole else {}
        return replace(
            self,
            address=address,
            etag=headers.get("etag"),
            modified=headers.get("last-modified"),
            digest=digest_of(answer.body) if whole else None,
            whole_at=answer.fetched_at,
            pause=pause,
        )


def digest_of(body: bytes) -> str:
    return sha256(body).hexdigest()
