"""Section 3 of the rules: what the words around a number mean, and when two of them meet."""

import pytest

from monitor.statements import Thresholds
from monitor.verdicts.intervals import meet, nearest_ends, span_of
from tests.saying import figure

BENCH = Thresholds()


@pytest.mark.parametrize(
    ("said", "low", "high", "anchor"),
    [
        ("63", 63, 63, 63),
        ("2-8", 2, 8, 4),
        (">=18", 18, None, 18),
        (">15", 15, None, 15),
        ("<400", 0, 400, 400),
        ("<~100", 90, 100, 100),
        ("~400", 360, 440, 400),
        ("~3", 2, 4, 3),
        ("several", 2, 9, 4),
        ("tens", 20, 99, 45),
        ("hundreds", 200, 999, 450),
        ("thousands", 2000, 9999, 4500),
        ("0", 0, 0, 0),
    ],
)
def test_a_number_means_the_interval_and_the_anchor_of_the_table(
    said: str, low: float, high: float | None, anchor: float
) -> None:
    span = span_of(figure(said), BENCH)
    assert (span.low, span.high, span.anchor) == (low, high, anchor)


def test_more_than_leaves_its_number_out_and_at_least_does_not() -> None:
    fifteen = span_of(figure("15"), BENCH)
    assert not meet(span_of(figure(">15"), BENCH), fifteen, BENCH)
    assert meet(span_of(figure(">=15"), BENCH), fifteen, BENCH)


@pytest.mark.parametrize(
    ("said", "conservative"),
    [("several", (3, 10)), ("tens", (10, 12)), ("hundreds", (100,)), ("thousands", (1000,)), ("63", ()), ("~400", ())],
)
def test_vague_words_alone_carry_the_value_of_the_conflict_data_convention(
    said: str, conservative: tuple[int, ...]
) -> None:
    assert span_of(figure(said), BENCH).conservative == conservative


@pytest.mark.parametrize(
    ("one", "other", "meets"),
    [
        ("hundreds", "150", True),
        ("hundreds", "89", False),
        ("hundreds", "1400", True),
        ("hundreds", "1500", False),
        ("tens", "99", True),
        ("tens", "14", True),
        ("tens", "13", False),
        ("several", "0", False),
        ("~400", "360", True),
        ("~400", "359", False),
        ("<400", "63", True),
        ("<400", "401", False),
        ("<~100", "89", False),
        (">=18", "18", True),
        (">=18", "17", False),
        ("2-3", "3", True),
        ("2-3", "4", False),
        ("0", "1", False),
        ("0", "<5", True),
    ],
)
def test_two_numbers_meet_or_not_whichever_comes_first(one: str, other: str, meets: bool) -> None:
    first, second = span_of(figure(one), BENCH), span_of(figure(other), BENCH)
    assert meet(first, second, BENCH) is meets
    assert meet(second, first, BENCH) is meets


def test_the_nearest_ends_face_each_other_with_the_lower_first() -> None:
    high, low = span_of(figure("~400"), BENCH), span_of(figure("63"), BENCH)
    assert nearest_ends(high, low) == nearest_ends(low, high) == (63, 360)
