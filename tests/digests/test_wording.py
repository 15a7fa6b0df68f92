import pytest

from models.enums import AlertKind, Bound, Modifier, Rule, Verdict
from monitor.digests import wording
from monitor.digests.values import Said
from monitor.statements import Span
from tests.digests.made import make_finding, make_official, make_said, make_told

UP_TO = make_said(None, 400, Bound.AT_MOST, modifier=Modifier.UP_TO)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (make_said(63, 63), "63"),
        (make_said(0, 0), "0"),
        (make_said(8, 10, Bound.RANGE), "8–10"),
        (UP_TO, "up to 400"),
        (make_said(15, None, Bound.AT_LEAST, modifier=Modifier.MORE_THAN), "more than 15"),
        (make_said(15, None, Bound.AT_LEAST), "at least 15"),
        (make_said(400, 400, Bound.ABOUT, modifier=Modifier.ABOUT), "about 400"),
        (make_said(200, 999, Bound.VAGUE), "hundreds"),
        (make_said(12000, 12000), "12\u202f000"),
        (make_said(1200, 1200), "1200"),
        (make_said(1.5, 1.5), "1.5"),
    ],
)
def test_a_number_is_told_with_its_bound(said: Said, words: str) -> None:
    assert wording.amount(said) == words


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (Span(63, 63, 63), "63"),
        (Span(360, 440, 400), "360–440"),
        (Span(0, 400, 400), "0–400"),
        (Span(15, None, 15, low_open=True), "above 15"),
        (Span(15, None, 15), "15 and above"),
    ],
)
def test_an_interval_is_told_by_its_ends(span: Span, words: str) -> None:
    assert wording.interval(span) == words


def test_a_contradiction_is_one_line() -> None:
    line = "Rybar: 63 killed · Ministry: 20 killed · factor 3.1 · the two intervals do not meet"
    assert wording.headline(make_finding(ratio=3.14)) == line


def test_against_zero_no_factor_is_told() -> None:
    assert "factor" not in wording.headline(make_finding(ratio=None))


def test_a_revision_is_told_as_a_series() -> None:
    series = (make_official(value=63), make_official(value=74), make_official(value=89))
    finding = make_finding(kind=AlertKind.REVISION, rule=Rule.REVISION, series=series)
    assert wording.headline(finding) == "Ministry: 63 → 74 → 89 killed · the official figure changed"


def test_silence_names_all_claims() -> None:
    claims = (make_told("Rybar", 63), make_told("Wire", 40))
    finding = make_finding(kind=AlertKind.SILENCE, rule=Rule.SILENCE, claims=claims, official=None, ratio=None)
    assert wording.headline(finding).startswith("Rybar: 63 killed · Wire: 40 killed · a number was claimed")


@pytest.mark.parametrize(
    ("words", "vocabulary"),
    [(wording.VERDICTS, Verdict), (wording.RULES, Rule), (wording.MODIFIERS, Modifier)],
)
def test_every_word_of_a_vocabulary_has_its_wording(words: dict[str, str], vocabulary: type) -> None:
    assert set(words) == set(vocabulary)
