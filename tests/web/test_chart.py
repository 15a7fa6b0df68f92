"""Where things go on a chart: pure geometry."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.enums import Bound, Stance
from monitor.statements import Span
from monitor.web.chart import NARROW, WIDE, Frame, Mark, draw, letters_for, spread
from monitor.web.scales import TimeScale, ValueScale, time_ticks
from tests.digests.made import NOW, make_said, make_told

FRAMES = pytest.mark.parametrize("frame", [WIDE, NARROW], ids=["wide", "narrow"])
PLACES = st.lists(st.floats(0, 500), min_size=1, max_size=40).map(sorted)


def mark(low: float | None, high: float | None, bound: Bound = Bound.EXACT, **span: object) -> Mark:
    """Beside a figure of 63."""
    said = make_said(low, high, bound, **span)
    drawn = draw([make_told("A", 63), make_told("B", said=said, said_at=NOW + timedelta(hours=1))], WIDE)
    assert drawn is not None
    return drawn.marks[-1]


@given(PLACES)
def test_marks_keep_their_order_and_their_distance_within_the_plot(wanted: list[float]) -> None:
    places = spread(wanted, 10, 490, 8)
    assert all(10 - 1e-6 <= place <= 490 + 1e-6 for place in places)
    assert all(after - before >= 8 - 1e-6 for before, after in pairwise(places))


def test_marks_without_room_stand_as_far_apart_as_they_can() -> None:
    assert spread([5, 5, 5], 0, 10, 100) == [0, 5, 10]


def test_a_mark_with_room_stands_where_it_belongs() -> None:
    assert spread([20, 200], 0, 500, 16) == [20, 200]


def test_an_open_end_runs_to_the_edge_and_an_upper_bound_starts_at_zero() -> None:
    open_ended = mark(100, None, Bound.AT_LEAST)
    assert (open_ended.opens_up, open_ended.top) == (True, WIDE.top)
    up_to = mark(None, 85, Bound.AT_MOST)
    assert up_to.base == pytest.approx(WIDE.floor)
    assert not up_to.opens_up


def test_a_vague_word_fades_out_beyond_its_ends() -> None:
    soft = mark(20, 99, Bound.VAGUE, soft=True)
    assert soft.fade_top is not None
    assert soft.fade_base is not None
    assert soft.fade_top < soft.top < soft.anchor <= soft.base < soft.fade_base
    assert mark(20, 99).fade_top is None


@FRAMES
@given(numbers=st.lists(st.floats(0, 1e6), min_size=2, max_size=30))
def test_any_numbers_stay_in_the_plot(frame: Frame, numbers: list[float]) -> None:
    told = [make_told(str(place), value, said=make_said(value, value)) for place, value in enumerate(numbers)]
    drawn = draw(told, frame)
    assert drawn is not None
    for each in drawn.marks:
        assert frame.top - 1e-6 <= each.top <= each.base <= frame.floor + 1e-6
        assert frame.left <= each.x <= frame.edge


def test_one_figure_and_figures_without_a_time_make_no_chart() -> None:
    assert draw([make_told("A", 63)], WIDE) is None
    assert draw([make_told("A", 63), make_told("B", 20, said_at=None)], WIDE) is None


def test_what_is_denied_or_carried_is_not_drawn() -> None:
    told = [make_told("A", 63), make_told("B", 400, stance=Stance.DENIES), make_told("C", 63, carried_by="A-63")]
    assert list(letters_for(told)) == ["A"]


def test_speakers_have_letters_in_the_order_of_speaking() -> None:
    told = [make_told(f"S{place:02}", said_at=NOW + timedelta(minutes=place)) for place in range(28)]
    assert list(letters_for(reversed(told)).values())[:2] == ["A", "B"]
    assert letters_for(told)["S27"] == "BB"


def test_a_speaker_s_figures_are_one_line_in_steps() -> None:
    drawn = draw([make_told("A", 63), make_told("A", 89, said_at=NOW + timedelta(days=1))], WIDE)
    assert drawn is not None
    assert len(drawn.lines) == 1
    assert drawn.lines[0].steps.startswith("M")
    assert drawn.lines[0].steps.count("V") == 1


@pytest.mark.parametrize(
    ("values", "log"), [((50, 63, 90), False), ((3, 400), True), ((0, 5), False), ((0, 400), True), ((0, 0), False)]
)
def test_numbers_that_spread_widely_stand_on_a_logarithmic_scale(values: tuple[float, ...], log: bool) -> None:
    scale = ValueScale.over([Span(value, value, value) for value in values], 0, 400)
    assert scale.log is log
    assert len(scale.ticks()) <= 8
    places = [scale.at(value) for value in sorted(values)]
    assert places == sorted(places, reverse=True)


@pytest.mark.parametrize(
    ("hours", "labels"),
    [
        (2, ["1 May", "00:30", "01:00"]),
        (30, ["1 May", "06:00", "12:00", "18:00", "2 May"]),
        (24 * 20, ["1 May", "8 May", "15 May"]),
        (24 * 900, ["May 2024", "May 2025", "May 2026"]),
    ],
)
def test_times_are_named_at_round_moments_of_the_reader_s_zone(hours: int, labels: list[str]) -> None:
    start = datetime(2024, 4, 30, 21, tzinfo=UTC)
    ticks = time_ticks(TimeScale(start, start + timedelta(hours=hours), 0, 600), 7, ZoneInfo("Europe/Kyiv"))
    assert len(ticks) <= 8
    assert [label for _, label in ticks][: len(labels)] == labels


def test_days_stay_days_when_the_clock_is_put_forward() -> None:
    start = datetime(2024, 3, 29, 22, tzinfo=UTC)
    ticks = time_ticks(TimeScale(start, start + timedelta(days=4), 0, 600), 4, ZoneInfo("Europe/Kyiv"))
    assert [label for _, label in ticks] == ["30 Mar", "31 Mar", "1 Apr", "2 Apr", "3 Apr"]
