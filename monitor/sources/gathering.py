"""What the requests of one poll bring together: answers, what went wrong, where the address has moved to."""

from collections.abc import Callable
from dataclasses import dataclass, field

from monitor.sources.errors import SourceError
from monitor.sources.http import Answer, Client
from monitor.values import JSON, Fetched, Haul


@dataclass(slots=True)
class Gathering:
    client: Client
    fetched: list[Fetched] = field(default_factory=list)
    moved_to: str | None = None

    def haul(self, visit: Callable[[], None]) -> Haul:
        """What the visit kept before it ended, well or by a SourceError."""
        before, trouble = self.client.requests, None
        try:
            visit()
        except SourceError as error:
            trouble = error.trouble
        return Haul(tuple(self.fetched), trouble, self.moved_to, self.client.requests - before)

    def keep(self, answer: Answer, what: str, **note: JSON) -> None:
        requested = {"what": str(what), **note}
        self.fetched.append(Fetched(answer.url, answer.status, answer.headers, answer.body, answer.at, requested))

    def keep_error(self, url: str, error: SourceError, what: str, **note: JSON) -> None:
        """No answer is an answer, too, with the status 0: parsing counts it."""
        requested = {"what": str(what), "error": str(error), "health": str(error.health), **note}
        self.fetched.append(Fetched(url, 0, {}, b"", self.client.now(), requested))
