"""What people decide about joining holds in every later join, until they take it back."""

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session, sessionmaker

from models.tables import DecisionRow, EventFigure, EventRow, FigureRow, Post
from monitor.errors import BadInputError
from monitor.pipeline import deciding
from monitor.pipeline.deciding import Decided, Ground
from tests.pipeline.desk import MAKIIVKA, Desk, said
from tests.saying import at, place

ANN = Ground("Ann", "the second strike of that night")
HORLIVKA = place("Horlivka")
TWO = {frozenset({"~400", "63"}), frozenset({"5"})}


@pytest.fixture
def desk(sessions: sessionmaker[Session]) -> Desk:
    return Desk(sessions)


@pytest.fixture
def posts(desk: Desk) -> dict[str, int]:
    """Two events: Makiivka with a claim and the official figure, and Horlivka."""
    posts = {
        "claim": desk.post("stratcom", at(1), said("~400"), id="1"),
        "official": desk.post("mod", at(2), said("63"), id="1"),
        "other": desk.post("blog", at(2), said("5", place=HORLIVKA), id="1"),
    }
    desk.join()
    assert events(desk) == TWO
    return posts


def linked(desk: Desk) -> dict[str, EventFigure]:
    """By quote, the newest version of it."""
    with desk.sessions() as session:
        query = select(FigureRow.quote, EventFigure).join(EventFigure, EventFigure.figure_id == FigureRow.id)
        return dict(session.execute(query.order_by(FigureRow.id)).all())


def events(desk: Desk) -> set[frozenset[str]]:
    rows = linked(desk)
    return {
        frozenset(quote for quote, row in rows.items() if row.event_id == event)
        for event in {row.event_id for row in rows.values()}
    }


def decide(desk: Desk, what: str, *given: object, ground: Ground = ANN) -> Decided:
    with desk.sessions.begin() as session:
        decided: Decided = getattr(deciding, what)(session, desk.setup, *given, ground)
    desk.join()
    return decided


def event(desk: Desk, quote: str) -> str:
    return linked(desk)[quote].event_id


def test_two_events_become_one_and_stay_so(desk: Desk, posts: dict[str, int]) -> None:
    decide(desk, "merge", event(desk, "63"), event(desk, "5"))
    assert events(desk) == {frozenset({"~400", "63", "5"})}
    desk.post("wire", at(2, 5), said("6", place=HORLIVKA))
    desk.join()
    assert events(desk) == {frozenset({"~400", "63", "5", "6"})}


def test_events_far_from_each_other_in_time_become_one(desk: Desk, posts: dict[str, int]) -> None:
    desk.post("blog", at(40), said("7", place=HORLIVKA))
    desk.join()
    decide(desk, "merge", event(desk, "63"), event(desk, "7"))
    assert events(desk) == {frozenset({"~400", "63", "7"}), frozenset({"5"})}


def test_undoing_a_merger_parts_the_events_again(desk: Desk, posts: dict[str, int]) -> None:
    merged = decide(desk, "merge", event(desk, "63"), event(desk, "5"))
    decide(desk, "undo", merged.id, ground=Ground("Bob", "two towns"))
    assert events(desk) == TWO
    with desk.sessions() as session:
        rows = session.scalars(select(DecisionRow).order_by(DecisionRow.id)).all()
        assert [(row.kind, row.decided_by, row.undoes) for row in rows] == [
            ("together", "Ann", None), ("undo", "Bob", merged.id),
        ]  # fmt: skip


def test_a_split_takes_the_contradiction_away_and_says_so(desk: Desk, posts: dict[str, int]) -> None:
    decide(desk, "split", event(desk, "63"), ["stratcom/1"])
    assert events(desk) == {frozenset({"~400"}), frozenset({"63"}), frozenset({"5"})}
    assert [kind for kind, *_ in desk.told()] == ["silence", "silence"]


def test_a_moved_figure_is_held_against_the_other_events_official_one(desk: Desk, posts: dict[str, int]) -> None:
    decide(desk, "move", [linked(desk)["5"].statement_id], event(desk, "63"))
    assert events(desk) == {frozenset({"~400", "63", "5"})}
    assert linked(desk)["5"].verdict == "incompatible"


def test_a_moved_post_stays_where_it_was_put_when_it_is_edited(desk: Desk, posts: dict[str, int]) -> None:
    decide(desk, "move", ["blog/1"], event(desk, "63"))
    desk.edit(posts["other"], at(3), said("8", place=HORLIVKA))
    desk.join()
    assert event(desk, "8") == event(desk, "63")


def test_a_moved_post_stays_where_it_was_put_when_it_is_read_anew(desk: Desk, posts: dict[str, int]) -> None:
    decide(desk, "move", ["blog/1"], event(desk, "63"))
    for post, quote in (("other", "~5"), ("official", "~63")):
        desk.read_anew(posts[post], said(quote, place=HORLIVKA if post == "other" else MAKIIVKA))
        desk.join()
    assert events(desk) == {frozenset({"~400", "~63", "~5"})}


def test_what_is_only_suggested_becomes_firm(desk: Desk, posts: dict[str, int]) -> None:
    with desk.sessions.begin() as session:
        session.execute(update(EventFigure).where(EventFigure.role == "claim").values(suggested=True))
    decide(desk, "confirm", event(desk, "63"), [linked(desk)["~400"].statement_id])
    assert linked(desk)["~400"].suggested is False
    assert linked(desk)["~400"].reasons == ["decided by a person"]


WRONG = {
    "no name": lambda desk: Ground(" ", "why"),
    "no reason": lambda desk: Ground("Ann", ""),
    "no such event": lambda desk: decide(desk, "merge", event(desk, "63"), "e0"),
    "one event twice": lambda desk: decide(desk, "merge", event(desk, "63"), event(desk, "~400")),
    "no such figure": lambda desk: decide(desk, "split", event(desk, "63"), ["abcdef"]),
    "a figure of another event": lambda desk: decide(desk, "split", event(desk, "63"), ["blog/1"]),
    "all of an event": lambda desk: decide(desk, "split", event(desk, "63"), ["stratcom/1", "mod/1"]),
    "where it is already": lambda desk: decide(desk, "move", ["mod/1"], event(desk, "63")),
    "nothing suggested": lambda desk: decide(desk, "confirm", event(desk, "63"), []),
    "no such decision": lambda desk: decide(desk, "undo", 77),
}


@pytest.mark.parametrize("what", WRONG)
def test_what_makes_no_sense_is_refused_and_nothing_is_written(desk: Desk, posts: dict[str, int], what: str) -> None:
    with pytest.raises(BadInputError):
        WRONG[what](desk)
    assert desk.rows(DecisionRow) == []


def test_a_decision_is_undone_once(desk: Desk, posts: dict[str, int]) -> None:
    merged = decide(desk, "merge", event(desk, "63"), event(desk, "5"))
    undone = decide(desk, "undo", merged.id)
    for again in (merged.id, undone.id):
        with pytest.raises(BadInputError):
            decide(desk, "undo", again)


def test_a_decision_whose_posts_are_gone_says_nothing(desk: Desk, posts: dict[str, int]) -> None:
    decide(desk, "move", ["blog/1"], event(desk, "63"))
    desk.read_anew(posts["other"])
    desk.join()
    assert events(desk) == {frozenset({"~400", "63"})}


def test_the_example_is_never_one_with_what_was_said(desk: Desk, posts: dict[str, int]) -> None:
    desk.post("example_mod", at(2), said("64"), example=True)
    desk.join()
    with pytest.raises(BadInputError, match="example"):
        decide(desk, "merge", event(desk, "63"), event(desk, "64"))


def test_joining_all_anew_in_any_order_comes_to_the_same(desk: Desk, posts: dict[str, int]) -> None:
    decide(desk, "move", ["blog/1"], event(desk, "63"))
    before = desk.told()
    with desk.sessions.begin() as session:
        session.execute(delete(EventRow))
    for post in sorted(posts.values(), reverse=True):
        with desk.sessions.begin() as session:
            session.execute(update(Post).where(Post.id == post).values(unjoined_since=desk.now))
        desk.join()
    assert (events(desk), desk.told()) == ({frozenset({"~400", "63", "5"})}, before)
