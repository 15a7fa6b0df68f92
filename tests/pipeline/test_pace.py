from datetime import timedelta

import pytest

from config.settings import load_settings
from models.enums import SourceKind
from monitor.pipeline.pace import adapted, backoff, is_quiet, jittered, limits_for, sent_away, told_wait
from tests.factories import NOON

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
LIMITS = limits_for(SourceKind.TELEGRAM, load_settings())


def every(gap: timedelta, posts: int = 10) -> list:
    return [NOON - gap * number for number in range(1, posts + 1)]


@pytest.mark.parametrize(
    ("posted", "interval"),
    [
        ([], 5 * MINUTE),
        ([NOON - HOUR], 5 * MINUTE),
        (every(20 * MINUTE), 10 * MINUTE),
        (every(timedelta(seconds=20)), 1 * MINUTE),
        (every(5 * DAY), 6 * HOUR),
        ([*every(20 * MINUTE), NOON + DAY], 10 * MINUTE),
    ],
    ids=["unknown", "one post", "every 20 minutes", "all the time", "rarely", "a post of tomorrow"],
)
def test_a_source_is_polled_twice_as_often_as_it_posts(posted: list, interval: timedelta) -> None:
    assert adapted(posted, NOON, LIMITS) == interval


def test_silence_makes_the_polls_rarer() -> None:
    posted = every(20 * MINUTE)
    assert adapted(posted, NOON + DAY, LIMITS) > adapted(posted, NOON, LIMITS)


@pytest.mark.parametrize(("after", "quiet"), [(HOUR, False), (23 * HOUR, False), (25 * HOUR, True)])
def test_a_busy_channel_is_quiet_after_a_day(after: timedelta, quiet: bool) -> None:
    assert is_quiet(every(20 * MINUTE), NOON + after) is quiet


def test_a_rare_channel_is_not_quiet_after_a_day() -> None:
    assert not is_quiet(every(3 * DAY), NOON + 5 * DAY)


def test_failures_double_the_wait_up_to_the_longest_interval_and_no_further() -> None:
    waits = [backoff(failures, LIMITS) for failures in (1, 2, 3, 9, 500)]
    assert waits == [MINUTE, 2 * MINUTE, 4 * MINUTE, 256 * MINUTE, 6 * HOUR]


def test_a_host_that_sends_us_away_is_left_alone_for_a_quarter_of_an_hour_at_most() -> None:
    assert [sent_away(times) for times in (1, 2, 5, 100)] == [MINUTE, 2 * MINUTE, 15 * MINUTE, 15 * MINUTE]


@pytest.mark.parametrize(
    ("told", "kept"), [(None, None), (NOON - HOUR, None), (NOON + HOUR, NOON + HOUR), (NOON + 900 * DAY, NOON + DAY)]
)
def test_a_wait_is_kept_for_a_day_at_most(told, kept) -> None:
    assert told_wait(told, NOON) == kept


def test_jitter_spreads_sources_within_a_tenth() -> None:
    spread = [jittered(10 * MINUTE, f"source{number}") for number in range(500)]
    assert min(spread) >= 9 * MINUTE
    assert max(spread) <= 11 * MINUTE
    assert len(set(spread)) > 490
    assert abs(sum(spread, timedelta(0)) / 500 - 10 * MINUTE) < 10 * timedelta(seconds=1)


def test_feeds_are_not_polled_faster_than_feeds_should_be() -> None:
    assert limits_for(SourceKind.FEED, load_settings()).shortest == 5 * MINUTE
