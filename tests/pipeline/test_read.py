"""Versions into figures: once each, and none of them stops the others."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from models.enums import ReadState
from models.tables import FigureRow, Issue, Post, PostVersion
from monitor.pipeline.read import read_next
from monitor.pipeline.setup import Reader, Setup
from tests.factories import make_post, make_source, make_version
from tests.pipeline.shelf import Clock, Shelf, one_number, setup_on

Killed = Callable[[Callable[[], object]], None]


def add_posts(setup: Setup, *texts: str, **given) -> None:
    with setup.transaction() as session:
        source = make_source(session, **given)
        for text in texts:
            make_post(session, source, text)


def read_all(setup: Setup) -> int:
    batches = 0
    while read_next(setup) is not None:
        batches += 1
    return batches


def figures(setup: Setup) -> list[tuple[int, str]]:
    with setup.transaction() as session:
        return [(row.id, row.quote) for row in session.scalars(select(FigureRow).order_by(FigureRow.id))]


def states(setup: Setup) -> dict[str, str]:
    with setup.transaction() as session:
        return dict(session.execute(select(PostVersion.text, PostVersion.read_state)).all())


def unjoined(setup: Setup) -> set[str]:
    """The texts of posts that wait to be joined."""
    waiting = (
        select(PostVersion.text).join(Post, Post.id == PostVersion.post_id).where(Post.unjoined_since.is_not(None))
    )
    with setup.transaction() as session:
        return set(session.scalars(waiting))


def joined(setup: Setup) -> None:
    with setup.transaction() as session:
        session.query(Post).update({Post.unjoined_since: None})


def test_versions_become_figures_and_their_posts_wait_to_be_joined(setup: Setup) -> None:
    add_posts(setup, "63 killed", "none at all", "about 89")
    assert read_all(setup) == 1
    assert sorted(quote for _, quote in figures(setup)) == ["63", "89"]
    assert set(states(setup).values()) == {ReadState.READ}
    assert unjoined(setup) == {"63 killed", "about 89"}


def test_what_an_official_body_wrote_is_joined_even_without_a_number(setup: Setup) -> None:
    add_posts(setup, "there was a strike", party="ru_mod")
    read_all(setup)
    assert unjoined(setup) == {"there was a strike"}


def test_a_later_version_without_figures_is_joined_too(setup: Setup) -> None:
    with setup.transaction() as session:
        make_version(session, make_post(session, make_source(session), "63 killed"), "not known", number=2)
    read_all(setup)
    assert "not known" in unjoined(setup)


def test_reading_twice_changes_nothing(setup: Setup) -> None:
    add_posts(setup, "63 killed")
    read_all(setup)
    before = figures(setup)
    joined(setup)
    assert read_next(setup) is None
    assert (figures(setup), unjoined(setup)) == (before, set())


def test_a_newer_reader_reads_again_and_what_stays_the_same_keeps_its_rows(
    setup: Setup, shelf: Shelf, clock: Clock
) -> None:
    add_posts(setup, "63 killed", "89 killed")
    read_all(setup)
    joined(setup)
    with setup.transaction() as session:
        session.query(FigureRow).filter_by(quote="89").update({FigureRow.quote: "as an older reader had it"})
    before = dict(figures(setup))
    newer = setup_on(setup.sessions, shelf, clock, version=2)
    assert read_all(newer) == 1
    after = {quote: number for number, quote in figures(setup)}
    assert before[after["63"]] == "63"
    assert after["89"] not in before
    assert unjoined(setup) == {"89 killed"}
    assert read_all(newer) == 0


def test_an_older_reader_leaves_what_a_newer_one_has_read(setup: Setup, shelf: Shelf, clock: Clock) -> None:
    add_posts(setup, "63 killed")
    read_all(setup_on(setup.sessions, shelf, clock, version=2))
    assert read_all(setup) == 0


def test_a_text_that_the_reader_fails_on_is_told_and_the_others_go_on(setup: Setup) -> None:
    add_posts(setup, "63 killed", "raise", "89 killed", key="rybar")
    read_all(setup)
    assert states(setup) == {"63 killed": "read", "raise": "failed", "89 killed": "read"}
    with setup.transaction() as session:
        issue = session.execute(select(Issue)).scalar_one()
        assert issue.kind == "failed"
        assert issue.reason.startswith("rybar/")
        assert issue.reason.endswith("RuntimeError: no idea")


def test_a_text_that_failed_is_mended_by_a_newer_reader(setup: Setup, shelf: Shelf, clock: Clock) -> None:
    add_posts(setup, "raise")
    read_all(setup)
    with setup.transaction() as session:
        session.query(PostVersion).update({PostVersion.text: "63 killed"})
    read_all(setup_on(setup.sessions, shelf, clock, version=2))
    assert list(states(setup).values()) == ["read"]
    with setup.transaction() as session:
        assert session.execute(select(Issue)).scalar_one().closed_at is not None


def test_a_text_that_kills_its_worker_ends_dead_and_the_others_of_its_batch_go_on(
    setup: Setup, clock: Clock, killed: Killed
) -> None:
    add_posts(setup, "63 killed", "die", "89 killed")
    for _ in range(setup.settings.max_attempts):
        killed(lambda: read_all(setup))
        clock.passes(setup.settings.lease)
    read_all(setup)
    assert states(setup) == {"63 killed": "read", "die": "dead", "89 killed": "read"}
    with setup.transaction() as session:
        issue = session.execute(select(Issue)).scalar_one()
        assert (issue.kind, "took its worker down 3 times" in issue.reason) == ("dead", True)


def test_figures_stay_where_a_newer_reader_dies_of_their_text(
    setup: Setup, shelf: Shelf, clock: Clock, killed: Killed
) -> None:
    add_posts(setup, "63 killed")
    read_all(setup)
    with setup.transaction() as session:
        session.query(PostVersion).update({PostVersion.text: "die"})
    newer = setup_on(setup.sessions, shelf, clock, version=2)
    for _ in range(setup.settings.max_attempts):
        killed(lambda: read_all(newer))
        clock.passes(setup.settings.lease)
    assert read_all(newer) == 0
    assert [quote for _, quote in figures(setup)] == ["63"]
    assert list(states(setup).values()) == ["dead"]


def test_what_another_worker_has_leased_is_left_to_it(
    sessions: sessionmaker[Session], shelf: Shelf, clock: Clock
) -> None:
    setup = setup_on(sessions, shelf, clock, read_batch=1)
    add_posts(setup, "63 killed", "89 killed")
    with setup.transaction() as session:
        session.query(PostVersion).filter_by(text="89 killed").update(
            {PostVersion.leased_until: clock() + setup.settings.lease}
        )
    assert read_all(setup) == 1
    assert states(setup)["89 killed"] == "unread"
    clock.passes(setup.settings.lease)
    assert read_all(setup) == 1


def test_the_newest_are_read_first(sessions: sessionmaker[Session], shelf: Shelf, clock: Clock) -> None:
    setup = setup_on(sessions, shelf, clock, read_batch=1)
    add_posts(setup, "1 archived", "2 of today")
    read_next(setup)
    assert states(setup) == {"1 archived": "unread", "2 of today": "read"}


@pytest.mark.parametrize("doubled", [2, 3])
def test_a_reader_that_gives_a_figure_twice_does_not_stop_the_batch(setup: Setup, doubled: int) -> None:
    add_posts(setup, "63 killed")
    twice = replace(setup, reader=lambda: Reader(1, lambda text, context: tuple(one_number(text, context)) * doubled))
    read_all(twice)
    assert [quote for _, quote in figures(setup)] == ["63"]
