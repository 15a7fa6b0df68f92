"""Posts that pass on other posts."""

import pytest

from monitor.statements import PostRef, Statement
from tests.events.joined import joined, member
from tests.saying import MAKIIVKA, at, place, post, say

TEXT = "❗️Макеевка: по нашим данным, под завалами училища погибли 500 мобилизованных. Разбор завалов продолжается."
OWN_WORDS = "Из Макеевки сообщают страшное: пятьсот мобилизованных не вышли из-под завалов. Ждём списков погибших."


def told(source: str, hours: float, text: str = TEXT, said: str = "500", **given: object) -> Statement:
    where = given.pop("place", MAKIIVKA)
    return say(post(source, at(1, hours), text=text, **given), said, place=where)


ORIGIN = told("svodki", 0)
BY_ID = told("repost", 1, "x", forwarded_from="svodki", forwarded_post=ORIGIN.post.ref.id)
REWRITTEN = (
    "Под завалами училища погибли 500 мобилизованных, по нашим данным. Макеевка, разбор завалов всё ещё продолжается!"
)
SAME_NEWS = "Макеевка: погибли 500 мобилизованных, сообщают родственники. Списки погибших пока не опубликованы никем."
FRAMED = "Вот что пишут коллеги из сводок. " + TEXT + " Мы же подождём списков, прежде чем верить."


@pytest.mark.parametrize(
    ("why", "copy", "is_copy"),
    [
        ("a forward that says so", told("repost", 1, forwarded_from="svodki"), True),
        ("a forward by the post's id", BY_ID, True),
        ("the same words", told("repost", 1), True),
        ("the same words with a signature", told("repost", 1, TEXT + "\n\n👉 Подписаться"), True),
        ("the same words framed by one's own", told("repost", 1, FRAMED), True),
        ("the same words in another order", told("repost", 1, REWRITTEN), True),
        ("the same news in other words", told("repost", 1, SAME_NEWS), False),
        ("the same number in one's own words", told("repost", 1, OWN_WORDS), False),
        ("the same words with another number", told("repost", 1, said="300"), False),
        ("the same words a week later", told("repost", 24 * 7), False),
        ("a party's channel says what it publishes", told("mod", 1), False),
        ("the same words of another place", told("repost", 1, place=place("Horlivka")), False),
    ],
)  # fmt: skip
def test_what_is_a_copy(why: str, copy: Statement, is_copy: bool) -> None:
    found = member(joined(ORIGIN, copy), copy)
    assert found.copy_of == (ORIGIN.post.ref if is_copy else None)


def test_a_copy_of_a_copy_is_one_of_the_first() -> None:
    copies = [told(name, hours) for name, hours in (("one", 1), ("two", 2))]
    events = joined(ORIGIN, *copies)
    assert {member(events, each).copy_of for each in copies} == {PostRef("svodki", ORIGIN.post.ref.id)}


def test_a_copy_belongs_where_its_origin_does_and_says_so() -> None:
    copy = told("repost", 1, forwarded_from="svodki")
    found = member(joined(ORIGIN, copy), copy)
    assert found.reasons == (f"passes on svodki/{ORIGIN.post.ref.id}",)


def test_forwards_of_a_channel_that_nobody_follows_are_copies_of_the_first() -> None:
    first, second = (
        told(name, hours, forwarded_from="unknown", forwarded_post="7") for name, hours in (("a", 1), ("b", 2))
    )
    events = joined(first, second)
    assert [member(events, each).copy_of for each in (first, second)] == [None, first.post.ref]


def test_a_few_words_may_well_be_the_same() -> None:
    short = "Погибли 500."
    first, second = told("one", 0, short), told("two", 1, short + " Да.")
    assert member(joined(first, second), second).copy_of is None
