"""What is told of figures: who said them, when, and what the same speaker had said before."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.enums import Role
from models.tables import PostVersion
from monitor.digests.values import ToldFigure
from monitor.queries.groups import group_figures
from monitor.queries.statements import speakers, statements_of
from tests.story import tell_story
from tests.teller import NIGHT, Teller


def told(session: Session, event: str) -> dict[str, ToldFigure]:
    return {each.id.removeprefix("s-"): each for each in statements_of(session, [event], speakers(session))[event]}


def test_a_party_speaks_under_its_name_and_a_quoted_voice_under_its_own(session: Session) -> None:
    found = told(session, tell_story(session).event)
    assert found["mod63"].voice.name == "Russian Ministry of Defence"
    assert found["mod63"].official
    assert found["girkin_dead"].voice.name == "Igor Girkin"
    assert found["dozens"].voice.name == "Sources close to the DPR, told by News wire"
    assert found["svodka500"].voice.name == "Сводка дня"


def test_a_relay_is_told_from_what_a_party_says_itself(session: Session) -> None:
    found = told(session, tell_story(session).event)
    assert (found["upto400"].relayed, found["stratcom400"].relayed) == (True, False)


def test_what_a_speaker_had_said_before_stands_beside_the_new_number(session: Session) -> None:
    found = told(session, tell_story(session).event)
    was = {name: each.was.high for name, each in found.items() if each.was is not None}
    assert was == {"mod89": 63, "svodka300": 500}


def test_the_same_number_again_and_another_s_number_are_no_change(session: Session) -> None:
    teller = Teller(session)
    teller.write_sources({"one": {"title": "One"}, "two": {"title": "Two"}})
    teller.write_event("Strike")
    for hour, (name, source, number) in enumerate((("a", "one", 5), ("b", "two", 7), ("c", "one", 5), ("d", "one", 8))):
        teller.post(name, source, f"Погибли [[{number}]].", teller.at(1, hour))
        teller.say(name, 0, "killed", number, number)
    found = told(session, teller.story.event)
    assert [found[name].was for name in "abc"] == [None, None, None]
    assert found["d"].was is not None
    assert found["d"].was.high == 5


def test_an_edited_figure_is_marked_and_dated_by_when_it_was_said(session: Session) -> None:
    story = tell_story(session)
    found = told(session, story.event)
    assert (found["svodka500"].earlier, found["svodka300"].earlier) == (True, False)
    assert found["svodka300"].said_at == NIGHT + timedelta(days=3, hours=7)
    version = session.scalars(select(PostVersion).where(PostVersion.post_id == story.posts["mod1"])).one()
    version.stated_at = NIGHT
    session.flush()
    assert told(session, story.event)["mod63"].said_at == NIGHT


def test_all_people_stand_in_one_group_and_parts_behind_their_whole(session: Session) -> None:
    teller = Teller(session)
    teller.write_sources({"one": {"title": "One"}})
    teller.write_event("Strike")
    text = "Погибли [[трое]], [[5]] человек, среди них [[двое]] рабочих, [[один]] ребёнок."
    teller.post("a", "one", text, teller.at(1, 1))
    teller.say("soldiers", 0, "killed", 3, 3)
    teller.say("people", 1, "killed", 5, 5, object="person", side="unknown")
    teller.say("workers", 2, "killed", 2, 2, object="person", part_quote="среди них рабочих")
    teller.say("child", 3, "killed", 1, 1, object="child")
    groups = group_figures(told(session, teller.story.event).values(), ())
    found = [(group.part, len(group.statements)) for group in groups]
    assert found == [(None, 2), ("children", 1), ("среди них рабочих", 1)]


def test_the_register_has_no_step_for_what_says_less_or_the_same(session: Session) -> None:
    teller = Teller(session)
    teller.write_sources({"mod": {"title": "Mod", "party": "ru_mod", "side": "ru"}, "wire": {"title": "Wire"}})
    teller.write_event("Strike")
    at_least = {"bound": "at_least", "modifier": "at_least"}
    relay = {"role": Role.RELAY}
    said = (("mod", 18, 18, {}), ("mod", 18, None, at_least), ("wire", 18, 18, relay), ("mod", 21, 21, {}))
    for hour, (source, low, high, given) in enumerate(said):
        teller.post(f"p{hour}", source, "Погибли [[столько]].", teller.at(1, hour))
        teller.say(f"f{hour}", 0, "killed", low, high, **given)
    (group,) = group_figures(told(session, teller.story.event).values(), ())
    assert [step.said.low for step in group.register] == [18, 21]
