"""The embedded servers: started from nothing, killed, started again."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest
import redis

from monitor.embedded import ServerError, start_postgres, start_valkey

# A parent that starts both servers, says where they are, and waits to be killed.
PARENT = """
import sys, time
from pathlib import Path
from monitor.embedded import start_postgres, start_valkey
folder = Path(sys.argv[1])
servers = [start_postgres(folder / "pg", test=True), start_valkey(folder / "valkey")]
print(*(server.process.pid for server in servers), flush=True)
time.sleep(60)
"""


def alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def wait_until_gone(pids: list[int]) -> None:
    deadline = time.monotonic() + 15
    while any(map(alive, pids)):
        assert time.monotonic() < deadline, f"still alive: {[pid for pid in pids if alive(pid)]}"
        time.sleep(0.05)


def folded(url: str) -> str:
    with psycopg.connect(url) as connection:
        row = connection.execute("select lower(%s)", ("ЇЖАК ПРИВЕТ",)).fetchone()
    assert row is not None
    return str(row[0])


def test_a_new_cluster_folds_cyrillic_and_speaks_utc(tmp_path: Path) -> None:
    server = start_postgres(tmp_path, test=True)
    try:
        assert folded(server.url) == "їжак привет"
        with psycopg.connect(server.url) as connection:
            assert connection.execute("show timezone").fetchone() == ("UTC",)
    finally:
        server.stop()


def test_rows_survive_a_killed_server_and_it_comes_back_on_its_port(tmp_path: Path) -> None:
    first = start_postgres(tmp_path)
    with psycopg.connect(first.url) as connection:
        connection.execute("create table kept as select 42 as answer")
    first.process.kill()
    first.process.wait()
    again = start_postgres(tmp_path, port=first.port)
    try:
        with psycopg.connect(first.url) as connection:
            assert connection.execute("select answer from kept").fetchone() == (42,)
    finally:
        again.stop()


def test_a_queue_survives_a_stopped_valkey(tmp_path: Path) -> None:
    first = start_valkey(tmp_path)
    with redis.Redis.from_url(first.url) as client:
        client.rpush("queue", "task")
    first.stop()
    again = start_valkey(tmp_path)
    try:
        with redis.Redis.from_url(again.url) as client:
            assert client.lrange("queue", 0, -1) == [b"task"]
    finally:
        again.stop()


def test_postgresql_asks_for_the_password(tmp_path: Path) -> None:
    server = start_postgres(tmp_path, test=True)
    password = (tmp_path / "password").read_text()
    try:
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            psycopg.connect(server.url.replace(password, "guess"))
    finally:
        server.stop()


def test_valkey_asks_for_the_password(tmp_path: Path) -> None:
    server = start_valkey(tmp_path)
    password = (tmp_path / "password").read_text()
    try:
        with (
            redis.Redis.from_url(server.url.replace(password, "guess")) as client,
            pytest.raises(redis.AuthenticationError),
        ):
            client.ping()
    finally:
        server.stop()


def test_passwords_are_for_the_owner_alone(tmp_path: Path) -> None:
    start_valkey(tmp_path).stop()
    assert (tmp_path / "password").stat().st_mode & 0o077 == 0
    assert (tmp_path / "valkey.conf").stat().st_mode & 0o077 == 0


def test_a_first_start_killed_half_way_is_begun_anew(tmp_path: Path) -> None:
    (tmp_path / "data" / "base").mkdir(parents=True)
    (tmp_path / "data" / "postgresql.conf").write_text("half written")
    server = start_postgres(tmp_path, test=True)
    server.stop()
    assert (tmp_path / "data" / "PG_VERSION").exists()


def test_a_server_that_cannot_start_says_why(tmp_path: Path) -> None:
    server = start_postgres(tmp_path, test=True)
    server.stop()
    (tmp_path / "data" / "postgresql.conf").write_text("no_such_setting = 1\n")
    with pytest.raises(ServerError, match="no_such_setting"):
        start_postgres(tmp_path, test=True)


@pytest.mark.skipif(sys.platform != "linux", reason="parent death signals are Linux's")
def test_servers_die_with_a_killed_parent(tmp_path: Path) -> None:
    parent = subprocess.Popen([sys.executable, "-c", PARENT, tmp_path], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    with parent.stdout:
        pids = [int(word) for word in parent.stdout.readline().split()]
    assert len(pids) == 2
    os.kill(parent.pid, signal.SIGKILL)
    parent.wait()
    wait_until_gone(pids)
