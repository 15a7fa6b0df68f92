"""Tables for the terminal. What came from a post goes in as Text, never as markup."""

import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Never

from rich.console import Console
from rich.table import Table
from rich.text import Text

from monitor.digests.hygiene import one_line

STYLES = {"major": "bold red", "notable": "bold yellow", "minor": "yellow"}


class _Console(Console):
    def on_broken_pipe(self) -> Never:
        """Rich would end the process with status 1; a closed pipe has one of its own."""
        raise BrokenPipeError


def console() -> Console:
    return _Console(file=sys.stdout, highlight=False, soft_wrap=False)


def table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Table:
    shown = Table(*columns, box=None, header_style="bold", padding=(0, 2, 0, 0))
    for row in rows:
        shown.add_row(*(cell if isinstance(cell, Text) else Text(one_line(str(cell))) for cell in row))
    return shown


def alert_table(lines: Sequence[Mapping[str, Any]]) -> Table:
    columns = ["Opened", "Verdict", "Severity", "Counted", "Claim", "Official", "Factor", "Event", "State"]
    return table(columns, (_alert_row(line) for line in lines))


def _alert_row(line: Mapping[str, Any]) -> list[object]:
    severity = line["severity"] or ""
    state = f"{line['state']}, to check" if line["to_check"] else line["state"]
    return [
        line["opened"][:16].replace("T", " "),
        line["verdict"].replace("_", " "),
        Text(severity, style=STYLES.get(severity, "")),
        f"{line['measure']}, {line['object']} of {line['side']}" + (f", {line['part']}" if line["part"] else ""),
        f"{line['claim']['speaker']['name']}: {line['claim']['quote']}",
        "none seen" if line["official"] is None else f"{line['official']['party']}: {line['official']['quote']}",
        "" if line["ratio"] is None else f"{line['ratio']:.1f}",
        line["event"]["title"],
        state,
    ]
