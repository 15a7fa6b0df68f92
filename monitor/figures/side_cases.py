"""A figure in its text as the evidence of sides is weighed for it, and the headings of lists of each side's losses."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from monitor.figures.counted import Counted
from monitor.figures.marked import Found, Marked
from monitor.figures.side_mentions import ENEMY, OURS, Kind, Mention
from monitor.figures.side_worth import Family

NAMED_WITHIN: Final = 2000  # code points around a number in which its speaker and its place are looked for


class Case(NamedTuple):
    """A figure in its text: its tokens, its sentence, from whose side it is told, and the phrase that it counts.

    `head`: the counted noun where it stands before the number ('tanks of the army — 5'), with the words beside it.
    `abroad`: it happened where neither army is.
    """

    figure: Counted
    number: Found
    phrase: Found
    head: Found
    sentence: int
    family: Family
    stands: str
    abroad: bool


def named_at(marked: Marked, quote: str, figure: Counted) -> Found | None:
    """Where a piece of text stands that is quoted of a figure: before it, else behind it."""
    raw = marked.doc.raw
    at = raw.rfind(quote, max(0, figure.start - NAMED_WITHIN), figure.end)
    if at < 0:
        at = raw.find(quote, figure.end, figure.end + NAMED_WITHIN)
    return None if at < 0 or not quote else marked.tokens_of(at, at + len(quote))


def headings(marked: Marked, mentions: Sequence[Mention]) -> list[Mention]:
    """Lines that name a side and nothing else, where a text has them of more than one: a list of the losses of each."""
    found = [mention for mention in mentions if mention.kind is Kind.NAME and _fills_its_line(marked, mention)]
    found = [mention for mention in found if mention.side not in (ENEMY, OURS)]
    return found if len({mention.side for mention in found}) > 1 else []


def _fills_its_line(marked: Marked, mention: Mention) -> bool:
    first, last = mention.first, mention.last
    while first > 0 and marked.words[first - 1] != "\n" and not marked.words[first - 1].isalnum():
        first -= 1
    while last < len(marked.words) and marked.words[last] != "\n" and not marked.words[last].isalnum():
        last += 1
    begins = first == 0 or marked.words[first - 1] == "\n"
    return begins and last < len(marked.words) and marked.words[last] == "\n"
