"""A sources file into the tables and back."""

from collections.abc import Callable

import pytest
from sqlalchemy import func, select

from config.sources import BadFileError, default_sources, dump_sources, known_with, merge_sources, parse_sources
from models.enums import FetchState, Health
from models.tables import Fetch, Host, Post, PostVersion, SideRow, Source, SpeakerRow
from monitor.errors import BadInputError
from monitor.pipeline.following import Followed, follow, follow_one, pause, resume
from monitor.pipeline.known import known, known_file
from monitor.pipeline.naming import name_all
from monitor.pipeline.polling import poll_now
from monitor.pipeline.read import read_next
from monitor.pipeline.setup import Setup
from tests.factories import make_post
from tests.pipeline.shelf import Clock, Shelf, page

SourceOf = Callable[[str], Source]
DESK = """
sides: {il: {name: Israel, opponents: [ps]}, ps: {name: Palestine, opponents: [il]}}
parties:
  il_idf: {name: Israel Defense Forces, side: il, aliases: {en: [IDF]}, from: 2022-01-01,
           people: [{name: Hagari, aliases: {en: [Hagari]}, from: 2023-03-14}]}
speakers: {girkin: {name: Igor Girkin, side: ru, aliases: {ru: [Гиркин]}}}
sources:
  - {key: idf, kind: preview, address: idfofficial, party: il_idf, lang: en, groups: [officials], interval: 15m}
  - {key: girkin_channel, kind: preview, address: strelkovii, speaker: girkin, retention: 30d, grade: C, note: loud}
"""


def applied(setup: Setup, text: str, **given) -> Followed:
    with setup.transaction() as session:
        file = parse_sources(text, "desk.yaml", merge_sources(default_sources(), known_file(session)))
        return follow(session, file, setup, **given)


def test_a_file_applied_twice_changes_nothing(setup: Setup) -> None:
    first = applied(setup, DESK)
    assert (first.added, first.changed, first.named) == (("idf", "girkin_channel"), (), 4)
    assert applied(setup, DESK) == Followed((), (), ("idf", "girkin_channel"), 0)


def test_what_was_applied_is_exported_and_loads_to_the_same(setup: Setup) -> None:
    applied(setup, DESK)
    with setup.transaction() as session:
        exported = dump_sources(known_file(session))
    again = parse_sources(exported, "exported.yaml", default_sources())
    given = parse_sources(DESK, "desk.yaml", default_sources())
    assert (again.parties, again.speakers) == (given.parties, given.speakers)
    assert applied(setup, exported).unchanged == ("idf", "girkin_channel")


def test_the_default_file_goes_in_and_comes_out_whole(setup: Setup) -> None:
    with setup.transaction() as session:
        follow(session, default_sources(), setup, shipped=True)
        found = known_file(session)
    assert (found.parties, found.speakers) == (default_sources().parties, default_sources().speakers)
    assert set(found.sources) == set(default_sources().sources)


def test_a_side_comes_from_the_party_or_speaker(setup: Setup, source_of: SourceOf) -> None:
    applied(setup, DESK)
    assert (source_of("idf").side, source_of("girkin_channel").side) == ("il", "ru")


def test_new_sources_are_due_at_once_and_their_hosts_are_known(setup: Setup, source_of: SourceOf, clock: Clock) -> None:
    applied(setup, DESK)
    assert source_of("idf").next_poll_at == clock()
    with setup.transaction() as session:
        assert session.scalars(select(Host.name)).all() == ["t.me"]


def test_the_reader_is_told_of_parties_their_people_and_opponents(setup: Setup) -> None:
    applied(setup, DESK)
    with setup.transaction() as session:
        world = known(session)
        assert known(session) is world
    idf, hagari = (each for each in world.speakers if each.key == "il_idf")
    assert (idf.channels, idf.side, hagari.since is not None) == (("idf",), "il", True)
    assert world.opponents["il"] == ("ps",)


def test_a_changed_address_begins_anew(setup: Setup, shelf: Shelf, source_of: SourceOf) -> None:
    applied(setup, DESK)
    shelf.hauls["idfofficial"] = page({"1": "x"}, telegram_id=17)
    poll_now(setup, "idf")
    assert applied(setup, DESK.replace("idfofficial", "idf_new")).changed == ("idf",)
    source = source_of("idf")
    assert (source.cursor, source.telegram_id, source.health) == ({}, None, Health.UNVERIFIED)
    assert source.handles[-1]["address"] == "idfofficial"


def test_bodies_of_the_old_address_are_not_parsed_any_more(setup: Setup, source_of: SourceOf) -> None:
    applied(setup, DESK)
    with setup.transaction() as session:
        source = session.query(Source).filter_by(key="idf").one()
        source.unparsed_poll = "p"
        fetch = Fetch(source_id=source.id, poll_id="p", url="u", status=200, headers={}, body=b"", body_hash="",
                      fetched_at=setup.now())  # fmt: skip
        session.add(fetch)
    applied(setup, DESK.replace("idfofficial", "idf_new"))
    with setup.transaction() as session:
        assert session.scalars(select(Fetch.state)).all() == [FetchState.DEAD]
    assert source_of("idf").unparsed_poll is None


def test_what_was_learnt_at_the_source_stays(setup: Setup, shelf: Shelf, source_of: SourceOf) -> None:
    applied(setup, DESK)
    shelf.hauls["idfofficial"] = page({}, telegram_id=17, title="IDF in English")
    poll_now(setup, "idf")
    assert applied(setup, DESK).changed == ()
    assert (source_of("idf").telegram_id, source_of("idf").title) == (17, "IDF in English")


def test_a_paused_source_stays_paused_and_a_file_can_pause(setup: Setup, source_of: SourceOf) -> None:
    applied(setup, DESK)
    with setup.transaction() as session:
        pause(session.query(Source).filter_by(key="idf").one())
    applied(setup, DESK)
    assert not source_of("idf").enabled
    applied(setup, DESK.replace("grade: C", "enabled: false"))
    assert not source_of("girkin_channel").enabled


def test_an_impostor_that_is_resumed_is_taken_as_it_is(setup: Setup, shelf: Shelf, source_of: SourceOf) -> None:
    applied(setup, DESK)
    for number in (17, 99):
        shelf.hauls["idfofficial"] = page({}, telegram_id=number)
        poll_now(setup, "idf")
    assert source_of("idf").health == Health.IMPOSTOR
    with setup.transaction() as session:
        resume(session.query(Source).filter_by(key="idf").one(), setup.now())
    assert poll_now(setup, "idf").health is Health.OK
    assert source_of("idf").telegram_id == 99


def test_another_side_has_posts_read_again_and_joined_again(setup: Setup) -> None:
    applied(setup, DESK)
    with setup.transaction() as session:
        make_post(session, session.query(Source).filter_by(key="girkin_channel").one(), "63")
    read_next(setup)
    with setup.transaction() as session:
        session.query(Post).update({Post.unjoined_since: None})
    applied(setup, DESK.replace("speaker: girkin", "side: ua"))
    with setup.transaction() as session:
        assert session.scalar(select(Post.unjoined_since)) is not None
        assert session.scalar(select(PostVersion.reader_version)) == 0


def test_new_names_have_recent_posts_read_again(setup: Setup) -> None:
    applied(setup, DESK)
    with setup.transaction() as session:
        make_post(session, session.query(Source).filter_by(key="idf").one(), "63")
    read_next(setup)
    applied(setup, DESK.replace("[IDF]", "[IDF, Tzahal]"))
    assert read_next(setup) is not None


def test_a_newer_program_changes_its_own_names_and_not_the_desks(setup: Setup) -> None:
    shipped = known_with(parse_sources("speakers: {a: {name: Old}, b: {name: Old}}", "x", default_sources()))
    newer = known_with(parse_sources("speakers: {a: {name: New}, b: {name: New}}", "x", default_sources()))
    with setup.transaction() as session:
        name_all(session, shipped, setup.now(), shipped=True)
    applied(setup, "speakers: {b: {name: The desk's}}")
    with setup.transaction() as session:
        name_all(session, newer, setup.now(), shipped=True)
        names = dict(session.execute(select(SpeakerRow.key, SpeakerRow.name)).all())
    assert (names["a"], names["b"]) == ("New", "The desk's")


def test_one_source_is_followed_like_one_of_a_file(setup: Setup, source_of: SourceOf) -> None:
    with setup.transaction() as session:
        follow_one(session, {"key": "rybar", "kind": "preview", "address": "@rybar", "interval": "15m"}, setup)
    assert (source_of("rybar").address, source_of("rybar").interval_s) == ("rybar", 900)


@pytest.mark.parametrize(
    ("entry", "error", "told"),
    [
        ({"key": "x", "kind": "preview", "address": "t.me/+secret"}, BadFileError, "private channel"),
        ({"key": "x", "kind": "preview", "address": "abcd", "side": "zz"}, BadFileError, "no known side"),
        ({"key": "x", "kind": "preview", "address": "IDFofficial"}, BadInputError, "followed already, as idf"),
        ({"key": "idf", "kind": "preview", "address": "other_one"}, BadInputError, "followed already, as idf"),
    ],
    ids=["private", "unknown side", "same address", "same key"],
)
def test_a_source_that_cannot_be_followed_changes_nothing(setup: Setup, entry, error, told) -> None:
    applied(setup, DESK)
    with pytest.raises(error, match=told), setup.transaction() as session:
        follow_one(session, entry, setup)
    with setup.transaction() as session:
        assert session.scalar(select(func.count()).select_from(Source)) == 2


def test_an_example_is_never_due(setup: Setup, source_of: SourceOf) -> None:
    applied(setup, "sources: [{key: shown, kind: example, address: shown}]", example=True)
    assert (source_of("shown").enabled, source_of("shown").example) == (False, True)
    with setup.transaction() as session:
        assert known_file(session).sources == {}
        assert session.scalars(select(SideRow)).all() == []
