"""One incident, or what has added up."""

import pytest
from marking import text

from models.enums import Lang, Scope
from monitor.figures.scopes import scopes_of

RU, UK, EN = Lang.RU, Lang.UK, Lang.EN
EVENT, TOTAL = Scope.EVENT, Scope.TOTAL
SITUATIONS = {
    "since the invasion": (RU, "С 24 февраля 2022 года погибли [937|military killed] военных.", [TOTAL]),
    "a day's date": (RU, "24 февраля погибли [937|military killed] военных.", [EVENT]),
    "this year": (EN, "Mines have killed [17|person killed] people this year.", [TOTAL]),
    "a month": (UK, "За грудень загинули [46|civilian killed] мирних жителів.", [TOTAL]),
    "a day of that month": (UK, "За 12 грудня загинули [46|civilian killed] мирних жителів.", [EVENT]),
    "a month in English": (EN, "In December, [46|civilian killed] civilians were killed.", [TOTAL]),
    "a day in English": (EN, "On December 2, [46|civilian killed] civilians were killed.", [EVENT]),
    "two days": (RU, "За минувшие два дня ранены [9|person wounded] человек.", [EVENT]),
    "three days": (RU, "За трое суток погибли [27|civilian killed] жителей.", [TOTAL]),
    "four days in digits": (UK, "За останні 4 дні збито [160|drone intercepted] дронів.", [TOTAL]),
    "three unspecified days": (
        EN, "They sank [seven|ship destroyed 7] vessels over the course of three recent days.", [TOTAL],
    ),
    "a week": (EN, "[Nine|person wounded 9] people were wounded over the past week.", [TOTAL]),
    "the first month": (RU, "[Тысячи|person killed 2000] погибших за первый месяц.", [TOTAL]),
    "two days ago": (EN, "[Nine|person wounded 9] people were wounded two days ago.", [EVENT]),
    "a stretch of dates": (EN, "Between 27 February and 3 March, [4|person killed] people were killed.", [TOTAL]),
    "by a date": (EN, "They claimed to have killed [100|military killed] soldiers by 5 June.", [TOTAL]),
    "said on a date": (
        EN, "She said on March 10 that [100|military killed] soldiers had been killed this year.", [TOTAL],
    ),
    "a pair": (UK, "танків ‒ [3537|tank destroyed] ([+5|tank destroyed])", [TOTAL, EVENT]),
    "a pair without its plus in the span": (UK, "танків ‒ [3537|tank destroyed] (+[5|tank destroyed])", [TOTAL, EVENT]),
    "brackets without a plus": (RU, "Ранены [21|person wounded] ([9|child wounded] детей).", [EVENT, EVENT]),
    "under a head": (UK, "Втрати ворога за тиждень:\n- [15|tank destroyed] танків", [TOTAL]),
    "under a day's head": (UK, "Втрати ворога за добу:\n- [15|tank destroyed] танків", [EVENT]),
    "the last day within the war": (
        UK, "З початку війни втрачено [177|tank destroyed] танків, [5|tank destroyed] за останню добу.", [TOTAL, EVENT],
    ),
    "a report of totals goes on": (
        UK, "З початку війни загинули [480|child killed]. Поранено [968|child wounded].", [TOTAL, TOTAL],
    ),
    "an incident after a total": (
        UK, "З початку війни загинули [480|child killed] дітей. Учора поранено [9|child wounded].", [TOTAL, EVENT],
    ),
    "as of a date": (UK, "Станом на 12 травня від початку війни загинули [480|child killed] дітей.", [TOTAL]),
    "more than any day has brought": (EN, "[22000|military killed] fighters were killed.", [TOTAL]),
    "an earthquake": (EN, "[22000|person killed] people were killed in the earthquake.", [EVENT]),
    "nothing tells": (RU, "Погибли [двое|person killed 2].", [EVENT]),
}  # fmt: skip


@pytest.mark.parametrize("situation", SITUATIONS)
def test_scope(situation: str) -> None:
    lang, written, scopes = SITUATIONS[situation]
    given = text(written, lang)
    assert scopes_of(given.marked, given.counted) == scopes
