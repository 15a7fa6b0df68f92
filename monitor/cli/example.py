"""`example`: the composed day that shows what the program does."""

import typer

from monitor.cli.exits import Exit
from monitor.cli.options import DataOption, settings_for
from monitor.cli.store import setup_for

app = typer.Typer(help="Load or remove the example day.", no_args_is_help=True)


@app.command()
def load(data: DataOption = None) -> int:
    """Put the example day in: composed posts about the strike on Makiivka, marked as example everywhere.

    \b
    counterclaim example load
    """
    from monitor.pipeline.beginning import load_example

    with setup_for(settings_for(data), "counterclaim example load") as setup:
        new = load_example(setup)
    typer.echo(f"{new} example posts added; the workers of `counterclaim up` read and join them")
    return Exit.FINE


@app.command()
def remove(data: DataOption = None) -> int:
    """Take the example out: its sources, posts, figures, events and alerts.

    \b
    counterclaim example remove
    """
    from monitor.pipeline.beginning import remove_example

    with setup_for(settings_for(data), "counterclaim example remove") as setup, setup.transaction() as session:
        posts = remove_example(session)
    typer.echo(f"{posts} example posts removed")
    return Exit.FINE
