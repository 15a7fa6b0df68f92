"""Whose people or things: each rule with the text that looks alike and means the other side."""

from datetime import UTC, datetime

import pytest
from marking import text

from models.enums import Lang
from monitor.figures.administered import administering_side
from monitor.figures.sides import sides_of
from monitor.values import NamedSpeaker, PlaceQuote, ReadingContext, SpeakerQuote

RU, UK, EN = Lang.RU, Lang.UK, Lang.EN
BELGOROD = PlaceQuote("Белгороде", "Belgorod", "g578072")
KHARKIV = PlaceQuote("Харькове", "Kharkiv", "g706483")
DONETSK = PlaceQuote("Донецке", "Donetsk", "g709717")

BY_THE_TEXT = {
    "an adjective in the counted phrase": (RU, "Убиты [15|military killed] украинских солдат.", ["ua"]),
    "a genitive in the counted phrase": (UK, "Узято в полон [трьох|military captured 3] морпіхів РФ.", ["ru"]),
    "the loser of a verb": (EN, "Russia lost [12|tank destroyed] tanks.", ["ru"]),
    "the doer of a verb": (EN, "Russian troops destroyed [12|tank destroyed] tanks.", ["ua"]),
    "a doer in the instrumental": (UK, "Окупантами вбито [двох|civilian killed 2] жителів.", ["ua"]),
    "losses of somebody": (RU, "Потери ВСУ — [55|military casualties] человек.", ["ua"]),
    "the next loss verb decides": (
        RU, "ВСУ израсходовали запас и потеряли [5|air_defence destroyed] установок.", ["ua"],
    ),
    "what is launched is the launcher's": (
        EN, "Russian forces launched [60|rocket launched] rockets at Nikopol.", ["ru"],
    ),
    "what is shot down is the other side's": (RU, "ПВО России сбила [18|drone intercepted] дронов.", ["ua"]),
    "a weapon that one side has": (UK, "Збито [24|drone intercepted] «Шахеди».", ["ru"]),
    "an attack by one side": (RU, "При обстреле ВСУ ранены [трое|person wounded 3].", ["ru"]),
    "their own": (UK, "Росія втратила 177 танків і [50|military killed] своїх солдатів.", ["ru"]),
    "beside a dash": (
        RU, "ВСУ потеряли [40|military casualties], российская сторона — [12|military casualties].", ["ua", "ru"],
    ),
    "carried down a list": (
        RU, "Потери ВСУ: [40|military casualties], [2|tank destroyed] танка, [3|vehicle destroyed] машины.", ["ua"] * 3,
    ),
    "drones downed beside tanks": (
        RU, "ВС РФ уничтожили [шесть|tank destroyed 6] танков и [четыре|drone destroyed 4] дрона.", ["ua", "ua"],
    ),
    "elsewhere in the world": (EN, "Israeli strikes killed [40|person killed] Palestinians.", ["other"]),
    "a striker where only others are named": (
        EN, "Russian strikes killed [20|military killed] fighters in Idlib, Syria.", ["other"],
    ),
    "nothing tells": (RU, "Под завалами нашли [пятерых|person killed 5].", ["unknown"]),
    "the enemy of nobody known": (RU, "Враг потерял [пятерых|military killed 5].", ["unknown"]),
}  # fmt: skip
BY_THE_CHANNEL = {
    "ours": ("ru", RU, "Наших погибло [двое|person killed 2].", ["ru"]),
    "the enemy": ("ua", RU, "Враг потерял [21|military killed] бойца.", ["ru"]),
    "the enemy of the other side": ("ru", RU, "Враг потерял [21|military killed] бойца.", ["ua"]),
    "what is destroyed": ("ua", UK, "Знищено [5|tank destroyed] танків.", ["ru"]),
    "our own without losses": ("ua", UK, "Наша група відпрацювала [без|military casualties 0] втрат.", ["ua"]),
}
BY_THE_WORDS = {
    "an author who says orcs": (RU, "Орки драпают. Сожжён [3|tank destroyed] вражеских танка.", ["ru"]),
    "an author who says nationalists of Kiev": (
        RU, "Боевики ВФУ отошли. Сожжено [3|tank destroyed] танка противника.", ["ua"],
    ),
    "a Ukrainian text": (UK, "Ворог випустив [11|missile launched] ракет.", ["ru"]),
}  # fmt: skip


@pytest.mark.parametrize("situation", BY_THE_TEXT)
def test_the_text_tells_the_side(situation: str) -> None:
    lang, written, sides = BY_THE_TEXT[situation]
    assert read(written, lang) == sides


@pytest.mark.parametrize("situation", BY_THE_CHANNEL)
def test_the_channel_settles_ours_and_the_enemy(situation: str) -> None:
    side, lang, written, sides = BY_THE_CHANNEL[situation]
    assert read(written, lang, context=ReadingContext(side=side)) == sides


@pytest.mark.parametrize("situation", BY_THE_WORDS)
def test_an_authors_words_settle_the_enemy(situation: str) -> None:
    lang, written, sides = BY_THE_WORDS[situation]
    assert read(written, lang) == sides


@pytest.mark.parametrize(("place", "side"), [(BELGOROD, "ru"), (KHARKIV, "ua"), (DONETSK, "ru")])
def test_civilians_belong_to_whoever_administers_the_place(place: PlaceQuote, side: str) -> None:
    assert read(f"В {place.quote} погибли [4|civilian killed] жителя.", RU, place=place) == [side]


@pytest.mark.parametrize(("place", "side"), [(BELGOROD, "ua"), (KHARKIV, "ru")])
def test_drones_belong_to_whoever_attacks_the_place(place: PlaceQuote, side: str) -> None:
    assert read(f"В {place.quote} сбито [4|drone intercepted] дрона.", RU, place=place) == [side]


def test_a_missile_gone_astray_kills_the_people_of_the_place() -> None:
    assert read("Ракета украинской ПВО упала в Харькове, погибли [8|person killed].", RU, place=KHARKIV) == ["ua"]


def test_a_known_speaker_settles_whose_enemy_is_meant() -> None:
    ministry = NamedSpeaker("ru_mod", "Ministry", side="ru", party=True)
    context = ReadingContext(speakers=(ministry,))
    quote = SpeakerQuote("в ведомстве", "ru_mod")
    assert read("Уничтожено [5|tank destroyed] танков, сказали в ведомстве.", RU, speaker=quote, context=context) == [
        "ua"
    ]


@pytest.mark.parametrize(
    ("day", "side"), [(None, "ua"), ((2022, 4, 1), "ua"), ((2023, 4, 1), "ru")], ids=["undated", "besieged", "taken"]
)
def test_a_town_that_changed_hands_belongs_to_its_holder_of_the_day(
    day: tuple[int, int, int] | None, side: str
) -> None:
    assert administering_side("g701822", None if day is None else datetime(*day, tzinfo=UTC)) == side


@pytest.mark.parametrize(
    ("place", "side"), [("RU-BEL", "ru"), ("UA-14", "ua"), ("dnr", "ru"), ("UA-40", "ru"), ("SY", "other")]
)
def test_an_area_belongs_to_its_country_or_its_holder(place: str, side: str) -> None:
    assert administering_side(place, None) == side


@pytest.mark.parametrize(
    ("place", "side"),
    [("g281133", "ps"), ("hospital-al-ahli", "ps"), ("g293397", "il"), ("g706483", "ua"), ("SY", "other")],
)
def test_a_side_that_goes_by_the_code_of_a_country_administers_its_places(place: str, side: str) -> None:
    assert administering_side(place, None, {"il", "ps", "ru", "ua"}) == side


@pytest.mark.parametrize("place", ["", "nowhere", "g0"])
def test_an_unknown_place_tells_nothing(place: str) -> None:
    assert administering_side(place, None) == "unknown"


def read(
    written: str,
    lang: Lang,
    *,
    speaker: SpeakerQuote | None = None,
    place: PlaceQuote | None = None,
    context: ReadingContext | None = None,
) -> list[str]:
    given = text(written, lang)
    several = len(given.counted)
    return sides_of(given.marked, given.counted, [speaker] * several, [place] * several, context or ReadingContext())
