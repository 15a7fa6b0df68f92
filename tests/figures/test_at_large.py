import pytest

from monitor.figures.at_large import side_at_large


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
