"""'Governor: two injured', 'Two injured - governor', 'Kyiv speaks of 400, Moscow - of 63', signatures, headings."""

from collections.abc import Callable
from typing import Final

from monitor.figures.attribution.page import (
    BREAK,
    CAPITAL,
    NUMBER,
    QUOTE,
    SPEAKER,
    WORD,
    Page,
    Unit,
    bit,
    endings,
)
from monitor.figures.attribution.phrases import Phrase, genitive, right_edge
from monitor.figures.attribution.values import Attribution, Kind

LONGEST_LABEL: Final = 12
LONGEST_DASH: Final = 16
COPYRIGHT: Final = frozenset({"\u00a9", "c", "\u0441"})
LONGEST_SIGNATURE: Final = 9
_SIGNATURE_LINES: Final = 20
_BODY_LINES: Final = 4
_NAME_WORDS: Final = 2
_HEADING_REACH: Final = 4
_LONGEST_ABOUT: Final = 6
_LEAST_SAID: Final = 2

Known = Callable[[Phrase], bool]
"""Whether a phrase begins with the alias of a known speaker."""


def labelled(page: Page, unit: Unit, known: Known) -> Attribution | None:
    """'Governor: two injured'; the label covers the whole report."""
    for colon in range(unit.first + 1, min(unit.last, unit.first + LONGEST_LABEL)):
        if page.words[colon] == ":":
            return _label(page, unit, colon, known)
        if page.marks[colon] & BREAK and page.words[colon] != "-":
            return None
    return None


def _label(page: Page, unit: Unit, colon: int, known: Known) -> Attribution | None:
    start = _start(page, unit.first, colon)
    if start >= colon:
        return None
    if colon == start + 1 and page.marks[start] & bit("sources"):
        return _source_line(page, unit, colon, known)
    phrase = Phrase(start, right_edge(page, start, colon))
    if phrase.last <= start or not _about(page, phrase.last, colon) or not names_speaker(page, phrase, known):
        return None
    return Attribution(Kind.LABEL, phrase.first, colon + 1, phrase)


def _about(page: Page, first: int, colon: int) -> bool:
    """Between a name and its colon stands nothing but of what or where he spoke: 'Песков о потерях:'."""
    if first < colon and page.words[first] == "-":
        first += 1
    short = colon - first <= _LONGEST_ABOUT and not any(page.marks[at] & NUMBER for at in range(first, colon))
    return first == colon or (short and bool(page.marks[first] & bit("prepositions")))


def _source_line(page: Page, unit: Unit, colon: int, known: Known) -> Attribution | None:
    """'Источник: Минобороны'."""
    rest = Unit(colon + 1, unit.last, unit.paragraph, unit.headline, unit.number)
    if (heading := headed(page, rest, known)) is not None or colon + 1 >= unit.last:
        return heading
    start = _start(page, colon + 1, unit.last)
    phrase = Phrase(start, right_edge(page, start, unit.last)) if start < unit.last else None
    if phrase is None or phrase.last <= start or not names_speaker(page, phrase, known):
        return None
    return Attribution(Kind.LABEL, start, phrase.last, phrase)


def _start(page: Page, first: int, last: int) -> int:
    while first < last and not page.marks[first] & (WORD | QUOTE | NUMBER):
        first += 1
    return first


def dashed(page: Page, unit: Unit, known: Known) -> Attribution | None:
    """'Two injured - governor'."""
    end = unit.last
    while end > unit.first and not page.marks[end - 1] & (WORD | NUMBER | QUOTE):
        end -= 1
    for dash in range(end - 2, max(unit.first, end - LONGEST_DASH), -1):
        if page.marks[dash] & BREAK:
            if page.words[dash] != "-":
                return None
            return _behind_dash(page, unit, dash, end, known)
    return None


def _behind_dash(page: Page, unit: Unit, dash: int, end: int, known: Known) -> Attribution | None:
    start = _start(page, dash + 1, end)
    if start < end and page.marks[start] & bit("reports"):
        source = genitive(page, start + 1, end)
    else:
        source = Phrase(start, right_edge(page, start, end)) if start < end else None
    if source is None or source.last < end or not names_speaker(page, source, known):
        return None
    if sum(1 for at in range(unit.first, dash) if page.marks[at] & (WORD | NUMBER)) < _LEAST_SAID:
        return None
    return Attribution(Kind.DASH, dash, source.last, source, forward=False, backward=True)


def gapped(page: Page, unit: Unit, dash: int, previous: Attribution | None) -> Attribution | None:
    """The verb left out the second time: 'Киев говорит о 400 убитых, Минобороны - о 63'."""
    if previous is None or previous.kind is not Kind.SPOKEN or dash + 1 >= unit.last or dash <= previous.last:
        return None
    about = range(dash + 1, min(unit.last, dash + 4))
    if not any(page.marks[at] & bit("about") for at in about):
        return None
    comma = dash - 1
    while comma > previous.last and not page.marks[comma] & BREAK:
        comma -= 1
    start = comma + 1
    while start < dash and page.marks[start] & bit("contrast", "adverbs"):
        start += 1
    phrase = Phrase(start, dash)
    named = start < dash and page.marks[start] & (CAPITAL | SPEAKER)
    return Attribution(Kind.SPOKEN, start, dash + 1, phrase) if named else None


def names_speaker(page: Page, phrase: Phrase, known: Known) -> bool:
    """Without a verb only those count who are known to speak, or who look like a person."""
    if known(phrase):
        return True
    marks = page.marks
    first = marks[phrase.first]
    if first & QUOTE:
        first = marks[phrase.first + 1]
    if first & bit("towns", "credits", "nobody") or first & bit("stops") and not first & SPEAKER:
        return False
    if first & bit("ordinary"):
        return False
    if first & SPEAKER:
        return not first & bit("nobody")
    words = [at for at in range(phrase.first, phrase.last) if marks[at] & WORD]
    if not words or len(words) > LONGEST_LABEL or not marks[words[0]] & CAPITAL:
        return bool(len(words) > 1 and first & bit("demonyms") and marks[words[1]] & SPEAKER)
    if _abbreviation(page, words):
        return True
    if any(marks[at] & SPEAKER for at in words[1:3]) and all(marks[at] & CAPITAL for at in words[:1]):
        return _adjectives_before_speaker(page, words)
    return _person(page, words)


def _abbreviation(page: Page, words: list[int]) -> bool:
    """'- НАК'."""
    token = page.tokens[words[0]]
    text = page.doc.raw[token.start : token.end]
    return len(words) == 1 and len(text) in range(2, 6) and text.isupper()


def _adjectives_before_speaker(page: Page, words: list[int]) -> bool:
    """'Херсонская областная прокуратура', not 'Работа прокуратуры'."""
    for at in words:
        if page.marks[at] & SPEAKER:
            return not page.marks[at] & bit("ordinary")
        if not page.words[at].endswith(endings(page.lang, "adjectives")):
            return False
    return False


def _person(page: Page, words: list[int]) -> bool:
    """A first name that is one, with a family name; or a family name by its ending, alone."""
    if not all(page.marks[at] & CAPITAL for at in words) or len(words) > 3:
        return False
    if page.marks[words[0]] & bit("names"):
        return len(words) > 1
    return len(words) == 1 and page.words[words[0]].endswith(endings(page.lang, "surnames"))


def headed(page: Page, unit: Unit, known: Known) -> Attribution | None:
    """'Сводка Минобороны', 'Брифинг губернатора': the first line says whose report it is."""
    for at in range(unit.first, min(unit.last, unit.first + _HEADING_REACH)):
        if page.marks[at] & bit("prepositions", "by"):
            return None
        if page.marks[at] & bit("reports"):
            source = genitive(page, at + 1, unit.last)
            named = source is not None and (known(source) or page.marks[source.first] & SPEAKER)
            return Attribution(Kind.LABEL, at, source.last, source) if source is not None and named else None
        if page.marks[at] & (BREAK | bit("stops", "say")):
            return None
    return None


def signature(page: Page, known: Known) -> Phrase | None:
    """The one line, at the end or on top, that is nothing but the name of a known speaker or of a body."""
    lines = page.lines()
    for order, (first, last) in enumerate([*reversed(lines[-_SIGNATURE_LINES:]), *lines[:1]]):
        words = [at for at in range(first, last) if page.marks[at] & WORD]
        if not words or len(words) > LONGEST_SIGNATURE:
            continue
        if _holder(page, first, words[0]):
            return Phrase(words[1], words[-1] + 1) if len(words) > 1 else None
        far = order >= _BODY_LINES and order < len(lines[-_SIGNATURE_LINES:])
        if _signs(page, first, last, words, known, alias=far):
            return Phrase(words[0], words[-1] + 1)
    return None


def _flows_on(page: Page, last: int) -> bool:
    """The line was broken within a sentence."""
    return last + 1 < len(page.words) and page.marks[last + 1] & (WORD | CAPITAL) == WORD


def _holder(page: Page, first: int, word: int) -> bool:
    """'(c) Name' below what he said."""
    return page.words[first] in COPYRIGHT or (
        page.words[word] in COPYRIGHT and page.words[first] == "(" and word == first + 1
    )


def _signs(page: Page, first: int, last: int, words: list[int], known: Known, *, alias: bool) -> bool:
    forbidden = bit("credits", "say", "stops", "mediums", "prepositions") | NUMBER | BREAK
    if any(page.marks[at] & forbidden for at in range(first, last)) or _flows_on(page, last):
        return False
    phrase = Phrase(words[0], words[-1] + 1)
    if alias:
        return known(phrase)
    named = sum(1 for at in words if page.marks[at] & CAPITAL)
    body = page.marks[words[0]] & CAPITAL and (
        page.marks[words[0]] & bit("bodies")
        or (page.marks[words[0]] & bit("people") and named > _NAME_WORDS)
        or _adjectives_before_speaker(page, words)
    )
    if any(page.words[at] in "#.…" for at in range(first, last)):
        return False
    fitting = CAPITAL | bit("bodies", "people", "domains")
    plain = [at for at in words if not page.marks[at] & fitting]
    if any(not page.words[at].endswith(endings(page.lang, "adjectives")) for at in plain):
        return False
    return bool(known(phrase)) or bool(body and any(page.marks[at] & bit("bodies", "people") for at in words))
