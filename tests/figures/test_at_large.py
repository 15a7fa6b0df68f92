import pytest

from monitor.figures.at_large import side_at_large, side_of_voice


@pytest.mark.parametrize(
    ("quote", "side"),
    [
        ("Kyiv", "ua"),
        ("Киев", "ua"),
        ("Київ", "ua"),
        ("Ukraine", "ua"),
        ("Moscow", "ru"),
        ("Россия", "ru"),
        ("Ukrainian officials", None),
        ("Ukrainian blogger", None),
        ("Sources close to Kyiv", None),
        ("Mayor of Kyiv", None),
        ("Journalists", None),
        ("Turkey", None),
        ("", None),
    ],
)
def test_a_bare_name_of_a_side_is_that_side_and_nobody_in_particular(quote: str, side: str | None) -> None:
    assert side_at_large(quote) == side


@pytest.mark.parametrize(
    ("quote", "side"),
    [
        ("Ukrainian officials", "ua"),
        ("российские военные", "ru"),
        ("українські посадовці", "ua"),
        ("the Russians", "ru"),
        ("Sources close to Kyiv", None),
        ("Russian and Ukrainian officials", None),
        ("Turkish officials", None),
        ("Journalists", None),
    ],
)
def test_some_voice_of_a_side_is_known_by_its_side(quote: str, side: str | None) -> None:
    assert side_of_voice(quote) == side
