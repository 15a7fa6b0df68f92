"""Things in the air belong to a defender's night or day; rockets and shells to the strike on their place."""

import pytest

from models.enums import EventKind
from monitor.statements import Statement
from tests.events.joined import are_one, holder, joined, member
from tests.saying import at, place, post, say

BRYANSK = place("Bryansk Oblast")
NIGHT = (at(2, -12), at(2, -3))  # 21:00 to 06:00 in Kyiv
EVENING = (at(1, 10), at(1, 12))
MORNING = at(2, -1)


def drones(source: str, moment: object, said: str, measure: str = "intercepted", **given: object) -> Statement:
    given.setdefault("place", None)
    return say(post(source, moment), said, measure, "drone", **{"side": "ru"} | given)  # type: ignore[arg-type]


def test_a_night_is_one_event_of_the_defender_whoever_counts() -> None:
    force, governor = drones("air_force", MORNING, "24"), drones("governor", at(2, 1), "5", place=place("Kharkiv"))
    assert are_one(force, governor, drones("mod", at(2, 3), "30", "launched"))
    event = joined(force)[0]
    assert (event.kind, event.defender, event.title) == (
        EventKind.AIR_ATTACK, "ua", "Air attack on Ukraine, night of 2 January 2023"
    )  # fmt: skip


def test_each_defender_has_a_night_of_its_own() -> None:
    assert not are_one(drones("air_force", MORNING, "24"), drones("mod", MORNING, "40", side="ua"))


def test_what_a_party_shot_down_of_nobodys_was_over_its_own_side() -> None:
    assert joined(drones("mod", MORNING, "40", side="unknown"))[0].defender == "ru"


def test_a_region_is_a_portion_of_the_night_and_the_whole_is_none() -> None:
    told = post("mod", MORNING)
    said = [say(told, n, "intercepted", "drone", side="ua", place=where, start=9 * i)
            for i, (n, where) in enumerate((("84", None), ("24", BRYANSK)))]  # fmt: skip
    events = joined(*said)
    assert [member(events, each).portion for each in said] == [None, "Bryansk Oblast"]


def test_until_when_it_counted_is_part_of_the_portion() -> None:
    early = drones("mod", MORNING, "9", side="ua", place=BRYANSK, part="until 01:50")
    assert member(joined(early), early).portion == "Bryansk Oblast, until 01:50"


@pytest.mark.parametrize(
    ("why", "moment", "given", "title"),
    [
        ("in the morning, without a time", at(2, 2), {}, "night of 2 January 2023"),
        ("in the afternoon, without a time", at(2, 10), {}, "daytime of 2 January 2023"),
        ("the night told", at(2, 10), {"when": NIGHT}, "night of 2 January 2023"),
        ("the evening told", at(1, 13), {"when": EVENING}, "night of 2 January 2023"),
        ("the day told", at(2, 13), {"when": (at(2, 2), at(2, 8))}, "daytime of 2 January 2023"),
        ("a date told, days later", at(5), {"when": (at(2, -9), at(2, 15))}, "night of 2 January 2023"),
    ],
)
def test_the_time_told_or_else_the_hour_of_the_report_says_which_attack_is_meant(
    why: str, moment: object, given: dict[str, object], title: str
) -> None:
    assert joined(drones("air_force", moment, "24", **given))[0].title == f"Air attack on Ukraine, {title}"


@pytest.mark.parametrize("hour", [1, 7, 12])
def test_what_is_counted_over_24_hours_is_no_nights_count(hour: float) -> None:
    night = drones("mod", MORNING, "144", side="ua")
    day_and_night = drones("mod", at(2, hour), "196", side="ua", when=(at(1, hour), at(2, hour)))
    wire = drones("wire", at(2, 13), "196", side="ua", by="ru_mod", when=(at(1, 13), at(2, 13)))
    assert not are_one(night, day_and_night)
    assert are_one(day_and_night, wire)
    assert joined(day_and_night)[0].title == "Air attack on Russia, 24 hours to 2 January 2023"


def test_an_afternoon_report_of_the_nights_number_speaks_of_the_night() -> None:
    assert are_one(drones("air_force", MORNING, "24"), drones("wire", at(2, 10), "24", by="ua_air_force"))
    assert not are_one(drones("air_force", MORNING, "24"), drones("wire", at(2, 10), "7", by="ua_air_force"))


def test_rockets_belong_to_the_strike_on_their_place() -> None:
    told = post("mod", at(2))
    rockets = say(told, "6", "launched", "rocket", side="ua", start=0)
    assert are_one(rockets, say(told, "63", start=9))
    assert holder(joined(rockets), rockets).kind is EventKind.INCIDENT  # type: ignore[union-attr]


def test_what_hit_a_place_belongs_to_the_strike_on_it_where_that_is_told_too() -> None:
    told = post("mod", at(2))
    hit = say(told, "4", "hit", "missile", side="ua", start=0)
    assert are_one(hit, say(told, "63", start=9))
    assert joined(hit)[0].kind is EventKind.AIR_ATTACK


def test_who_was_hurt_below_belongs_to_the_place() -> None:
    told = post("governor", MORNING)
    shot = say(told, "5", "intercepted", "drone", side="ru", place=place("Kharkiv"), start=0)
    hurt = say(told, "3", "wounded", "civilian", side="ua", place=place("Kharkiv"), start=9)
    assert not are_one(shot, hurt)
    assert {event.kind for event in joined(shot, hurt)} == {EventKind.AIR_ATTACK, EventKind.INCIDENT}
