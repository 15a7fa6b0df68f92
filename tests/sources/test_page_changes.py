"""Articles that change, go and come back."""

from datetime import timedelta

import pytest

from tests.servers.feed_server import Reply
from tests.sources.blog import HOUR, Blog, article, front, texts


def test_a_changed_article_comes_again_with_its_new_text(blog: Blog) -> None:
    blog.server.answers("/", front("/2026/one.html"))
    blog.server.answers("/2026/one.html", article("Погибли 63."), article("Погибли 89."))
    assert texts(blog.look()) == ["Погибли 63."]
    assert blog.look(after=timedelta(minutes=30)) == []
    (changed,) = blog.look(after=timedelta(minutes=30))
    assert texts([changed]) == ["Погибли 89."]


def test_known_articles_are_looked_at_for_two_days_at_growing_intervals(blog: Blog) -> None:
    blog.server.answers("/", front("/2026/one.html"))
    blog.server.answers("/2026/one.html", article("Погибли 63."))
    for _ in range(72):
        blog.look(after=HOUR)
    assert 8 <= blog.server.paths().count("/2026/one.html") <= 14


@pytest.mark.parametrize("gone", [Reply(status=404), Reply(status=410), Reply(status=302, headers={"location": "/"})])
def test_an_article_that_is_missing_twice_is_deleted(blog: Blog, gone: Reply) -> None:
    blog.server.answers("/", front("/2026/one.html"))
    blog.server.answers("/2026/one.html", article("Погибли 63."), gone)
    (post,) = blog.look()
    blog.look(after=HOUR)
    assert (blog.last.vanished, blog.last.deleted) == ((post.external_id,), ())
    blog.look(after=timedelta(minutes=10))
    assert (blog.last.vanished, blog.last.deleted) == ((), ())
    blog.look(after=timedelta(minutes=20))
    assert blog.last.deleted == (post.external_id,)
    blog.look(after=HOUR)
    assert (blog.last.vanished, blog.last.deleted) == ((), ())


def test_an_article_that_is_there_again_has_returned(blog: Blog) -> None:
    blog.server.answers("/", front("/2026/one.html"))
    blog.server.answers("/2026/one.html", article("Погибли 63."), Reply(status=404), article("Погибли 63."))
    (post,) = blog.look()
    blog.look(after=HOUR)
    blog.look(after=HOUR)
    assert (blog.last.returned, blog.last.deleted) == ((post.external_id,), ())
