"""Asserted, denied, recalled; and what is marked as preliminary."""

import pytest
from marking import text

from models.enums import Lang, Stance
from monitor.figures.provisional import provisional_of
from monitor.figures.stances import stances_of

RU, UK, EN = Lang.RU, Lang.UK, Lang.EN
ASSERTS, DENIES, RECALLS = Stance.ASSERTS, Stance.DENIES, Stance.RECALLS
STANCES = {
    "nowhere near": (EN, "It was nowhere near [400|person killed] dead.", [DENIES]),
    "and nowhere near, behind": (UK, "Жодних [400|person killed] загиблих там і близько не було.", [DENIES]),
    "will not reach": (EN, "They won't reach [400|person killed].", [DENIES]),
    "a lie": (RU, "Заявления о [600|military killed] убитых — ложь.", [DENIES]),
    "a lie, then the truth": (RU, "Это ложь, на самом деле погибли [6|person killed].", [ASSERTS]),
    "a lie about one of two": (RU, "[600|person killed] убитых — ложь, погибли [6|person killed].", [DENIES, ASSERTS]),
    "no lie": (RU, "[600|military killed] убитых — не ложь.", [ASSERTS]),
    "the next sentence points back": (UK, "Загинуло [400|person killed] людей. Це брехня.", [DENIES]),
    "the next sentence is of something else": (
        UK, "Загинуло [4|person killed] людей. Брехня росіян триває.", [ASSERTS],
    ),
    "denied": (EN, "The ministry denied that [90|military killed] troops had been killed.", [DENIES]),
    "another thing denied": (
        EN, "Moscow denied responsibility for the strike that killed [20|person killed].", [ASSERTS],
    ),
    "not this but that": (RU, "Погибли не [63|person killed] человека, а [89|person killed].", [DENIES, ASSERTS]),
    "that and not this": (RU, "Погибли [89|person killed], а не [63|person killed].", [ASSERTS, DENIES]),
    "there were none such": (RU, "Там не было [50|person killed] погибших.", [DENIES]),
    "a zero is no denial": (RU, "Погибших [нет|person killed 0].", [ASSERTS]),
    "inflated": (UK, "Вони завищують втрати. Наприклад, [800|civilian killed] загиблих.", [DENIES]),
    "rose from": (EN, "The toll rose from [63|person killed] to [89|person killed].", [RECALLS, ASSERTS]),
    "from one place to another": (EN, "From [3|person killed] villages to [9|person killed].", [ASSERTS, ASSERTS]),
    "at first": (EN, "It initially confirmed [63|person killed] dead, later [89|person killed].", [RECALLS, ASSERTS]),
    "earlier, of fewer": (
        RU, "Ранее сообщалось о [63|person killed] погибших. Теперь их [89|person killed].", [RECALLS, ASSERTS],
    ),
    "earlier, with its breakdown": (
        RU, "Ранее власти сообщали о [9|person killed] погибших, среди них [3|child killed] детей.", [ASSERTS, ASSERTS],
    ),
    "earlier, alone": (RU, "Ранее сообщалось о [63|person killed] погибших.", [ASSERTS]),
}  # fmt: skip
PRELIMINARY = {
    "preliminarily": (RU, "Предварительно, погибли [двое|person killed 2].", True),
    "by first reports": (UK, "За попередніми даними, поранено [15|person wounded] людей.", True),
    "being clarified, in the next sentence": (RU, "Ранены [9|person wounded]. Данные уточняются.", True),
    "clarified": (RU, "По уточнённым данным, погибли [4|person killed] человека.", False),
    "a preliminary cause": (RU, "Предварительная причина — газ. Погибли [4|person killed].", False),
    "names being established": (RU, "Погибли [4|person killed]. Личности уточняются.", False),
    "tentatively, in the sentence before": (EN, "A preliminary deal was reached. [Four|person killed 4] died.", False),
    "initial reports": (EN, "According to initial reports, [four|person killed 4] died.", True),
}


@pytest.mark.parametrize("situation", STANCES)
def test_stance(situation: str) -> None:
    lang, written, stances = STANCES[situation]
    given = text(written, lang)
    assert stances_of(given.marked, given.counted) == stances


@pytest.mark.parametrize("situation", PRELIMINARY)
def test_what_is_preliminary(situation: str) -> None:
    lang, written, expected = PRELIMINARY[situation]
    given = text(written, lang)
    assert provisional_of(given.marked, given.counted) == [expected]
