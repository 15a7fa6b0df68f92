"""One child process an active account: started when an account is added, stopped when it is removed or has died."""

import subprocess
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

import structlog
from sqlalchemy.exc import SQLAlchemyError

from models.session import sessions_for
from monitor.pipeline.accounts import active_names
from monitor.supervised import Child

log = structlog.get_logger()

LOOK_EVERY_S: Final = 2.0


@dataclass(slots=True)
class AccountChildren:
    """`stage` is the supervisor's list of children; those of accounts are kept up to date in it."""

    database: str
    start_of: Callable[[str], Callable[[], subprocess.Popen[bytes]]]
    stage: list[Child] = field(default_factory=list)
    _leaving: list[Child] = field(default_factory=list)
    _looked_at: float = float("-inf")

    def follow(self, now: float) -> None:
        """A store that does not answer changes nothing: whoever runs goes on."""
        self._leaving = [child for child in self._leaving if not child.has_ended(now)]
        if now - self._looked_at < LOOK_EVERY_S:
            return
        self._looked_at = now
        try:
            with sessions_for(self.database)() as session:
                names = active_names(session)
        except SQLAlchemyError as error:
            log.warning("accounts_unknown", reason=str(error).splitlines()[0])
        else:
            self._keep(names, now)

    def _keep(self, names: list[str], now: float) -> None:
        for child in [each for each in self.stage if each.name.removeprefix("telegram.") not in names]:
            self.stage.remove(child)
            child.leave(now)
            self._leaving.append(child)
            log.info("account_stopped", child=child.name)
        known = {child.name for child in self.stage}
        for name in names:
            if f"telegram.{name}" not in known:
                self.stage.append(Child(f"telegram.{name}", self.start_of(name)))
                log.info("account_started", account=name)
