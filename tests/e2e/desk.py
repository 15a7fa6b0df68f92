"""A desk as its operator runs it: commands on a data folder, `up` as a process, its children there to be killed."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, TypeAlias, TypeVar
from urllib.request import urlopen

from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from models.enums import ReadState
from models.session import engine_for, sessions_for
from models.tables import AlertHistory, AlertRow, Post, PostVersion, Source
from monitor.children import before_exec
from monitor.embedded import free_port

WITHIN_S: Final = 180.0
STEP_S: Final = 0.2
SIGNS: Final = {
    "fetch": "-n fetch@", "telegram": "-n telegram@", "process": "-n process@", "join": "-n join@",
    "beat": "workers.app beat", "broker": "valkey-server", "database": "postgres -D",
}  # fmt: skip
WORKERS: Final = ("fetch", "telegram", "process", "join")

T = TypeVar("T")
History: TypeAlias = list[tuple[str, list[tuple[str, str]]]]  # what changed, and its figures, by the key of the alert


@dataclass(frozen=True, slots=True)
class Kept:
    """The stored posts by source/id: the text now, how many versions there are; which of them were deleted."""

    texts: Mapping[str, str]
    versions: Mapping[str, int]
    deleted: frozenset[str]


@dataclass(slots=True)
class Desk:
    folder: Path
    around: Mapping[str, str]
    settings: Mapping[str, str]
    program: str = "monitor.cli"  # or another module that ends in it
    port: int = field(default_factory=free_port)
    up: subprocess.Popen[bytes] | None = None

    @property
    def env(self) -> dict[str, str]:
        clean = {name: value for name, value in self.around.items() if name not in ("DATABASE_URL", "REDIS_URL")}
        own = {"COUNTERCLAIM_DATA": str(self.folder), "COUNTERCLAIM_WEB_PORT": str(self.port)}
        return clean | own | {"COUNTERCLAIM_FIRST_START": "empty"} | self.settings

    @property
    def database(self) -> str:
        return str(json.loads((self.folder / "servers.json").read_text())["database"])

    def command(self, *arguments: str | Path, given: str = "") -> str:
        """What it printed; `given` is its standard input."""
        done = subprocess.run(
            [*COUNTERCLAIM, *arguments], env=self.env, input=given, capture_output=True, text=True, timeout=WITHIN_S
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def lines(self, *arguments: str) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.command(*arguments, "--format", "jsonl").splitlines()]

    def page(self, path: str) -> str:
        with urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=30) as page:
            return str(page.read().decode())

    def start(self) -> None:
        """It stops when these tests end, however they end."""
        with (self.folder / "up.log").open("ab") as log:
            with_us = before_exec(as_server_user=False, on_parent_death=signal.SIGINT)
            command = [sys.executable, "-m", self.program, "up"]
            self.up = subprocess.Popen(command, env=self.env, stdout=log, stderr=log, preexec_fn=with_us)
        self.wait_until((self.folder / "servers.json").exists)

    def stop(self) -> int:
        """Its exit status; it must end by itself."""
        assert self.up is not None
        engine_for(self.database).dispose()
        self.up.send_signal(signal.SIGINT)
        try:
            return self.up.wait(60)
        finally:
            self.up.kill()

    def wait_until(self, done: Callable[[], bool], within_s: float = WITHIN_S) -> None:
        ends = time.monotonic() + within_s
        while not done():
            assert self.up is not None
            assert self.up.poll() is None, self.log()
            assert time.monotonic() < ends, self.log()
            time.sleep(STEP_S)

    def log(self) -> str:
        logs = [self.folder / "up.log", *sorted((self.folder / "logs").glob("*.log"))]
        return "\n".join(f"== {path.name}\n{path.read_text(errors='replace')[-1500:]}" for path in logs)

    def running(self, what: str) -> set[int]:
        """Of a name of SIGNS, or with these words in the command."""
        assert self.up is not None
        return {pid for pid in _children(self.up.pid) if SIGNS.get(what, what) in _arguments(pid)}

    def kill(self, *kinds: str) -> None:
        """SIGKILL, a worker with all that it has forked; returns when `up` has started each anew."""
        self.wait_until(lambda: all(self.running(what) for what in kinds))
        before = {what: self.running(what) for what in kinds}
        for what, pids in before.items():
            for pid in pids:
                os.killpg(pid, signal.SIGKILL) if what in WORKERS else os.kill(pid, signal.SIGKILL)
        self.wait_until(lambda: all(self.running(what) - pids for what, pids in before.items()))

    def kept(self) -> Kept | None:
        """None while the database is away, or something still waits to be read or joined."""
        return self._asked(_kept)

    def versions(self) -> int | None:
        return self._asked(lambda session: session.scalar(select(func.count()).select_from(PostVersion)))

    def text(self, ref: str) -> str | None:
        key, _, number = ref.partition("/")
        newest = select(PostVersion.text).join(Post).join(Source).where(Source.key == key, Post.external_id == number)
        return self._asked(lambda session: session.scalar(newest.order_by(PostVersion.number.desc()).limit(1)))

    def history(self) -> History | None:
        return self._asked(_history)

    def health(self, key: str) -> str | None:
        return self._asked(lambda session: session.scalar(select(Source.health).where(Source.key == key)))

    def _asked(self, ask: Callable[[Session], T]) -> T | None:
        try:
            with sessions_for(self.database)() as session:
                return ask(session)
        except OperationalError:
            return None


COUNTERCLAIM: Final = (sys.executable, "-m", "monitor.cli")


def _children(parent: int) -> list[int]:
    found = []
    for each in Path("/proc").glob("[0-9]*"):
        try:
            if int((each / "stat").read_text().rpartition(")")[2].split()[1]) == parent:
                found.append(int(each.name))
        except OSError:
            continue
    return found


def _arguments(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        return ""


def _kept(session: Session) -> Kept | None:
    unread = select(PostVersion.id).where(PostVersion.read_state == ReadState.UNREAD)
    unjoined = select(Post.id).where(Post.unjoined_since.is_not(None))
    if session.scalar(unread.limit(1)) is not None or session.scalar(unjoined.limit(1)) is not None:
        return None
    query = select(Source.key, Post, PostVersion).join(Post, Post.source_id == Source.id)
    rows = session.execute(query.join(PostVersion, PostVersion.post_id == Post.id).order_by(PostVersion.number)).all()
    texts: dict[str, str] = {}
    versions: dict[str, int] = {}
    for key, post, version in rows:
        ref = f"{key}/{post.external_id}"
        texts[ref], versions[ref] = version.text, versions.get(ref, 0) + 1
    gone = {f"{key}/{post.external_id}" for key, post, _ in rows if post.deleted_at is not None}
    return Kept(texts, versions, frozenset(gone))


def _history(session: Session) -> History:
    query = select(AlertRow.key, AlertHistory).join(AlertHistory, AlertHistory.alert_id == AlertRow.id)
    found: dict[str, list[tuple[str, str]]] = {}
    for key, change in session.execute(query.order_by(AlertHistory.id)):
        found.setdefault(key, []).append((change.what, change.fingerprint.partition("@")[0]))
    return sorted(found.items())
