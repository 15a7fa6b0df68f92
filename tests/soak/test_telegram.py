"""Many channels on a loopback Telegram, read by accounts, while all that can go wrong does: nothing is lost or double.

SOAK_CHANNELS, SOAK_POSTS, SOAK_SEED.
"""

import logging
import os
import random
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Final

import pytest

from tests.e2e.desk import Desk
from tests.servers.mtproto.calls import Call, busiest, by_account
from tests.servers.mtproto.calls import told as told_calls
from tests.servers.mtproto.script import Mishap
from tests.soak.moved.clock import MOVED_CLOCK, Clock
from tests.telegram.broadcast import RENAMED, Broadcast, broadcast
from tests.telegram.following import desk_of, memory_mb, wait_for

pytestmark = [
    pytest.mark.soak,
    pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc"),
]

log = logging.getLogger(__name__)

CHANNELS: Final = int(os.environ.get("SOAK_CHANNELS", "200"))
POSTS: Final = int(os.environ.get("SOAK_POSTS", "300"))
FRESH: Final = 6  # of them, in each round
ROUND_S: Final = 600.0
ACCOUNTS: Final = ("one", "two", "three", "four")
WINDOW: Final = timedelta(seconds=30)
HISTORY: Final = "messages.getHistory"
RESOLVE: Final = "contacts.resolveUsername"
ON_CONNECTING: Final = frozenset({"help.getConfig", "users.getUsers", "updates.getState", "updates.getDifference"})
BUDGETS: Final = {"history": 150, "other": 150, "resolves": 60}
SETTINGS: Final = {
    "ACCOUNT_HISTORY_CALLS": str(BUDGETS["history"]), "ACCOUNT_OTHER_CALLS": str(BUDGETS["other"]),
    "ACCOUNT_RESOLVES_MINUTE": str(BUDGETS["resolves"]), "ACCOUNT_RESOLVES_DAY": "1000", "ACCOUNT_CALLS_WINDOW": "30",
    "POLL_MIN": "5", "POLL_DEFAULT": "10", "POLL_MAX": "15", "DIFFERENCE_EVERY": "15", "RECHECK_EVERY": "60",
    "ACCOUNT_LEASE": "20", "ACCOUNT_CALL_TIMEOUT": "8", "LEASE": "30",
}  # fmt: skip


@dataclass(slots=True)
class Run:
    cast: Broadcast
    desk: Desk
    clock: Clock
    chance: random.Random
    heaviest_mb: dict[str, float] = field(default_factory=dict)

    def flood(self) -> None:
        for account in ACCOUNTS:
            self.cast.server.script.flood(HISTORY, 2, account=account)

    def long_flood(self) -> None:
        """An hour for one account; once it has been told, the hour passes."""
        self.cast.server.script.flood(HISTORY, 3600, account="two")
        calls = self.cast.server.calls
        self.desk.wait_until(lambda: any(each.answer.startswith("FLOOD_WAIT_3") for each in calls.of(HISTORY, "two")))
        time.sleep(5)
        self.clock.move(timedelta(hours=1, seconds=2))

    def kill_worker(self) -> None:
        self.desk.kill(process_of("one"))

    def end_account(self) -> None:
        self.cast.server.accounts.end("three")

    def rename(self) -> None:
        """The old handle of the first goes to somebody else's."""
        world = self.cast.world
        for number in list(self.cast.channels.values())[:RENAMED]:
            world.rename(number, f"{world.at(number).username}_new")
        impostor = world.channel("loop_ch_000", "An impostor")
        world.post(impostor, "Это уже другой канал, погибли 1000 военных.")

    def mishaps(self) -> None:
        for mishap in (Mishap.LOST, Mishap.DOUBLED, Mishap.LATE, Mishap.DROPPED) * 3:
            self.cast.server.script.answer("*", mishap, delay=timedelta(seconds=self.chance.random()))

    def outage(self) -> None:
        self.cast.server.stop()
        time.sleep(5)
        self.cast.server.start()

    def forget(self) -> None:
        """Telegram does not know any more what changed in some channels: they are looked through."""
        wait_for(self.desk, self.cast, ROUND_S)  # an edit of what nobody has seen is no version
        self.cast.change(edits=1, deletions=0, among=40)
        for number in self.chance.sample(list(self.cast.channels.values()), max(1, CHANNELS // 20)):
            self.cast.world.forget(number)

    def weigh(self) -> None:
        for account in ACCOUNTS:
            if pids := self.desk.running(process_of(account)):
                self.heaviest_mb[account] = max(self.heaviest_mb.get(account, 0), memory_mb(pids))


TROUBLES: Final[Mapping[str, Callable[[Run], None]]] = {
    "a flood of 2 s": Run.flood, "a worker killed": Run.kill_worker, "a flood of an hour": Run.long_flood,
    "channels renamed": Run.rename, "an account banned": Run.end_account, "answers lost and doubled": Run.mishaps,
    "Telegram away": Run.outage, "a log forgotten": Run.forget, "no trouble": Run.weigh,
}  # fmt: skip


def test_what_accounts_store_is_what_was_said_whatever_goes_wrong(tmp_path: Path, child_env: Mapping[str, str]) -> None:
    seed = int(os.environ.get("SOAK_SEED", time.time_ns() % 100_000))
    clock, began = Clock(tmp_path / "clock"), time.monotonic()
    env = {**child_env, MOVED_CLOCK: str(clock.file)}
    log.info("seed %s", seed)
    with broadcast([f"ch_{number:03}" for number in range(CHANNELS)], ACCOUNTS, clock=clock) as cast:
        cast.chance.seed(seed)
        cast.server.limits.timeout = 5
        cast.history(POSTS - FRESH * len(TROUBLES))
        with desk_of(tmp_path, env, cast, program="tests.soak.moved.up", **SETTINGS) as desk:
            run = Run(cast, desk, clock, random.Random(seed))
            wait_for(desk, cast, ROUND_S * 3)
            log.info("all of before read after %.0f s", time.monotonic() - began)
            for name, trouble in TROUBLES.items():
                play_round(run, name, trouble)
        report(run, time.monotonic() - began)
        check_calls(run)


def process_of(account: str) -> str:
    return f"soak.moved.account {account}"


def play_round(run: Run, name: str, trouble: Callable[[Run], None]) -> None:
    began = time.monotonic()
    run.cast.more(FRESH)
    trouble(run)
    wait_for(run.desk, run.cast, ROUND_S)
    run.cast.change(edits=2, deletions=1, among=80)
    run.cast.touch(2)
    wait_for(run.desk, run.cast, ROUND_S)
    run.weigh()
    log.info("%s: all stored after %.0f s", name, time.monotonic() - began)


def report(run: Run, lasted: float) -> None:
    told = run.cast.told()
    versions, gone = sum(len(each.texts) for each in told.values()), sum(each.deleted for each in told.values())
    log.info("%s posts, %s versions, %s deleted, of %s channels in %.0f s", len(told), versions, gone, CHANNELS, lasted)
    log.info("calls: %s", run.cast.server.calls.kinds())
    for line in told_calls(ours(run)):
        log.info("%s", line)
    log.info("heaviest account processes, MB: %s", {name: round(mb) for name, mb in run.heaviest_mb.items()})


def check_calls(run: Run) -> None:
    calls, script = run.cast.server.calls, run.cast.server.script
    resolved = [(each.account, each.arguments["username"].lower()) for each in calls.of(RESOLVE)]
    log.info("resolves: %s, of %s pairs of account and handle", len(resolved), len(set(resolved)))
    assert run.cast.server.errors == []
    assert script.hurried == []
    assert max(by_account(calls.of(HISTORY), in_a_window).values()) <= BUDGETS["history"]
    assert max(by_account(others(run), in_a_window).values()) <= BUDGETS["other"]
    assert max(by_account(calls.of(RESOLVE)).values()) <= BUDGETS["resolves"]
    assert len(resolved) == len(set(resolved))
    assert max(run.heaviest_mb.values()) < 150


def ours(run: Run) -> list[Call]:
    return [each for each in run.cast.server.calls.of() if each.method not in ON_CONNECTING]


def others(run: Run) -> list[Call]:
    return [each for each in ours(run) if each.method not in (HISTORY, RESOLVE)]


def in_a_window(calls: Sequence[Call]) -> int:
    return busiest(calls, WINDOW)
