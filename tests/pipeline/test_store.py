from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.enums import MediaType
from models.tables import Post, PostMedia, PostVersion, Source
from monitor.pipeline.store import Arrival, Stored, mark_deleted, mark_missing, mark_returned, store_posts
from monitor.values import Media, RawPost
from tests.factories import NOON, make_source

POST = RawPost("17", NOON, "Погибли 63 человека.", url="https://t.me/rybar/17", views=100)
HOUR = timedelta(hours=1)


@pytest.fixture
def source(session: Session) -> Source:
    return make_source(session, "rybar")


def seen(source: Source, hours: float = 0) -> Arrival:
    return Arrival(source, NOON + hours * HOUR)


def archived(source: Source) -> Arrival:
    return Arrival(source, NOON + 100 * HOUR, archived=True)


def the_post(session: Session) -> Post:
    return session.execute(select(Post)).scalar_one()


def texts(session: Session) -> list[str]:
    return list(session.scalars(select(PostVersion.text).order_by(PostVersion.number)))


def current_text(session: Session) -> str:
    return session.execute(select(PostVersion.text).join(Post, PostVersion.number == Post.current_version)).scalar_one()


def test_a_post_is_stored_once_however_often_it_is_seen(session: Session, source: Source) -> None:
    assert store_posts(session, [POST], seen(source)) == Stored(1, 1)
    assert store_posts(session, [POST], seen(source, 1)) == Stored(0, 0)
    assert texts(session) == [POST.text]


def test_counters_are_refreshed_without_a_new_version(session: Session, source: Source) -> None:
    store_posts(session, [POST], seen(source))
    store_posts(session, [replace(POST, views=250, forwards=3)], seen(source, 1))
    post = the_post(session)
    assert (post.views, post.forwards, post.current_version) == (250, 3, 1)


def test_a_count_that_is_not_shown_any_more_is_kept(session: Session, source: Source) -> None:
    store_posts(session, [POST], seen(source))
    store_posts(session, [replace(POST, views=None)], seen(source, 1))
    assert the_post(session).views == 100


def test_every_text_is_kept_and_an_edit_is_stated_when_it_was_seen(session: Session, source: Source) -> None:
    store_posts(session, [POST], seen(source))
    store_posts(session, [replace(POST, text="Погибли 89 человек.", edited=True)], seen(source, 5))
    versions = session.scalars(select(PostVersion).order_by(PostVersion.number)).all()
    assert [version.stated_at for version in versions] == [NOON, NOON + 5 * HOUR]
    assert the_post(session).current_version == 2


def test_a_text_changed_back_is_a_third_version(session: Session, source: Source) -> None:
    for hours, text in enumerate(["63", "89", "63"]):
        store_posts(session, [replace(POST, text=text)], seen(source, hours))
    assert texts(session) == ["63", "89", "63"]


def test_an_older_page_parsed_late_does_not_bring_an_old_text_back(session: Session, source: Source) -> None:
    store_posts(session, [POST], seen(source, 0))
    store_posts(session, [replace(POST, text="89")], seen(source, 5))
    store_posts(session, [POST], seen(source, 3))
    assert texts(session) == [POST.text, "89"]


def test_changed_media_make_a_version_and_are_kept(session: Session, source: Source) -> None:
    store_posts(session, [POST], seen(source))
    store_posts(session, [replace(POST, media=(Media(MediaType.PHOTO, "a.jpg", 10),))], seen(source, 1))
    assert the_post(session).current_version == 2
    assert session.execute(select(PostMedia.name)).scalar_one() == "a.jpg"


EDIT = replace(POST, text="Погибли 89 человек.", edited=True, edited_at=NOON + 9 * HOUR)


@pytest.mark.parametrize("lines", [[POST, EDIT], [EDIT, POST], [POST, EDIT, POST, EDIT], [EDIT, POST, EDIT]])
def test_archived_versions_stand_in_the_order_of_their_times(
    session: Session, source: Source, lines: list[RawPost]
) -> None:
    store_posts(session, lines, archived(source))
    assert current_text(session) == EDIT.text
    assert sorted(texts(session)) == sorted([POST.text, EDIT.text])


def test_a_post_in_two_sources_is_two_posts(session: Session, source: Source) -> None:
    store_posts(session, [POST], seen(source))
    assert store_posts(session, [POST], seen(make_source(session, "other"))) == Stored(1, 1)


def test_a_vanished_post_is_a_suspicion_until_it_is_confirmed(session: Session, source: Source) -> None:
    store_posts(session, [POST], seen(source))
    mark_missing(session, source, ["17"], NOON + HOUR)
    assert (the_post(session).missing_since, the_post(session).deleted_at) == (NOON + HOUR, None)
    mark_deleted(session, source, ["17"], NOON + 2 * HOUR)
    session.expire_all()
    assert the_post(session).deleted_at == NOON + 2 * HOUR
    assert the_post(session).unjoined_since == NOON + 2 * HOUR
    assert texts(session) == [POST.text]


@pytest.mark.parametrize("how", ["told", "seen"])
def test_a_deleted_post_that_is_there_again_is_not_deleted(session: Session, source: Source, how: str) -> None:
    store_posts(session, [POST], seen(source))
    mark_missing(session, source, ["17"], NOON + HOUR)
    mark_deleted(session, source, ["17"], NOON + HOUR)
    session.expire_all()
    if how == "told":
        mark_returned(session, source, ["17"], NOON + 2 * HOUR)
    else:
        store_posts(session, [POST], seen(source, 2))
    session.expire_all()
    post = the_post(session)
    assert (post.missing_since, post.deleted_at, post.unjoined_since) == (None, None, NOON + 2 * HOUR)


def test_an_archived_deletion_keeps_the_text(session: Session, source: Source) -> None:
    store_posts(session, [POST, replace(POST, text="", deleted=True)], archived(source))
    assert the_post(session).deleted_at == NOON + 100 * HOUR
    assert texts(session) == [POST.text]


def test_forwards_replies_and_unknown_keys_are_kept(session: Session, source: Source) -> None:
    raw = replace(POST, forwarded_from="svodki", forwarded_post="5", reply_to="16", extra={"topic": ["a", 1]})
    store_posts(session, [raw], seen(source))
    post = the_post(session)
    assert (post.forwarded_from, post.forwarded_post, post.reply_to) == ("svodki", "5", "16")
    assert post.extra == {"topic": ["a", 1]}


def test_what_the_database_cannot_hold_is_replaced_and_stays_known(session: Session, source: Source) -> None:
    raw = replace(POST, text="63\x00\ud83d", extra={"a\x00": "\x00"}, author="\x00")
    assert store_posts(session, [raw], seen(source)) == Stored(1, 1)
    assert store_posts(session, [raw], seen(source, 1)) == Stored(0, 0)
    assert texts(session) == ["63\ufffd?"]


def test_thousands_of_posts_go_in_at_once(session: Session, source: Source) -> None:
    posts = [replace(POST, external_id=str(number)) for number in range(5000)]
    assert store_posts(session, posts, seen(source)) == Stored(5000, 5000)
    assert session.scalar(select(func.count()).select_from(Post)) == 5000


def test_an_album_caught_by_half_is_no_edit_when_it_is_whole(session: Session, source: Source) -> None:
    photo, video = Media(MediaType.PHOTO), Media(MediaType.VIDEO)
    store_posts(session, [replace(POST, media=(photo,))], seen(source))
    whole = replace(POST, media=(photo, photo, video), group_ids=("17", "18", "19"))
    assert store_posts(session, [whole], seen(source, 1)) == Stored(0, 0)
    assert the_post(session).group_ids == ["17", "18", "19"]
