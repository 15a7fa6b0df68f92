"""What the check of the scenarios takes for found and for false."""

from typing import Any

from tests.scenarios.scoring import score


def line(post: str, number: int, official: int | None, **given: Any) -> dict[str, Any]:
    told = None if official is None else {"party": "ru_mod", "low": official, "high": official}
    claim = {"post": {"source": post, "id": "1"}, "low": number, "high": number}
    return {
        "verdict": "incompatible", "severity": "major", "measure": "killed", "object": "military", "side": "ru",
        "claim": claim, "official": told, "required": True, "to_check": False, **given,
    }  # fmt: skip


def test_each_line_takes_one_alert_and_a_second_one_is_false() -> None:
    found = score([line("a", 400, 63)], [line("a", 400, 63), line("a", 400, 63)])
    assert (len(found.found), len(found.missed), len(found.false)) == (1, 0, 1)


def test_an_alert_against_a_superseded_figure_finds_nothing() -> None:
    found = score([line("a", 400, 89)], [line("a", 400, 63)])
    assert (len(found.missed), len(found.false)) == (1, 1)


def test_an_alert_to_check_finds_nothing_that_is_required() -> None:
    assert score([line("a", 400, 63)], [line("a", 400, 63, to_check=True)]).missed


def test_what_is_not_required_may_be_raised_or_not() -> None:
    allowed = line("a", 3, None, required=False, verdict="no_official_figure")
    assert not score([allowed], []).missed
    assert not score([allowed], [line("a", 3, None, verdict="no_official_figure", to_check=True)]).false


def test_of_two_parties_at_odds_either_may_be_the_claim() -> None:
    asked = line("governor", 30, 24, claim={"post": {"source": "g", "id": "1"}, "low": 30, "high": 30, "party": "gov"})
    raised = line("ministry", 24, 30)
    raised["official"] = {"party": "gov", "low": 30, "high": 30}
    raised["claim"]["speaker"] = {"key": "ru_mod"}
    assert len(score([asked], [raised]).found) == 1


def test_a_severity_that_differs_is_told() -> None:
    assert score([line("a", 400, 63)], [line("a", 400, 63, severity="minor")]).severities
