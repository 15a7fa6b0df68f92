"""Lists of losses are events of a party and a day."""

from models.enums import EventKind
from monitor.statements import Statement
from tests.events.joined import are_one, joined, member
from tests.saying import at, post, say

THINGS = ("tank", "armoured", "artillery", "mlrs", "vehicle", "ship")


def staff(day: float, by: str | None = None, source: str = "staff", count: int = 6) -> list[Statement]:
    """Totals since the beginning, and those of the day."""
    told, said = post(source, at(day)), []
    for number, thing in enumerate(THINGS[:count]):
        given = {"place": None, "by": by}
        said.append(say(told, str(3000 + number), "destroyed", thing, scope="total", start=20 * number, **given))
        said.append(say(told, str(10 + number), "destroyed", thing, start=20 * number + 9, **given))
    return said


def test_a_list_of_totals_and_daily_numbers_is_a_bulletin_of_its_party() -> None:
    event = joined(*staff(2))[0]
    assert (event.kind, event.title) == (
        EventKind.BULLETIN, "Losses listed by ua general staff, 2 January 2023"
    )  # fmt: skip
    assert all(each.item for each in event.members)


def test_a_lists_totals_belong_to_no_event() -> None:
    said = [each.statement.figure.scope for event in joined(*staff(2)) for each in event.members]
    assert said == ["event"] * len(THINGS)


def test_many_items_without_totals_are_a_bulletin_too() -> None:
    assert joined(*[each for each in staff(2) if each.figure.scope == "event"])[0].kind is EventKind.BULLETIN


def test_two_items_are_none() -> None:
    told = post("mod", at(2))
    pair = say(told, "4", "destroyed", "mlrs", side="ua", start=0), say(told, "200", side="ua", start=9)
    assert joined(*pair)[0].kind is EventKind.INCIDENT


def test_a_blogs_list_is_none() -> None:
    assert joined(*staff(2, source="blog")) == ()


def test_who_passes_the_list_on_belongs_to_it() -> None:
    assert are_one(*staff(2), *staff(2.2, by="ua_general_staff", source="wire"))


def test_a_list_passed_on_after_midnight_is_that_of_the_day_before() -> None:
    assert are_one(*staff(2), *staff(2.7, by="ua_general_staff", source="wire"))


def test_one_item_told_again_in_the_partys_name_belongs_to_the_list() -> None:
    item = say(post("wire", at(2, 5)), "11", "destroyed", "armoured", place=None, by="ua_general_staff")
    other = say(post("wire", at(2, 6)), "77", "destroyed", "armoured", place=None, by="ua_general_staff")
    events = joined(*staff(2), item, other)
    assert member(events, item).item
    assert all(each.statement.id != other.id for event in events for each in event.members)


def test_each_day_has_its_own() -> None:
    assert len(joined(*staff(2), *staff(3))) == 2


def test_losses_told_as_killed_are_the_same_item() -> None:
    told = post("staff", at(2))
    losses = say(told, "830", "casualties", place=None, start=200)
    killed = say(post("wire", at(2, 2)), "830", "killed", place=None, by="ua_general_staff")
    assert are_one(*staff(2), losses, killed)
