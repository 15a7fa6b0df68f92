"""Section 7 of the rules, the strike on Makiivka, worked by hand; and that the order of the figures decides nothing."""

from hypothesis import given
from hypothesis import strategies as st

from monitor.statements import Judgement, Speaker, Statement
from tests.saying import at, post, say
from tests.verdicts.judged import chains, judged, of, raised

KYIV = Speaker("ua", "Ukraine", "ua", listed=True, collective=True)
ROCKETS = (("6", "launched"), ("2", "intercepted"), ("4", "hit"))
CASE: dict[str, Statement] = {
    "dpr": say(post("dpr", at(1)), ">15", "wounded", "person", provisional=True),
    "sladkov": say(post("sladkov", at(1, 6)), "2-3"),
    "stratcom": say(post("stratcom", at(1, 9)), "~400"),
    "stratcom wounded": say(post("stratcom", at(1, 9)), "~300", "wounded", start=9),
    "girkin": say(post("strelkov", at(2, 2)), "hundreds", "casualties", "person"),
    "rybar": say(post("rybar", at(2, 3)), ">100", "wounded", "person"),
    **{measure: say(post("mod", at(2, 7)), n, measure, "rocket", side="ua", start=9) for n, measure in ROCKETS},
    "mod": say(post("mod", at(2, 7)), "63"),
    "girkin retold": say(post("wire", at(2, 11)), "hundreds", by="girkin"),
    "relay": say(post("wire", at(2, 11)), "63", by="ru_mod", start=9),
    "close": say(post("wire", at(2, 12)), "tens", by="sources close to the DPR"),
    "kyiv": say(post("wire", at(2, 12)), "<400", by=KYIV, start=9),
    "revision": say(post("mod", at(3, 16)), "89", "killed", "person"),
}
RAISED = [
    ("disjoint", "hundreds", "89"),
    ("disjoint", "~400", "89"),
    ("lower_bound", ">100", ">15"),
    ("lower_bound", "~300", ">15"),
]
SHOWN = {
    "sladkov": ("claim", "outdated"),
    "girkin": ("claim", "not_comparable"),
    "close": ("claim", "consistent"),
    "relay": ("relay", "consistent"),
    "mod": ("official", None),
    "revision": ("official", "official_revision"),
}


def test_the_case_raises_what_the_rules_say() -> None:
    assert raised(judged(*CASE.values())) == RAISED


def test_the_factors_and_the_severities_are_those_of_the_page() -> None:
    found = judged(*CASE.values())
    told = {each.statement.figure.quote: (each.severity, round(each.ratio or 0, 1)) for each in found.contradictions}
    assert told == {
        "~400": ("major", 4.0),
        "hundreds": ("major", 2.2),
        "~300": ("notable", 20.0),
        ">100": ("notable", 6.7),
    }


def test_before_the_revision_the_claims_stand_against_the_first_figure() -> None:
    found = judged(*CASE.values(), now=at(3))
    ratios = {each.statement.figure.quote: round(each.ratio or 0, 1) for each in found.contradictions}
    assert (ratios["~400"], ratios["hundreds"]) == (5.7, 3.2)


def test_the_ministrys_revision_has_the_whole_series() -> None:
    assert chains(judged(*CASE.values())) == [["63", "89"]]


def test_what_is_shown_only_is_shown_with_its_verdict() -> None:
    found = judged(*CASE.values())
    assert {name: (of(found, CASE[name]).role, of(found, CASE[name]).verdict) for name in SHOWN} == SHOWN
    assert of(found, CASE["kyiv"]).carried_by == CASE["stratcom"].id


def _told(found: Judgement) -> tuple[object, ...]:
    return found.statements, found.contradictions, found.parties, found.revisions, found.silences, found.register


@given(st.permutations(list(CASE.values())))
def test_the_order_of_the_figures_decides_nothing(shuffled: list[Statement]) -> None:
    assert _told(judged(*shuffled)) == _told(judged(*CASE.values()))


@given(st.sets(st.sampled_from(sorted(CASE))))
def test_any_choice_of_the_figures_can_be_judged(names: set[str]) -> None:
    chosen = [CASE[name] for name in sorted(names)]
    if chosen:
        assert len(judged(*chosen).statements) == len(chosen)
