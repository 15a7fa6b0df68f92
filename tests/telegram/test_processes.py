"""Accounts in processes of their own, with a real broker, a real store and an unmodified client."""

import os
import signal
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
import redis
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from models.enums import AccountState
from models.tables import FigureRow
from tests.servers.mtproto.server import API_HASH, API_ID, TelegramServer
from tests.telegram.desk import KEY, Desk, desk_on
from tests.telegram.processes import WORKER, account_command, running, wait_until


@pytest.fixture
def env(database_url: str, redis_url: str, child_env: dict[str, str]) -> Iterator[dict[str, str]]:
    broker = redis_url.rpartition("/")[0] + "/8"
    yield {
        **child_env, "DATABASE_URL": database_url, "REDIS_URL": broker, "REMAP_SIGTERM": "SIGQUIT",
        "COUNTERCLAIM_TICK": "0.5", "COUNTERCLAIM_SESSION_KEY": KEY, "COUNTERCLAIM_TELEGRAM_API_ID": str(API_ID),
        "COUNTERCLAIM_TELEGRAM_API_HASH": API_HASH, "COUNTERCLAIM_ACCOUNT_LEASE": "6",
        "COUNTERCLAIM_ACCOUNT_CALL_TIMEOUT": "3", "COUNTERCLAIM_ACCOUNT_CALLS_WINDOW": "3",
        "COUNTERCLAIM_PREVIEW_BASE": "http://127.0.0.1:1", "COUNTERCLAIM_POLL_MIN": "1",
        "COUNTERCLAIM_POLL_DEFAULT": "1",
    }  # fmt: skip
    with redis.Redis.from_url(broker) as client:
        client.flushdb()


@pytest.fixture
def desk(sessions: sessionmaker[Session], telegram: TelegramServer) -> Iterator[Desk]:
    with desk_on(sessions, telegram) as desk:
        yield desk


def figures(desk: Desk) -> int:
    with desk.sessions() as session:
        return session.scalar(select(func.count()).select_from(FigureRow)) or 0


def memory_mb(process: int) -> float:
    """Its own, and its part of what it shares."""
    lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def has_figures(desk: Desk, number: int) -> bool:
    return figures(desk) >= number


def test_one_process_has_the_session_and_the_next_waits_for_its_end(env: dict[str, str], desk: Desk) -> None:
    news = desk.server.world.channel("news")
    desk.server.world.post(news, "В Макеевке погибли 63 военных")
    desk.account(online=False)
    desk.follow("news", account=False, interval_s=1)
    with running(env, WORKER, account_command("reader"), account_command("reader")) as (_, *both):
        wait_until(partial(has_figures, desk, 1))
        holder = int((desk.account_row().holder or "").rpartition(":")[2])
        first = next(each for each in both if each.pid == holder)
        assert memory_mb(holder) < 150
        os.killpg(first.pid, signal.SIGKILL)
        first.wait()
        desk.server.world.post(news, "В Макеевке погибли 64 военных")
        wait_until(partial(has_figures, desk, 2))
    account = desk.account_row()
    assert (account.fence, account.state, account.leased_until) == (2, AccountState.ACTIVE, None)
    assert desk.server.calls.count("contacts.resolveUsername") == 1
