"""The processes of a desk with accounts, as they run for one: beat and workers, and one process an account."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

WORKER = [
    "-m", "celery", "-A", "workers.app", "worker", "-Q", "tick,fetch,telegram,process,join", "-P", "threads", "-c", "2",
    "-B", "--without-gossip", "--without-mingle", "--loglevel=WARNING",
]  # fmt: skip
Process = subprocess.Popen[bytes]


def account_command(name: str) -> list[str]:
    return ["-m", "workers.telegram", name]


@contextmanager
def running(env: dict[str, str], *commands: Sequence[str]) -> Iterator[list[Process]]:
    """Asked to end afterwards; whatever has not ended by then is killed, and that is a fault."""
    started = [subprocess.Popen([sys.executable, *command], env=env, start_new_session=True) for command in commands]
    try:
        yield started
    finally:
        for each in started:
            if each.poll() is None:
                each.send_signal(signal.SIGTERM)
        late = [each for each in started if _is_late(each)]
        assert late == []


def wait_until(done: Callable[[], object], within_s: float = 60) -> None:
    ends = time.monotonic() + within_s
    while not done():
        assert time.monotonic() < ends
        time.sleep(0.1)


def _is_late(process: Process) -> bool:
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        return True
    return False
