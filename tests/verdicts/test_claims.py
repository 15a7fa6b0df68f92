"""Section 6 of the rules: whose words count, and what only carries them."""

from dataclasses import replace

from monitor.statements import Member, Speaker, Statement
from tests.saying import at, edited, post, say
from tests.verdicts.judged import in_force, judged, of, raised

KYIV = Speaker("ua", "Ukraine", "ua", listed=True, collective=True)


def mod(day: float, said: str, **given: object) -> Statement:
    return say(post("mod", at(day)), said, **given)


def copy(statement: Statement, origin: Statement) -> Member:
    return Member(statement, 0.9, (), copy_of=origin.post.ref)


def test_a_forward_is_carried_by_the_claim_and_raises_nothing_of_its_own() -> None:
    claim = say(post("svodki", at(1)), "500")
    forward = say(post("repost", at(1, 1), forwarded_from="svodki"), "500")
    found = judged(claim, copy(forward, claim), mod(2, "63"))
    assert raised(found) == [("disjoint", "500", "63")]
    assert of(found, forward).carried_by == claim.id


def test_a_carrier_that_still_shows_a_number_since_corrected_says_so() -> None:
    old, new = edited(post("svodki", at(1)), at(4))
    first, second = say(old, "500"), say(new, "~300")
    forward = say(post("repost", at(1, 1)), "500")
    found = judged(first, second, copy(forward, first), mod(2, "63"))
    carrier = of(found, forward)
    assert raised(found) == [("disjoint", "~300", "63")]
    assert carrier.stale
    assert carrier.carried_by == second.id
    assert "still shows" in carrier.reason


def test_a_speakers_own_words_beat_every_retelling() -> None:
    own = say(post("stratcom", at(1)), "~400")
    retold = say(post("wire", at(3)), "<400", by="ua_stratcom")
    found = judged(own, retold, mod(2, "63"))
    assert raised(found) == [("disjoint", "~400", "63")]
    assert of(found, retold).carried_by == own.id


def test_a_retelling_alone_is_the_claim_of_who_is_retold() -> None:
    retold = say(post("wire", at(3)), "hundreds", by="girkin")
    found = judged(retold, mod(2, "63"))
    assert [each.speaker.key for each in found.contradictions if each.speaker] == ["girkin"]


def test_the_same_retold_by_two_is_one_claim() -> None:
    retold = [say(post(name, at(3, n)), "hundreds", by="girkin") for n, name in enumerate(("wire", "paper"))]
    assert len(raised(judged(*retold, mod(2, "63")))) == 1


def test_a_partys_figure_told_in_its_sides_name_is_that_partys() -> None:
    own = say(post("stratcom", at(1)), "~400")
    retold = say(post("wire", at(3)), "<400", by=KYIV)
    found = judged(own, retold, mod(2, "63"))
    assert len(raised(found)) == 1
    assert of(found, retold).carried_by == own.id


def test_some_voice_of_a_side_that_tells_its_partys_number_retells_it() -> None:
    voice = Speaker("wire/ukrainian officials", "Ukrainian officials", "ua")
    own = say(post("stratcom", at(1)), ">600")
    retold, another = (say(post("wire", at(1, hours)), said, by=voice) for hours, said in ((3, "600"), (4, "300")))
    assert of(judged(own, retold, mod(2, "63")), retold).carried_by == own.id
    assert raised(judged(own, another, mod(2, "63"))) == [("disjoint", "300", "63"), ("disjoint", ">600", "63")]


def test_a_side_that_none_of_its_parties_has_told_so_claims_itself() -> None:
    retold = say(post("wire", at(3)), "<400", by=KYIV)
    assert raised(judged(retold, mod(2, "63"))) == [("anchors", "<400", "63")]


def test_sources_close_to_somebody_are_not_that_body() -> None:
    close = say(post("wire", at(3)), "400", by="sources close to the ministry")
    found = judged(close, mod(2, "63"))
    assert raised(found) == [("disjoint", "400", "63")]
    assert found.contradictions[0].statement.speaker.key == "wire/sources close to the ministry"


def test_two_channels_that_claim_the_same_are_two_contradictions() -> None:
    claims = [say(post(name, at(1)), "400") for name in ("one", "two")]
    assert len(raised(judged(*claims, mod(2, "63")))) == 2


def test_of_several_figures_of_one_kind_in_a_post_the_largest_is_meant() -> None:
    told = post("wire", at(3))
    found = judged(say(told, "12", start=0), say(told, "400", start=9), mod(2, "63"))
    assert raised(found) == [("disjoint", "400", "63")]


def test_an_unsure_reading_or_link_is_to_check() -> None:
    unsure = say(post("blog", at(1)), "400", confidence=0.3)
    loose = Member(say(post("other", at(1)), "400"), 0.5, (), suggested=True)
    found = judged(unsure, loose, mod(2, "63"))
    assert [each.to_check for each in found.contradictions] == [True, True]


def test_an_official_figure_that_is_only_suggested_takes_no_force_beside_a_firm_one() -> None:
    other = Member(say(post("dpr", at(3)), "5"), 0.5, (), suggested=True)
    found = judged(mod(2, "63"), other, say(post("blog", at(1)), "60"))
    assert raised(found) == []
    assert in_force(found) == "63"


def test_a_copy_of_a_later_version_is_carried_by_the_same_claim() -> None:
    first = say(post("svodki", at(1)), "500")
    second = replace(say(post("repost", at(2)), "500"), own=False)
    assert len(raised(judged(first, copy(second, first), mod(2, "63")))) == 1
