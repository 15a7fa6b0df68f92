"""A desk whose accounts read a loopback Telegram: in this process, or in workers of their own."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from cryptography.fernet import Fernet
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from config.settings import Settings, load_settings
from models.enums import SourceKind
from models.tables import Account, GapRow, Issue, Post, PostVersion, Source
from monitor.pipeline.accounts import Holding, add_account, renew_lease, take_lease
from monitor.pipeline.collect import Polled, poll
from monitor.pipeline.parse import parse_next
from monitor.pipeline.schedule import know_hosts, lease_due, lease_source
from monitor.pipeline.setup import Setup
from monitor.pipeline.spreading import spread
from monitor.sealing import sealer
from monitor.sources import COLLECTORS
from monitor.sources.telegram.client import Keys, client_of, session_of
from monitor.sources.telegram.collector import TelegramCollector
from tests.factories import make_source
from tests.servers.mtproto.server import API_HASH, API_ID, TelegramServer
from workers.line import AccountLine

KEY = Fernet.generate_key().decode()


def desk_settings(**given: Any) -> Settings:
    return load_settings(
        telegram_api_id=API_ID, telegram_api_hash=API_HASH, session_key=KEY, account_call_timeout=timedelta(seconds=3),
        account_lease=timedelta(seconds=20), **given,
    )  # fmt: skip


@dataclass
class Desk:
    """`pass_time` moves the clock of this process; `poll` is one poll from end to end."""

    sessions: sessionmaker[Session]
    server: TelegramServer
    settings: Settings
    now: datetime = field(default_factory=lambda: datetime.now(UTC))
    lines: dict[str, AccountLine] = field(default_factory=dict)
    ended: list[str] = field(default_factory=list)

    @property
    def setup(self) -> Setup:
        return Setup(self.sessions, self.settings, now=lambda: self.now)

    def pass_time(self, **given: float) -> None:
        """Leases are renewed by the time of the machine: here as if its process had gone on meanwhile."""
        self.now += timedelta(**given)
        for line in self.lines.values():
            with self.sessions.begin() as session:
                renew_lease(session, line.held, self.now, self.settings)

    def account(self, name: str = "reader", *, online: bool = True) -> None:
        with self.sessions.begin() as session:
            add_account(session, name, sealer(self.settings).seal(self.server.session(name)), self.now)
        if online:
            self.lines[name] = self._line(name)

    def follow(self, *handles: str, account: bool = True, **given: Any) -> None:
        with self.sessions.begin() as session:
            for handle in handles:
                make_source(session, handle, kind="telegram", host="t.me", **{"next_poll_at": self.now} | given)
            know_hosts(session, ["t.me"], self.now)
        if account:
            spread(self.setup)

    def poll(self, key: str = "news", account: str | None = None) -> Polled | None:
        """By the account that has it; its bodies are parsed."""
        name = account or self._account_of(key)
        setup = self.setup_of(name)
        with self.sessions.begin() as session:
            lease = lease_source(session, key, self.now, self.settings)
        assert lease is not None, key
        polled = poll(setup, lease.source_id, lease.token)
        while parse_next(setup) is not None:
            pass
        return polled

    def due(self) -> list[str]:
        with self.sessions.begin() as session:
            return [lease.key for lease in lease_due(session, self.now, self.settings)]

    def source(self, key: str = "news") -> Source:
        with self.sessions() as session:
            return session.scalars(select(Source).where(Source.key == key)).one()

    def account_row(self, name: str = "reader") -> Account:
        with self.sessions() as session:
            return session.scalars(select(Account).where(Account.name == name)).one()

    def texts(self, key: str = "news") -> dict[str, str]:
        """The newest text of each post that was not deleted, by its id."""
        with self.sessions() as session:
            rows = session.execute(
                select(Post.external_id, PostVersion.text)
                .join(PostVersion, (PostVersion.post_id == Post.id) & (PostVersion.number == Post.current_version))
                .join(Source, Source.id == Post.source_id)
                .where(Source.key == key, Post.deleted_at.is_(None))
            )
            return {row[0]: row[1] for row in sorted(rows, key=lambda row: int(row[0]))}

    def post(self, number: int | str, key: str = "news") -> Post:
        with self.sessions() as session:
            named = select(Post).join(Source, Source.id == Post.source_id).where(Source.key == key)
            return session.scalars(named.where(Post.external_id == str(number))).one()

    def versions(self, number: int | str, key: str = "news") -> list[str]:
        post = self.post(number, key)
        with self.sessions() as session:
            texts = select(PostVersion.text).where(PostVersion.post_id == post.id).order_by(PostVersion.number)
            return list(session.scalars(texts))

    def issues(self) -> list[str]:
        with self.sessions() as session:
            return list(session.scalars(select(Issue.reason).where(Issue.closed_at.is_(None))))

    def gaps(self) -> list[tuple[str, str, int | None, int | None]]:
        with self.sessions() as session:
            rows = session.scalars(select(GapRow).order_by(GapRow.id))
            return [(row.kind, row.state, row.low, row.high) for row in rows]

    def close(self) -> None:
        for line in self.lines.values():
            line.close()

    def _account_of(self, key: str) -> str | None:
        host = self.source(key).host
        return host.removeprefix("account:") if host.startswith("account:") else None

    def setup_of(self, name: str | None) -> Setup:
        line = None if name is None else self.lines[name]
        collectors = {**COLLECTORS, SourceKind.TELEGRAM: lambda limits: TelegramCollector(limits, line)}
        return Setup(self.sessions, self.settings, collectors, now=lambda: self.now)

    def _line(self, name: str) -> AccountLine:
        with self.sessions.begin() as session:
            held = take_lease(session, name, "test", self.now, self.settings)
        assert isinstance(held, Holding)
        keys, text = Keys.of(self.settings), self.server.session(name)
        return AccountLine(self.setup, held, lambda: client_of(session_of(text), keys), lambda: self.ended.append(name))


@contextmanager
def desk_on(sessions: sessionmaker[Session], server: TelegramServer, **given: Any) -> Iterator[Desk]:
    desk = Desk(sessions, server, desk_settings(**given))
    try:
        yield desk
    finally:
        desk.close()
