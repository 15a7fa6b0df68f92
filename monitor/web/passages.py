"""Post texts cut into passages: figures marked, edits shown. Texts are raw; templates clean what they show."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import chain

from monitor.digests import wording
from monitor.queries.posts import ReadFigure, Version

TOKENS = re.compile(r"\s+|\w+|[^\w\s]")
MOST_TOKENS = 3_000  # comparing is quadratic at worst; longer texts are compared line by line
MOST_LINES = 2_000


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of text; `figures` are those that stand right there."""

    text: str
    figures: tuple[ReadFigure, ...] = ()

    @property
    def words(self) -> str:
        return "; ".join(
            f"{wording.amount(each.said)} {wording.counted(each.said.measure, each.said.object)}"
            for each in self.figures
        )


@dataclass(frozen=True, slots=True)
class Edit:
    """A piece of two texts: `kind` is kept, removed or added."""

    kind: str
    text: str


def marked(version: Version) -> list[Passage]:
    """The text in order. Figures that overlap an earlier one are told with it."""
    found, at = [], 0
    for start, end, figures in _spans(version.figures):
        found += [Passage(version.text[at:start]), Passage(version.text[start:end], figures)]
        at = end
    return [each for each in (*found, Passage(version.text[at:])) if each.text]


def changes(old: str, new: str) -> list[Edit]:
    """Word by word; texts too long for that line by line, and far too long ones whole."""
    before, after = _pieces(old), _pieces(new)
    if max(len(before), len(after)) > MOST_TOKENS:
        before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    if max(len(before), len(after)) > MOST_LINES:
        before, after = [old], [new]
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    found = chain.from_iterable(
        _edit(kind, before[left:right], after[low:high]) for kind, left, right, low, high in matcher.get_opcodes()
    )
    return [edit for edit in found if edit.text]


def _edit(kind: str, before: Sequence[str], after: Sequence[str]) -> Iterator[Edit]:
    if kind == "equal":
        yield Edit("kept", "".join(after))
    else:
        yield Edit("removed", "".join(before))
        yield Edit("added", "".join(after))


def _pieces(text: str) -> list[str]:
    return TOKENS.findall(text)


def _spans(figures: Sequence[ReadFigure]) -> Iterator[tuple[int, int, tuple[ReadFigure, ...]]]:
    group: list[ReadFigure] = []
    for figure in figures:
        if group and figure.start >= max(each.end for each in group):
            yield _span(group)
            group = []
        group.append(figure)
    if group:
        yield _span(group)


def _span(group: Sequence[ReadFigure]) -> tuple[int, int, tuple[ReadFigure, ...]]:
    return group[0].start, max(each.end for each in group), tuple(group)
