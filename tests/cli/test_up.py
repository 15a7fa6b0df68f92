"""`counterclaim up` as a user runs it: one command on an empty folder."""

import json
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

WITHIN_S = 90


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def env(child_env: dict[str, str]) -> dict[str, str]:
    clean = {name: value for name, value in child_env.items() if name not in ("DATABASE_URL", "REDIS_URL")}
    return clean | {"COUNTERCLAIM_WEB_PORT": str(free_port()), "COUNTERCLAIM_TICK": "1"}


@pytest.fixture
def running(tmp_path: Path, env: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    arguments = [sys.executable, "-m", "monitor.cli", "up", "--data", tmp_path / "desk"]
    with subprocess.Popen(arguments, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        yield process
        process.kill()


def told_until(process: subprocess.Popen[str], sign: str) -> str:
    assert process.stdout is not None
    told: list[str] = []
    for line in process.stdout:
        told.append(line)
        if sign in line:
            return "".join(told)
    raise AssertionError("".join(told))


def children_of(folder: Path) -> list[int]:
    """Processes that name the folder in their arguments or environment."""
    found = []
    for each in Path("/proc").glob("[0-9]*"):
        try:
            if str(folder).encode() in (each / "environ").read_bytes() + (each / "cmdline").read_bytes():
                found.append(int(each.name))
        except OSError:
            continue
    return found


@pytest.mark.timeout(240)
@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_up_starts_from_nothing_shows_the_example_and_stops_in_order(
    running: subprocess.Popen[str], tmp_path: Path, env: dict[str, str]
) -> None:
    began = time.monotonic()
    told = told_until(running, "The same on the web")
    assert time.monotonic() - began < WITHIN_S
    assert "Makiivka" in told
    address = re.search(r"running: (\S+)", told)
    assert address is not None
    with urlopen(address[1], timeout=10) as page:
        assert page.status == 200

    second = subprocess.run(
        [sys.executable, "-m", "monitor.cli", "up", "--data", tmp_path / "desk"],
        env=env, capture_output=True, text=True, timeout=30, check=False,
    )  # fmt: skip
    assert second.returncode == 1
    assert f"is held by process {running.pid} (`counterclaim up`" in second.stderr

    listed = subprocess.run(
        [sys.executable, "-m", "monitor.cli", "sources", "list", "--data", tmp_path / "desk", "--state", "example"],
        env=env, capture_output=True, text=True, timeout=30, check=True,
    )  # fmt: skip
    assert len([json.loads(line) for line in listed.stdout.splitlines()]) > 10

    running.send_signal(signal.SIGINT)
    assert running.wait(30) == 0
    assert children_of(tmp_path / "desk") == []
