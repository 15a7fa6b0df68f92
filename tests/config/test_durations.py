from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.durations import format_duration, parse_duration


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("90s", 90), ("15m", 900), ("1h30m", 5400), ("2d", 172800), ("1w1s", 604801), (" 5m ", 300), ("0s", 0)],
)
def test_lengths_of_time_are_read(text, seconds):
    assert parse_duration(text) == timedelta(seconds=seconds)


@pytest.mark.parametrize("text", ["", " ", "15", "m", "15 m", "1m1h", "1.5h", "-5m", "5min", "١٥m5", "1e3s"])
def test_anything_else_is_refused_by_name(text):
    with pytest.raises(ValueError, match="is no length of time"):
        parse_duration(text)


@given(st.integers(0, 10**8))
def test_what_is_written_is_read_back(seconds):
    length = timedelta(seconds=seconds)
    assert parse_duration(format_duration(length)) == length
