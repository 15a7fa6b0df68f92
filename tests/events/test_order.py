"""The order in which statements come decides nothing."""

from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.statements import Assignment, Event, Statement
from tests.events.joined import joined
from tests.saying import DONETSK_REGION, at, edited, place, post, say

PLACES = (place("Makiivka"), place("Horlivka"), place("Kharkiv"), DONETSK_REGION, None)
SOURCES = ("mod", "dpr", "stratcom", "staff", "blog", "wire", "svodki")


@st.composite
def statements(draw: st.DrawFn) -> list[Statement]:
    """Posts of a fortnight, edits and forwards among them; equal times and equal numbers are likely."""
    said: list[Statement] = []
    for number in range(draw(st.integers(2, 12))):
        moment = at(1, 6 * draw(st.integers(0, 60)))
        forwarded = draw(st.sampled_from((None, None, "svodki")))
        told = post(draw(st.sampled_from(SOURCES)), moment, id=number, forwarded_from=forwarded, text="слово " * 12)
        what = {"side": draw(st.sampled_from(("ru", "ua", "unknown"))), "place": draw(st.sampled_from(PLACES))}
        measure, thing = draw(
            st.sampled_from((("killed", "military"), ("wounded", "person"), ("intercepted", "drone")))
        )
        value = draw(st.sampled_from(("2", "12", "63", "~400", "hundreds")))
        versions = edited(told, at(1, 400)) if draw(st.booleans()) else (told,)
        said += [say(version, value, measure, thing, **what) for version in versions]
    return said


def content(events: tuple[Event, ...]) -> list[object]:
    return [(event.id, event.title, event.start, event.end, event.members) for event in events]


@settings(max_examples=150, deadline=None)
@given(statements(), st.randoms(use_true_random=False))
def test_any_order_comes_to_the_same_events(said: list[Statement], chance: object) -> None:
    shuffled = list(said)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert content(joined(*shuffled)) == content(joined(*said))


@settings(max_examples=100, deadline=None)
@given(statements())
def test_no_statement_is_in_two_events(said: list[Statement]) -> None:
    found = [each.statement.id for event in joined(*said) for each in event.members]
    assert len(found) == len(set(found))
    assert set(found) <= {each.id for each in said}


@settings(max_examples=100, deadline=None)
@given(statements())
def test_joining_again_keeps_every_id(said: list[Statement]) -> None:
    first = joined(*said)
    before = tuple(Assignment(e.id, frozenset(each.statement.id for each in e.members)) for e in first)
    assert content(joined(*said, before=before)) == content(first)
