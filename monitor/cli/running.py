"""`up`, `migrate`, `version`: the program itself."""

import logging
import sys
from typing import TYPE_CHECKING, Annotated, Final

import typer

from config.version import VERSION
from monitor.cli.exits import Exit, say
from monitor.cli.options import DataOption, settings_for

if TYPE_CHECKING:
    from config.settings import Settings
    from monitor.pipeline.setup import Setup
    from monitor.servers import Urls
    from monitor.supervisor import Running

WEB_WITHIN_S: Final = 60.0
EXAMPLE_WITHIN_S: Final = 120.0


def up(data: DataOption = None) -> int:
    """Run everything: servers, schedule, workers, web pages. Ctrl-C stops all in order.

    PostgreSQL and Valkey are embedded and keep their data in the data folder, unless DATABASE_URL and REDIS_URL name
    other ones. At the first start the default sources and the example day are loaded, and its digest is printed.

    \b
    counterclaim up
    counterclaim up --data /srv/desk
    DATABASE_URL=postgresql://... REDIS_URL=redis://... counterclaim up
    """
    from monitor import supervisor

    settings = settings_for(data)
    say(f"starting, data in {settings.data.resolve()}")
    start = _Start(settings)
    supervisor.up(settings, prepare=start.prepare, tell=start.tell)
    say("stopped")
    return Exit.FINE


def migrate(
    *,
    first_start: Annotated[
        bool, typer.Option("--first-start", help="Also load the default sources and the example, once.")
    ] = False,
    data: DataOption = None,
) -> int:
    """Bring the database to the revision of this program. Doing it twice changes nothing.

    \b
    counterclaim migrate
    counterclaim migrate --first-start
    """
    from monitor.servers import servers

    settings = settings_for(data)
    with servers(settings, "counterclaim migrate") as urls:
        setup = _migrated(settings, urls)
        if first_start:
            _begin(setup)
    say("the database is at the revision of this program")
    return Exit.FINE


def version() -> None:
    """Print the version.

    \b
    counterclaim version
    """
    typer.echo(f"counterclaim {VERSION}")


class _Start:
    """What `up` does before and while its children start."""

    def __init__(self, settings: "Settings") -> None:
        self._settings = settings
        self._first = False

    def prepare(self, urls: "Urls") -> None:
        self._first = _begin(_migrated(self._settings, urls))

    def tell(self, running: "Running") -> None:
        try:
            self._tell(running)
        except Exception:
            logging.exception("could not tell how it goes; it goes on all the same")

    def _tell(self, running: "Running") -> None:
        if not running.wait_until(running.web_answers, at_most_s=WEB_WITHIN_S):
            if not running.stopping.is_set():
                say(f"the web pages do not answer yet; see {running.logs}")
            return
        say(f"running: {running.web} (logs in {running.logs}; Ctrl-C stops)")
        if self._first:
            self._show_example(running)

    def _show_example(self, running: "Running") -> None:
        from models.session import sessions_for
        from monitor.pipeline.beginning import example_joined

        sessions = sessions_for(running.urls.database)

        def joined() -> bool:
            with sessions() as session:
                return example_joined(session)

        say("reading the example day ...")
        if running.wait_until(joined, at_most_s=EXAMPLE_WITHIN_S):
            _print_digest(self._settings, running)
        elif not running.stopping.is_set():
            say(f"the example day is still being read: `counterclaim digest --since ever`, or {running.web}")


def _print_digest(settings: "Settings", running: "Running") -> None:
    from datetime import UTC, datetime
    from zoneinfo import ZoneInfo

    from models.session import sessions_for
    from monitor.cli.desk import show_digest
    from monitor.queries import digest

    with sessions_for(running.urls.database)() as session:
        found = digest(session, None, datetime.now(UTC))
    show_digest(found, ZoneInfo(settings.time_zone))
    typer.echo(f"\nThe same on the web: {running.web}")
    sys.stdout.flush()


def _migrated(settings: "Settings", urls: "Urls") -> "Setup":
    from models.migrations import migrate as bring
    from models.session import sessions_for
    from monitor.pipeline.setup import Setup

    bring(urls.database)
    return Setup(sessions_for(urls.database), settings)


def _begin(setup: "Setup") -> bool:
    from monitor.pipeline.beginning import begin

    first = begin(setup)
    if first:
        say("first start: the default sources and the example day are in the store now")
    return first
