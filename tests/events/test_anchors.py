"""Decisions outlive edits and reading anew; what passes on a moved post goes along."""

from dataclasses import replace

import pytest

from models.enums import DecisionKind, Measure
from monitor.events.anchors import Anchor, Ruling, anchor_of, decisions_of, meant_by
from monitor.statements import Decision, Statement
from tests.events.joined import are_one, groups, joined
from tests.saying import at, edited, place, post, say

TOLD = post("blog", at(2), text="Погибли 12 человек, ранены 30.")
KILLED = say(TOLD, "12", start=8)
WOUNDED = say(TOLD, "30", "wounded", start=26)
OFFICIAL = say(post("mod", at(2)), "63")
ELSEWHERE = say(post("wire", at(2)), "5", place=place("Horlivka"))


def meant(anchor: Anchor, *statements: Statement) -> list[str]:
    return [each.figure.quote for each in meant_by(anchor, statements)]


def again(statement: Statement, **given) -> Statement:
    """As another reader has it: its id is another one too."""
    return replace(statement, id="another", figure=replace(statement.figure, **given))


READ_ANEW = {
    "the same": (say(TOLD, "12", start=8), "12"),
    "a longer span": (again(KILLED, start=0, end=12, quote="about 12"), "about 12"),
    "another measure": (again(KILLED, measure=Measure.CASUALTIES, quote="12"), "12"),
    "another place in the text": (again(KILLED, start=20, end=22), None),
}


@pytest.mark.parametrize("what", READ_ANEW)
def test_a_figure_is_known_again_where_it_stood(what: str) -> None:
    now, quote = READ_ANEW[what]
    assert meant(anchor_of(KILLED), now, WOUNDED) == ([] if quote is None else [quote])


def test_a_later_version_keeps_what_was_decided_of_the_same_count() -> None:
    old, new = edited(TOLD, at(3), text="Погибли уже 14 человек, ранены 30.")
    assert meant(anchor_of(KILLED), say(old, "12", start=8), say(new, "14"), say(new, "30", "wounded")) == ["12", "14"]


def test_an_earlier_version_does_not() -> None:
    old, new = edited(TOLD, at(3), text="Погибли уже 14 человек.")
    assert meant(anchor_of(say(new, "14")), say(old, "12", start=8), say(new, "14")) == ["14"]


def test_of_two_counts_in_a_later_version_the_one_of_its_place_is_meant() -> None:
    _, new = edited(TOLD, at(3), text="В Макеевке 14, в Горловке 12.")
    here, there = say(new, "14"), say(new, "12", place=place("Horlivka"), start=9)
    assert meant(anchor_of(KILLED), here, there) == ["14"]


def test_two_counts_of_one_place_in_a_later_version_are_told_by_the_number_or_not_at_all() -> None:
    _, new = edited(TOLD, at(3), text="14, 12 и 15")
    assert meant(anchor_of(KILLED), say(new, "14"), say(new, "12", start=4)) == ["12"]
    assert meant(anchor_of(KILLED), say(new, "14"), say(new, "15", start=9)) == []


def ruled(kind: DecisionKind, concerned: tuple[Statement, ...], anchors: tuple[Statement, ...]) -> tuple[Decision, ...]:
    ruling = Ruling(kind, tuple(map(anchor_of, concerned)), tuple(map(anchor_of, anchors)))
    return decisions_of([ruling], [KILLED, WOUNDED, OFFICIAL, ELSEWHERE])


def test_a_split_takes_all_that_was_named_into_one_event_of_its_own() -> None:
    apart = ruled(DecisionKind.APART, (KILLED, WOUNDED), (OFFICIAL,))
    assert are_one(KILLED, WOUNDED, OFFICIAL)
    found = groups(joined(KILLED, WOUNDED, OFFICIAL, decisions=apart))
    assert found == {frozenset({KILLED.id, WOUNDED.id}), frozenset({OFFICIAL.id})}


def test_a_ruling_whose_anchors_are_gone_says_nothing() -> None:
    gone = say(post("gone", at(1)), "7")
    assert ruled(DecisionKind.MOVE, (KILLED,), (gone,)) == ()
    assert ruled(DecisionKind.TOGETHER, (gone,), (OFFICIAL,)) == ()


def test_a_copy_goes_with_the_post_that_a_person_moved() -> None:
    words = "Макеевка: по нашим данным, под завалами училища погибли 500 мобилизованных, разбор продолжается."
    source = say(post("blog", at(2), text=words, id="1"), "500")
    copy = say(post("repost", at(2, 1), text=words, forwarded_from="blog", forwarded_post="1"), "500")
    moved = decisions_of(
        [Ruling(DecisionKind.MOVE, (anchor_of(source),), (anchor_of(ELSEWHERE),))], [source, copy, ELSEWHERE]
    )
    events = joined(source, copy, OFFICIAL, ELSEWHERE, decisions=moved)
    sizes = sorted(len(event.members) for event in events)
    assert sizes == [1, 3]
