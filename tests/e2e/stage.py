"""A composed day on loopback far ends: channels on a t.me of its own, a feed, shown step by step."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from email.utils import format_datetime
from html import escape
from itertools import pairwise
from time import monotonic
from typing import Any, Final

from tests.servers.feed_server import FeedServer, Reply
from tests.servers.preview_server import Fault, Kind, PreviewServer, World

FEED: Final = "wire"
NO_FEED: Final = "http://feed.invalid/"
PREFIX: Final = "played_"

Move = Mapping[str, Any]


class TimedServer(PreviewServer):
    """Notes when it was asked, and the wait that it told, in seconds."""

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self.answered: list[tuple[float, float]] = []

    def answer(self, path: str) -> Fault:
        given = super().answer(path)
        self.answered.append((monotonic(), float(given.headers.get("Retry-After", 0))))
        return given


@dataclass(slots=True)
class Stage:
    """What is shown, and what a desk must have of it in the end. A post is named as in alerts: source/id."""

    world: World
    preview: TimedServer
    feed: FeedServer
    day: datetime
    shown: dict[str, str] = field(default_factory=dict)
    deleted: set[str] = field(default_factory=set)
    versions: dict[str, int] = field(default_factory=dict)
    items: list[str] = field(default_factory=list)

    def play(self, step: Sequence[Move]) -> None:
        for move in step:
            verb, named = next(iter(move.items()))
            getattr(self, f"_{verb}")(named, move)

    def post(self, ref: str, text: str, at: datetime, **given: Any) -> None:
        name, number = ref.split("/")
        self.world.post(PREFIX + name, text, id=int(number), at=at, **given)
        self._shows(ref, text)

    def hurried(self) -> list[tuple[float, float]]:
        """Waits that were told and not kept: how long, and how long it was."""
        both = pairwise(self.preview.answered)
        return [(told, after - at) for (at, told), (after, _) in both if after - at < told]

    def _post(self, ref: str, move: Move) -> None:
        forwarded = move.get("forwarded")
        self.post(ref, move["text"], self._time(move), forwarded=None if forwarded is None else PREFIX + forwarded)

    def _item(self, number: str, move: Move) -> None:
        date = format_datetime(self._time(move))
        item = f"<item><guid>{number}</guid><title>{escape(move['text'])}</title><pubDate>{date}</pubDate></item>"
        self.items.append(item)
        self.show_feed()
        self._shows(f"{FEED}/{number}", move["text"])

    def _edit(self, ref: str, move: Move) -> None:
        name, number = ref.split("/")
        self.world.edit(PREFIX + name, int(number), move["text"])
        self._shows(ref, move["text"])

    def _delete(self, ref: str, move: Move) -> None:
        name, number = ref.split("/")
        self.world.delete(PREFIX + name, int(number))
        self.deleted.add(ref)

    def _fault(self, name: str, move: Move) -> None:
        self.world.fail(PREFIX + name, Fault(429, {"Retry-After": str(move["wait"])}))

    def _close(self, name: str, move: Move) -> None:
        self.world.turn(PREFIX + name, Kind.CLOSED)

    def _time(self, move: Move) -> datetime:
        return datetime.combine(self.day, time.fromisoformat(move["at"]), UTC)

    def _shows(self, ref: str, text: str) -> None:
        self.versions[ref] = self.versions.get(ref, 0) + 1
        self.shown[ref] = text

    def show_feed(self) -> str:
        channel = f"<channel><title>A news wire</title>{''.join(reversed(self.items))}</channel>"
        return self.feed.answers("/feed", Reply(f'<rss version="2.0">{channel}</rss>'.encode()))


@contextmanager
def stage(keys: Sequence[str]) -> Iterator[Stage]:
    """Yesterday, so that all times have passed and nothing is stale."""
    world = World()
    for key in keys:
        world.channel(PREFIX + key)
    day = datetime.now(UTC) - timedelta(days=1)
    with TimedServer(world) as preview, FeedServer() as feed:
        yield Stage(world, preview, feed, day)
