"""What every attribute reads: where words stand; and that reading a long text takes as much longer as it is longer."""

import re
from datetime import UTC, datetime

import pytest
from effort import calls
from marking import text

from models.enums import Bound, Lang, Measure, Object, Scope
from monitor.figures.counted import Counted
from monitor.figures.marked import Found, Marked
from monitor.figures.parts import parts_of
from monitor.figures.provisional import provisional_of
from monitor.figures.scopes import scopes_of
from monitor.figures.sides import sides_of
from monitor.figures.stances import stances_of
from monitor.figures.text import document
from monitor.figures.when import periods_of
from monitor.values import PlaceQuote, ReadingContext, SpeakerQuote

SHORT, LONG = 2_000, 16_000
GROWTH = 8 * 1.5  # linear is 8; looking up the nearest by halves may cost some more
HOSTILE = (
    "ВСУ 5 ", "вчера 3 мая 5 ", "ложь 5, не 7, а ", "ранее сообщали 5 погибших ", "с 21:00 до 23:00 5 ",
    "среди них 5, ", "за 5 дней 5 ", "из 5 ", "с 5 до 6 выросло ", "враг потерял 5 своих ", "\n5 предварительно. ",
)  # fmt: skip


def test_tokens_of_a_span_are_those_that_stand_in_it() -> None:
    marked = text("Убиты [15|military killed] украинских солдат.", Lang.RU).marked
    assert marked.tokens_of(6, 8) == Found(1, 2)
    assert marked.words[1] == "15"


def test_a_token_between_two_sentences_is_of_the_one_before() -> None:
    marked = Marked(document("Убиты 15. Ранены 7.", Lang.RU))
    assert [marked.sentence_of(at) for at in range(len(marked.words))] == [0, 0, 0, 1, 1, 1]


@pytest.mark.parametrize("written", ["", " ", "\n\n", "🙂", "5"])
def test_next_to_nothing_can_be_marked(written: str) -> None:
    marked = Marked(document(written, Lang.UK))
    assert len(marked.sentence_at) == len(marked.words)


@pytest.mark.parametrize("unit", HOSTILE)
def test_a_long_text_takes_as_much_longer_as_it_is_longer(unit: str) -> None:
    effort(unit, SHORT)
    assert effort(unit, LONG) < GROWTH * effort(unit, SHORT)


def effort(unit: str, length: int) -> int:
    written = unit * (length // len(unit))
    counted = [_counted(match) for match in re.finditer(r"\d+", written)]
    places = [PlaceQuote("Киев", "Kyiv", "UA-30")] * len(counted)
    speakers = [SpeakerQuote(written[max(0, each.start - 3) : each.end]) for each in counted]
    context = ReadingContext(published=datetime(2024, 5, 8, tzinfo=UTC))

    def attributes() -> None:
        marked = Marked(document(written, Lang.RU))
        sides_of(marked, counted, speakers, places, context)
        scopes_of(marked, counted)
        stances_of(marked, counted)
        provisional_of(marked, counted)
        parts_of(marked, counted, [Scope.EVENT] * len(counted), places)
        periods_of(marked, counted, context)

    return calls(attributes)


def _counted(match: re.Match[str]) -> Counted:
    value = float(match.start() % 7 + 1)
    return Counted(match.start(), match.end(), Measure.KILLED, Object.PERSON, value, value, Bound.EXACT)
