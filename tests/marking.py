"""Counted numbers of a composed text, for tests of one attribute at a time: `[5 drone intercepted]` marks a figure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from models.enums import Bound, Lang, Measure, Object
from monitor.figures.counted import Counted
from monitor.figures.marked import Marked
from monitor.figures.text import document

MARK = re.compile(r"\[(?P<quote>[^\]|]+)\|(?P<object>\w+) (?P<measure>\w+)(?: (?P<value>\d+)(?P<vague>~)?)?\]")


@dataclass(frozen=True, slots=True)
class Text:
    marked: Marked
    counted: Sequence[Counted]


def text(written: str, lang: Lang) -> Text:
    """'[двое|child killed 2] детей' reads 'двое детей' with one figure.

    Without a value it is the digits of the quote; '200~' is vague.
    """
    plain, figures = "", []
    end = 0
    for mark in MARK.finditer(written):
        plain += written[end : mark.start()]
        quote, end = mark["quote"], mark.end()
        figures.append((len(plain), len(plain) + len(quote), mark))
        plain += quote
    plain += written[end:]
    return Text(Marked(document(plain, lang)), [_counted(*figure) for figure in figures])


def _counted(start: int, end: int, mark: re.Match[str]) -> Counted:
    value = float(mark["value"] or "".join(filter(str.isdigit, mark["quote"])) or 1)
    measure, thing = Measure(mark["measure"]), Object(mark["object"])
    return Counted(start, end, measure, thing, value, value, Bound.VAGUE if mark["vague"] else Bound.EXACT)
