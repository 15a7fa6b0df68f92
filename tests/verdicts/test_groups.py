"""Sections 1 and 4 of the rules: what is compared with what."""

import pytest

from models.enums import EventKind
from monitor.statements import Member, Statement
from monitor.values import PlaceQuote
from tests.saying import at, post, say
from tests.verdicts.judged import judged, of, raised, verdict

KYIV = PlaceQuote("Києві", "Kyiv", "kyiv")


def mod(said: str, *what: str, **given: object) -> Statement:
    return say(post("mod", at(2), id=given.pop("id", 1)), said, *what, **given)


def blog(said: str, *what: str, **given: object) -> Statement:
    return say(post("blog", at(2, 1), id=given.pop("id", 1)), said, *what, **given)


@pytest.mark.parametrize("kind", ["military", "civilian"])
def test_people_of_whom_nothing_is_said_join_the_kind_that_the_officials_state(kind: str) -> None:
    assert raised(judged(mod("63", "killed", kind), blog("400", "killed", "person"))) == [("disjoint", "400", "63")]


def test_an_official_toll_of_comrades_is_one_with_that_of_soldiers() -> None:
    found = judged(
        say(post("mod", at(1)), "63"),
        say(post("mod", at(3)), "89", "killed", "person"),
        blog("~400", "killed", "military"),
    )
    assert raised(found) == [("disjoint", "~400", "89")]
    assert len(found.revisions) == 1


def test_where_officials_state_no_kind_all_people_are_one_group() -> None:
    assert raised(judged(mod("10", "killed", "person"), blog("40", "killed", "military"))) == [("disjoint", "40", "10")]


def test_where_officials_state_both_kinds_people_are_their_total() -> None:
    both = mod("10", "killed", "military", start=0), mod("25", "killed", "civilian", start=9)
    assert raised(judged(*both, blog("35", "killed", "person"))) == []
    assert raised(judged(*both, blog("80", "killed", "person"))) == [("disjoint", "80", "25 + 10")]


def test_soldiers_against_a_side_that_counts_civilians_alone_disagree_on_who_was_hit() -> None:
    city = say(post("governor", at(1)), "25", "killed", "civilian", side="ua", place=KYIV)
    claim = say(post("mod", at(2)), ">200", "killed", "military", side="ua", place=KYIV)
    assert raised(judged(city, claim)) == [("kind", ">200", "25")]


def test_kinds_that_differ_by_little_are_only_not_comparable() -> None:
    city = say(post("governor", at(1)), "25", "killed", "civilian", side="ua")
    claim = say(post("mod", at(2)), "27", "killed", "military", side="ua")
    assert verdict(judged(city, claim), claim) == "not_comparable"


def test_killed_and_wounded_together_are_neither() -> None:
    claim = blog("hundreds", "casualties")
    assert verdict(judged(mod("63"), claim), claim) == "not_comparable"


def test_who_gives_both_together_has_given_no_number_of_the_killed() -> None:
    claim = blog("12", "killed")
    assert verdict(judged(mod("40", "casualties"), claim), claim) == "no_official_figure"


@pytest.mark.parametrize(
    ("claim", "measure", "official", "official_measure"),
    [
        ("90", "killed", "80", "casualties"),
        ("90", "wounded", "80", "casualties"),
        ("50", "casualties", "63", "killed"),
    ],
)
def test_arithmetic_that_forbids_both_is_incompatible(
    claim: str, measure: str, official: str, official_measure: str
) -> None:
    found = judged(mod(official, official_measure), blog(claim, measure))
    assert raised(found) == [("arithmetic", claim, official)]


def test_a_claim_that_agrees_with_an_impossible_official_figure_is_not_at_odds() -> None:
    officials = mod("90"), mod("80", "casualties", start=9)
    assert raised(judged(*officials, blog("90", "killed"))) == []
    assert raised(judged(*officials, blog("95", "killed"))) != []


def test_more_shot_down_than_launched_is_forbidden_too() -> None:
    force = say(post("air_force", at(2)), "30", "launched", "drone", side="ru")
    claim = blog("40", "intercepted", "drone", side="ru")
    assert raised(judged(force, claim, defender="ua", kind=EventKind.AIR_ATTACK)) == [("arithmetic", "40", "30")]


def test_six_launched_two_shot_down_and_four_hit_add_up() -> None:
    rockets = [("6", "launched"), ("2", "intercepted"), ("4", "hit")]
    own = [mod(said, what, "rocket", side="ua", start=7 * n) for n, (said, what) in enumerate(rockets)]
    assert raised(judged(*own)) == []


def test_a_part_is_compared_with_the_same_part_alone() -> None:
    whole, part = mod("63"), blog("12", part="from Samara")
    assert raised(judged(whole, part)) == []
    assert raised(judged(whole, mod("40", part="from Samara", start=9), part)) == [("disjoint", "12", "40")]


def test_a_part_above_its_whole_is_forbidden() -> None:
    assert raised(judged(mod("63"), blog("90", part="from Samara"))) == [("arithmetic", "90", "63")]


def test_children_are_a_part_of_the_people_hit() -> None:
    assert raised(judged(mod("46", "killed", "person"), blog("6", "killed", "child"))) == []


@pytest.mark.parametrize(("measure", "thing"), [("destroyed", "drone"), ("intercepted", "drone")])
def test_drones_destroyed_are_drones_shot_down(measure: str, thing: str) -> None:
    force = say(post("air_force", at(2)), "24", "intercepted", "drone", side="ru")
    claim = blog("40", measure, thing, side="ru")
    assert raised(judged(force, claim, defender="ua")) == [("disjoint", "40", "24")]


def test_aircraft_shot_down_are_aircraft_destroyed() -> None:
    assert raised(judged(mod("1", "destroyed", "aircraft"), blog("6", "intercepted", "aircraft"))) == [
        ("disjoint", "6", "1")
    ]


def test_things_in_the_air_are_counted_by_the_side_under_attack() -> None:
    attacker = say(post("mod", at(2)), "40", "launched", "drone", side="ru")
    defender = say(post("air_force", at(2, 1)), "24", "launched", "drone", side="ru")
    found = judged(attacker, defender, defender="ua", kind=EventKind.AIR_ATTACK)
    assert of(found, attacker).role == "claim"
    assert of(found, defender).role == "official"


def test_one_portion_of_a_nights_sky_is_compared_with_the_same_one() -> None:
    def over(source: str, said: str, portion: str | None, hours: float = 0) -> Member:
        told = say(post(source, at(2, hours)), said, "intercepted", "drone", side="ua")
        return Member(told, 0.9, (), portion=portion)

    ministry = over("mod", "84", None), over("mod", "24", "Bryansk Oblast")
    governor = over("dpr", "30", "Bryansk Oblast", 2)
    found = judged(*ministry, governor, defender="ru", kind=EventKind.AIR_ATTACK)
    assert raised(found) == [("parties", "30", "24")]


def test_where_the_side_is_unknown_nothing_is_raised() -> None:
    first = say(post("wire", at(1)), "10", side="unknown")
    second = say(post("blog", at(2)), "400", side="unknown")
    found = judged(first, second)
    assert raised(found) == []
    assert verdict(found, second) == "not_comparable"


def test_an_open_side_is_the_only_one_that_the_event_knows() -> None:
    assert raised(judged(mod("63"), blog("400", side="unknown"))) == [("disjoint", "400", "63")]
