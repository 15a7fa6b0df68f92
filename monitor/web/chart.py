"""Where everything on an event's chart goes: time across, numbers up, one line per speaker. Pure geometry.

Bars are intervals; the mark on them is the anchor. An open end runs to the edge with an arrow, a soft one fades out.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from itertools import pairwise

from models.enums import Stance
from monitor.digests import telling, wording
from monitor.digests.hygiene import cut
from monitor.digests.values import ToldFigure
from monitor.web.scales import TimeScale, ValueScale, time_ticks

MARK_GAP = 16.0
NAME_GAP = 16.0
NAME_LENGTH = 24
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class Frame:
    """The drawing's size and the margins round its plot. `names`: whether the lines are named at their right ends."""

    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float
    names: bool
    most_ticks: int

    @property
    def edge(self) -> float:
        return self.width - self.right

    @property
    def floor(self) -> float:
        return self.height - self.bottom


WIDE = Frame(width=860, height=400, left=56, right=196, top=26, bottom=34, names=True, most_ticks=7)
NARROW = Frame(width=356, height=400, left=40, right=12, top=26, bottom=34, names=False, most_ticks=4)


@dataclass(frozen=True, slots=True)
class Mark:
    """One statement. `top` and `base` are the drawn ends of its interval, `fade_*` those of what is soft beyond."""

    letter: str
    x: float
    anchor: float
    top: float
    base: float
    opens_up: bool
    opens_down: bool
    fade_top: float | None
    fade_base: float | None
    official: bool
    verdict: str
    deleted: bool
    words: str


@dataclass(frozen=True, slots=True)
class SpeakerLine:
    """`steps` joins a speaker's figures; `tail` says that the last one stands. `name_y` is where its name has room."""

    letter: str
    name: str
    official: bool
    steps: str
    tail: str
    end: float
    name_y: float


@dataclass(frozen=True, slots=True)
class Tick:
    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Chart:
    frame: Frame
    log: bool
    across: tuple[Tick, ...]
    up: tuple[Tick, ...]
    lines: tuple[SpeakerLine, ...]
    marks: tuple[Mark, ...]


def letters_for(statements: Iterable[ToldFigure]) -> dict[str, str]:
    """A letter for each speaker, in the order of first speaking: chart, legend and table share it."""
    keys = dict.fromkeys(speaker_of(each) for each in in_order(statements))
    return {key: _letter(place) for place, key in enumerate(keys)}


def in_order(statements: Iterable[ToldFigure]) -> list[ToldFigure]:
    """What a chart shows, as spoken: timed figures that somebody asserts, a retelling only where it is not carried."""
    told = [each for each in statements if each.stance is Stance.ASSERTS and each.carried_by is None]
    return sorted((each for each in told if each.said_at is not None), key=_when)


def speaker_of(statement: ToldFigure) -> str:
    return statement.voice.key or statement.voice.name


def draw(statements: Iterable[ToldFigure], frame: Frame, zone: tzinfo = UTC) -> Chart | None:
    """None where there is nothing to compare: fewer than two timed figures."""
    shown = in_order(statements)
    if len(shown) < 2:
        return None
    values = ValueScale.over([each.said.span for each in shown], frame.top, frame.floor)
    times = TimeScale.over(_when(shown[0]), _when(shown[-1]), frame.left, frame.edge)
    places = spread([times.at(_when(each)) for each in shown], frame.left + 6, frame.edge - 8, MARK_GAP)
    letters = letters_for(shown)
    marks = [
        _mark(each, x, letters[speaker_of(each)], values, frame, zone) for each, x in zip(shown, places, strict=True)
    ]
    return Chart(
        frame=frame,
        log=values.log,
        across=tuple(Tick(times.at(at), label) for at, label in time_ticks(times, frame.most_ticks, zone)),
        up=tuple(Tick(values.at(value), wording.number(value)) for value in values.ticks()),
        lines=_lines(shown, marks, times, frame),
        marks=tuple(marks),
    )


def spread(wanted: Sequence[float], low: float, high: float, gap: float) -> list[float]:
    """Ascending places moved apart to at least `gap`, within the ends; closer where there is no room for that."""
    gap = min(gap, (high - low) / max(1, len(wanted) - 1))
    places: list[float] = []
    for each in wanted:
        places.append(max(each, low, places[-1] + gap) if places else max(each, low))
    ceiling = high
    for place in range(len(places) - 1, -1, -1):
        places[place] = min(places[place], ceiling)
        ceiling = places[place] - gap
    return places


def _mark(statement: ToldFigure, x: float, letter: str, values: ValueScale, frame: Frame, zone: tzinfo) -> Mark:
    span = statement.said.span
    down = span.low < values.low and span.high != span.low
    return Mark(
        letter=letter,
        x=x,
        anchor=values.at(span.anchor),
        top=frame.top if span.high is None else values.at(span.high),
        base=values.at(span.low),
        opens_up=span.high is None,
        opens_down=down,
        fade_top=values.at(span.high * values.softness) if span.soft and span.high is not None else None,
        fade_base=values.at(span.low / values.softness) if span.soft else None,
        official=statement.official,
        verdict=statement.verdict or "none",
        deleted=statement.post.deleted_at is not None,
        words=_words(statement, zone),
    )


def _lines(shown: list[ToldFigure], marks: list[Mark], times: TimeScale, frame: Frame) -> tuple[SpeakerLine, ...]:
    by_speaker: dict[str, list[tuple[ToldFigure, Mark]]] = defaultdict(list)
    for statement, mark in zip(shown, marks, strict=True):
        by_speaker[speaker_of(statement)].append((statement, mark))
    last = sorted((members[-1][1].anchor, key) for key, members in by_speaker.items())
    rooms = spread([anchor for anchor, _ in last], frame.top, frame.floor, NAME_GAP)
    name_y = {key: room for (_, key), room in zip(last, rooms, strict=True)}
    return tuple(_line(members, name_y[key], times, frame) for key, members in by_speaker.items())


def _line(members: list[tuple[ToldFigure, Mark]], name_y: float, times: TimeScale, frame: Frame) -> SpeakerLine:
    (statement, mark), marks = members[-1], [mark for _, mark in members]
    deleted = statement.post.deleted_at
    end = frame.edge if deleted is None else max(mark.x, min(frame.edge, times.at(deleted)))
    steps = "".join(f"H{after.x:.1f}V{after.anchor:.1f}" for _, after in pairwise(marks))
    return SpeakerLine(
        letter=mark.letter,
        name=cut(wording.voice_name(statement.voice), NAME_LENGTH),
        official=mark.official,
        steps=f"M{marks[0].x:.1f} {marks[0].anchor:.1f}{steps}" if steps else "",
        tail=f"M{mark.x:.1f} {mark.anchor:.1f}H{end:.1f}",
        end=mark.anchor,
        name_y=name_y,
    )


def _words(statement: ToldFigure, zone: tzinfo) -> str:
    verdict = [] if statement.verdict is None else [wording.VERDICTS[statement.verdict]]
    said = f"{wording.voice_name(statement.voice)}: {telling.meaning(statement)}"
    return ", ".join([said, telling.stamp(statement.said_at, zone), *verdict, *telling.qualities(statement)])


def _when(statement: ToldFigure) -> datetime:
    return statement.said_at or datetime.min.replace(tzinfo=UTC)


def _letter(place: int) -> str:
    rounds, letter = divmod(place, len(LETTERS))
    return LETTERS[letter] * (rounds + 1)
