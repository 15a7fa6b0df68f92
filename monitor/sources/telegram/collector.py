"""Sources of the kind `telegram`. An account reads them where the process holds a line, else the preview page does.

Both store bodies under the same source; parsing tells them apart by what was asked for.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from monitor.sources.http import Client
from monitor.sources.preview import PreviewCollector
from monitor.sources.telegram.bodies import is_ours
from monitor.sources.telegram.line import Line
from monitor.sources.telegram.progress import Known, kept
from monitor.sources.telegram.reading import read_batch
from monitor.values import Batch, Cursor, Fetched, Haul, Limits, Target


class TelegramCollector(PreviewCollector):
    def __init__(self, limits: Limits, line: Line | None = None) -> None:
        super().__init__(limits)
        self._line = line

    def fetch(self, target: Target, cursor: Cursor, client: Client, now: datetime) -> Haul:
        if self._line is None:
            return super().fetch(target, cursor, client, now)
        from monitor.sources.telegram.visit import Visit  # Telethon, which takes 40 MB: where there is a line alone

        return Visit(target, Known.of(cursor), self._line, self._limits, client.now).haul()

    def parse(self, target: Target, cursor: Cursor, fetched: Sequence[Fetched]) -> Batch:
        ours = [each for each in fetched if is_ours(each)]
        if ours:
            return read_batch(target, cursor, ours, self._limits)
        batch = super().parse(target, cursor, fetched)
        return replace(batch, cursor=kept(cursor, batch.cursor))
