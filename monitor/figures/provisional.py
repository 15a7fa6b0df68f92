"""Whether a text marks a figure as preliminary: 'by preliminary data', 'the number is being clarified'."""

from bisect import bisect_left
from collections.abc import Sequence
from typing import Final

from monitor.figures.counted import Counted
from monitor.figures.marked import Found, Marked

CLAUSES: Final = 40  # tokens between the mark and a number of its sentence
A_LIST: Final = 400  # tokens
SENTENCES_BACK: Final = 2  # 'The data are being clarified.' speaks of these sentences before it


def provisional_of(marked: Marked, counted: Sequence[Counted]) -> list[bool]:
    """One for each figure, in the order of the text."""
    marks = [cue for cue in marked.found.get("stance.preliminary", ()) if not _of_something_else(marked, cue)]
    still_open = [cue for cue in marked.found.get("stance.open", ()) if not _of_something_else(marked, cue)]
    if not marks and not still_open:
        return [False] * len(counted)
    return [_is_provisional(marked, marked.tokens_of(each.start, each.end), marks, still_open) for each in counted]


def _is_provisional(marked: Marked, number: Found, marks: Sequence[Found], still_open: Sequence[Found]) -> bool:
    sentence = marked.sentence_of(number.first)
    near = marks[bisect_left(marks, (number.first - CLAUSES,)) : bisect_left(marks, (number.last + CLAUSES,))]
    if any(marked.sentence_of(cue.first) == sentence for cue in near):
        return True
    later = still_open[bisect_left(still_open, (number.first - CLAUSES,)) :][:1]
    return any(
        0 <= marked.sentence_of(cue.first) - sentence <= SENTENCES_BACK and cue.first - number.last < A_LIST
        for cue in later
    )


def _of_something_else(marked: Marked, cue: Found) -> bool:
    """'Preliminarily, the cause is gas', 'identities are being clarified'."""
    around = (*range(cue.first - 2, cue.first), *range(cue.last, cue.last + 3))
    return any(marked.has(at, "stance.settled") for at in around)
