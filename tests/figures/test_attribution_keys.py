"""A quoted speaker gets the key of the party or the person that it names, and of nobody else."""

from datetime import UTC, datetime

import pytest

from models.enums import Lang
from monitor.figures.attribution import speakers_of
from monitor.figures.text import document
from monitor.values import NamedSpeaker, ReadingContext

MINISTRY = NamedSpeaker(
    key="ru_mod",
    name="Ministry",
    aliases={
        Lang.RU: ("Минобороны", "Минобороны РФ", "Министерство обороны РФ", "МО РФ"),
        Lang.UK: ("Міноборони РФ",),
        Lang.EN: ("Russian Defence Ministry",),
    },
)
OTHER_MINISTRY = NamedSpeaker(key="ua_mod", name="Ministry", aliases={Lang.RU: ("Минобороны Украины",)})
AIR_FORCE = NamedSpeaker(key="ua_air_force", name="Air Force", aliases={Lang.UK: ("Повітряні сили ЗСУ", "ПС ЗСУ")})
GOVERNOR = NamedSpeaker(
    key="ru_belgorod",
    name="Governor",
    aliases={Lang.RU: ("Гладков", "Вячеслав Гладков"), Lang.EN: ("Gladkov", "Vyacheslav Gladkov")},
    since=datetime(2020, 11, 18, tzinfo=UTC),
    until=datetime(2024, 5, 14, tzinfo=UTC),
)
ADVISER = NamedSpeaker(key="ua_president", name="Office", aliases={Lang.RU: ("Михаил Подоляк", "Подоляк")})
LUHANSK = NamedSpeaker(key="ua_luhansk", name="Governor", aliases={Lang.EN: ("Haidai", "Serhii Haidai")})
SPEAKERS = (LUHANSK, MINISTRY, OTHER_MINISTRY, AIR_FORCE, GOVERNOR, ADVISER)
IN_OFFICE = datetime(2023, 5, 1, tzinfo=UTC)


def key_of(text: str, lang: Lang, published: datetime | None = IN_OFFICE) -> str | None:
    at = text.index("5")
    context = ReadingContext(lang=lang, published=published, speakers=SPEAKERS)
    speaker = speakers_of(document(text, lang), [(at, at + 1)], context)[0]
    assert speaker is not None
    return speaker.key


@pytest.mark.parametrize(
    ("lang", "text", "key"),
    [
        pytest.param(Lang.RU, "В Минобороны РФ сообщили о 5 дронах.", "ru_mod", id="locative"),
        pytest.param(Lang.RU, "По данным Министерства обороны РФ, сбиты 5 дронов.", "ru_mod", id="genitive"),
        pytest.param(Lang.RU, "МО РФ: сбиты 5 дронов.", "ru_mod", id="abbreviation"),
        pytest.param(Lang.UK, "У Повітряних силах ЗСУ уточнили, що збито 5 дронів.", "ua_air_force", id="Ukrainian"),
        pytest.param(Lang.EN, "The Russian Defence Ministry said 5 men died.", "ru_mod", id="behind an article"),
        pytest.param(Lang.RU, "Представитель Минобороны Игорь Дёмин заявил о 5 дронах.", "ru_mod", id="spokesman"),
        pytest.param(Lang.RU, "По словам губернатора Гладкова, ранены 5 человек.", "ru_belgorod", id="name by itself"),
        pytest.param(Lang.RU, "Вячеслав Гладков сообщил о 5 раненых.", "ru_belgorod", id="full name"),
        pytest.param(Lang.RU, "Минобороны Украины заявило о 5 дронах.", "ua_mod", id="the longest alias"),
        pytest.param(Lang.EN, "Governor Viacheslav Gladkov said 5 men died.", "ru_belgorod", id="spelled otherwise"),
        pytest.param(Lang.EN, "Governor Serhiy Hayday said 5 men died.", "ua_luhansk", id="g, h and their vowels"),
        pytest.param(Lang.EN, "Governor Sergey Gaidai said 5 men died.", "ua_luhansk", id="spelled from Russian"),
        pytest.param(Lang.RU, "Советник главы офиса Михаил Подоляк заявил о 5 убитых.", "ua_president", id="adviser"),
    ],
)
def test_a_name_in_any_case_has_its_key(lang: Lang, text: str, key: str) -> None:
    assert key_of(text, lang) == key


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        pytest.param(Lang.RU, "Источник в Минобороны сообщил о 5 погибших.", id="a source in it"),
        pytest.param(Lang.RU, "Источник, близкий к Минобороны, сообщил о 5 погибших.", id="a source close to it"),
        pytest.param(Lang.RU, "Минобороны Польши сообщило о 5 дронах.", id="another country's"),
        pytest.param(Lang.RU, "Польское Минобороны сообщило о 5 дронах.", id="another country's by adjective"),
        pytest.param(Lang.RU, "Сергей Гладков рассказал о 5 раненых.", id="another man of that name"),
        pytest.param(Lang.RU, "Советник Подоляка рассказал о 5 раненых.", id="his adviser"),
        pytest.param(Lang.EN, "A source close to the Russian Defence Ministry said 5 men died.", id="close to"),
        pytest.param(Lang.RU, "Мэр Орлов рассказал о 5 раненых.", id="unknown"),
    ],
)
def test_somebody_beside_it_has_not(lang: Lang, text: str) -> None:
    assert key_of(text, lang) is None


def test_an_office_speaks_while_it_is_held() -> None:
    text = "Гладков сообщил о 5 раненых."
    assert key_of(text, Lang.RU) == "ru_belgorod"
    assert key_of(text, Lang.RU, datetime(2025, 1, 1, tzinfo=UTC)) is None
    assert key_of(text, Lang.RU, datetime(2019, 1, 1, tzinfo=UTC)) is None
    assert key_of(text, Lang.RU, None) == "ru_belgorod"


def test_a_name_that_two_have_is_nobodys() -> None:
    twin = NamedSpeaker(key="twin", name="Twin", aliases={Lang.RU: ("Гладков",)})
    context = ReadingContext(lang=Lang.RU, published=IN_OFFICE, speakers=(*SPEAKERS, twin))
    found = speakers_of(document("Гладков сообщил о 5 раненых.", Lang.RU), [(18, 19)], context)
    assert found[0] is not None
    assert found[0].key is None


def test_a_known_name_alone_on_a_line_signs_the_post() -> None:
    assert key_of("Сбиты 5 дронов.\n\nМО РФ\n\n01.05.23\n\nTelegram\n\nYouTube\n\nFacebook", Lang.RU) == "ru_mod"
