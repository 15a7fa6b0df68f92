"""Which figures speak of one incident: named situations."""

import pytest

from models.enums import Lang
from monitor.statements import Statement
from monitor.values import Gist, PlaceQuote
from tests.events.joined import holder, joined, member
from tests.saying import DONETSK_REGION, MAKIIVKA, at, edited, place, post, say

HORLIVKA = place("Horlivka")
NEAR_MAKIIVKA, SOME_MAKIIVKA = place("near Makiivka"), place("Makiivka", known=False)
MAKIIVKA_BY_NAME = place("Makiivka-upon-Nothing", known=False)


def link(statement: Statement, *others: Statement) -> str:
    """How the statement hangs on the event of the first of the others: firm, suggested, apart, or nowhere."""
    events = joined(*others, statement)
    mine, theirs = holder(events, statement), holder(events, others[0])
    if mine is None:
        return "nowhere"
    if theirs is None or mine.id != theirs.id:
        return "apart"
    return "suggested" if member(events, statement).suggested else "firm"


def mod(day: float, said: str = "63", *what: str, hour: float = 0, **given: object) -> Statement:
    return say(post("mod", at(day, hour)), said, *what, **given)


def blog(day: float, said: str, *what: str, hour: float = 0, source: str = "blog", **given: object) -> Statement:
    return say(post(source, at(day, hour)), said, *what, **given)


UNNAMED = place("кафе", known=False)
FIRST = blog(1, "~400", source="stratcom")
THE_DAY_BEFORE = (at(1), at(2))
JANUARY_FIRST = (at(1, -6), at(1, 18))


@pytest.mark.parametrize(
    ("why", "statement", "expected"),
    [
        ("the next day, at the same place", mod(2), "firm"),
        ("another measure at the same place", mod(2, "15", "wounded"), "firm"),
        ("another place", mod(2, place=HORLIVKA), "apart"),
        ("two years later", mod(700), "apart"),
        ("a week later, a rare number that grows", mod(7, "420"), "firm"),
        ("a week later, a rare number like no other", mod(7, "63"), "suggested"),
        ("a week later, the same rare number", mod(7, "400"), "firm"),
        ("weeks later, nearly the same large number", mod(25, "415"), "suggested"),
        ("weeks later, the same large number", mod(25, "400"), "firm"),
        ("weeks later, another number", mod(25, "63"), "apart"),
        ("the day told, weeks later", mod(25, "92", when=JANUARY_FIRST), "firm"),
        ("another day told", mod(5, "92", when=(at(4), at(4, 12))), "apart"),
        ("the region around it, the same number", mod(2, "400", place=DONETSK_REGION), "firm"),
        ("the region around it, another number", mod(2, "63", place=DONETSK_REGION), "suggested"),
        ("the region around it, an everyday number", mod(2, "3", place=DONETSK_REGION), "apart"),
        ("the region around it, all of its day", mod(2, "63", place=DONETSK_REGION, when=THE_DAY_BEFORE), "apart"),
        ("the next day, an everyday number", mod(2, "2", hour=6), "apart"),
        ("the same day, an everyday number", mod(1, "2", hour=5), "firm"),
        ("no place, a rare number just told", blog(1, "400", hour=12, source="wire", place=None), "firm"),
        ("no place, a rare number of the day before", blog(2, "400", source="wire", place=None), "suggested"),
        ("a place written small, a rare number just told", blog(1, "400", hour=12, place=UNNAMED), "firm"),
        ("a place written small, another number", blog(2, "63", source="wire", place=UNNAMED), "nowhere"),
        ("no place, another number", blog(2, "63", source="wire", place=None), "nowhere"),
        ("no place, its source's next words", blog(1, "450", hour=2, source="stratcom", place=None), "firm"),
        ("no place, its source's count goes on", blog(3, "450", source="stratcom", place=None), "firm"),
        ("no place, two days later, another source", blog(3, "450", source="wire", place=None), "nowhere"),
        ("no place, two days later, fewer", blog(3, "300", source="stratcom", place=None), "nowhere"),
        ("no place, two days later, many times as many", blog(3, "2000", source="stratcom", place=None), "nowhere"),
        ("no place, a week later", blog(8, "450", source="stratcom", place=None), "nowhere"),
        ("near the place", mod(2, place=NEAR_MAKIIVKA), "firm"),
        ("a place of the name, the text not telling which", mod(2, place=SOME_MAKIIVKA), "firm"),
        ("the other side's losses", mod(2, "200", side="ua"), "apart"),
        ("a denial of its number", blog(3, "400", stance="denies"), "firm"),
    ],
)
def test_a_figure_finds_its_incident(why: str, statement: Statement, expected: str) -> None:
    assert link(statement, FIRST) == expected


def test_a_denial_or_a_total_makes_no_incident_of_its_own() -> None:
    assert joined(blog(1, "400", stance="denies"), blog(2, "5000", scope="total")) == ()


def test_an_answer_belongs_where_the_answered_post_does() -> None:
    told = post("wire", at(3), reply_to=FIRST.post.ref.id)
    answer = say(post("stratcom", at(3), reply_to=FIRST.post.ref.id), "380", place=None)
    assert link(answer, FIRST) == "firm"
    assert link(say(told, "380", place=None), FIRST) == "nowhere"


def test_a_later_version_belongs_where_the_first_one_does_however_late() -> None:
    old, new = edited(post("svodki", at(1)), at(20))
    assert link(say(new, "~300"), say(old, "500")) == "firm"


def test_who_recalls_the_incidents_number_speaks_of_it() -> None:
    told = post("mod", at(8))
    revised, former = say(told, "89", start=9), say(told, "63", stance="recalls", start=0)
    assert link(revised, mod(2), former) == "firm"


def test_what_one_post_tells_of_two_places_is_two_incidents() -> None:
    told = post("governor", at(1))
    assert link(say(told, "1", place=HORLIVKA, start=20), say(told, "2", start=0)) == "apart"


def test_a_figure_without_a_place_has_that_of_its_text() -> None:
    told = post("stratcom", at(1))
    assert link(say(told, "~300", "wounded", place=None, start=20), say(told, "~400", start=0)) == "firm"


def test_what_has_no_name_of_its_own_lies_in_the_place_named_before_it() -> None:
    text = "After Horlivka, a strike on Makiivka: in dormitory 28"
    told = post("mod", at(1), text=text, places=(HORLIVKA, place("Makiivka")))
    dormitory = say(told, "600", place=PlaceQuote("dormitory 28", "dormitory 28"))
    assert link(dormitory, FIRST) == "firm"


def test_a_regions_small_count_is_its_towns_where_both_numbers_are() -> None:
    told, of_region = post("governor", at(1)), post("wire", at(1, 3))
    town = [say(told, "2", start=0), say(told, "5", "wounded", start=9)]
    same = [say(of_region, said, what, place=DONETSK_REGION) for said, what in (("2", "killed"), ("5", "wounded"))]
    assert link(same[0], *town, same[1]) == "firm"
    assert link(same[0], *town) == "apart"


def test_a_town_is_known_before_the_region_around_it_whoever_spoke_first() -> None:
    region, town = blog(1, "400", place=DONETSK_REGION), mod(1, "400", hour=3)
    assert link(town, region) == "firm"
    assert holder(joined(region, town), town).place == MAKIIVKA  # type: ignore[union-attr]


def test_places_that_no_gazetteer_knows_are_the_same_by_their_name() -> None:
    assert link(mod(2, place=MAKIIVKA_BY_NAME), blog(1, "400", place=MAKIIVKA_BY_NAME)) == "firm"


def test_strikes_of_successive_days_on_one_town_are_two_incidents() -> None:
    first = blog(1, "12", "wounded", when=JANUARY_FIRST)
    second = blog(2, "15", "wounded", when=(at(2, -6), at(2, 18)))
    assert link(second, first) == "apart"


def test_today_the_toll_rose_speaks_of_the_first_day() -> None:
    first = blog(1, "40", when=JANUARY_FIRST)
    assert link(mod(3, "46", when=(at(3, -6), at(3, 18))), first) == "firm"


def test_reasons_and_score_are_kept() -> None:
    event = joined(FIRST, mod(2))[0]
    assert event.members[1].reasons == ("place: Makiivka", "time: 24 h after it was last spoken of", "counts killed")
    assert event.members[1].score == 0.7
    assert event.members[0].reasons == ("the first to tell of it",)


def test_an_event_is_named_by_its_place_and_day() -> None:
    assert joined(FIRST)[0].title == "Makiivka, 1 January 2023"
    assert joined(mod(25, when=JANUARY_FIRST))[0].title == "Makiivka, 1 January 2023"


def test_the_window_is_what_the_texts_tell() -> None:
    event = joined(FIRST, mod(2, when=(at(1, -6), at(1)), hour=1))[0]
    assert (event.start, event.end) == (at(1, -6), at(1))


def test_a_time_within_the_one_told_narrows_it_and_one_beside_it_does_not() -> None:
    night, hour, eve = (at(1, -12), at(1)), (at(1, -4), at(1, -3)), (at(1, -30), at(1, -6))
    first = blog(1, "400", when=night)
    for when, window in ((hour, hour), (eve, night)):
        event = joined(first, mod(2, when=when))[0]
        assert (event.start, event.end) == window


def test_a_district_lies_in_the_only_place_that_its_text_names() -> None:
    told = post("dpr", at(1), places=(MAKIIVKA, DONETSK_REGION))
    assert link(say(told, "15", "wounded", place=place("Red Guard district", known=False)), FIRST) == "firm"


def test_a_district_of_a_text_that_names_two_towns_stays_by_itself() -> None:
    told = post("dpr", at(1), places=(MAKIIVKA, HORLIVKA))
    assert link(say(told, "15", "wounded", place=place("Red Guard district", known=False)), FIRST) == "apart"


def test_a_place_that_is_told_of_every_day_is_not_one_event_for_ever() -> None:
    daily = [blog(day, str(60 + day)) for day in range(1, 31)]
    assert 2 <= len(joined(*daily)) <= 4


def four(words: list[str], hour: float = 0, said: str = "4", lang: Lang = Lang.EN) -> Statement:
    return say(post(f"at_{hour}", at(1, hour), gist=Gist(lang, frozenset(words))), said)


FIRE = ["smoke", "flames", "brigade", "apartment", "kitchen", "cable", "floors", "evacuated", "ladder"]
KNIFE = ["knife", "shoppers", "market", "guard", "arrested", "attacker", "checkout", "teenager", "quarrel"]


@pytest.mark.parametrize(
    ("why", "first", "second", "expected"),
    [
        ("nothing in common", FIRE, KNIFE, "apart"),
        ("a word in common", FIRE, [*KNIFE[1:], FIRE[0]], "firm"),
        ("too short to tell", FIRE, KNIFE[:8], "firm"),
    ],
)
def test_two_texts_of_one_place_that_share_no_words_tell_of_two_things(
    why: str, first: list[str], second: list[str], expected: str
) -> None:
    assert link(four(second, hour=5), four(first)) == expected


def test_texts_of_two_languages_need_no_words_in_common() -> None:
    assert link(four(KNIFE, hour=5, lang=Lang.UK), four(FIRE)) == "firm"


def test_a_rare_number_of_one_place_and_day_needs_no_words_in_common() -> None:
    assert link(four(KNIFE, hour=5, said="41"), four(FIRE, said="41")) == "firm"
