"""What joining takes, and the pieces that it works with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final, Protocol

from monitor.events.windows import Window
from monitor.statements import Assignment, Decision, Order, PostText, Statement, Thresholds, order_of
from monitor.values import PlaceQuote

Version = tuple[str, str, int]


class Places(Protocol):
    def containers(self, place: str) -> Sequence[str]:
        """The ids of what a place lies in, the nearest first; countries are left out. Empty for what is unknown.

        A place that shares its name lies in that name as well: '=bilohorivka', where a text does not tell which one.
        """

    def is_area(self, place: str) -> bool:
        """A region, in which much happens at once: no town, nor what lies at one."""


class NoPlaces:
    """For places that are only names."""

    def containers(self, place: str) -> Sequence[str]:  # noqa: ARG002
        return ()

    def is_area(self, place: str) -> bool:  # noqa: ARG002
        return False


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """Everything that may belong together. `before`: what the last joining came to."""

    statements: tuple[Statement, ...]
    decisions: tuple[Decision, ...] = ()
    before: tuple[Assignment, ...] = ()
    opponents: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: {"ru": ("ua",), "ua": ("ru",)})
    side_names: Mapping[str, str] = field(default_factory=lambda: {"ru": "Russia", "ua": "Ukraine"})
    thresholds: Thresholds = field(default_factory=Thresholds)


@dataclass(frozen=True, slots=True)
class Mention:
    """Figures that one version of a post gives of one place and time. `window` None: the text names no time."""

    statements: tuple[Statement, ...]
    place: PlaceQuote | None
    window: Window | None

    @property
    def post(self) -> PostText:
        return self.statements[0].post

    @property
    def order(self) -> Order:
        return order_of(self.statements[0])


@dataclass(frozen=True, slots=True)
class Link:
    """How well a mention fits an event, and why."""

    score: float
    reasons: tuple[str, ...]


SURE = Link(1.0, ("one of its kind",))
LONGEST_EVENT = timedelta(hours=60)
NAMED: Final = "="


def version_of(post: PostText) -> Version:
    return post.ref.source, post.ref.id, post.version


def place_key(place: PlaceQuote) -> str:
    """The gazetteer's id; a name that it does not know, or that several places bear, stands for itself."""
    return place.id if place.id is not None else name_key(place.name)


def name_key(name: str) -> str:
    return f"{NAMED}{name.casefold()}"
