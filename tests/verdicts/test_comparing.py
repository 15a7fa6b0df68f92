"""Section 5 of the rules: one claim against one official figure."""

from typing import Any

import pytest

from monitor.statements import Thresholds
from monitor.verdicts.comparing import compare
from tests.saying import figure


def verdict(claim: str, official: str, measure: str = "killed", **given: Any) -> tuple[str, str | None, str | None]:
    found = compare(figure(claim, measure), figure(official, measure, **given), Thresholds())
    return found.verdict, found.rule, found.severity


@pytest.mark.parametrize(
    ("claim", "official", "severity", "ratio"),
    [
        ("~400", "63", "major", 360 / 63),
        ("~400", "89", "major", 360 / 89),
        ("hundreds", "63", "major", 200 / 63),
        ("92", "89", "minor", 92 / 89),
        ("112", "89", "notable", 112 / 89),
        ("8", "4", "notable", 2.0),
        ("9", "4", "major", 9 / 4),
        ("2", "1", "minor", 2.0),
        ("20", "63", "major", 63 / 20),
        (">100", "63", "notable", 100 / 63),
    ],
)
def test_what_does_not_meet_is_incompatible_by_the_nearest_ends(
    claim: str, official: str, severity: str, ratio: float
) -> None:
    found = compare(figure(claim), figure(official), Thresholds())
    assert (found.verdict, found.rule, found.severity) == ("incompatible", "disjoint", severity)
    assert found.ratio == pytest.approx(ratio)


@pytest.mark.parametrize(
    ("claim", "official", "measure", "severity"),
    [
        ("1", "0", "killed", "major"),
        ("0", "1", "killed", "major"),
        ("4", "0", "wounded", "notable"),
        ("5", "0", "wounded", "major"),
        ("1", "0", "wounded", "minor"),
        ("several", "0", "killed", "major"),
    ],
)
def test_a_final_zero_is_major_against_one_killed_or_five_others(
    claim: str, official: str, measure: str, severity: str
) -> None:
    assert verdict(claim, official, measure) == ("incompatible", "disjoint", severity)


def test_a_preliminary_zero_is_not_final() -> None:
    assert verdict("1", "0", provisional=True) == ("incompatible", "disjoint", "minor")


@pytest.mark.parametrize(
    ("claim", "official"),
    [("<400", "63"), ("<400", "89"), ("<12", "6"), ("40", "<63"), ("10-100", "15")],
)
def test_what_meets_with_anchors_far_apart_is_divergent(claim: str, official: str) -> None:
    assert verdict(claim, official)[:2] == ("divergent", "anchors")


@pytest.mark.parametrize(
    ("why", "claim", "official"),
    [
        ("nearly the same", "~90", "89"),
        ("1.4 times is not enough", "<90", "63"),
        ("a difference of 4 is not enough", "<8", "4"),
        ("a lower bound that the official figure reaches", ">=20", "63"),
        ("more than, reached", ">50", "89"),
        ("a vague word that holds the value", "tens", "89"),
        ("a vague word within its soft edge", "hundreds", "150"),
        ("the official word is vague and holds the claim", "25", "tens"),
        ("above an official lower bound, below three times", "40", ">15"),
        ("three times, but by 8 only", "12", ">=4"),
        ("vague word that holds the bound", "tens", ">20"),
    ],
)
def test_what_meets_otherwise_is_consistent(why: str, claim: str, official: str) -> None:
    assert verdict(claim, official) == ("consistent", None, None)


@pytest.mark.parametrize(
    ("claim", "official", "severity"),
    [("~300", ">15", "major"), (">100", ">15", "major"), ("45", ">=15", "major"), ("hundreds", ">15", "major")],
)
def test_an_official_lower_bound_exceeded_three_times_and_by_ten_is_divergent(
    claim: str, official: str, severity: str
) -> None:
    assert verdict(claim, official, "wounded") == ("divergent", "lower_bound", severity)


def test_what_contradicts_a_preliminary_figure_is_at_most_notable() -> None:
    assert verdict("~300", ">15", "wounded", provisional=True) == ("divergent", "lower_bound", "notable")
    assert verdict("~400", "63", provisional=True) == ("incompatible", "disjoint", "notable")


def test_the_reason_can_be_recomputed_by_hand() -> None:
    reason = compare(figure("~400"), figure("63"), Thresholds()).reason
    assert '"~400" means 360 to 440' in reason
    assert "63 and 360, 5.7 times" in reason


def test_a_desk_may_set_its_own_factors() -> None:
    strict = Thresholds(major_ratio=6, notable_ratio=6)
    assert compare(figure("~400"), figure("63"), strict).severity == "minor"
