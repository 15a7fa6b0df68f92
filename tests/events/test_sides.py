"""A relay counts the side that the party counted."""

import pytest

from tests.events.joined import joined, member
from tests.saying import at, place, post, say

OWN = say(post("mod", at(2)), "63", side="ru")


@pytest.mark.parametrize(
    ("why", "given", "side"),
    [
        ("told in its name", {"by": "ru_mod", "side": "ua"}, "ru"),
        ("told in its name, of nobody's", {"by": "ru_mod", "side": "unknown"}, "ru"),
        ("told in another's name", {"by": "ua_stratcom", "side": "ua"}, "ua"),
        ("told by the channel itself", {"side": "ua"}, "ua"),
    ],
)
def test_the_partys_own_words_say_whose_losses_are_meant(why: str, given: dict[str, str], side: str) -> None:
    relay = say(post("wire", at(2, 2)), "63", **given)
    assert member(joined(OWN, relay), relay).statement.figure.side == side


def test_a_small_number_is_the_same_one_only_of_the_same_place() -> None:
    own = say(post("mod", at(2)), "2", side="ru")
    relays = [say(post("wire", at(2, n)), "2", by="ru_mod", side="ua", place=where)
              for n, where in enumerate((own.figure.place, place("Kharkiv")), 1)]  # fmt: skip
    events = joined(own, *relays)
    assert [member(events, each).statement.figure.side for each in relays] == ["ru", "ua"]
