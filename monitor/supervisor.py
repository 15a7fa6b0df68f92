"""`counterclaim up`: servers, schedule, workers and web as children of one process, kept alive, stopped in order."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from types import FrameType
from typing import Final
from urllib.parse import urlsplit

import structlog

from config.settings import Settings
from monitor.account_children import AccountChildren
from monitor.children import spawn
from monitor.embedded import Server, free_port, start_postgres, start_valkey
from monitor.servers import DATABASE, UP, Urls, database_on, hold, publish, withdraw
from monitor.supervised import Child, Start

log = structlog.get_logger()

WORKERS: Final = "workers.app"
ACCOUNTS: Final = "workers.telegram"
LOG_LIMIT_BYTES = 20_000_000
SUPERVISE_EVERY_S = 0.5
WAIT_STEP_S = 0.2


@dataclass(frozen=True, slots=True)
class Running:
    """What `up` has started, for whoever tells the user."""

    urls: Urls
    web: str
    logs: Path
    stopping: threading.Event

    def wait_until(self, done: Callable[[], bool], *, at_most_s: float) -> bool:
        """False where that takes too long, or `up` is being stopped."""
        ends = time.monotonic() + at_most_s
        while not self.stopping.is_set() and time.monotonic() < ends:
            if done():
                return True
            self.stopping.wait(WAIT_STEP_S)
        return False

    def web_answers(self) -> bool:
        parts = urlsplit(self.web)
        try:
            socket.create_connection((parts.hostname or "", parts.port or 80), 1).close()
        except OSError:
            return False
        return True


def up(settings: Settings, *, prepare: Callable[[Urls], None], tell: Callable[[Running], None]) -> None:
    """Run until SIGINT or SIGTERM. `prepare` readies the store before anything works on it; `tell` speaks to the user,
    in a thread of its own, while all starts."""
    stopping = threading.Event()
    with _signals_set(stopping), hold(settings.data, UP), ExitStack() as stack:
        stack.callback(withdraw, settings.data)
        withdraw(settings.data)
        stages: list[list[Child]] = []  # in the order of starting; stopped in reverse
        stack.callback(_stop_all, stages)
        urls = _servers(settings, stages)
        prepare(urls)
        publish(settings.data, urls)
        web_port = _web_port(settings)
        accounts = AccountChildren(urls.database, lambda name: account_starter(settings, urls, name))
        *before, schedule = _programs(settings, urls, web_port)
        stages += [*before, accounts.stage, schedule]
        running = Running(urls, f"http://{settings.web_host}:{web_port}/", settings.data / "logs", stopping)
        threading.Thread(target=tell, args=(running,), name="tell", daemon=True).start()
        _keep_alive(stages, accounts, stopping, running.logs)


def run_accounts(settings: Settings, urls: Urls) -> None:
    """The accounts' processes alone, until SIGINT or SIGTERM: where the other parts run in containers of their own."""
    stopping, stages = threading.Event(), list[list[Child]]()
    with _signals_set(stopping), ExitStack() as stack:
        stack.callback(_stop_all, stages)
        accounts = AccountChildren(urls.database, lambda name: account_starter(settings, urls, name))
        stages.append(accounts.stage)
        _keep_alive(stages, accounts, stopping, _logs(settings))


def _keep_alive(
    stages: Sequence[Sequence[Child]], accounts: AccountChildren, stopping: threading.Event, logs: Path
) -> None:
    """Here, in the main thread: children are told of the death of the thread that started them."""
    while not stopping.is_set():
        accounts.follow(time.monotonic())
        for child in chain.from_iterable(stages):
            child.keep_alive(time.monotonic())
        trim_logs(logs)
        stopping.wait(SUPERVISE_EVERY_S)


@contextmanager
def _signals_set(stopping: threading.Event) -> Iterator[None]:
    def stop(number: int, _frame: FrameType | None) -> None:
        log.info("stopping", signal=signal.Signals(number).name)
        stopping.set()

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _servers(settings: Settings, stages: list[list[Child]]) -> Urls:
    """Each is a stage from the moment that it runs, so that it is stopped even where the next one does not start."""
    database = None if settings.database_url is None else settings.database_url.get_secret_value()
    redis = None if settings.redis_url is None else settings.redis_url.get_secret_value()
    if database is None:
        postgres = start_postgres(settings.data / "postgres")
        stages.append([_server_child(postgres, lambda port: start_postgres(settings.data / "postgres", port=port))])
        database = database_on(postgres.url, DATABASE)
    if redis is None:
        valkey = start_valkey(settings.data / "valkey")
        stages.append([_server_child(valkey, lambda port: start_valkey(settings.data / "valkey", port=port))])
        redis = valkey.url
    return Urls(database, redis)


def _server_child(server: Server, start_on: Callable[[int], Server]) -> Child:
    """A server that was killed comes back on its old port, so that the others find it again."""
    return Child(
        server.name, lambda: start_on(server.port).process, server.stop_signal, server.process, time.monotonic()
    )


def _programs(settings: Settings, urls: Urls, web_port: int) -> list[list[Child]]:
    env, folder = _environment(settings, urls), _logs(settings)
    return [
        [Child(name, _starter(name, arguments, folder, env)) for name, arguments in stage.items()]
        for stage in commands(settings, web_port)
    ]


def account_starter(settings: Settings, urls: Urls, name: str) -> Start:
    env = _environment(settings, urls) | {"MALLOC_ARENA_MAX": "2"}  # a few threads that mostly wait
    return _starter(f"telegram.{name}", _python(ACCOUNTS, name), _logs(settings), env)


def _environment(settings: Settings, urls: Urls) -> dict[str, str]:
    return {
        **os.environ, "DATABASE_URL": urls.database, "REDIS_URL": urls.redis or "", "PYTHONUNBUFFERED": "1",
        "COUNTERCLAIM_DATA": str(settings.data.resolve()), "REMAP_SIGTERM": "SIGQUIT",
    }  # fmt: skip


def _logs(settings: Settings) -> Path:
    folder = settings.data / "logs"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def commands(settings: Settings, web_port: int) -> list[dict[str, list[str]]]:
    """In the order of starting, by name; the schedule comes last, and is stopped before those that work for it."""
    cores = settings.process_workers or os.cpu_count() or 2
    web = _python(
        "uvicorn", "monitor.web.app:create_app", "--factory", "--host", settings.web_host, "--port", str(web_port),
        "--no-server-header", "--no-access-log",
    )  # fmt: skip
    workers = {
        "join": _worker("join", "join", "prefork", 1),
        "process": _worker("process", "process", "prefork", cores),
        "fetch": _worker("fetch", "tick,fetch", "threads", settings.fetch_threads),
        "telegram": _worker("telegram", "telegram", "threads", 1),
    }
    beat = _python("celery", "-A", WORKERS, "beat", "--pidfile=", "--loglevel=WARNING")
    return [{"web": web}, workers, {"beat": beat}]


def _worker(name: str, queues: str, pool: str, concurrency: int) -> list[str]:
    return _python(
        "celery", "-A", WORKERS, "worker", "-n", f"{name}@%h", "-Q", queues, "-P", pool, "-c", str(concurrency),
        "--without-gossip", "--without-mingle", "--loglevel=WARNING",
    )  # fmt: skip


def _python(module: str, *arguments: str) -> list[str]:
    return [sys.executable, "-m", module, *arguments]


def _starter(name: str, arguments: Sequence[str], folder: Path, env: dict[str, str]) -> Start:
    """Killed with a killed parent, not asked to stop: the broker goes with it, and a worker waits for that for ever."""

    def start() -> subprocess.Popen[bytes]:
        return spawn(arguments, folder / f"{name}.log", env, on_parent_death=signal.SIGKILL, folder=Path.cwd())

    return start


def trim_logs(folder: Path, limit: int = LOG_LIMIT_BYTES) -> None:
    """Children append through a handle that they keep: a full log is copied aside and emptied in place."""
    for path in folder.glob("*.log"):
        if path.stat().st_size > limit:
            shutil.copyfile(path, path.with_suffix(".log.1"))
            os.truncate(path, 0)


def _stop_all(stages: Sequence[Sequence[Child]]) -> None:
    for stage in reversed(stages):
        for child in stage:
            child.ask_to_stop()
        for child in stage:
            child.wait()


def _web_port(settings: Settings) -> int:
    """The port of the settings, or a free one where another program has it."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.web_host, settings.web_port))
        except OSError:
            port = free_port()
            log.warning("web_port_taken", wanted=settings.web_port, used=port)
            return port
        return int(probe.getsockname()[1])
