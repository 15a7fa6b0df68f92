"""What of a mention, and of an incident so far, is held against each other."""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Final

from models.enums import UNKNOWN_SIDE, Bound, Lang, Measure, Scope, Stance
from monitor.events.values import Link, Mention
from monitor.events.windows import Window
from monitor.measures import COUNTED_BY_DEFENDER, measure_of
from monitor.values import Figure, PlaceQuote

RARE_FROM: Final = 10  # smaller numbers are told of every other place and day
KNOWN_BY_NUMBER: Final = 50  # from here on a number tells which event is meant
NEARLY: Final = 0.1
BEFORE: Final = timedelta(hours=30)  # how long ago what a post reports without a time may have been
STEM: Final = 5  # letters that a name keeps through its cases
NAMES_KEPT: Final = 60
WHOLE_DAY: Final = timedelta(hours=20)
SERIES_GROWS_TO: Final = 3.0

_NAME = re.compile(r"(?<=[^\W\d_][ ,«„“\"(-])[«„“\"]?([^\W\d_][^\W\d_]{2,})")


@dataclass(frozen=True, slots=True)
class Profile:
    """`values`: asserted, by measure, vague words left out. `former`: given as superseded or false. `largest` of all.

    `sides`: whose losses are counted.
    """

    mention: Mention
    measures: frozenset[Measure]
    values: Mapping[Measure, frozenset[float]]
    largest: float
    former: frozenset[float]
    sides: frozenset[str]
    names: frozenset[str]

    @property
    def stated_at(self) -> datetime:
        return self.mention.post.stated_at

    @property
    def of_a_day(self) -> bool:
        """What was counted over 24 hours, whatever happened in them."""
        window = self.mention.window
        return window is not None and window.length >= WHOLE_DAY

    @property
    def everyday(self) -> bool:
        """Nothing but small numbers."""
        return self.largest < RARE_FROM


def profile_of(mention: Mention) -> Profile:
    figures = [statement.figure for statement in mention.statements if statement.figure.scope is Scope.EVENT]
    asserted = [figure for figure in figures if figure.stance is Stance.ASSERTS]
    values: dict[Measure, set[float]] = defaultdict(set)
    for figure in asserted:
        if figure.bound is not Bound.VAGUE:
            values[measure_of(figure)].add(value_of(figure))
    lost = (figure for figure in asserted if measure_of(figure) not in COUNTED_BY_DEFENDER)
    return Profile(
        mention,
        measures=frozenset(map(measure_of, asserted)),
        values={measure: frozenset(each) for measure, each in values.items()},
        largest=max(map(value_of, asserted), default=0.0),
        former=frozenset(value_of(figure) for figure in figures if figure.stance is not Stance.ASSERTS),
        sides=frozenset(figure.side for figure in lost) - {UNKNOWN_SIDE},
        names=names_in(mention.post.text),
    )


def value_of(figure: Figure) -> float:
    """One number to know a figure by."""
    if figure.low is None or figure.high is None:
        return (figure.high if figure.low is None else figure.low) or 0.0
    return (figure.low + figure.high) / 2


@lru_cache(maxsize=20_000)
def names_in(text: str) -> frozenset[str]:
    """The beginnings of words that are written large within a sentence."""
    found = (word for word in _NAME.findall(text) if word[0].isupper())
    return frozenset(word[:STEM].casefold() for word in found)


@dataclass(slots=True)
class Incident:
    """An incident so far. What is only suggested to belong to it does not shape it.

    `window`: when it was, a guess until a text tells (`told`). `last`: when it was last spoken of.
    """

    number: int
    place: PlaceQuote
    window: Window
    told: bool
    last: datetime
    links: list[tuple[Mention, Link, bool]] = field(default_factory=list)
    measures: set[Measure] = field(default_factory=set)
    values: dict[Measure, set[float]] = field(default_factory=lambda: defaultdict(set))
    sides: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    gists: dict[Lang, set[str]] = field(default_factory=lambda: defaultdict(set))
    most: dict[tuple[str, Measure], float] = field(default_factory=dict)

    @classmethod
    def of(cls, number: int, place: PlaceQuote, profile: Profile) -> "Incident":
        window, stated_at = profile.mention.window, profile.stated_at
        guess = Window(stated_at - BEFORE, stated_at)
        return cls(number, place, window or guess, window is not None, stated_at)

    def add(self, profile: Profile, link: Link, *, suggested: bool = False) -> None:
        self.links.append((profile.mention, link, suggested))
        if suggested:
            return
        self.last = max(self.last, profile.stated_at)
        self.measures |= profile.measures
        for measure, values in profile.values.items():
            self.values[measure] |= values
            said = profile.mention.post.ref.source, measure
            self.most[said] = max(values | {self.most.get(said, 0.0)})
        self.sides |= profile.sides
        if len(self.names) < NAMES_KEPT:
            self.names |= profile.names
        gist = profile.mention.post.gist
        if gist is not None:
            self.gists[gist.lang] |= gist.words
        if profile.mention.window is not None:
            self._narrow(profile.mention.window)

    def _narrow(self, window: Window) -> None:
        """The first time told stands, until one is told that lies in it."""
        common = self.window.common(window)
        if common is not None and (common == window or not self.told):
            self.window, self.told = window, True

    def may_have_been_by(self, moment: datetime) -> bool:
        return moment >= self.window.start

    def nearly_told(self, profile: Profile) -> bool:
        """One of the numbers is large enough to know the incident by, however late it is told again."""
        return any(
            known >= KNOWN_BY_NUMBER and abs(value - known) <= NEARLY * known
            for measure, values in profile.values.items()
            for value in values
            for known in self.values.get(measure, ())
        )

    def outgrown_by(self, profile: Profile) -> bool:
        """The same source's own count goes on: more than it gave here before, and not many times as much."""
        source = profile.mention.post.ref.source
        before = ((self.most.get((source, measure), 0.0), max(values)) for measure, values in profile.values.items())
        return any(RARE_FROM <= known < now <= known * SERIES_GROWS_TO for known, now in before)

    def said_more(self, profile: Profile, measure: Measure) -> bool:
        """The same source gave a higher number in an earlier post."""
        before = self.most.get((profile.mention.post.ref.source, measure))
        return before is not None and max(profile.values[measure]) < before
