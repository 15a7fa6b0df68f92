"""Section 2 of the rules: which official figure is in force, revisions, and parties at odds."""

from monitor.statements import Speaker, Statement
from tests.saying import at, deleted, edited, post, say
from tests.verdicts.judged import chains, in_force, judged, of, raised, verdict


def mod(day: float, said: str, **given: object) -> Statement:
    return say(post("mod", at(day)), said, **given)


def dpr(day: float, said: str, **given: object) -> Statement:
    return say(post("dpr", at(day)), said, **given)


def relay(source: str, day: float, said: str, by: str = "ru_mod", **given: object) -> Statement:
    return say(post(source, at(day)), said, by=by, **given)


def test_the_newest_own_figure_of_any_party_is_in_force() -> None:
    assert in_force(judged(mod(1, "63"), dpr(2, "70"))) == "70"


def test_what_merely_meets_the_figure_in_force_and_is_less_precise_does_not_replace_it() -> None:
    for looser in ("tens", ">=60", "~63", "<100", "60-70"):
        assert in_force(judged(mod(1, "63"), mod(2, looser))) == "63"
        assert in_force(judged(mod(1, "63"), dpr(2, looser))) == "63"


def test_what_is_more_precise_replaces_it() -> None:
    assert in_force(judged(mod(1, ">15"), mod(2, "18"))) == "18"
    assert in_force(judged(mod(1, "tens"), mod(2, "63"))) == "63"


def test_a_final_figure_replaces_the_same_one_given_as_preliminary() -> None:
    final = mod(2, "63")
    judgement = judged(mod(1, "63", provisional=True), final)
    period = next(iter(judgement.register.values()))[-1]
    assert period.official is not None
    assert period.official.statement == final


def test_the_same_figure_of_another_party_is_the_newest() -> None:
    again = dpr(2, "63")
    judgement = judged(mod(1, "63"), again)
    assert next(iter(judgement.register.values()))[-1].official.statement == again  # type: ignore[union-attr]
    assert chains(judged(mod(1, "63"), again, mod(3, "89"))) == [["63", "89"]]


def test_a_preliminary_figure_does_not_replace_the_same_one_given_as_final() -> None:
    judgement = judged(mod(1, "63"), dpr(2, "63", provisional=True), say(post("blog", at(3)), "400"))
    assert [each.severity for each in judgement.contradictions] == ["major"]


def test_a_relay_that_drops_more_than_quotes_nobody_wrongly() -> None:
    told = relay("wire", 2, "63")
    assert of(judged(mod(1, ">63"), told), told).role == "relay"
    assert raised(judged(mod(1, ">63"), told)) == []
    assert raised(judged(mod(1, ">63"), relay("wire", 2, "40"))) == [("misquoted", "40", ">63")]


def test_a_relay_is_in_force_until_the_party_speaks() -> None:
    told = relay("wire", 1, "63")
    assert in_force(judged(told)) == "63"
    assert in_force(judged(told, mod(2, "89"))) == "89"


def test_a_relay_never_replaces_an_own_figure_of_the_same_or_a_later_time() -> None:
    assert in_force(judged(mod(2, "89"), relay("wire", 2, "63"))) == "89"
    assert in_force(judged(mod(2, "89"), relay("wire", 1, "63"))) == "89"


def test_an_old_figure_relayed_anew_does_not_come_back_into_force() -> None:
    assert in_force(judged(mod(1, "63"), mod(3, "89"), relay("wire", 4, "63"))) == "89"


def test_alerts_on_one_relay_are_to_check_and_on_two_unrelated_ones_firm() -> None:
    claim = say(post("stratcom", at(1)), "~400")
    one = judged(claim, relay("wire", 2, "63"))
    two = judged(claim, relay("wire", 2, "63"), relay("paper", 2.5, "63"))
    assert of(one, claim).to_check
    assert not of(two, claim).to_check
    assert of(one, claim).verdict == of(two, claim).verdict == "incompatible"


def test_two_forwards_of_one_channel_are_no_two_sources() -> None:
    claim = say(post("stratcom", at(1)), "~400")
    forwards = [say(post(name, at(2), forwarded_from="someone"), "63", by="ru_mod") for name in ("wire", "paper")]
    assert of(judged(claim, *forwards), claim).to_check


def test_two_unrelated_relays_newer_than_the_own_figure_are_in_force() -> None:
    found = judged(mod(1, "63"), relay("wire", 3, "89"), relay("paper", 3.1, "89"))
    assert in_force(found) == "89"
    assert chains(found) == [["63", "89"]]
    assert raised(found) == []


def test_one_relay_that_meets_nothing_the_party_gave_is_misquoted_by_its_channel() -> None:
    wrong = relay("wire", 3, "163")
    found = judged(mod(1, "63"), mod(2, "89"), wrong)
    assert raised(found) == [("misquoted", "163", "89")]
    assert [each.speaker.key for each in found.contradictions if each.speaker] == ["wire"]
    assert in_force(found) == "89"


def test_what_a_side_as_such_is_said_to_have_said_replaces_no_partys_own_figure() -> None:
    moscow = say(post("wire", at(3)), "163", by=Speaker("side:ru", "Moscow", "ru", collective=True))
    found = judged(mod(1, "63"), moscow)
    assert in_force(found) == "63"
    assert raised(found) == [("misquoted", "163", "63")]
    assert found.contradictions[0].to_check


def test_a_relay_of_any_figure_that_the_party_gave_is_that_figure() -> None:
    found = judged(mod(1, "63"), mod(2, "89"), relay("wire", 3, "63"), relay("paper", 3, "~90"))
    assert raised(found) == []


def test_an_early_lower_relay_is_outdated_and_no_misquote() -> None:
    early = relay("wire", 1, "12")
    found = judged(early, mod(2, "63"))
    assert raised(found) == []
    assert verdict(found, early) == "outdated"


def test_a_party_that_takes_its_figure_back_has_none_in_force() -> None:
    claim = say(post("wire", at(1, 2)), "63")
    denial = mod(2, "63", stance="denies")
    found = judged(mod(1, "63"), claim, denial)
    assert in_force(found) is None
    assert any("taken back" in each.reason for each in found.silences)


def test_a_deleted_post_of_a_party_leaves_none_in_force_and_the_silence_says_so() -> None:
    own = say(deleted(post("mod", at(1)), at(2)), "63")
    found = judged(own, say(post("wire", at(1, 3)), "400"))
    assert in_force(found) is None
    assert any("deleted" in silence.reason for silence in found.silences)


def test_an_edit_of_a_partys_post_is_its_new_figure() -> None:
    old, new = edited(post("mod", at(1)), at(2))
    found = judged(say(old, "63"), say(new, "89"))
    assert in_force(found) == "89"
    assert chains(found) == [["63", "89"]]


def test_an_edit_that_keeps_the_figure_revises_nothing() -> None:
    old, new = edited(post("mod", at(1)), at(2))
    found = judged(say(old, "63"), say(new, "63"))
    assert chains(found) == []
    assert in_force(found) == "63"


def test_the_same_partys_new_figure_that_does_not_meet_its_old_one_is_a_revision() -> None:
    assert chains(judged(mod(1, "63"), mod(4, "89"))) == [["63", "89"]]
    assert chains(judged(mod(1, "89"), mod(4, "63"))) == [["89", "63"]]


def test_the_whole_series_stands_in_one_revision() -> None:
    assert chains(judged(mod(1, "12"), mod(2, "40"), mod(3, "46"))) == [["12", "40", "46"]]


def test_another_party_higher_in_a_growing_toll_revises_for_the_side() -> None:
    found = judged(dpr(1, "12"), mod(2, "63"))
    assert chains(found) == [["12", "63"]]
    assert raised(found) == []


def test_another_party_lower_in_a_growing_toll_is_at_odds_with_it() -> None:
    found = judged(mod(1, "63"), dpr(2, "12"))
    assert raised(found) == [("parties", "12", "63")]
    assert chains(found) == []


def test_parties_at_odds_agree_again_when_one_moves() -> None:
    assert raised(judged(mod(1, "63"), dpr(2, "12"), dpr(3, "63"))) == []


def test_any_different_count_of_one_finished_window_puts_parties_at_odds() -> None:
    night = {"measure": "intercepted", "thing": "drone", "side": "ru"}
    for first, second in (("24", "30"), ("30", "24")):
        force = say(post("air_force", at(2)), first, **night)
        governor = say(post("governor", at(2, 2)), second, **night)
        assert raised(judged(force, governor, defender="ua")) == [("parties", second, first)]


def test_missing_falls_as_people_are_found_and_is_no_revision() -> None:
    assert chains(judged(mod(1, "16", measure="missing"), mod(2, "4", measure="missing"))) == []


def test_parties_take_turns_at_counting_the_missing_as_they_become_fewer() -> None:
    assert raised(judged(mod(1, "16", measure="missing"), dpr(1.2, "4", measure="missing"))) == []
    assert raised(judged(mod(1, "16", measure="missing"), dpr(3, "40", measure="missing"))) == []


def test_within_a_day_another_party_that_misses_more_is_at_odds() -> None:
    found = judged(mod(1, "4", measure="missing"), dpr(1.2, "16", measure="missing"))
    assert raised(found) == [("parties", "16", "4")]


def test_totals_have_a_ledger_of_their_own_and_raise_nothing() -> None:
    total = say(post("staff", at(2)), "100000", scope="total")
    found = judged(mod(1, "63"), total)
    assert raised(found) == []
    assert verdict(found, total) == "not_comparable"


def test_officials_of_another_side_make_claims_like_anybody() -> None:
    claim = say(post("staff", at(1)), "400")
    found = judged(claim, mod(2, "63"))
    assert of(found, claim).role == "claim"
    assert in_force(found) == "63"
