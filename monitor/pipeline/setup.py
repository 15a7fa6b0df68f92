"""What every stage needs: the database, the settings, the collectors by kind, the clock."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

from sqlalchemy.orm import Session, sessionmaker

from config.settings import Settings
from models.enums import SourceKind
from monitor.errors import BadInputError
from monitor.sources import COLLECTORS
from monitor.sources.collector import Collector, CollectorTable
from monitor.sources.http import Client, HttpLimits
from monitor.values import Figure, Limits, ReadingContext

LEASE_SHARE: Final = 0.8  # a poll must end, and be stored, before its lease does


def clock() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Reader:
    """What an older version has read is read again."""

    version: int
    read: Callable[[str, ReadingContext], Sequence[Figure]]


def reader() -> Reader:
    """Imported when first asked for: most commands read nothing, and the lexicons take their time."""
    from monitor.figures import READER_VERSION, read_figures

    return Reader(READER_VERSION, read_figures)


@dataclass(frozen=True, slots=True)
class Setup:
    sessions: sessionmaker[Session]
    settings: Settings
    collectors: CollectorTable = field(default_factory=lambda: COLLECTORS)
    now: Callable[[], datetime] = clock
    reader: Callable[[], Reader] = reader

    def collector(self, kind: str) -> Collector:
        """Raises BadInputError for a kind that nothing collects."""
        return collector_of(self.settings, self.collectors, kind)

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        with self.sessions.begin() as session:
            yield session

    def client(self) -> Client:
        return Client(http_limits(self.settings), self.now)


def collector_of(settings: Settings, collectors: CollectorTable, kind: str) -> Collector:
    try:
        return collectors[SourceKind(kind)](limits(settings))
    except KeyError as error:
        raise BadInputError(f"nothing collects sources of the kind {kind}") from error


def limits(settings: Settings) -> Limits:
    return Limits(
        preview_base=settings.preview_base,
        first_posts=settings.first_poll_posts,
        first_age=settings.first_poll_age,
        confirm_deletion_after=settings.confirm_deletion_after,
        mass_deletion_after=settings.mass_deletion_after,
        difference_every=settings.difference_every,
        recheck_every=settings.recheck_every,
    )


def http_limits(settings: Settings) -> HttpLimits:
    return HttpLimits(
        user_agent=settings.user_agent,
        allow=settings.allow_networks,
        connect_timeout=settings.connect_timeout,
        read_timeout=settings.read_timeout,
        fetch_timeout=settings.fetch_timeout,
        poll_timeout=settings.lease * LEASE_SHARE,
        max_body_bytes=settings.max_body_bytes,
        max_redirects=settings.max_redirects,
        pace=settings.host_pace,
    )
