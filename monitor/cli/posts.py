"""`import-posts`: posts from files of people's own."""

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Annotated

import typer

from monitor.cli.exits import Exit, say
from monitor.cli.options import DataOption, settings_for
from monitor.cli.progress import progress
from monitor.cli.store import setup_for

STDIN = "-"


def import_posts(
    file: Annotated[
        Path, typer.Argument(help="JSON Lines, or Telegram Desktop's result.json; either may be gzipped. `-`: stdin.")
    ],
    source: Annotated[
        str | None, typer.Option(metavar="KEY", help="Whose the posts are, where they do not say so themselves.")
    ] = None,
    data: DataOption = None,
) -> int:
    """Store posts of sources that are known. Importing a file twice changes nothing.

    A bad line, or one of a source that is not known, is reported with its number; the rest goes in, and the exit status
    is 1. Figures are read by the workers of `counterclaim up`.

    \b
    counterclaim import-posts posts.jsonl.gz
    counterclaim import-posts result.json --source rybar
    """
    from monitor.pipeline.importing import import_posts as store_posts
    from monitor.sources.archive import read_archive

    name = "standard input" if str(file) == STDIN else str(file)
    with (
        _readable(file) as path,
        setup_for(settings_for(data), "counterclaim import-posts") as setup,
        progress("Importing", None) as advance,
    ):
        done = store_posts(
            setup, read_archive(path), into=source, tell=lambda what: say(f"{name}: {what}"), advance=advance
        )
    typer.echo(f"{done.read} posts read: {done.stored.posts} new, {done.stored.versions} new versions")
    return Exit.BAD if done.bad or done.strange else Exit.FINE


@contextmanager
def _readable(file: Path) -> Iterator[Path]:
    """A path to read from, again where needed: standard input is kept in a file meanwhile."""
    if str(file) != STDIN:
        yield file
        return
    with NamedTemporaryFile(prefix="counterclaim-") as kept:
        shutil.copyfileobj(sys.stdin.buffer, kept)
        kept.flush()
        yield Path(kept.name)
