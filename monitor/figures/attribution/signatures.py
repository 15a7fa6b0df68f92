"""The line at the end of a post, or on top of it, that is nothing but the name of whose post it is."""

from typing import Final

from monitor.figures.attribution.labels import Known, is_body
from monitor.figures.attribution.marks import (
    BREAK,
    CAPITAL,
    DOMAIN,
    MEDIUM,
    NUMBER,
    PERSON,
    PREPOSITION,
    SAY,
    STOP,
    WORD,
    bit,
    endings,
)
from monitor.figures.attribution.page import Page, Phrase

_BODY: Final = bit("bodies")
_COPYRIGHT: Final = bit("copyright")
_FORBIDDEN: Final = bit("credits") | SAY | STOP | MEDIUM | PREPOSITION | NUMBER | BREAK
_FITTING: Final = CAPITAL | _BODY | PERSON | DOMAIN
_SENTENCE: Final = frozenset("#.…")
_LONGEST_LINE: Final = 14  # tokens
_NAME_WORDS: Final = 2
_BODY_LINES: Final = 4  # from below: further up a line with a body on it is a heading
_ALIAS_LINES: Final = 20  # a known name may have links and dates under it


def signature(page: Page, known: Known) -> Phrase | None:
    lines = page.lines()
    below = lines[-_ALIAS_LINES:][::-1]
    for order, (first, last) in enumerate([*below, *lines[:1]]):
        words = [at for at in range(first, last) if page.marks[at] & WORD] if last - first <= _LONGEST_LINE else []
        if not words:
            continue
        if _is_copyright(page, first, words[0]):
            named = words[1:] if page.marks[words[0]] & _COPYRIGHT else words
            return Phrase(named[0], named[-1] + 1) if named else None
        phrase = Phrase(words[0], words[-1] + 1)
        far = _BODY_LINES <= order < len(below)
        if _is_bare(page, first, last) and (known(phrase) if far else _signs(page, (first, last), words, known)):
            return phrase
    return None


def _is_copyright(page: Page, first: int, word: int) -> bool:
    """'(c) Name' below what he said."""
    if page.marks[first] & _COPYRIGHT and not page.marks[first] & WORD:
        return True
    return page.words[first] == "(" and word == first + 1 and bool(page.marks[word] & _COPYRIGHT)


def _is_bare(page: Page, first: int, last: int) -> bool:
    """Nothing is said on the line, and the next one does not go on with it."""
    flows = last + 1 < len(page.words) and page.marks[last + 1] & (WORD | CAPITAL) == WORD
    return not flows and not page.any(first, last, _FORBIDDEN)


def _signs(page: Page, line: tuple[int, int], words: list[int], known: Known) -> bool:
    if not _SENTENCE.isdisjoint(page.words[line[0] : line[1]]):
        return False
    plain = (at for at in words if not page.marks[at] & _FITTING)
    if not all(page.words[at].endswith(endings(page.lang, "adjectives")) for at in plain):
        return False
    return known(Phrase(words[0], words[-1] + 1)) or _is_office(page, words)


def _is_office(page: Page, words: list[int]) -> bool:
    """'Kherson administration', 'Air Force commander and his name'."""
    first = page.marks[words[0]]
    if not first & CAPITAL:
        return False
    named = sum(1 for at in words if page.marks[at] & CAPITAL) > _NAME_WORDS
    if first & PERSON:
        return named
    return bool(first & _BODY) or (is_body(page, words) and any(page.marks[at] & (_BODY | PERSON) for at in words))
