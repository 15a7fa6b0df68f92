"""Each figure gets whoever the text names as claiming it; the author's own get nobody."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from effort import calls
from examples import same_piece
from hypothesis import given, settings
from hypothesis import strategies as st

from models.enums import Lang
from monitor.figures.attribution import speakers_of
from monitor.figures.text import document
from monitor.values import ReadingContext

SITUATIONS = yaml.safe_load((Path(__file__).parent / "attribution.yaml").read_text(encoding="utf-8"))
MARKED = re.compile(r"\[\[(.+?)\]\]")
SHORT, LONG = 4_000, 32_000
GROWTH = 8 * 1.5  # linear is 8; looking up the nearest by halves may cost some more
HOSTILE = [
    "«" * 40 + "5 убитых" + "»" * 40,
    "сообщил губернатор Иванов о 5 погибших ",
    "a, b, said 5, ",
    "who said 5, ",
    "по данным ",
    "говорится в ",
    "со ссылкой на МО сообщил 5 ",
    "Об этом сообщил Иванов 5. ",
    "«сказал Иванов 5. ",
    "он сказал 5\n",
    "a: 5 - b\n",
    "([" * 20 + "said 5",
    "МО РФ\n5\n",
]


def situations() -> Iterator[object]:
    for lang, subjects in SITUATIONS.items():
        for subject, cases in subjects.items():
            for number, case in enumerate(cases, 1):
                yield pytest.param(Lang(lang), case["text"], case["speakers"], id=f"{lang}-{subject}-{number}")


def spans_of(marked: str) -> tuple[str, list[tuple[int, int]]]:
    text, spans, at = "", [], 0
    for match in MARKED.finditer(marked):
        text += marked[at : match.start()]
        spans.append((len(text), len(text) + len(match[1])))
        text, at = text + match[1], match.end()
    return text + marked[at:], spans


def claimed(lang: Lang, marked: str) -> list[str | None]:
    text, spans = spans_of(marked)
    found = speakers_of(document(text, lang), spans, ReadingContext(lang=lang))
    return [None if speaker is None else speaker.quote for speaker in found]


@pytest.mark.parametrize(("lang", "text", "speakers"), list(situations()))
def test_names_whoever_claims_the_figure(lang: Lang, text: str, speakers: list[str | None]) -> None:
    found = claimed(lang, text)
    assert all(same_piece(want, have) for want, have in zip(speakers, found, strict=True)), found


def test_a_text_without_figures_has_no_speakers() -> None:
    assert speakers_of(document("Мэр сообщил о погоде."), [], ReadingContext()) == []


@given(st.text(alphabet='аб .,:;-—«»"()[]\n|5сообщил мэр Об этом said the mayor', max_size=200), st.sampled_from(Lang))
@settings(max_examples=150, deadline=None)
def test_any_text_gets_an_answer_for_every_figure_out_of_its_own_words(text: str, lang: Lang) -> None:
    spans = [(match.start(), match.end()) for match in re.finditer("5", text)]
    found = speakers_of(document(text, lang), spans, ReadingContext(lang=lang))
    assert len(found) == len(spans)
    assert all(speaker is None or speaker.quote in text for speaker in found)


@pytest.mark.parametrize("unit", HOSTILE)
@pytest.mark.parametrize("lang", [Lang.RU, Lang.EN])
def test_the_work_grows_with_the_text_alone(unit: str, lang: Lang) -> None:
    effort(unit, SHORT, lang)
    assert effort(unit, LONG, lang) <= GROWTH * effort(unit, SHORT, lang)


def effort(unit: str, size: int, lang: Lang) -> int:
    text = unit * (size // len(unit))
    doc = document(text, lang)
    spans = [(match.start(), match.end()) for match in re.finditer("5", text)] or [(0, 1)]
    return calls(lambda: speakers_of(doc, spans, ReadingContext(lang=lang)))
