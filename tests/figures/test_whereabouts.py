"""Each figure gets the piece of text that names its place, and nothing else."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml
from effort import calls
from hypothesis import given, settings
from hypothesis import strategies as st

from models.enums import Lang, Measure, Object
from monitor.figures.text import Document, document
from monitor.figures.whereabouts import places_in, places_of
from monitor.places import contains
from monitor.values import PlaceQuote

SITUATIONS = yaml.safe_load((Path(__file__).parent / "whereabouts.yaml").read_text(encoding="utf-8"))
MARKED = re.compile(r"\[\[([^/]+?)(?:/(\w+))?\]\]")
KINDS = {
    "drones": (Measure.INTERCEPTED, Object.DRONE),
    "killed": (Measure.KILLED, Object.PERSON),
    "wounded": (Measure.WOUNDED, Object.PERSON),
    "tanks": (Measure.DESTROYED, Object.TANK),
    "guns": (Measure.DESTROYED, Object.ARTILLERY),
    "helicopters": (Measure.DESTROYED, Object.HELICOPTER),
}
SHORT, LONG = 4_000, 32_000
GROWTH = 8 * 1.5  # linear is 8; looking up the nearest by halves may cost some more


@dataclass(frozen=True, slots=True)
class Span:
    start: int
    end: int
    measure: Measure = Measure.INTERCEPTED
    object: Object = Object.DRONE


def situations() -> Iterator[object]:
    for lang, subjects in SITUATIONS.items():
        for subject, cases in subjects.items():
            for number, case in enumerate(cases, 1):
                yield pytest.param(Lang(lang), case["text"], case["places"], id=f"{lang}-{subject}-{number}")


def spans_of(marked: str) -> tuple[str, list[Span]]:
    spans = []
    text = ""
    behind = 0
    for match in MARKED.finditer(marked):
        text += marked[behind : match.start()]
        spans.append(Span(len(text), len(text) + len(match[1]), *KINDS[match[2] or "drones"]))
        text += match[1]
        behind = match.end()
    return text + marked[behind:], spans


def read(marked: str, lang: Lang) -> list[PlaceQuote | None]:
    text, spans = spans_of(marked)
    return places_of(document(text, lang), spans)


def quotes(marked: str, lang: Lang) -> list[str | None]:
    return [None if place is None else place.quote for place in read(marked, lang)]


@pytest.mark.parametrize(("lang", "marked", "places"), list(situations()))
def test_a_figure_is_placed_where_the_text_says(lang: Lang, marked: str, places: list[str | None]) -> None:
    assert quotes(marked, lang) == places


def test_a_place_of_the_gazetteer_has_its_english_name_and_id() -> None:
    (place,) = read("В Макеевке погибли [[63]] человека.", Lang.RU)
    assert place is not None
    assert (place.quote, place.name) == ("Макеевке", "Makiivka")
    assert contains("UA-14", place.id or "")


def test_an_object_without_a_place_of_its_own_lies_in_the_town_named_before() -> None:
    town, dormitory = read("В Краматорске убиты [[двое]]. В общежитии №28 ранены [[трое]].", Lang.RU)
    assert town is not None
    assert dormitory == PlaceQuote("общежитии №28", town.name, town.id)


def test_a_place_that_nobody_knows_is_named_as_it_is_written() -> None:
    assert read("В селе Кукумберово ранены [[двое]].", Lang.RU) == [PlaceQuote("Кукумберово", "Кукумберово", None)]


def test_a_region_nearby_tells_which_of_several_places_is_meant() -> None:
    (place,) = read("В Никольском Белгородской области ранены [[двое]].", Lang.RU)
    assert place is not None
    assert contains("RU-BEL", place.id or "")


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("На аэродроме «Саки» сожжены [[три]] танка.", "airfield-saky"),
        ("На аэродроме «Бельбек» сожжены [[три]] танка.", "airfield-belbek"),
        ("В кафе «Москва» ранены [[двое]].", None),
    ],
)
def test_a_thing_in_quotation_marks_is_known_where_it_is_called_so_itself(text: str, known: str | None) -> None:
    (place,) = read(text, Lang.RU)
    assert place is not None
    assert place.id == known


def test_villages_known_alike_have_no_id() -> None:
    (place,) = read("Под Андреевкой подбиты [[два]] танка.", Lang.RU)
    assert place is not None
    assert place.id is None


def test_a_direction_holds_its_town_and_lies_in_its_region() -> None:
    (place,) = read("На Купянском направлении сожжены [[три]] танка.", Lang.RU)
    assert place is not None
    assert place.name == "Kupiansk direction"
    assert contains("UA-63", place.id or "")


def test_a_list_of_places_has_the_id_of_the_area_around_them() -> None:
    (place,) = read("Обстрелы Краматорска, Константиновки и Авдеевки: [[трое]] раненых.", Lang.RU)
    assert place == PlaceQuote(
        "Краматорска, Константиновки и Авдеевки", "Kramatorsk, Kostiantynivka, Avdiivka", "UA-14"
    )


def test_figures_at_the_same_words_share_out_a_list() -> None:
    doc = document("По одному дрону сбили над Курской и Ростовской областями.", Lang.RU)
    places = places_of(doc, [Span(3, 9), Span(3, 9)])
    assert [place.quote for place in places if place is not None] == ["Курской", "Ростовской областями"]


def test_all_places_of_a_post_are_named_with_their_offsets() -> None:
    text = "Из Курской области дроны летели на Сумы. В Шостке ранены двое. Москва молчит."
    named = places_in(document(text, Lang.RU))
    assert [text[each.start : each.end] for each in named] == ["Курской области", "Сумы", "Шостке"]
    assert [each.place.name for each in named] == ["Kursk Oblast", "Sumy", "Shostka"]


def test_no_figures_have_no_places() -> None:
    assert places_of(document("В Херсоне тихо.", Lang.RU), []) == []


@given(st.text(alphabet="В Херсоне,и область:1«».\n-'ё*Курской", max_size=80), st.sampled_from(list(Lang)))
@settings(max_examples=200, deadline=None)
def test_every_text_is_read_and_quotes_are_pieces_of_it(text: str, lang: Lang) -> None:
    doc = document(text, lang)
    spans = [Span(at, at + 1) for at, char in enumerate(text) if char == "1"]
    found = places_of(doc, spans)
    assert len(found) == len(spans)
    assert all(place is None or place.quote in text for place in found)
    assert all(place.place.quote in text[place.start : place.end] for place in places_in(doc))


@pytest.mark.parametrize(
    "piece",
    [
        "В Херсоне 1 ",
        "Херсон, ",
        "Курской и ",
        "область ",
        "база-",
        "А-А-",
        "* ",
        "! ",
        "1: ",
        "1 ",
        "село Ё ",
        "«",
        "\n- ",
    ],
)
def test_time_grows_with_the_text_and_not_faster(piece: str) -> None:
    short, long = (document((piece * size)[:size], Lang.RU) for size in (SHORT, LONG))
    spent_on(short)
    assert spent_on(long) < GROWTH * spent_on(short)


def spent_on(doc: Document) -> int:
    spans = [Span(at, at + 1) for at, char in enumerate(doc.raw) if char == "1"]
    return calls(lambda: (places_of(doc, spans), places_in(doc)))
