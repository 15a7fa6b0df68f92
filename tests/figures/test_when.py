"""The time that a figure speaks of: local wording in, UTC out."""

from datetime import datetime, timedelta

import pytest
from marking import text

from models.enums import Lang
from monitor.figures.when import periods_of
from monitor.values import Period, ReadingContext

RU, UK, EN = Lang.RU, Lang.UK, Lang.EN
PUBLISHED = "2024-05-08T09:00"  # a Wednesday, noon in local time
DAY = timedelta(days=1)
TIMES = {
    "yesterday": (RU, "Вчера погибли [трое|person killed 3].", "2024-05-06T21:00", "2024-05-07T21:00"),
    "a day of the week": (
        EN, "On Tuesday [5|person killed] people were killed.", "2024-05-06T21:00", "2024-05-07T21:00",
    ),
    "a date": (RU, "1 января погибли [63|military killed].", "2023-12-31T21:00", "2024-01-01T21:00"),
    "a date to come is last year's": (
        UK, "12 жовтня загинули [63|military killed].", "2023-10-11T21:00", "2023-10-12T21:00",
    ),
    "a date with its year": (
        EN, "On March 10, 2022, [63|military killed] died.", "2022-03-09T21:00", "2022-03-10T21:00",
    ),
    "a date in figures": (RU, "03.02.2024 погибли [28|person killed] человек.", "2024-02-02T21:00", "2024-02-03T21:00"),
    "days ago": (EN, "[Five|person killed 5] died three days ago.", "2024-05-04T21:00", "2024-05-05T21:00"),
    "the night to a date": (
        RU, "В ночь на 3 мая сбито [15|drone intercepted].", "2024-05-02T17:00", "2024-05-03T05:00",
    ),
    "the night between dates": (
        UK, "У ніч з 2 на 3 травня збито [15|drone intercepted].", "2024-05-02T17:00", "2024-05-03T05:00",
    ),
    "overnight": (EN, "[15|drone intercepted] drones were downed overnight.", "2024-05-07T17:00", "2024-05-08T05:00"),
    "the past day": (UK, "За добу загинули [5|person killed].", "2024-05-07T09:00", "2024-05-08T09:00"),
    "three days": (RU, "За три дня погибли [27|person killed].", "2024-05-05T09:00", "2024-05-08T09:00"),
    "a month": (EN, "In March, [46|civilian killed] civilians died.", "2024-02-29T21:00", "2024-03-31T21:00"),
    "this year": (EN, "[17|person killed] people died this year.", "2023-12-31T21:00", "2024-05-08T09:00"),
    "since the invasion": (
        UK, "З початку вторгнення загинули [480|child killed] дітей.", "2022-02-23T21:00", "2024-05-08T09:00",
    ),
    "since a date": (RU, "С 1 мая ранены [9|person wounded].", "2024-04-30T21:00", "2024-05-08T09:00"),
    "a window": (RU, "С 21.00 до 23.00 сбито [29|drone intercepted].", "2024-05-07T18:00", "2024-05-07T20:00"),
    "a window with dates": (
        RU, "С 21.00 мск 6.05 до 7.00 мск 7.05 сбито [34|drone intercepted].", "2024-05-07T18:00", "2024-05-08T04:00",
    ),
    "as of": (UK, "Станом на 09.00 збито [103|drone intercepted] дрони.", None, "2024-05-08T06:00"),
    "as of a clock to come": (UK, "Станом на 23.00 збито [103|drone intercepted] дрони.", None, "2024-05-07T20:00"),
    "carried from the sentence before": (
        RU, "Вчера был обстрел. Погибли [трое|person killed 3].", "2024-05-06T21:00", "2024-05-07T21:00",
    ),
}  # fmt: skip
SILENT = {
    "no expression": (RU, "Погибли [трое|person killed 3]."),
    "no such day": (RU, "31 февраля погибли [трое|person killed 3]."),
    "no date": (EN, "They may march; [five|person killed 5] died."),
    "a calibre": (RU, "Из 30.05 винтовки убиты [трое|person killed 3]."),
}


@pytest.mark.parametrize("situation", TIMES)
def test_time(situation: str) -> None:
    lang, written, start, end = TIMES[situation]
    assert read(written, lang) == [Period(None if start is None else utc(start), utc(end))]


@pytest.mark.parametrize("situation", SILENT)
def test_no_time(situation: str) -> None:
    lang, written = SILENT[situation]
    assert read(written, lang) == [None]


def test_without_a_date_of_publication_there_is_no_time() -> None:
    given = text("Вчера погибли [трое|person killed 3].", RU)
    assert periods_of(given.marked, given.counted, ReadingContext()) == [None]


EARLIER = {
    "a day before": (
        EN, "[20|drone intercepted] were downed overnight. A day earlier, [38|drone intercepted] were.",
    ),
    "the eve of the night": (RU, "Ночью сбито [20|drone intercepted]. Накануне сбили [38|drone intercepted]."),
    "a day and night before": (
        UK, "Минулої ночі збито [20|drone intercepted]. Добою раніше збили [38|drone intercepted].",
    ),
}  # fmt: skip


@pytest.mark.parametrize("situation", EARLIER)
def test_a_day_earlier_is_the_night_before_the_one_that_was_told_of(situation: str) -> None:
    lang, written = EARLIER[situation]
    this_night, earlier = read(written, lang)
    night = Period(utc("2024-05-07T17:00"), utc("2024-05-08T05:00"))
    assert (this_night, earlier) == (night, Period(utc("2024-05-06T17:00"), utc("2024-05-07T05:00")))


def test_the_eve_is_yesterday_where_no_night_was_told_of() -> None:
    today, eve = read("Вчера ранены [двое|person wounded 2]. Накануне погибли [трое|person killed 3].", RU)
    assert today == eve == Period(utc("2024-05-06T21:00"), utc("2024-05-07T21:00"))


def test_the_nearer_of_two_times_is_meant() -> None:
    yesterday, today = read("Вчера погибли [трое|person killed 3], сегодня [пятеро|person killed 5].", RU)
    assert yesterday is not None
    assert today == Period(utc("2024-05-07T21:00"), utc("2024-05-08T21:00"))


def test_local_time_is_the_desks() -> None:
    given = text("Вчера погибли [трое|person killed 3].", RU)
    context = ReadingContext(published=utc(PUBLISHED))
    assert periods_of(given.marked, given.counted, context, timedelta(0)) == [
        Period(utc("2024-05-07T00:00"), utc("2024-05-08T00:00"))
    ]


def read(written: str, lang: Lang) -> list[Period | None]:
    given = text(written, lang)
    return periods_of(given.marked, given.counted, ReadingContext(published=utc(PUBLISHED)))


def utc(moment: str) -> datetime:
    return datetime.fromisoformat(f"{moment}+00:00")
