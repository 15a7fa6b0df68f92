"""Headline, lead and body as one text, without saying anything twice: a figure said twice would count twice."""

import re
from collections.abc import Sequence
from typing import Final

_WORD: Final = re.compile(r"\w+")
_ELLIPSIS: Final = re.compile(r"\s*(?:\[\s*)?(?:…|\.\.\.)(?:\s*\])?")
_AFTER_ELLIPSIS: Final = 60  # a link to the whole text, in whatever language
_CREDIT: Final = 100  # letters beside the names of article and site in "The post ... appeared first on ..."


def article_text(title: str, pieces: Sequence[str], site: str = "") -> str:
    """The headline, a newline, the text. `pieces`: the longest is the body; of the others, what it does not hold."""
    told = [without_credit(piece, title, site) for piece in pieces]
    body = max(told, key=lambda piece: len(piece if (cut := _cut_short(piece)) is None else cut), default="")
    whole = _joined([piece for piece in dict.fromkeys(told) if piece == body or not repeats(piece, body)])
    if not title or repeats(title, whole, at_start=True):
        return whole
    return f"{title}\n{whole}" if whole else title


def repeats(piece: str, text: str, *, at_start: bool = False) -> bool:
    """Whether the words of a piece, or of one that was cut short with an ellipsis, all stand in a text in a row."""
    cut = _cut_short(piece)
    words = f" {_words(piece)} " if cut is None else f" {_words(cut)}"
    if not words.strip():
        return True
    held = f" {_words(text)} "
    return held.startswith(words) if at_start else words in held


def without_credit(text: str, title: str, site: str) -> str:
    """Without a last line that only says which article of which site this was."""
    head, _, last = text.rpartition("\n")
    if not head or not title or not site or len(last) > len(title) + len(site) + _CREDIT:
        return text
    words = f" {_words(last)} "
    named = f" {_words(title)} " in words and f" {_words(site)} " in words
    return head.rstrip() if named else text


def _cut_short(piece: str) -> str | None:
    """What stands before an ellipsis at the end; the last word may be half a word."""
    found = None
    for each in _ELLIPSIS.finditer(piece, max(0, len(piece) - _AFTER_ELLIPSIS)):
        found = each
    return None if found is None else piece[: found.start()]


def _words(text: str) -> str:
    return " ".join(_WORD.findall(text.casefold()))


def _joined(pieces: Sequence[str]) -> str:
    return "\n\n".join(piece for piece in pieces if piece)
