"""Polls of a file until it has nothing more to give, the cursor through JSON as the store keeps it."""

import gzip
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from models.enums import SourceKind
from monitor.sources.archive import WINDOW, ArchiveCollector
from monitor.sources.http import Client
from monitor.values import Batch, Cursor, Haul, Limits, RawPost, Target
from tests.factories import NOON


@dataclass
class Reading:
    path: Path
    window: int = WINDOW
    kind: SourceKind = SourceKind.ARCHIVE
    cursor: Cursor = field(default_factory=dict)
    haul: Haul = field(default_factory=Haul)
    batches: list[Batch] = field(default_factory=list)

    def poll(self) -> Batch:
        collector, target = ArchiveCollector(Limits(), self.window), Target("rybar", self.kind, str(self.path))
        with Client() as client:
            self.haul = collector.fetch(target, self.cursor, client, NOON)
        batch = collector.parse(target, self.cursor, self.haul.fetched)
        self.cursor = json.loads(json.dumps(batch.cursor))
        self.batches.append(batch)
        return batch

    def to_the_end(self) -> Batch:
        while (batch := self.poll()).more and self.haul.trouble is None:
            pass
        return batch

    @property
    def posts(self) -> list[RawPost]:
        return [post for batch in self.batches for post in batch.posts]

    @property
    def ids(self) -> list[str]:
        return [post.external_id for post in self.posts]


def line(number: int, source: str = "rybar", **given: Any) -> str:
    post = {"source": source, "id": str(number), "published": "2023-01-02T12:00:00+03:00", "text": f"Погибли {number}"}
    return json.dumps({**post, **given}, ensure_ascii=False) + "\n"


def plain(data: bytes) -> bytes:
    return data


WRITINGS: dict[str, Callable[[bytes], bytes]] = {"plain": plain, "gzipped": gzip.compress}
