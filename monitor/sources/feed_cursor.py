"""What is known of a feed between two polls."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any, Self

from monitor.sources.validators import Validators
from monitor.sources.waits import Pause
from monitor.values import Cursor, Fetched


@dataclass(frozen=True, slots=True)
class FeedState:
    """`known`: it was read before. `validators` and `digest` are those of the last whole body of this address."""

    known: bool = False
    address: str = ""
    validators: Validators | None = None
    digest: str | None = None
    pause: Pause = field(default_factory=Pause)

    @classmethod
    def of(cls, cursor: Mapping[str, Any]) -> Self:
        """A cursor that a collector of another kind has left is none."""
        if "pause" not in cursor:
            return cls()
        validators = cursor["validators"]
        return cls(
            known=cursor["known"],
            address=cursor["address"],
            validators=None if validators is None else Validators.of(validators),
            digest=cursor["digest"],
            pause=Pause.of(cursor["pause"]),
        )

    def cursor(self) -> Cursor:
        return {
            "known": self.known,
            "address": self.address,
            "validators": None if self.validators is None else self.validators.json(),
            "digest": self.digest,
            "pause": self.pause.json(),
        }

    def asks(self, address: str, now: datetime) -> dict[str, str]:
        """The headers that ask for the feed only if it changed."""
        return self.validators.headers(now) if self.validators is not None and address == self.address else {}

    def is_of(self, address: str, body: bytes) -> bool:
        return address == self.address and self.digest == sha256(body).hexdigest()


def after_reading(address: str, answer: Fetched, pause: Pause, *, whole: bool) -> FeedState:
    """A feed that broke off is asked for in full again."""
    if not whole:
        return FeedState(known=True, address=address, pause=pause)
    digest = sha256(answer.body).hexdigest()
    return FeedState(known=True, address=address, validators=Validators.told_by(answer), digest=digest, pause=pause)
