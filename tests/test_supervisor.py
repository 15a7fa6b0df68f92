"""Children that are kept alive, and stopped; logs that do not grow for ever."""

import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from monitor.embedded import ServerError
from monitor.servers import Urls
from monitor.supervised import Child
from monitor.supervisor import Running, trim_logs

SLEEPS = "import time; time.sleep(60)"
STUBBORN = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(flush=True); time.sleep(60)"


def starting(script: str):
    return lambda: subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE)


def ended(child: Child) -> None:
    assert child.process is not None
    with child.process:
        child.process.wait(10)


def test_a_child_that_ends_is_started_again_after_a_growing_pause() -> None:
    child, pauses = Child("short", starting("raise SystemExit(3)")), []
    now = 100.0
    for _ in range(4):
        child.keep_alive(now)
        ended(child)
        child.keep_alive(now)
        assert child.process is None
        pauses.append(child.start_at - now)
        now = child.start_at
    assert pauses == [1, 2, 4, 8]


def test_a_child_that_ran_for_long_is_started_again_soon() -> None:
    child = Child("steady", starting("pass"), failures=9)
    child.keep_alive(100)
    ended(child)
    child.keep_alive(1000)
    assert (child.failures, child.start_at) == (1, 1001)


def test_a_server_that_does_not_start_is_tried_again() -> None:
    def fails() -> subprocess.Popen[bytes]:
        raise ServerError("no room")

    child = Child("postgresql", fails)
    child.keep_alive(100)
    assert (child.process, child.start_at) == (None, 101)


def test_a_child_stops_when_it_is_asked_to() -> None:
    child = Child("sleeps", starting(SLEEPS))
    child.keep_alive(time.monotonic())
    child.ask_to_stop()
    child.wait()
    ended(child)
    assert child.process is not None
    assert child.process.returncode == -signal.SIGTERM


def test_a_child_that_does_not_listen_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("monitor.supervised.STOP_GRACE_S", 0.3)
    child = Child("stubborn", starting(STUBBORN))
    child.keep_alive(time.monotonic())
    assert child.process is not None
    assert child.process.stdout is not None
    child.process.stdout.readline()
    child.ask_to_stop()
    child.wait()
    ended(child)
    assert child.process.returncode == -signal.SIGKILL


def test_a_full_log_is_put_aside_and_its_writer_goes_on(tmp_path: Path) -> None:
    with (tmp_path / "web.log").open("ab", buffering=0) as log:
        log.write(b"x" * 100)
        trim_logs(tmp_path, limit=99)
        log.write(b"next\n")
    assert (tmp_path / "web.log").read_bytes() == b"next\n"
    assert (tmp_path / "web.log.1").stat().st_size == 100
    trim_logs(tmp_path, limit=99)
    assert (tmp_path / "web.log").read_bytes() == b"next\n"


def test_waiting_ends_when_it_is_done_takes_too_long_or_all_is_stopped(tmp_path: Path) -> None:
    stopping = threading.Event()
    running = Running(Urls("postgresql://x"), "http://127.0.0.1:1/", tmp_path, stopping)
    assert running.wait_until(lambda: True, at_most_s=5)
    assert not running.wait_until(running.web_answers, at_most_s=0.1)
    stopping.set()
    assert not running.wait_until(lambda: True, at_most_s=5)
