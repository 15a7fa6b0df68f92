"""A child process that is kept alive: started again after a growing pause, asked to stop, killed where it does not."""

import signal
import subprocess
from collections.abc import Callable
from dataclasses import dataclass, field

import structlog

from monitor.embedded import ServerError

log = structlog.get_logger()

STOP_GRACE_S = 15.0
STEADY_AFTER_S = 60.0
LONGEST_PAUSE_S = 60.0

Start = Callable[[], subprocess.Popen[bytes]]


@dataclass(slots=True)
class Child:
    """One supervised process. `failures` in a row lengthen the pause before the next start."""

    name: str
    start: Start
    stop_signal: signal.Signals = signal.SIGTERM
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    failures: int = 0
    start_at: float = field(default=0.0)

    def keep_alive(self, now: float) -> None:
        """Start what is due; note what ended and when it may start again."""
        if self.process is not None and (code := self.process.poll()) is not None:
            self._pause(now, lived=now - self.started_at, reason=f"exit status {code}")
        if self.process is None and now >= self.start_at:
            try:
                self.process, self.started_at = self.start(), now
            except ServerError as error:
                self._pause(now, lived=0, reason=str(error))

    def _pause(self, now: float, *, lived: float, reason: str) -> None:
        self.failures = 1 if lived > STEADY_AFTER_S else self.failures + 1
        pause = min(LONGEST_PAUSE_S, 0.5 * 2**self.failures)
        log.warning("child_ended", child=self.name, reason=reason, again_in_s=pause)
        self.process, self.start_at = None, now + pause

    def ask_to_stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(self.stop_signal)

    def wait(self) -> None:
        if self.process is None:
            return
        try:
            self.process.wait(STOP_GRACE_S)
        except subprocess.TimeoutExpired:
            log.warning("child_killed", child=self.name)
            self.process.kill()
            self.process.wait()

    def leave(self, now: float) -> None:
        """Asked to stop, and not waited for: `has_ended` sees to the rest."""
        self.ask_to_stop()
        self.start_at = now + STOP_GRACE_S

    def has_ended(self, now: float) -> bool:
        if self.process is None or self.process.poll() is not None:
            return True
        if now > self.start_at:
            log.warning("child_killed", child=self.name)
            self.process.kill()
        return False
