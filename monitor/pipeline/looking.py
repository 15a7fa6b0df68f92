"""One look at a source that stores nothing: what `counterclaim sources test` shows."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from models.enums import Health, SourceKind
from monitor.pipeline.setup import Setup
from monitor.values import Batch, Target

_TELEGRAM: Final = re.compile(
    r"@?\w+|tg://.*|(?:https?://)?(?:[\w-]+\.)?(?:t|telegram)\.(?:me|dog)(?:/.*)?", re.IGNORECASE
)
_WEB: Final = re.compile(r"https?://.*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Look:
    target: Target
    health: Health
    reason: str | None
    batch: Batch
    requests: int
    retry_after: datetime | None


def kinds_for(address: str) -> tuple[SourceKind, ...]:
    """What an address may be, the likeliest first: only a look at it tells a feed from a page."""
    if _TELEGRAM.fullmatch(address.strip()):
        return (SourceKind.TELEGRAM,)
    return (SourceKind.FEED, SourceKind.PAGE) if _WEB.match(address.strip()) else (SourceKind.ARCHIVE,)


def key_for(address: str) -> str:
    """A short name made of an address: the handle, or host and path."""
    kept = re.sub(r"^(?:@|tg://resolve\?domain=|https?://)|^(?:www\.|t\.me/(?:s/)?)", "", address.strip())
    kept = re.sub(r"^(?:www\.|t\.me/(?:s/)?)", "", kept)
    return re.sub(r"[^A-Za-z0-9_.-]+", "_", kept).strip("_.-")[:64]


def look(setup: Setup, address: str, kinds: Sequence[SourceKind]) -> Look:
    """As the first of these kinds that makes sense of it. Raises BadInputError where it is no address at all."""
    first, *others = kinds
    found = look_at(setup, Target("test", first, setup.collector(first).address(address)))
    return look(setup, address, others) if others and found.health is Health.BROKEN else found


def look_at(setup: Setup, target: Target) -> Look:
    """As its first poll would."""
    collector = setup.collector(target.kind)
    with setup.client() as client:
        haul = collector.fetch(target, {}, client, setup.now())
        requests = client.requests
    batch = collector.parse(target, {}, haul.fetched) if haul.fetched else Batch()
    trouble = haul.trouble
    if trouble is not None:
        return Look(target, trouble.health, trouble.reason, batch, requests, trouble.retry_after)
    return Look(target, batch.state, batch.reason, batch, requests, batch.not_before)
