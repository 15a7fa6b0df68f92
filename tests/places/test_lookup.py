"""Places by name, in every case, spelling and language, and what holds what."""

import pytest

from models.enums import Lang
from monitor.places import contains, lookup

CASES = [
    ("Makiivka", ["Макеевка", "Макеевке", "Макеевкой", "Макіївка", "Макіївці", "Makiivka", "Makeyevka", "Makiyivka"]),
    ("Bakhmut", ["Бахмут", "Бахмута", "Бахмуті", "Артемовск", "Артёмовске", "Артемівська", "Artyomovsk"]),
    ("Zaporizhzhia", ["Запорожье", "Запорожьем", "Запоріжжя", "Запоріжжі", "Zaporizhia", "Zaporozhye"]),
    ("Kryvyi Rih", ["Кривой Рог", "Кривому Рогу", "Кривим Рогом", "Кривого Рогу", "Krivoy Rog", "Kryvyi Rih"]),
    ("Chasiv Yar", ["Часов Яр", "Часовом Яре", "Часового Яру", "Chasiv Yar"]),
    ("Nova Kakhovka", ["Новой Каховке", "Нову Каховку", "Новою Каховкою", "Novaya Kakhovka"]),
    ("Huliaipole", ["Гуляйполе", "Гуляйполя", "Huliaipole", "Hulyaipole", "Gulyaypole"]),
    ("Robotyne", ["Работино", "Роботино", "Роботиного", "Роботиному", "Rabotino"]),
    ("Brovary", ["Бровары", "Броварах", "Броварів", "Brovary"]),
    ("Rostov-on-Don", ["Ростове-на-Дону", "Ростова", "Rostov-on-Don"]),
    ("Kharkiv Oblast", ["Харьковской областью", "Харківській області", "Харківщині", "Харьковщину", "Kharkiv Oblast"]),
    ("Krasnodar Krai", ["Краснодарском крае", "Краснодарському краї", "Кубани", "Krasnodar Krai"]),
    ("Donetsk People's Republic", ["ДНР", "Донецкой Народной Республике", "DPR"]),
    ("Black Sea", ["Чёрного моря", "Чорному морі", "Black Sea"]),
    ("Gaza Strip", ["секторе Газа", "Сектора Газа", "Gaza Strip"]),
    ("Deir ez-Zor", ["Дейр-эз-Зоре", "Deir Ezzor", "Deir ez-Zor"]),
]


@pytest.mark.parametrize(("name", "written"), [(name, each) for name, forms in CASES for each in forms])
def test_a_place_is_found_in_every_form(name: str, written: str) -> None:
    place = lookup(written)
    assert place is not None
    assert place.name == name


@pytest.mark.parametrize(
    "written", ["", "Ктулхугород", "Макеевк", "Бахмутизация", "Kyivstar", "область", "в", "Бахмут Киев"]
)
def test_what_is_no_name_is_not_found(written: str) -> None:
    assert lookup(written) is None


def test_a_place_has_a_name_in_each_language() -> None:
    place = lookup("Курахове")
    assert place is not None
    assert place.names == {Lang.EN: "Kurakhove", Lang.RU: "Курахово", Lang.UK: "Курахове"}


def test_the_best_known_of_several_places_is_meant() -> None:
    place = lookup("Макеевка")
    assert place is not None
    assert place.within == ("UA-14",)


@pytest.mark.parametrize(
    ("outer", "inner", "holds"),
    [
        ("Донецкая область", "Макеевка", True),
        ("ДНР", "Макеевка", True),
        ("Донбасс", "Лисичанск", True),
        ("Украина", "Бахмут", True),
        ("Крым", "Севастополь", True),
        ("Украина", "Крым", True),
        ("Россия", "Шебекино", True),
        ("Gaza Strip", "Rafah", True),
        ("Макеевка", "Макеевка", True),
        ("Макеевка", "Донецкая область", False),
        ("Луганская область", "Макеевка", False),
        ("Россия", "Бахмут", False),
        ("Чёрное море", "Одесса", False),
    ],
)
def test_areas_hold_their_places(outer: str, inner: str, holds: bool) -> None:
    assert contains(id_of(outer), id_of(inner)) is holds


def test_the_surroundings_of_a_town_hold_the_town_and_lie_in_its_area() -> None:
    town = id_of("Купянск")
    assert contains(f"{town}/direction", town)
    assert contains("UA-63", f"{town}/direction")
    assert not contains(town, f"{town}/direction")
    assert not contains(f"{town}/district", f"{town}/direction")


def test_an_unknown_id_holds_nothing() -> None:
    assert not contains("nowhere", id_of("Купянск"))
    assert not contains("UA-63", "nowhere")


def id_of(name: str) -> str:
    place = lookup(name)
    assert place is not None, name
    return place.id
