"""Processes come and go with the accounts."""

import subprocess
import sys
from datetime import UTC, datetime

from sqlalchemy.orm import Session, sessionmaker

from config.settings import load_settings
from monitor.account_children import AccountChildren
from monitor.pipeline.accounts import add_account, end_account, remove_account

NOW = datetime(2023, 1, 2, tzinfo=UTC)
SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]


def started(name: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(SLEEP)


def names(children: AccountChildren) -> list[str]:
    return [child.name for child in children.stage]


def test_an_account_that_is_added_gets_a_process_and_one_that_goes_loses_it(
    sessions: sessionmaker[Session], database_url: str
) -> None:
    children, settings = AccountChildren(database_url, lambda name: lambda: started(name)), load_settings()
    children.follow(0)
    assert names(children) == []
    with sessions.begin() as session:
        for name in ("one", "two", "three"):
            add_account(session, name, "sealed", NOW)
    children.follow(1)
    assert names(children) == []  # it looks every two seconds
    children.follow(3)
    assert names(children) == ["telegram.one", "telegram.two", "telegram.three"]
    for child in children.stage:
        child.keep_alive(3)
    processes = [child.process for child in children.stage]
    with sessions.begin() as session:
        remove_account(session, "one", NOW, settings)
        end_account(session, "two", "banned", NOW, settings)
    children.follow(6)
    assert names(children) == ["telegram.three"]
    assert [process.wait(10) if process else None for process in processes[:2]] == [-15, -15]
    assert processes[2] is not None
    assert processes[2].poll() is None
    processes[2].kill()
    processes[2].wait()


def test_a_store_that_does_not_answer_changes_nothing(sessions: sessionmaker[Session], database_url: str) -> None:
    children = AccountChildren(database_url, lambda name: lambda: started(name))
    with sessions.begin() as session:
        add_account(session, "one", "sealed", NOW)
    children.follow(0)
    children.database = "postgresql://nobody:x@127.0.0.1:1/nothing"
    children.follow(3)
    assert names(children) == ["telegram.one"]
