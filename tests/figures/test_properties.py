"""What holds of every number and of every text, not of the examples alone."""

from pathlib import Path

import pytest
import yaml
from effort import calls
from hypothesis import given, settings
from hypothesis import strategies as st
from num2words import num2words

from models.enums import Bound, Lang
from monitor.figures import read_figures
from monitor.figures.reader import reading_of
from monitor.values import Figure, ReadingContext

DATA = yaml.safe_load((Path(__file__).parent / "number_frames.yaml").read_text(encoding="utf-8"))
FRAMES = [(lang, case) for lang, cases in DATA["frames"].items() for case in cases]
COUNTS = st.one_of(st.integers(2, 120), st.integers(100, 999_999))
CONTEXT = ReadingContext()
SHORT, LONG = 4_000, 32_000
GROWTH = 8 * 1.5  # linear is 8; looking up the nearest by halves may cost some more


def words(number: int, lang: str, case: str) -> str:
    if lang == "ru":
        return str(num2words(number, lang="ru", case=case))
    if lang == "en":
        return str(num2words(number, lang="en"))
    return declined(number, case)


def declined(number: int, case: str) -> str:
    thousands, rest = divmod(number, 1000)
    if thousands == 0:
        return below_thousand(rest, case)
    head = below_thousand(thousands, case, feminine=True)
    return f"{head} {DATA['uk']['thousand'][case][plural(thousands)]} {below_thousand(rest, case)}".strip()


def below_thousand(number: int, case: str, *, feminine: bool = False) -> str:
    table = DATA["uk"]
    hundreds, rest = divmod(number, 100)
    parts = [] if hundreds == 0 else [table["hundreds"][case][hundreds - 1]]
    if 10 <= rest <= 19:
        return " ".join([*parts, table["teens"][rest - 10] + table["teen_endings"][case]])
    tens, units = divmod(rest, 10)
    parts += [] if tens == 0 else [table["tens"][case][tens - 2]]
    parts += [] if units == 0 else [unit(units, case, feminine=feminine)]
    return " ".join(parts)


def unit(number: int, case: str, *, feminine: bool) -> str:
    forms = DATA["uk"]["feminine" if feminine and number <= 2 else "units"][case]
    return str(forms[number - 1])


def plural(number: int) -> int:
    if number % 100 in range(11, 15) or number % 10 not in range(1, 5):
        return 2
    return 0 if number % 10 == 1 else 1


def read(text: str, lang: str | None = None) -> tuple[Figure, ...]:
    return tuple(read_figures(text, ReadingContext(lang=None if lang is None else Lang(lang))))


@pytest.mark.parametrize(("lang", "case"), FRAMES)
@given(number=COUNTS)
@settings(max_examples=40, deadline=None)
def test_a_number_in_words_is_read_back_in_every_case(lang: str, case: str, number: int) -> None:
    text = DATA["frames"][lang][case].format(words(number, lang, case))
    assert [(figure.low, figure.high, figure.bound) for figure in read(text, lang)] == [
        (number, number, Bound.EXACT)
    ], text


@pytest.mark.parametrize("lang", Lang)
@given(number=st.integers(1, 9_999_999), data=st.data())
@settings(max_examples=60, deadline=None)
def test_digits_are_read_in_every_grouping_convention(lang: str, number: int, data: st.DataObject) -> None:
    separator = data.draw(st.sampled_from(DATA["separators"][lang]))
    quote = f"{number:,}".replace(",", separator)
    found = read(DATA["digits"][lang].format(quote), lang)
    assert [(figure.low, figure.high, figure.quote) for figure in found] == [(number, number, quote)]


@given(st.text())
@settings(max_examples=200, deadline=None)
def test_any_text_is_read_without_an_exception(text: str) -> None:
    well_formed(text)


@given(st.lists(st.sampled_from(DATA["hostile"]), max_size=40).map("".join))
@settings(max_examples=200, deadline=None)
def test_any_heap_of_our_own_words_is_read_without_an_exception(text: str) -> None:
    well_formed(text)


def well_formed(text: str) -> None:
    for figure in read(text):
        assert text[figure.start : figure.end] == figure.quote
        assert figure.quote.strip() == figure.quote != ""
        assert 0 <= figure.confidence <= 1
        assert figure.low is not None or figure.high is not None
        assert figure.low is None or figure.high is None or figure.low <= figure.high


@pytest.mark.parametrize("piece", DATA["hostile"], ids=repr)
def test_time_grows_with_the_length_of_a_hostile_repeat(piece: str) -> None:
    read(piece * 10)
    short, long = spent(piece, SHORT), spent(piece, LONG)
    assert long <= GROWTH * short


@given(st.lists(st.sampled_from(DATA["hostile"]), min_size=2, max_size=5).map("".join))
@settings(max_examples=6, deadline=None)
def test_time_grows_with_the_length_of_repeats_of_several_pieces(unit: str) -> None:
    """Past the gate, which would spare most of the work."""
    spent(unit, SHORT // 16, whole=True)
    short, long = spent(unit, SHORT // 8, whole=True), spent(unit, LONG // 8, whole=True)
    assert long <= GROWTH * short


def spent(piece: str, length: int, *, whole: bool = False) -> int:
    text = (piece * (length // len(piece) + 1))[:length]
    return calls(lambda: reading_of(text, CONTEXT, whole=whole))
