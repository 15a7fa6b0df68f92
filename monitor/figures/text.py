"""A post made readable: letters folded one to one, so that offsets stay those of the text as given."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Final, NamedTuple, overload

from models.enums import Lang
from monitor.figures.lexicon import KEPT_WORDS, Letters, abbreviations, letters

IGNORABLE: Final = "\u00ad"
DETECTION_WINDOW: Final = 4000

_TOKEN = re.compile(
    rf"[^\W\d_](?:[^\W\d_]+|{IGNORABLE}|'(?=[^\W\d_]))*|\d(?:\d+|{IGNORABLE}(?=\d))*|\n|[^\s{IGNORABLE}]"
)
# Begins with one set of letters, so that the search skips what is none of them.
_LATIN_BESIDE_CYRILLIC = re.compile(r"[a-z](?:(?<=[\u0400-\u04ff].)|(?=[\u0400-\u04ff]))")
# What may not stand as it is: most letters of a post may, and a look at each of them costs more.
_UNLIKE = re.compile("[^ -_a-~\n\u0430-\u044f\u0454\u0456\u0457\u0491]")
_COMBINING = re.compile("[\u0300-\u036f]")
_WORD = re.compile(r"[^\W\d_]+")
_LATIN = re.compile(r"[a-z]")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_SENTENCE_END = re.compile(r"[.!?…]")
_WRAP_SPACE: Final = " \t\u00a0\r\n*_"
_WRAP_REACH: Final = 8
_CLOSERS: Final = "\"'»”)]*_"


class TokenKind(Enum):
    WORD = "word"
    NUMBER = "number"
    PUNCT = "punct"
    NEWLINE = "newline"


class Token(NamedTuple):
    """`text` is folded, in lower case, without soft hyphens and combining marks; a number is one run of digits."""

    start: int
    end: int
    text: str
    kind: TokenKind


class Tokens(Sequence[Token]):
    """Kept as columns: most of what asks goes over one of them, and few tokens are ever looked at as a whole."""

    __slots__ = ("ends", "kinds", "starts", "words")

    def __init__(self, words: list[str], starts: list[int], ends: list[int]) -> None:
        self.words, self.starts, self.ends = words, starts, ends
        self.kinds: list[TokenKind] = list(map(_KINDS.__getitem__, words))

    def __len__(self) -> int:
        return len(self.words)

    @overload
    def __getitem__(self, at: int) -> Token: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Token]: ...
    def __getitem__(self, at: int | slice) -> Token | Sequence[Token]:
        if isinstance(at, slice):
            return [self[each] for each in range(*at.indices(len(self)))]
        return Token(self.starts[at], self.ends[at], self.words[at], self.kinds[at])


class _Kinds(dict[str, TokenKind]):
    """Found out once a word."""

    def __missing__(self, word: str) -> TokenKind:
        if len(self) >= KEPT_WORDS:
            self.clear()
        self[word] = kind = _kind_of(word[0])
        return kind


def _kind_of(char: str) -> TokenKind:
    if char.isdecimal():
        return TokenKind.NUMBER
    if char.isalnum():
        return TokenKind.WORD
    return TokenKind.NEWLINE if char == "\n" else TokenKind.PUNCT


_KINDS: Final = _Kinds()


@dataclass(frozen=True, slots=True)
class Document:
    """`folded` has the length of `raw`. Sentences are spans of code points, without the white space around them."""

    raw: str
    folded: str
    tokens: Tokens
    sentences: tuple[tuple[int, int], ...]
    lang: Lang


def document(text: str, lang: Lang | None = None, folded: str | None = None) -> Document:
    """`folded`: the text folded already."""
    folded = fold(text) if folded is None else folded
    tokens = tokenize(folded)
    spoken = lang if lang is not None else lang_of(text)
    return Document(text, folded, tokens, sentences(text, folded, spoken), spoken)


def fold(text: str) -> str:
    """Lower case, plain apostrophes, dashes, spaces and digits, look-alike letters mended; as long as the text."""
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(low if len(low := char.lower()) == 1 else char for char in text)
    if lowered.isascii():
        return lowered.replace("`", "'").replace("\r", " ")
    table = _folding()
    folded = _UNLIKE.sub(lambda char: table[char[0]], _compose(lowered))
    if _LATIN_BESIDE_CYRILLIC.search(folded):
        latin = _is_latin(lowered[:DETECTION_WINDOW])
        folded = _WORD.sub(lambda word: _one_alphabet(word[0], latin=latin), folded)
    return folded


def tokenize(folded: str) -> Tokens:
    words = _TOKEN.findall(folded)
    starts, ends, at = [], [], 0
    for word in words:
        at = folded.index(word, at)  # nothing but white space and soft hyphens lies between
        starts.append(at)
        at += len(word)
        ends.append(at)
    if IGNORABLE in folded:
        words = [word.replace(IGNORABLE, "") for word in words]
    return Tokens(words, starts, ends)


def lang_of(text: str) -> Lang:
    """By letters that one language alone has, then by its commonest words; Russian where nothing tells."""
    sample = text[:DETECTION_WINDOW].lower()
    if _is_latin(sample):
        return Lang.EN
    known = letters()
    ukrainian = sum(map(sample.count, known.only[Lang.UK]))
    russian = sum(map(sample.count, known.only[Lang.RU]))
    if ukrainian == russian:
        words = _WORD.findall(sample)
        ukrainian = sum(word in known.common[Lang.UK] for word in words)
        russian = sum(word in known.common[Lang.RU] for word in words)
    return Lang.UK if ukrainian > russian else Lang.RU


def _is_latin(sample: str) -> bool:
    """A Cyrillic letter takes a byte more than a Latin one, which mostly saves counting them."""
    longer = len(sample.encode("utf-8", "replace")) - len(sample)
    if longer == 0 or 2 * longer > len(sample):
        return longer == 0 and _LATIN.search(sample) is not None
    return 2 * len(_CYRILLIC.findall(sample)) < len(_LATIN.findall(sample))


def sentences(raw: str, folded: str, lang: Lang) -> tuple[tuple[int, int], ...]:
    """A line break ends a sentence unless it only wraps it; abbreviations, initials and decimals do not."""
    spans: list[tuple[int, int]] = []
    start = 0
    short = abbreviations(lang)
    for line in _lines(raw, folded):
        start = line[0]
        for match in _SENTENCE_END.finditer(folded, *line):
            end = match.end()
            if _ends_sentence(raw, folded, match.start(), line, short):
                while end < line[1] and folded[end] in _CLOSERS:
                    end += 1
                _append(spans, folded, start, end)
                start = end
        _append(spans, folded, start, line[1])
    return tuple(spans)


def _lines(raw: str, folded: str) -> list[tuple[int, int]]:
    spans, start, end = [], 0, -1
    while (end := folded.find("\n", end + 1)) >= 0:
        if not _is_wrapped(raw, start, end):
            spans.append((start, end))
            start = end + 1
    spans.append((start, len(folded)))
    return spans


def _is_wrapped(raw: str, start: int, end: int) -> bool:
    """Saved posts break lines around bold words: a small letter goes on with what no stop has ended."""
    before, after = end - 1, end + 1
    while before > start and raw[before] in _WRAP_SPACE and end - before < _WRAP_REACH:
        before -= 1
    while after < len(raw) and raw[after] in _WRAP_SPACE and after - end < _WRAP_REACH:
        after += 1
    if before <= start or after >= len(raw):
        return False
    return (raw[before].isalnum() or raw[before] in ',"»*') and raw[after].islower()


def _append(spans: list[tuple[int, int]], folded: str, start: int, end: int) -> None:
    while start < end and folded[start].isspace():
        start += 1
    while end > start and folded[end - 1].isspace():
        end -= 1
    if start < end:
        spans.append((start, end))


def _ends_sentence(raw: str, folded: str, at: int, line: tuple[int, int], short: frozenset[str]) -> bool:
    after = at + 1
    while after < line[1] and after - at < 4 and folded[after] in _CLOSERS:
        after += 1
    if after >= line[1]:
        return True
    if not folded[after].isspace():
        return folded[at] != "." and not folded[after].isalnum() and folded[after] not in ".!?…,;:"
    if folded[at] != ".":
        return not (folded[at] == "…" and _next_visible(raw, after, line[1]).islower())
    return _full_stop(raw, folded, at, after, line, short)


def _full_stop(raw: str, folded: str, at: int, after: int, line: tuple[int, int], short: frozenset[str]) -> bool:
    following = _next_visible(raw, after, line[1])
    if following.islower():
        return False
    start = at
    while start > line[0] and at - start < 24 and (folded[start - 1].isalpha() or folded[start - 1] in "'-."):
        start -= 1
    word = folded[start:at]
    if word in short:
        return False
    return len(word) != 1


def _next_visible(raw: str, at: int, end: int) -> str:
    limit = min(end, at + 16)
    while at < limit and not raw[at].isalnum():
        at += 1
    return raw[at] if at < limit else ""


@cache
def _folding() -> "_Folding":
    return _Folding(letters())


class _Folding(dict[str, str]):
    """A translation table filled as characters are met; every entry is one character."""

    def __init__(self, known: Letters) -> None:
        super().__init__()
        self.update(known.fold)
        self.update(dict.fromkeys(known.apostrophes, "'"))
        self.update(dict.fromkeys(known.dashes, "-"))
        self.update(dict.fromkeys(known.ignorable, IGNORABLE))

    def __missing__(self, char: str) -> str:
        self[char] = _plain(char)
        return self[char]


def _plain(char: str) -> str:
    category = unicodedata.category(char)
    if category.startswith("M"):
        return IGNORABLE
    if category.startswith("Z") or char in "\r\t\v\f\x85":
        return " "
    if category in ("Lu", "Ll", "Nd"):
        simple = unicodedata.normalize("NFKC", char).lower()
        return simple if len(simple) == 1 else char
    return char


def _compose(lowered: str) -> str:
    if lowered.isalpha() or not _COMBINING.search(lowered):
        return lowered
    for whole, (letter, mark) in letters().composed.items():
        lowered = lowered.replace(letter + mark, whole + IGNORABLE)
    return lowered


def _one_alphabet(word: str, *, latin: bool) -> str:
    """A word in two alphabets is in the one that has the letters without a twin; `latin`: the alphabet of the text."""
    if word.isascii() or not _LATIN.search(word):
        return word
    to_cyrillic, to_latin = letters().cyrillic_twins, letters().latin_twins
    if all(char in to_cyrillic for char in word if "a" <= char <= "z"):
        if latin and all(char in to_latin for char in word if _CYRILLIC.match(char)):
            return "".join(to_latin.get(char, char) for char in word)
        return "".join(to_cyrillic.get(char, char) if "a" <= char <= "z" else char for char in word)
    return "".join(to_latin.get(char, char) for char in word)
