import pytest

from monitor.figures.attack import tells_of_attack


@pytest.mark.parametrize(
    ("text", "tells"),
    [
        ("Удар по Херсону: погибли трое.", True),
        ("Над Балашихой упали обломки, пострадал один человек.", True),
        ("Під час обстрілу поранено двох.", True),
        ("Three people were killed in a missile strike.", True),
        ("В ДТП под Канашем погиб один человек, шесть пострадали.", False),
        ("Пожар в хостеле: погибли восемь человек.", False),
        ("У Львові в аварії загинуло двоє.", False),
        ("Two people died in a car crash.", False),
        ("Кадры с места крушения вертолёта: погибли четыре человека.", False),
        ("Ми-8 с туристами разбился. Удар молнии? Погибли двое.", False),
        ("Под обломками дома нашли двоих погибших, их отбросило ударной волной.", False),
        ("Операция по спасению завершена: под завалами дома погибли четверо.", False),
        ("У Бериславі загинули двоє цивільних.", True),
        ("Two people were killed by debris.", True),
        ("Подросток с ножом совершил нападение на школу, ранены четверо.", False),
        ("Вертоліт здійснив жорстку посадку, двоє поранені.", False),
        ("A helicopter made a hard landing; two were hurt.", False),
        ("В ДТП попала машина, по которой ударил дрон: погибли двое.", True),
    ],
)
def test_a_strike_is_told_from_a_crash(text: str, tells: bool) -> None:
    assert tells_of_attack(text) is tells
