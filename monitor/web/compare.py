"""Two intervals under each other on one axis: what an alert is about, at a glance."""

from dataclasses import dataclass

from monitor.digests import wording
from monitor.digests.hygiene import cut
from monitor.digests.values import Finding, ToldFigure
from monitor.web.chart import Tick
from monitor.web.scales import ValueScale

WIDE, NARROW, MARGIN = 640.0, 340.0, 12.0
LETTER = 14.0  # twice what a letter takes: half of the row is for the name
TOP, ROW, MOST_ROWS = 16.0, 44.0, 8


@dataclass(frozen=True, slots=True)
class Bar:
    """`start` and `end` of the interval from left to right; `opens` to the right without end."""

    y: float
    start: float
    end: float
    anchor: float
    opens: bool
    soft: bool
    official: bool
    verdict: str
    name: str
    words: str


@dataclass(frozen=True, slots=True)
class Comparison:
    width: float
    height: float
    floor: float
    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]


def compare(finding: Finding, width: float) -> Comparison | None:
    """Claims above, the official figure last; a revision has its steps. None where there is only one figure."""
    rows = finding.series or (*finding.claims, *filter(None, (finding.official,)))
    if len(rows) < 2:
        return None
    rows = rows[-MOST_ROWS:]
    scale = ValueScale.over([each.said.span for each in rows], width - MARGIN, MARGIN)  # runs from left to right
    bars = tuple(_bar(each, TOP + place * ROW, scale, finding, width) for place, each in enumerate(rows))
    ticks = tuple(Tick(scale.at(value), wording.number(value)) for value in scale.ticks())
    floor = TOP + len(rows) * ROW
    return Comparison(width, floor + 28, floor, bars, ticks)


def _bar(statement: ToldFigure, y: float, scale: ValueScale, finding: Finding, width: float) -> Bar:
    span = statement.said.span
    official = statement.official
    return Bar(
        y=y,
        start=scale.at(span.low),
        end=width - MARGIN if span.high is None else scale.at(span.high),
        anchor=scale.at(span.anchor),
        opens=span.high is None,
        soft=span.soft,
        official=official,
        verdict="none" if official else finding.verdict,
        name=cut(wording.voice_name(statement.voice), int(width / LETTER)),
        words=_words(statement),
    )


def _words(statement: ToldFigure) -> str:
    said, meant = wording.amount(statement.said), wording.interval(statement.said.span)
    return said if said == meant else f"{said} ({meant})"
