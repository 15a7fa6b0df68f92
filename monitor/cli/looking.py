"""`record`, `totals`, `health`: what else a desk and its operator look at."""

import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Any

import typer

from models.enums import Measure
from monitor.cli.exits import Exit
from monitor.cli.options import DataOption, Lines, LinesOption, lines_for, settings_for
from monitor.cli.store import store

MeasureOption = Annotated[Measure | None, typer.Option(help="Only this measure.")]
SideOption = Annotated[str | None, typer.Option(help="Only of this side's people or things.")]


def record(
    form: LinesOption = None,
    speaker: Annotated[str | None, typer.Option(help="The key of a speaker or source.")] = None,
    side: SideOption = None,
    measure: MeasureOption = None,
    data: DataOption = None,
) -> int:
    """Print how often each speaker was at odds with official figures, from five events on.

    By whose losses are counted and by measure: figures, those at odds, the factor in the median, and how often the
    official side later moved towards the claim or away from it.

    \b
    counterclaim record --measure killed
    counterclaim record --speaker girkin --format jsonl
    """
    from monitor.queries.record import records

    with store(settings_for(data), "counterclaim record") as sessions, sessions() as session:
        found = records(session, speaker=speaker, side=side, measure=measure)
    columns = ["Speaker", "Side", "Measure", "Events", "Figures", "Compared", "At odds", "Factor", "Towards", "Away"]
    rows = (
        [each.name, each.side, each.measure, each.events, each.figures, each.compared, each.at_odds,
         "" if each.factor is None else f"{each.factor:.1f}", each.towards, each.away]
        for each in found
    )  # fmt: skip
    _show([asdict(each) for each in found], columns, rows, form)
    return Exit.FINE


def totals(
    form: LinesOption = None, side: SideOption = None, measure: MeasureOption = None, data: DataOption = None
) -> int:
    """Print the ledger of cumulative totals: each speaker's newest one of a count. They raise no alerts.

    \b
    counterclaim totals --side ru --measure killed
    """
    from monitor.queries.totals import totals as found_in

    with store(settings_for(data), "counterclaim totals") as sessions, sessions() as session:
        found = found_in(session, side=side, measure=measure)
    lines = [
        {
            "speaker": {"key": each.voice.key, "name": each.voice.name}, "side": each.side, "measure": each.measure,
            "object": each.object, "part": each.part, "quote": each.said.quote, "low": each.said.low,
            "high": each.said.high, "post": {"source": each.post.source, "id": each.post.external_id},
            "said": each.said_at, "before": [{"said": at, "quote": quote} for at, quote in each.steps[:-1]],
        }
        for each in found
    ]  # fmt: skip
    columns = ["Side", "Measure", "Object", "Speaker", "Total", "Said", "Before"]
    rows = (
        [each.side, each.measure, each.object, each.voice.name, each.said.quote,
         "" if each.said_at is None else f"{each.said_at:%Y-%m-%d}", ", ".join(quote for _, quote in each.steps[-4:-1])]
        for each in found
    )  # fmt: skip
    _show(lines, columns, rows, form)
    return Exit.FINE


def health(form: LinesOption = None, data: DataOption = None) -> int:
    """Print what does not go as it should. Exit status 1 where there is anything.

    \b
    counterclaim health
    """
    from monitor.queries.troubles import troubles

    with store(settings_for(data), "counterclaim health") as sessions, sessions() as session:
        found = troubles(session)
    rows = (
        [each.subject, each.kind, f"{each.since:%Y-%m-%d %H:%M}", each.seen, each.reason] for each in found.troubles
    )
    _show([asdict(each) for each in found.troubles], ["What", "Trouble", "Since", "Seen", "Why"], rows, form)
    typer.echo(f"{found.unread} texts wait to be read, {found.unjoined} posts to be joined", err=True)
    return Exit.BAD if found.troubles else Exit.FINE


def _show(
    lines: Iterable[dict[str, Any]], columns: Sequence[str], rows: Iterable[Sequence[object]], form: Lines | None
) -> None:
    if lines_for(form) is Lines.JSONL:
        sys.stdout.writelines(json.dumps(line, ensure_ascii=False, default=_plain) + "\n" for line in lines)
        return
    from monitor.cli.tables import console, table

    console().print(table(columns, rows))


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
