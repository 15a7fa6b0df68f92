"""What people decided, and how events keep their ids."""

from models.enums import DecisionKind
from monitor.statements import Assignment, Decision
from tests.events.joined import are_one, groups, holder, joined, member
from tests.saying import at, place, post, say

FIRST = say(post("stratcom", at(1)), "~400")
SECOND = say(post("mod", at(2)), "63")
REPEATED = say(post("wire", at(2, 3)), "63", by="ru_mod")
ELSEWHERE = say(post("blog", at(2)), "5", place=place("Horlivka"))


def decision(kind: DecisionKind, one: str, other: str | None) -> tuple[Decision, ...]:
    return (Decision(kind, one, other),)


def test_two_events_that_a_person_joined_are_one() -> None:
    together = decision(DecisionKind.TOGETHER, FIRST.id, ELSEWHERE.id)
    assert not are_one(FIRST, ELSEWHERE)
    assert are_one(FIRST, ELSEWHERE, decisions=together)


def test_what_a_person_split_is_apart_and_takes_its_number_along() -> None:
    apart = decision(DecisionKind.APART, FIRST.id, SECOND.id)
    found = groups(joined(FIRST, SECOND, REPEATED, decisions=apart))
    assert found == {frozenset({FIRST.id}), frozenset({SECOND.id, REPEATED.id})}


def test_one_statement_moves_alone_and_its_link_is_firm() -> None:
    moved = decision(DecisionKind.MOVE, REPEATED.id, ELSEWHERE.id)
    events = joined(FIRST, SECOND, REPEATED, ELSEWHERE, decisions=moved)
    assert groups(events) == {frozenset({FIRST.id, SECOND.id}), frozenset({REPEATED.id, ELSEWHERE.id})}
    assert member(events, REPEATED).reasons == ("decided by a person",)


def test_one_statement_gets_an_event_of_its_own() -> None:
    alone = decision(DecisionKind.MOVE, REPEATED.id, None)
    assert frozenset({REPEATED.id}) in groups(joined(FIRST, SECOND, REPEATED, decisions=alone))


def test_what_names_no_place_can_be_given_one_by_a_person() -> None:
    loose = say(post("other", at(2)), "70", place=None)
    given = decision(DecisionKind.MOVE, loose.id, FIRST.id)
    assert are_one(FIRST, loose, decisions=given)


def test_a_decision_about_what_is_not_here_says_nothing() -> None:
    assert are_one(FIRST, SECOND, decisions=decision(DecisionKind.APART, "gone", SECOND.id))


def test_the_last_decision_counts() -> None:
    both = (
        *decision(DecisionKind.APART, FIRST.id, SECOND.id),
        *decision(DecisionKind.TOGETHER, FIRST.id, SECOND.id),
    )
    assert are_one(FIRST, SECOND, decisions=both)


def test_an_event_keeps_its_id_by_the_largest_overlap() -> None:
    before = (Assignment("old", frozenset({FIRST.id, "gone"})), Assignment("other", frozenset({ELSEWHERE.id})))
    events = joined(FIRST, SECOND, ELSEWHERE, before=before)
    assert (holder(events, SECOND), holder(events, ELSEWHERE)) == (events[0], events[1])
    assert [event.id for event in events] == ["old", "other"]


def test_of_two_events_that_became_one_the_larger_keeps_its_id() -> None:
    before = (Assignment("small", frozenset({FIRST.id})), Assignment("large", frozenset({SECOND.id, REPEATED.id})))
    assert [event.id for event in joined(FIRST, SECOND, REPEATED, before=before)] == ["large"]


def test_of_an_event_that_became_two_the_larger_keeps_its_id() -> None:
    before = (Assignment("old", frozenset({FIRST.id, SECOND.id, ELSEWHERE.id})),)
    events = joined(FIRST, SECOND, ELSEWHERE, before=before)
    assert holder(events, FIRST).id == "old"  # type: ignore[union-attr]
    assert holder(events, ELSEWHERE).id != "old"  # type: ignore[union-attr]


def test_a_new_event_has_the_same_id_each_time() -> None:
    assert joined(FIRST, SECOND)[0].id == joined(FIRST)[0].id
