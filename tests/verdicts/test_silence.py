"""Section 5 of the rules: officials who are silent on the killed, wounded or missing of an attack."""

from dataclasses import replace

import pytest

from models.enums import EventKind
from monitor.statements import Judgement, Member, PartyCoverage, PostText, Statement
from monitor.values import PlaceQuote
from monitor.verdicts import judge
from tests.saying import at, bench, event, post, say
from tests.verdicts.judged import judged


def claim(source: str = "blog", hours: float = 0, said: str = "12", *what: str, **given: object) -> Statement:
    return say(post(source, at(1, hours)), said, *what, **given)


def silent_on(judgement: Judgement) -> list[tuple[str, list[str]]]:
    return [
        (silence.key.measure, [each.statement.figure.quote for each in silence.claims])
        for silence in judgement.silences
    ]


def test_six_hours_without_an_official_figure_are_a_silence() -> None:
    assert silent_on(judged(claim(), now=at(1, 5.9))) == []
    assert silent_on(judged(claim(), now=at(1, 6))) == [("killed", ["12"])]


def test_a_second_unrelated_speaker_makes_it_one_at_once() -> None:
    assert silent_on(judged(claim(), claim("other", 1, "20"), now=at(1, 1))) == [("killed", ["20", "12"])]


def test_a_copy_is_no_second_speaker() -> None:
    first, again = claim(), claim("repost", 1)
    assert silent_on(judged(first, Member(again, 0.9, (), copy_of=first.post.ref), now=at(1, 2))) == []


def test_two_voices_of_one_channel_are_not_unrelated() -> None:
    residents = say(post("blog", at(1, 1)), "20", by="residents")
    assert silent_on(judged(claim(), residents, now=at(1, 2))) == []
    assert silent_on(judged(claim(), residents, claim("other", 1.5, "15"), now=at(1, 2))) != []


def _spoken(told: PostText, **given: object) -> Judgement:
    return judge(event(claim(), posts=(told,)), bench(), at(1, 2))


def test_a_party_that_spoke_without_a_number_makes_it_one_at_once() -> None:
    assert silent_on(_spoken(post("mod", at(1, 1)))) == [("killed", ["12"])]


def test_another_sides_party_does_not() -> None:
    assert silent_on(_spoken(post("stratcom", at(1, 1)))) == []


def test_a_party_that_counted_the_wounded_alone_is_silent_on_the_killed() -> None:
    wounded = say(post("dpr", at(1, 1)), ">15", "wounded")
    assert silent_on(judged(claim(), wounded, now=at(1, 2))) == [("killed", ["12"])]


@pytest.mark.parametrize("measure", ["casualties", "captured", "destroyed", "hit"])
def test_only_killed_wounded_and_missing_are_asked_for(measure: str) -> None:
    assert silent_on(judged(claim("blog", 0, "12", measure))) == []


def test_a_part_and_a_zero_are_not_asked_for() -> None:
    assert silent_on(judged(claim(part="from Samara"))) == []
    assert silent_on(judged(claim(said="0"))) == []


def test_the_items_of_a_bulletin_are_not_asked_for() -> None:
    assert silent_on(judged(claim(), kind=EventKind.BULLETIN)) == []
    assert silent_on(judged(Member(claim(), 0.9, (), item=True))) == []


def test_who_died_in_no_attack_is_not_asked_for() -> None:
    assert silent_on(judged(claim(), attack=False)) == []


def test_a_side_that_nobody_knows_is_not_asked() -> None:
    assert silent_on(judged(claim(side="unknown"))) == []
    assert silent_on(judged(claim(side="other"))) == []


def test_it_ends_when_a_figure_arrives_and_the_claims_are_compared_with_it() -> None:
    found = judged(claim(said="400"), say(post("mod", at(2)), "63"))
    assert silent_on(found) == []
    assert [each.rule for each in found.contradictions] == ["disjoint"]


def test_it_says_when_official_channels_were_last_read() -> None:
    read = (PartyCoverage("ru_mod", "ru", at(2)), PartyCoverage("ru_dpr", "ru", at(1.5)))
    silence = judged(claim(), on=bench(coverage=read)).silences[0]
    assert "last read at 2023-01-01 18:00 UTC" in silence.reason
    assert not silence.to_check


def test_it_is_to_check_when_a_channel_of_the_side_could_not_be_read() -> None:
    failing = (PartyCoverage("ru_mod", "ru", at(2), ("Минобороны",)), PartyCoverage("ua_stratcom", "ua", at(2)))
    silence = judged(claim(), on=bench(coverage=failing)).silences[0]
    assert silence.to_check
    assert "Минобороны" in silence.reason


def test_a_channel_of_the_other_side_that_could_not_be_read_does_not_matter() -> None:
    failing = (PartyCoverage("ru_mod", "ru", at(2)), PartyCoverage("ua_stratcom", "ua", at(2), ("StratCom",)))
    assert not judged(claim(), on=bench(coverage=failing)).silences[0].to_check


def test_it_is_to_check_where_no_official_channel_of_the_side_is_followed() -> None:
    assert judged(claim(), on=bench(coverage=())).silences[0].to_check


def test_it_is_to_check_where_every_claim_is() -> None:
    unsure = replace(claim(), figure=replace(claim().figure, confidence=0.2))
    assert judged(unsure).silences[0].to_check
    assert not judged(unsure, claim("other", 1)).silences[0].to_check


def test_a_days_fighting_along_a_front_is_no_attack() -> None:
    along = PlaceQuote("Bakhmut direction", "Bakhmut direction", "g709161/direction")
    assert silent_on(judged(claim(place=along))) == []
    assert silent_on(judged(claim(place=replace(along, quote="Bakhmut", id="g709161")))) == [("killed", ["12"])]
