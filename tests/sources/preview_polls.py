"""Polls of a loopback channel over a real socket: fetch, parse, the cursor through JSON as the store keeps it."""

import json
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from ipaddress import ip_network

from models.enums import SourceKind
from monitor.sources.http import Client, HttpLimits
from monitor.sources.preview import PreviewCollector
from monitor.values import Batch, Cursor, Haul, Limits, Target
from tests.factories import NOON
from tests.servers.preview_server import PreviewServer, World

LOOPBACK = HttpLimits(allow=(ip_network("127.0.0.1/32"),), pace=timedelta(0), read_timeout=timedelta(seconds=3))


@dataclass
class Polls:
    """A source that follows `rybar`. `now` moves by hand."""

    world: World
    server: PreviewServer
    limits: Limits
    now: datetime = NOON
    cursor: Cursor = field(default_factory=dict)
    haul: Haul = field(default_factory=Haul)

    @classmethod
    def of(cls, server: PreviewServer, **limits: object) -> "Polls":
        return cls(server.world, server, replace(Limits(preview_base=server.base), **limits))  # type: ignore[arg-type]

    def poll(self) -> Batch:
        collector, target = PreviewCollector(self.limits), Target("rybar", SourceKind.PREVIEW, "rybar")
        with self.client() as client:
            self.haul = collector.fetch(target, self.cursor, client, self.now)
        batch = collector.parse(target, self.cursor, self.haul.fetched)
        self.cursor = json.loads(json.dumps(batch.cursor))
        return batch

    def client(self) -> Client:
        return Client(LOOPBACK, now=lambda: self.now)

    def later(self, **time: float) -> "Polls":
        self.now += timedelta(**time)
        return self


def ids(batch: Batch) -> list[int]:
    return [int(post.external_id) for post in batch.posts]
