"""What every stage needs: the database, the settings, the collectors by kind."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

from sqlalchemy.orm import Session, sessionmaker

from config.settings import Settings
from models.enums import SourceKind
from monitor.sources import COLLECTORS
from monitor.sources.collector import Collector, CollectorTable
from monitor.sources.http import Client
from monitor.values import Limits


def clock() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Setup:
    sessions: sessionmaker[Session]
    settings: Settings
    collectors: CollectorTable = field(default_factory=lambda: COLLECTORS)
    now: Callable[[], datetime] = clock

    def collector(self, kind: str) -> Collector:
        return self.collectors[SourceKind(kind)](limits(self.settings))

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        with self.sessions.begin() as session:
            yield session


def limits(settings: Settings) -> Limits:
    return Limits(
        preview_base=settings.preview_base,
        first_posts=settings.first_poll_posts,
        first_age=settings.first_poll_age,
        confirm_deletion_after=settings.confirm_deletion_after,
    )


def client(settings: Settings) -> Client:
    raise NotImplementedError
