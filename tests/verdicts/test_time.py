"""Section 4 of the rules, time: a claim against the figure of its own time, and against later ones from above."""

import pytest

from monitor.statements import Statement
from tests.saying import at, deleted, edited, post, say
from tests.verdicts.judged import judged, of, raised, verdict


def mod(day: float, said: str, **given: object) -> Statement:
    return say(post("mod", at(day)), said, **given)


def blog(day: float, said: str, source: str = "blog", **given: object) -> Statement:
    return say(post(source, at(day)), said, **given)


@pytest.mark.parametrize(
    ("why", "claim_day", "claim", "officials", "expected"),
    [
        ("below a later figure, nothing official then", 1, "12", {2: "46"}, "outdated"),
        ("two or three in the first hour", 1, "2-3", {2: "63"}, "outdated"),
        ("below, consistent with an earlier bound", 1.5, "20", {1: ">15", 3: "46"}, "outdated"),
        ("below, and contradicted at its own time", 1.5, "12", {1: "30", 3: "46"}, "incompatible"),
        ("above a later figure", 1, "~400", {2: "63"}, "incompatible"),
        ("above two later figures", 1, "~400", {2: "63", 4: "89"}, "incompatible"),
        ("above, until the official side moves up", 1, "46", {2: "12", 4: "46"}, "consistent"),
        ("above, until the official side moves past it", 1, "46", {2: "12", 4: "60"}, "outdated"),
        ("below at its own time, until the official side moves down", 1.5, "12", {1: "30", 3: "12"}, "consistent"),
        ("equal to what was in force yesterday", 4.5, "63", {2: "63", 4: "89"}, "outdated"),
        ("equal to what was in force last week", 11, "63", {2: "63", 4: "89"}, "incompatible"),
        ("equal at its own time, superseded later", 3, "63", {2: "63", 4: "89"}, "outdated"),
        ("a vague word that holds both", 1, "tens", {2: "63", 4: "89"}, "consistent"),
        ("equal to an official figure that is revised down", 1, "63", {2: "63", 4: "40"}, "outdated"),
        ("between, and an official revision down leaves it above", 1, "50", {2: "63", 4: "40"}, "incompatible"),
    ],
)
def test_a_claim_through_time(why: str, claim_day: float, claim: str, officials: dict[int, str], expected: str) -> None:
    said = blog(claim_day, claim)
    found = judged(said, *(mod(day, number) for day, number in officials.items()))
    assert verdict(found, said) == expected


def test_a_claim_stands_against_the_newest_official_figure() -> None:
    found = judged(blog(1, "~400"), mod(2, "63"), mod(4, "89"))
    assert raised(found) == [("disjoint", "~400", "89")]


def test_a_contradiction_began_when_the_official_figure_came() -> None:
    claim = blog(1, "~400")
    assert of(judged(claim, mod(2, "63"), mod(4, "89")), claim).since == at(2)


def test_what_was_not_said_yet_is_not_known_yet() -> None:
    claim = blog(1, "~400")
    assert verdict(judged(claim, mod(2, "63"), now=at(1.5)), claim) == "no_official_figure"


def test_an_edit_is_compared_by_the_time_it_was_seen() -> None:
    old, new = edited(post("blog", at(1)), at(5))
    said = say(new, "63")
    found = judged(say(old, "500"), said, mod(2, "63"), mod(4, "89"))
    assert raised(found) == []
    assert verdict(found, said) == "outdated"


def test_a_speakers_newest_figure_takes_the_place_of_the_earlier_one() -> None:
    assert raised(judged(mod(1, "63"), blog(2, "500"), blog(3, "300"))) == [("disjoint", "300", "63")]


def test_a_claim_ends_when_its_speaker_corrects_it() -> None:
    assert raised(judged(mod(1, "63"), blog(2, "500"), blog(3, "63"))) == []


def test_a_claim_ends_with_its_post() -> None:
    gone = say(deleted(post("blog", at(2)), at(3)), "500")
    found = judged(mod(1, "63"), gone)
    assert raised(found) == []
    assert "deleted" in of(found, gone).reason


def test_a_claim_ends_when_an_edit_drops_its_number() -> None:
    old, new = edited(post("blog", at(2)), at(3))
    assert raised(judged(mod(1, "63"), say(old, "500"), say(new, "63", measure="wounded"))) == []


@pytest.mark.parametrize(("hours", "expected"), [(20, "incompatible"), (30, "not_comparable")])
def test_missing_is_compared_within_a_day_only(hours: float, expected: str) -> None:
    claim = say(post("blog", at(1)), "40", "missing")
    found = judged(claim, say(post("mod", at(1, hours)), "16", "missing"))
    assert verdict(found, claim) == expected


def test_a_former_number_and_a_rejected_one_are_no_claims() -> None:
    recalled, denied = blog(2, "500", stance="recalls"), blog(2.1, "400", "other", stance="denies")
    found = judged(mod(1, "63"), recalled, denied)
    assert raised(found) == []
    assert [of(found, each).role for each in (recalled, denied)] == ["recall", "denial"]


def test_a_denial_stands_beside_the_claim_that_it_rejects() -> None:
    claim = say(post("stratcom", at(1)), "~400")
    denial = blog(3, "400", stance="denies")
    found = judged(claim, mod(2, "63"), denial)
    assert of(found, denial).denies == (claim.id,)


def test_no_casualties_is_a_figure_of_nothing() -> None:
    assert raised(judged(mod(1, "0"), blog(1.2, "12"))) == [("disjoint", "12", "0")]


def test_a_late_post_is_judged_as_if_it_had_come_in_time() -> None:
    in_time = judged(blog(1, "~400"), mod(2, "63"))
    late = judged(mod(2, "63"), blog(1, "~400"))
    assert raised(in_time) == raised(late)
