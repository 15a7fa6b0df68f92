"""The serial step on a real database: rows in, events and alerts out."""

import random
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session, sessionmaker

from models.enums import AlertState
from models.tables import AlertPost, AlertRow, EventFigure, EventRow, FigureRow, Issue, Post
from monitor.pipeline.join import join_due, join_next
from monitor.pipeline.joining import Joining
from monitor.pipeline.waiting import done, take
from monitor.values import PlaceQuote, SpeakerQuote
from tests.pipeline.desk import Desk, said
from tests.saying import at, place

CONTRADICTION = ("contradiction", "~400", "63")


@pytest.fixture
def desk(sessions: sessionmaker[Session]) -> Desk:
    return Desk(sessions)


def strike(desk: Desk) -> tuple[int, int]:
    """A claim, and the official figure that it contradicts."""
    return desk.post("stratcom", at(1), said("~400")), desk.post("mod", at(2), said("63"))


def test_a_contradiction_is_raised_and_can_be_printed(desk: Desk) -> None:
    strike(desk)
    assert desk.join() == 1
    line = desk.alerts()[0]
    assert (line["verdict"], line["severity"], line["ratio"]) == ("incompatible", "major", 5.71)
    assert line["official"]["party"] == "ru_mod"
    assert line["claim"]["speaker"]["key"] == "ua_stratcom"


def test_every_figure_of_an_event_has_its_judgement(desk: Desk) -> None:
    strike(desk)
    desk.join()
    with desk.sessions() as session:
        rows = session.scalars(select(EventFigure).order_by(EventFigure.role))
        assert [(row.role, row.verdict) for row in rows] == [("claim", "incompatible"), ("official", None)]
        assert session.scalars(select(EventRow.title)).all() == ["Makiivka, 1 January 2023"]


def test_joining_again_touches_nothing(desk: Desk) -> None:
    strike(desk)
    desk.join()
    before = desk.rows()
    with desk.sessions.begin() as session:
        session.execute(update(Post).values(unjoined_since=at(31)))
    desk.now = at(31)
    assert desk.join() == 1
    assert desk.rows() == before


def test_nothing_waits_after_a_join(desk: Desk) -> None:
    strike(desk)
    desk.join()
    assert join_next(desk.setup) is False


def test_what_changes_while_it_is_joined_waits_on_as_if_never_tried(desk: Desk) -> None:
    desk.post("mod", at(2), said("63"))
    with desk.setup.transaction() as session:
        batch = take(session, desk.setup)
        session.execute(update(Post).values(unjoined_since=at(9)))
        done(session, batch.waiting, at(9))
    with desk.sessions() as session:
        assert session.execute(select(Post.unjoined_since, Post.join_attempts)).all() == [(at(9), 0)]


def test_a_join_that_was_killed_leaves_nothing_and_run_again_is_whole(desk: Desk) -> None:
    ids = strike(desk)
    with desk.sessions() as session:
        Joining(session, desk.settings, desk.now, as_stated=False).join(ids)
        session.rollback()
    assert desk.rows() == []
    desk.join()
    assert desk.told() == [CONTRADICTION]


def test_two_workers_at_once_tell_it_once(desk: Desk) -> None:
    strike(desk)
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda _: join_next(desk.setup), range(2)))
    assert desk.history() == [("opened", "~400")]


def test_a_late_claim_alerts_too(desk: Desk) -> None:
    desk.post("mod", at(2), said("63"))
    desk.join()
    desk.post("stratcom", at(1), said("~400"))
    desk.join()
    assert desk.told() == [CONTRADICTION]


def test_an_official_revision_updates_the_alert_and_raises_its_own(desk: Desk) -> None:
    strike(desk)
    desk.join()
    desk.post("mod", at(4), said("89"))
    desk.join()
    assert desk.told() == [("contradiction", "~400", "89"), ("revision", "89", "63")]
    assert desk.history() == [("opened", "~400"), ("updated", "~400"), ("opened", "89")]


def test_an_edit_updates_the_same_alert(desk: Desk) -> None:
    desk.post("mod", at(2), said("63"))
    claim = desk.post("blog", at(2, 1), said("500"))
    desk.join()
    first = desk.alerts()[0]["id"]
    desk.edit(claim, at(3), said("~300"))
    desk.join()
    assert [(line["id"], line["claim"]["quote"]) for line in desk.alerts()] == [(first, "~300")]
    assert desk.history() == [("opened", "500"), ("updated", "~300")]


def test_a_deleted_claim_closes_its_alert_with_the_reason(desk: Desk) -> None:
    claim, _ = strike(desk)
    desk.join()
    desk.delete(claim, at(3))
    desk.join()
    assert desk.told() == []
    with desk.sessions() as session:
        row = session.scalars(select(AlertRow)).one()
        assert (row.state, row.closed_at) == ("closed", desk.now)
        assert "deleted" in (row.closed_reason or "")


def test_a_claim_that_comes_back_reopens_its_alert(desk: Desk) -> None:
    claim, _ = strike(desk)
    desk.join()
    desk.delete(claim, at(3))
    desk.join()
    with desk.sessions.begin() as session:
        session.execute(update(Post).where(Post.id == claim).values(deleted_at=None, unjoined_since=at(31)))
    desk.now = at(31)
    desk.join()
    assert [what for what, _ in desk.history()] == ["opened", "closed", "reopened"]


def test_a_dismissed_alert_stays_dismissed(desk: Desk) -> None:
    strike(desk)
    desk.join()
    with desk.sessions.begin() as session:
        session.execute(update(AlertRow).values(state=AlertState.DISMISSED))
    desk.post("mod", at(4), said("89"))
    desk.join()
    states = {line["kind"]: line["state"] for line in desk.alerts(states=None)}
    assert states == {"contradiction": "dismissed", "revision": "open"}


def test_figures_read_anew_keep_event_and_alert(desk: Desk) -> None:
    claim, official = strike(desk)
    desk.join()
    before = desk.alerts()
    desk.read_anew(claim, said("~400"))
    desk.read_anew(official, said("63"))
    desk.join()
    assert desk.alerts() == before
    assert len(desk.rows(EventRow)) == 1


def test_a_figure_that_is_not_read_any_more_closes_its_alert(desk: Desk) -> None:
    claim, _ = strike(desk)
    desk.join()
    desk.read_anew(claim)
    desk.join()
    assert desk.told() == []
    assert [what for what, _ in desk.history()] == ["opened", "closed"]


def test_an_event_without_figures_goes(desk: Desk) -> None:
    claim, official = strike(desk)
    desk.join()
    desk.read_anew(claim)
    desk.read_anew(official)
    desk.join()
    assert desk.rows(EventRow, EventFigure) == []


def test_a_figure_whose_place_was_read_anew_moves_and_leaves_nothing_behind(desk: Desk) -> None:
    claim, _ = strike(desk)
    desk.join()
    desk.read_anew(claim, said("~400", place=place("Horlivka")))
    desk.join()
    assert {kind for kind, *_ in desk.told()} == {"silence"}
    assert len(desk.rows(EventRow)) == 2


def test_silence_comes_with_time_and_without_a_new_post(desk: Desk) -> None:
    desk.now = at(1, 0.5)
    desk.post("blog", at(1), said("12"))
    desk.post("mod", at(1), said("3", "wounded", place=place("Horlivka")))
    desk.join()
    assert desk.told() == []
    join_due(desk.setup)
    desk.now = at(1, 6)
    assert join_due(desk.setup) == 1
    desk.join()
    assert desk.told() == [("silence", "12", None)]
    desk.now = at(1, 7)
    assert join_due(desk.setup) == 0


def test_a_party_that_spoke_of_the_place_without_a_number_is_silent_at_once(desk: Desk) -> None:
    desk.now = at(1, 1)
    desk.post("blog", at(1), said("12"), text="В Макеевке погибли 12 человек.")
    desk.join()
    assert desk.told() == []
    desk.post("mod", at(1, 1), text="По Макеевке нанесён удар, данные уточняются.")
    desk.join()
    assert desk.told() == [("silence", "12", None)]


def test_an_official_figure_ends_the_silence_and_the_claims_are_compared_with_it(desk: Desk) -> None:
    desk.post("stratcom", at(1), said("~400"))
    desk.join()
    assert desk.told() == [("silence", "~400", None)]
    desk.post("mod", at(2), said("63"))
    desk.join()
    assert desk.told() == [CONTRADICTION]
    closed = desk.alerts(states=[AlertState.CLOSED])[0]
    assert closed["kind"] == "silence"


def test_a_forward_is_carried_and_raises_nothing_of_its_own(desk: Desk) -> None:
    text = "Макеевка: по нашим данным, под завалами училища погибли 500 мобилизованных."
    desk.post("blog", at(1), said("500"), text=text, id="1")
    desk.post("repost", at(1, 1), said("500"), text=text, id="7", forwarded_from="Blog")
    desk.post("mod", at(2), said("63"))
    desk.join()
    line = desk.alerts()[0]
    assert len(desk.alerts()) == 1
    assert line["carried_by"] == [{"source": "repost", "id": "7"}]
    with desk.sessions() as session:
        assert len(session.scalars(select(AlertPost)).all()) == 3


def test_a_relay_is_no_contradiction_of_the_party(desk: Desk) -> None:
    relay = said("63", speaker=SpeakerQuote("the ministry", "ru_mod"), start=9)
    desk.post("mod", at(2), said("63"))
    desk.post("mod", at(4), said("89"))
    desk.post("wire", at(5), relay)
    desk.join()
    assert [kind for kind, *_ in desk.told()] == ["revision"]


def test_the_example_and_the_desks_own_posts_do_not_meet(desk: Desk) -> None:
    desk.post("stratcom", at(1), said("~400"))
    desk.post("example_mod", at(2), said("63"), example=True)
    assert desk.join() == 2
    assert [kind for kind, *_ in desk.told()] == ["silence"]
    assert len(desk.rows(EventRow)) == 2


def test_a_post_without_a_time_is_passed_over(desk: Desk) -> None:
    post = desk.post("blog", at(1), said("12"))
    with desk.sessions.begin() as session:
        session.execute(update(Post).where(Post.id == post).values(published_at=None))
    assert desk.join() == 0
    with desk.sessions() as session:
        assert session.get_one(Post, post).unjoined_since is None


CASE = (
    ("dpr", at(1), said(">15", "wounded", "person", provisional=True)),
    ("stratcom", at(1, 9), said("~400")),
    ("blog", at(1, 14), said("500")),
    ("rybar", at(2, 3), said(">100", "wounded", "person")),
    ("mod", at(2, 7), said("63")),
    ("wire", at(2, 11), said("hundreds", speaker=SpeakerQuote("Girkin", "girkin"))),
    ("paper", at(3), said("163", speaker=SpeakerQuote("the ministry", "ru_mod"))),
    ("mod", at(4), said("89", "killed", "person")),
    ("governor", at(4, 2), said("3", "killed", "civilian", place=place("Kharkiv"), side="ua")),
)


@pytest.mark.parametrize("seed", range(6))
def test_in_whatever_order_posts_arrive_the_alerts_are_the_same(desk: Desk, seed: int) -> None:
    """Seed 0 is the order of their times; each post is joined as it comes."""
    posts = list(CASE)
    if seed:
        random.Random(seed).shuffle(posts)
    for source, moment, figure in posts:
        desk.post(source, moment, figure)
        desk.join()
    assert desk.told() == [
        ("contradiction", "163", "63"),
        ("contradiction", "500", "89"),
        ("contradiction", ">100", ">15"),
        ("contradiction", "hundreds", "89"),
        ("contradiction", "~400", "89"),
        ("revision", "89", "63"),
    ]


@pytest.mark.parametrize("late", [False, True])
def test_a_district_finds_the_town_that_its_text_names_whoever_comes_first(desk: Desk, late: bool) -> None:
    district = PlaceQuote("Червоногвардейском районе", "Червоногвардейском районе")
    posts = [
        (
            "dpr",
            at(1),
            said(">15", "wounded", place=district),
            "Макеевка, в Червоногвардейском районе ранены более 15.",
        ),
        ("blog", at(2), said(">100", "wounded"), "В Макеевке ранены более 100."),
    ]
    for source, moment, figure, text in reversed(posts) if late else posts:
        desk.post(source, moment, figure, text=text)
        desk.join()
    assert desk.told() == [("contradiction", ">100", ">15")]


@pytest.mark.parametrize("late", [False, True])
def test_a_list_of_names_weeks_later_finds_its_event_whichever_comes_first(desk: Desk, late: bool) -> None:
    names = ("blog", at(25), said("92"))
    for source, moment, figure in (names, ("mod", at(4), said("89"))) if late else (("mod", at(4), said("89")), names):
        desk.post(source, moment, figure)
        desk.join()
    line = desk.alerts()[0]
    assert (line["rule"], line["severity"], line["to_check"]) == ("disjoint", "minor", True)
    assert len(desk.rows(EventRow)) == 1


def test_officials_are_not_asked_who_died_in_a_crash(desk: Desk) -> None:
    desk.post("blog", at(1), said("3", "killed", "person"), text="В ДТП в Макеевке погибли трое.")
    desk.post("wire", at(1), said("3", "killed", "person", place=place("Kharkiv")), text="Удар по Харькову: погибли 3.")
    desk.join()
    assert [line["event"]["title"] for line in desk.alerts()] == ["Kharkiv, 1 January 2023"]


def test_what_makes_joining_fail_is_set_aside_with_an_issue_and_the_rest_is_joined(desk: Desk) -> None:
    strike(desk)
    bad = desk.post("blog", at(2), said("12", place=place("Horlivka")))
    with desk.sessions.begin() as session:
        session.execute(update(FigureRow).where(FigureRow.quote == "12").values(measure="no such measure"))
    desk.join()
    assert desk.told() == [CONTRADICTION]
    with desk.sessions() as session:
        issue = session.scalars(select(Issue)).one()
        assert (issue.subject, issue.kind, issue.closed_at) == (f"post:{bad}", "unjoined", None)
    desk.read_anew(bad, said("12", place=place("Horlivka")))
    desk.join()
    with desk.sessions() as session:
        assert session.scalars(select(Issue)).one().closed_at is not None
