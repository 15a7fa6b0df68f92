"""Subsets of those counted before, regions of a whole, windows of a night."""

import pytest
from marking import text

from models.enums import Lang
from monitor.figures.parts import parts_of
from monitor.figures.scopes import scopes_of
from monitor.values import Part, PlaceQuote

RU, UK, EN = Lang.RU, Lang.UK, Lang.EN
BRYANSK = PlaceQuote("Брянской областью", "Bryansk Oblast", "RU-BRY")
KURSK = PlaceQuote("Курской", "Kursk Oblast", "RU-KRS")
SUBSETS = {
    "among them": (RU, "Погибли [9|person killed], среди них [двое|child killed 2] детей.", [None, Part("детей")]),
    "including": (
        EN, "[Nine|person killed 9] died, including [two|child killed 2] children.", [None, Part("children")],
    ),
    "of whom, behind": (UK, "Загинуло [29|person killed], [троє|child killed 3] з яких — діти.", [None, Part("діти")]),
    "of whom, of the next": (
        RU, "Ранены [155|person wounded] человек, из них [27|child wounded] детей.", [None, Part("детей")],
    ),
    "the second of two kinds": (
        RU, "Погибли [9|person killed], среди них [двое|child killed 2] детей и [один|civilian killed 1] медик.",
        [None, Part("детей"), Part("медик")],
    ),
    "among the dead": (
        EN, "Among the dead are [three|civilian killed 3] railway workers.", [Part("railway workers", "dead")],
    ),
    "two of five": (
        RU, "[Двое|person wounded 2] из [пяти|person wounded 5] раненых в тяжёлом состоянии.",
        [Part("в тяжёлом состоянии", "пяти раненых"), None],
    ),
    "in brackets": (RU, "Ранен [21|person wounded] человек ([9|child wounded] детей).", [None, Part("детей")]),
    "the day's, in brackets": (UK, "Танків [3537|tank destroyed] ([+5|tank destroyed]).", [None, None]),
    "another outcome": (RU, "Обнаружен [41|drone launched] дрон, из них сбито [33|drone intercepted].", [None, None]),
    "more than the whole": (RU, "Погибли [2|person killed], среди них ранены [9|person wounded].", [None, None]),
    "of no figure": (UK, "На жаль, підтверджено загибель [108|military killed] з них.", [None]),
    "hundreds of": (EN, "It caused [hundreds|person casualties 200~] of casualties.", [None]),
}  # fmt: skip
WINDOWS = {
    "two hours": (RU, "С 21:00 до 23:00 сбито [29|drone intercepted] дронов.", Part("С 21:00 до 23:00")),
    "until a clock": (EN, "By 01:50, [12|drone intercepted] drones had been downed.", Part("By 01:50")),
    "the whole night": (RU, "В течение ночи с 23:00 до 7:00 сбито [29|drone intercepted] дронов.", None),
    "as long as a night": (RU, "С 21:00 до 7:00 сбито [29|drone intercepted] дронов.", None),
    "a date": (UK, "З 24.02 до 05.05 збито [29|drone intercepted] дронів.", None),
    "people": (RU, "С 21:00 до 23:00 ранены [29|person wounded] человек.", None),
}


@pytest.mark.parametrize("situation", SUBSETS)
def test_subset(situation: str) -> None:
    lang, written, parts = SUBSETS[situation]
    assert read(written, lang) == parts


@pytest.mark.parametrize("situation", WINDOWS)
def test_window(situation: str) -> None:
    lang, written, part = WINDOWS[situation]
    assert read(written, lang) == [part]


def test_regions_of_a_whole_are_parts_of_it() -> None:
    written = (
        "Сбито [29|drone intercepted] дронов: [20|drone intercepted] над Брянской областью, "
        "[9|drone intercepted] над Курской."
    )
    places = [None, BRYANSK, KURSK]
    assert read(written, RU, places) == [None, Part("Брянской областью"), Part("Курской")]


def test_regions_without_a_whole_stand_alone() -> None:
    written = "[20|drone intercepted] над Брянской областью, [9|drone intercepted] над Курской."
    assert read(written, RU, [BRYANSK, KURSK]) == [None, None]


def test_regions_that_exceed_a_number_are_no_parts_of_it() -> None:
    written = (
        "Сбито [25|drone intercepted]. Над Брянской областью [20|drone intercepted], над Курской [9|drone intercepted]."
    )
    assert read(written, RU, [None, BRYANSK, KURSK]) == [None, None, None]


def read(written: str, lang: Lang, places: list[PlaceQuote | None] | None = None) -> list[Part | None]:
    given = text(written, lang)
    scopes = scopes_of(given.marked, given.counted)
    return parts_of(given.marked, given.counted, scopes, places or [None] * len(given.counted))
