"""Which servers a command talks to: those of the settings, those of a running `up`, or its own while it runs."""

import fcntl
import json
import os
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

import psycopg
from pydantic import SecretStr

from config.settings import Settings
from monitor.embedded import start_postgres, start_valkey
from monitor.errors import CounterclaimError

DATABASE = "counterclaim"
UP = "counterclaim up"
PUBLISHED_WITHIN_S = 60.0


class FolderHeldError(CounterclaimError):
    """Another process works in this data folder."""

    permanent = True


@dataclass(frozen=True, slots=True)
class Urls:
    """Both hold passwords."""

    database: str
    redis: str | None = None


@contextmanager
def hold(folder: Path, what: str) -> Iterator[None]:
    """Hold the data folder for this process. The lock goes with the process, however that ends."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (folder / "lock").open("a+", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise FolderHeldError(f"{folder} is held by {_holder(lock)}") from error
        lock.truncate(0)
        json.dump({"pid": os.getpid(), "what": what, "since": datetime.now(UTC).isoformat(timespec="seconds")}, lock)
        lock.flush()
        yield


def _holder(lock: TextIO) -> str:
    lock.seek(0)
    try:
        holder = json.load(lock)
    except json.JSONDecodeError:
        return "a process that has just started"
    return (
        f"process {holder['pid']} (`{holder['what']}`, since {holder['since']}): stop it first, or give another --data"
    )


@contextmanager
def servers(settings: Settings, what: str, *, broker: bool = False) -> Iterator[Urls]:
    """`what` names the command to whoever finds the folder held. `broker` false: PostgreSQL alone is started."""
    if settings.database_url is not None and (settings.redis_url is not None or not broker):
        yield Urls(settings.database_url.get_secret_value(), _plain(settings.redis_url))
        return
    with ExitStack() as stack:
        try:
            stack.enter_context(hold(settings.data, what))
        except FolderHeldError:
            urls = published(settings.data)
            if urls is None:
                raise
        else:
            urls = started(stack, settings, broker=broker)
        yield urls


def started(stack: ExitStack, settings: Settings, *, broker: bool) -> Urls:
    """Start what the settings do not name; the stack stops it."""
    database, redis = _plain(settings.database_url), _plain(settings.redis_url)
    if database is None:
        postgres = start_postgres(settings.data / "postgres")
        stack.callback(postgres.stop)
        database = database_on(postgres.url, DATABASE)
    if redis is None and broker:
        valkey = start_valkey(settings.data / "valkey")
        stack.callback(valkey.stop)
        redis = valkey.url
    return Urls(database, redis)


def database_on(server_url: str, name: str) -> str:
    """The address of the database of this name, made where there is none."""
    with psycopg.connect(server_url, autocommit=True) as connection, suppress(psycopg.errors.DuplicateDatabase):
        connection.execute(psycopg.sql.SQL("CREATE DATABASE {}").format(psycopg.sql.Identifier(name)))
    return f"{server_url.rpartition('/')[0]}/{name}"


def publish(folder: Path, urls: Urls) -> None:
    """Tell other commands on this folder where the servers of the running `up` are."""
    path = folder / "servers.json"
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(asdict(urls), file)


def withdraw(folder: Path) -> None:
    (folder / "servers.json").unlink(missing_ok=True)


def published(folder: Path) -> Urls | None:
    """None where no `up` tells within a minute: it may just be starting, or another command holds the folder."""
    deadline = time.monotonic() + PUBLISHED_WITHIN_S
    while time.monotonic() < deadline:
        with suppress(FileNotFoundError, json.JSONDecodeError):
            return Urls(**json.loads((folder / "servers.json").read_text(encoding="utf-8")))
        if not _up_is_starting(folder):
            return None
        time.sleep(0.2)
    return None


def _up_is_starting(folder: Path) -> bool:
    with suppress(FileNotFoundError, json.JSONDecodeError):
        return bool(json.loads((folder / "lock").read_text(encoding="utf-8"))["what"] == UP)
    return True


def _plain(secret: SecretStr | None) -> str | None:
    return None if secret is None else secret.get_secret_value()
