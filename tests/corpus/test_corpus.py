"""Every example reads as it says: nothing else in the text, the right piece, the right value."""

from collections import Counter

import pytest
from examples import KEYS, PLAIN, REQUIRED, Example, differences, examples, gaps, span

from models.enums import Lang
from monitor.figures import read_figures


def cases() -> list[object]:
    return [pytest.param(example, id=example.id, marks=_marks(example)) for example in examples()]


def _marks(example: Example) -> tuple[pytest.MarkDecorator, ...]:
    reason = gaps().get(example.id)
    return () if reason is None else (pytest.mark.xfail(strict=True, reason=reason),)


@pytest.mark.parametrize("example", cases())
def test_reads_as_the_example_says(example: Example) -> None:
    objections = differences(example, read_figures(example.text, example.context))
    assert not objections, "\n".join([example.text, *objections])


@pytest.mark.parametrize("lang", Lang)
def test_offsets_point_at_the_quoted_text(lang: Lang) -> None:
    for example in of(lang):
        for figure in read_figures(example.text, example.context):
            assert example.text[figure.start : figure.end] == figure.quote, example.id


@pytest.mark.parametrize("lang", Lang)
def test_a_language_has_five_hundred_examples_and_a_third_of_them_counter_something(lang: Lang) -> None:
    countering = [example for example in of(lang) if counters(example)]
    assert len(of(lang)) >= 500
    assert 3 * len(countering) >= len(of(lang))


def test_every_quote_stands_in_its_text() -> None:
    for example in examples():
        for figure in example.figures:
            start, end = span(example, figure)
            assert figure["quote"].strip("+.") == example.text[start:end]


def test_no_example_is_said_twice() -> None:
    said = Counter((example.lang, example.text, example.context.side) for example in examples())
    assert [text for text, times in said.items() if times > 1] == []


def test_every_example_names_its_rule_and_known_keys_and_values() -> None:
    for example in examples():
        assert all(part.isidentifier() for part in example.rule.split(".")), example.id
        for figure in example.figures:
            assert figure.keys() >= REQUIRED, example.id
            assert figure.keys() <= KEYS, example.id
            for key in PLAIN.keys() & figure.keys():
                PLAIN[key](figure[key])


def test_every_gap_names_an_example() -> None:
    assert gaps().keys() <= {example.id for example in examples()}


def of(lang: Lang) -> list[Example]:
    return [example for example in examples() if example.lang is lang]


def counters(example: Example) -> bool:
    """Nothing to read, or a number beside the figures that is none."""
    left = set(range(len(example.text)))
    for figure in example.figures:
        left -= set(range(*span(example, figure)))
    return not example.firm or any(example.text[at].isdigit() for at in left)
