"""All commands, in the order of `--help`."""

from typing import Final

import typer

from monitor.cli import (
    accounts,
    desk,
    events,
    example,
    gaps,
    looking,
    posts,
    reading,
    replay,
    rereading,
    running,
    sources,
    watching,
)

STATUSES: Final = (
    "Exit status: 0 fine; 1 some input was bad or the thing failed; 2 wrong usage or settings; 3 a server cannot be "
    "reached. Data goes to standard output, messages to standard error."
)

app = typer.Typer(
    help="Flags claimed war figures that contradict official statements.",
    epilog=STATUSES,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

app.command()(running.up)
app.add_typer(sources.app, name="sources")
app.command()(watching.poll)
app.add_typer(accounts.app, name="accounts")
app.command()(gaps.gaps)
app.command()(gaps.backfill)
app.command()(posts.import_posts)
app.add_typer(example.app, name="example")
app.command()(reading.read)
app.command()(reading.explain)
app.command()(rereading.reread)
app.command()(replay.replay)
app.command()(desk.alerts)
app.command()(desk.digest)
app.add_typer(events.app, name="events")
app.command()(looking.record)
app.command()(looking.totals)
app.command()(looking.health)
app.command()(running.migrate)
app.command()(running.version)
