"""Digits whose very shape says that they count nothing: dates, times, scores, addresses, money, shares."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

_SHAPES: Final = re.compile(
    r"""
    (?=[\d@\#$\u20ac\u00a3\u20b4\u20bd\u2116hwt+])   # what a shape begins with: most places fail here
    (?:
      (?P<link>https?://\S+ | www\.\S+ | t\.me/\S+ | @[\w.-]+ | \#[^\W\d_]\w*)
    | (?P<coordinates>(?<![\d.])\d{1,3}\.\d{4,}(?!\d))
    | (?P<date>(?<![\d.])(?:\d{1,2}-)?\d{1,2}\.\d{1,2}\.(?:\d{4}|\d{2})(?!\d) | (?<!\d)\d{4}-\d{2}-\d{2}(?!\d)
               | (?<!\d)\d{1,2}/\d{1,2}/\d{2,4}(?!\d))
    | (?P<time>(?<![\d:])\d{1,2}:\d{2}(?::\d{2})?(?!\d|:\d))
    | (?P<score>(?<![\d:])\d{1,3}:\d{1,3}(?!\d|:\d))
    | (?P<phone>(?<![\d+])\+\d[\d ()-]{8,20}\d(?!\d) | (?<!\d)\d{12,}(?!\d) | (?<!\d)\d{4}(?:[ -]\d{4}){3}(?!\d)
                | (?<!\d)[08][ -]\(?\d{3,5}\)?[ -]\d{2,3}[ -]?\d{2,3}(?:[ -]?\d{2})?(?!\d)
                | (?<!\d)\d{3}-\d{2,3}-\d{2}(?:-\d{2})?(?!\d))
    | (?P<share>(?<![\d.,])\d[\d.,]{0,12}\s?[%\u2030\u00b0])
    | (?P<money>[$\u20ac\u00a3\u20b4\u20bd]\s?\d[\d.,]*
               | (?<![\d.,])(?:\d(?:[\d.,]|[ ](?=\d{3}(?!\d))){0,14}[ ]?-[ ]?)?
                 \d(?:[\d.,]|[ ](?=\d{3}(?!\d))){0,14}\s?[$\u20ac\u20b4\u20bd])
    | (?P<number_in_a_row>[\u2116\#]\s?\d+ | (?:^|(?<=\n)|(?<=\n[ ]))\d{1,2}[.)](?=\s))
    | (?P<fraction>(?<![\d/])\d{1,4}/\d{1,4}(?!\d))
    )
    """,
    re.VERBOSE,
)


class Shape(NamedTuple):
    start: int
    end: int
    reason: str


def shapes(folded: str) -> Iterator[Shape]:
    """In order, not overlapping."""
    for match in _SHAPES.finditer(folded):
        yield Shape(match.start(), match.end(), match.lastgroup or "")
