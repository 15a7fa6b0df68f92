"""Which of the places of a post is that of a figure."""

from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate
from typing import Final

from models.enums import Measure
from monitor.figures.mentions import Frame, Kind, Piece
from monitor.figures.place_words import Words
from monitor.figures.text import TokenKind
from monitor.places import contains

WEIGHTS: Final = {",": 2, ";": 5, ":": 3, "-": 1, "(": 2, ")": 2}
OWN_CLAUSE: Final = 1  # the weight of marks up to which a place stands in the figure's own clause
BULLETS: Final = 3  # lines with a mark from which a post is a list of reports
SPECIFIC: Final = (Kind.SETTLEMENT, Kind.OBJECT)
TOKENS = tuple[int, int, Measure]


class Choice:
    """`spans`: first and last token (behind the end) of each figure, and its measure."""

    def __init__(self, words: Words, pieces: Sequence[Piece], spans: Sequence[TOKENS]) -> None:
        self._words = words
        self._spans = spans
        self._pieces = [piece for piece in pieces if _counts(piece)]
        self._starts = [piece.first for piece in self._pieces]
        self._marks = list(accumulate(map(self._weight, range(words.count)), initial=0))
        self._figures = sorted({(first, last) for first, last, _ in spans})
        self._sentences = _sentences(words)
        self._carried = _carried(words, self._pieces, self._sentences)

    def of(self, number: int) -> Piece | None:
        first, last, _ = self._spans[number]
        sentence = self._sentence_of(first)
        found = self._in_sentence(number, sentence)
        if found is None:
            found = self._carry(sentence, first)
        if found is None or found.kind is Kind.COUNTRY:
            return None
        return self._share(found, number)

    def _weight(self, at: int) -> int:
        words = self._words
        if words.kinds[at] is not TokenKind.PUNCT:
            return 0
        mark = words.words[at]
        if mark == "-" and words.next_to(at):
            return 0
        return WEIGHTS.get(mark, 0)

    def _sentence_of(self, token: int) -> int:
        return bisect_left(self._sentences, token + 1) - 1

    def _in_sentence(self, number: int, sentence: int) -> Piece | None:
        first, last, _ = self._spans[number]
        begins = self._sentences[sentence]
        ends = self._sentences[sentence + 1] if sentence + 1 < len(self._sentences) else self._words.count
        at = bisect_left(self._starts, first)
        before = self._nearest(at - 1, -1, begins, ends, first)
        after = self._nearest(at, 1, begins, ends, last)
        if before is None and after is None:
            return None
        if before is None or (after is not None and self._after_wins(number, before, after)):
            return after if after is not None and self._reaches(number, after) else None
        if self._sums_up(number, before):
            return None
        return self._narrower(before, begins, first)

    def _nearest(self, at: int, step: int, begins: int, ends: int, token: int) -> Piece | None:
        """The next piece of the sentence; loose and distant ones only where no placed one stands near."""
        spare: Piece | None = None
        for piece in self._pieces[at : at + 3] if step > 0 else self._pieces[max(0, at - 2) : at + 1][::-1]:
            if not begins <= piece.first < ends:
                break
            if piece.frame is Frame.PLACED:
                return piece
            if piece.frame is Frame.TOWARD and self._cost(piece, token) > OWN_CLAUSE:
                continue
            spare = spare or piece
        return spare

    def _cost(self, piece: Piece, token: int) -> int:
        if piece.first >= token:
            return self._marks[piece.first] - self._marks[token]
        return self._marks[token] - self._marks[piece.last]

    def _after_wins(self, number: int, before: Piece, after: Piece) -> bool:
        first, last, _ = self._spans[number]
        placed = (before.frame is Frame.PLACED, after.frame is Frame.PLACED)
        if placed[0] is not placed[1]:
            return placed[1] and self._cost(after, last) <= self._cost(before, first) + OWN_CLAUSE
        return self._cost(after, last) < self._cost(before, first)

    def _reaches(self, number: int, after: Piece) -> bool:
        """Whether a place behind a figure is the figure's: not where a part of a sum stands there."""
        _, last, measure = self._spans[number]
        for first, other_last, other in self._between(last, after.first):
            parts = self._marks[first] - self._marks[last] > OWN_CLAUSE
            if parts and other is measure and self._cost(after, other_last) <= OWN_CLAUSE:
                return False
        return True

    def _between(self, begin: int, end: int) -> list[TOKENS]:
        """The last two figures between two tokens."""
        at = bisect_left(self._figures, (end, 0))
        found = []
        for first, last in self._figures[max(0, at - 2) : at]:
            if first >= begin:
                found += [span for span in self._spans if span[0] == first][:1]
        return found

    def _sums_up(self, number: int, before: Piece) -> bool:
        """'24 over Bryansk, 21 over Crimea, 84 in all'."""
        first, last, _ = self._spans[number]
        words = self._words
        if self._cost(before, first) <= OWN_CLAUSE:
            return False
        near = range(max(before.last, first - 3), min(words.count, last + 3))
        return any(words.has(at, "whole") for at in near)

    def _narrower(self, piece: Piece, begins: int, token: int) -> Piece:
        """A place inside the area that stands nearest, where the sentence has named one before."""
        at = bisect_left(self._starts, piece.first) - 1
        if piece.kind is not Kind.AREA or piece.id is None or at < 0:
            return piece
        other = self._pieces[at]
        inside = other.first >= begins and other.kind in SPECIFIC and other.id is not None
        if (
            inside
            and other.frame is Frame.PLACED
            and contains(piece.id, other.id or "")
            and self._cost(other, token) <= 3
        ):
            return other
        return piece

    def _carry(self, sentence: int, token: int) -> Piece | None:
        return self._carried[sentence]

    def _share(self, piece: Piece, number: int) -> Piece:
        """The place of a list for each of several figures at the same words."""
        first, last, _ = self._spans[number]
        same = [
            at for at, span in enumerate(self._spans) if span[:2] == (first, last) and span[2] is self._spans[number][2]
        ]
        if len(same) > 1 and len(piece.members) >= len(same):
            return piece.members[same.index(number)]
        return piece


def _counts(piece: Piece) -> bool:
    """Whether a piece may be the place of a figure, or at least says that it was in no place known here."""
    if piece.frame in (Frame.AWAY, Frame.VOICE):
        return False
    if piece.kind in (Kind.COUNTRY, Kind.UNNAMED, Kind.BACK):
        return piece.frame is Frame.PLACED
    return piece.frame is not Frame.LOOSE or not piece.common


def _sentences(words: Words) -> list[int]:
    """The first tokens of the sentences; a line that goes on in small letters or with a mark begins none."""
    starts = []
    tokens = words.doc.tokens
    for start, _ in words.doc.sentences:
        at = bisect_left(tokens, start, key=lambda token: token.start)
        if not starts or _begins_sentence(words, at):
            starts.append(at)
    return starts or [0]


def _begins_sentence(words: Words, at: int) -> bool:
    if words.kinds[at - 1] is not TokenKind.NEWLINE:
        return True
    first = at
    while first < words.count and words.kinds[first] is TokenKind.PUNCT and first - at < 3:
        first += 1
    goes_on = first < words.count and words.doc.raw[words.doc.tokens[first].start].islower()
    return not (goes_on and words.words[at] not in "•▪")


def _carried(words: Words, pieces: Sequence[Piece], sentences: Sequence[int]) -> list[Piece | None]:
    """The place that each sentence takes over from those before it."""
    bullets = [words.kinds[at] is TokenKind.PUNCT and words.begins_line(at) for at in sentences]
    listing = sum(bullets) >= BULLETS
    carried: list[Piece | None] = []
    current: Piece | None = None
    headline: Piece | None = None
    seen_bullet = False
    at = 0
    for number, begins in enumerate(sentences):
        if bullets[number] and listing:
            headline = headline if seen_bullet else current
            current, seen_bullet = headline, True
        carried.append(current)
        ends = sentences[number + 1] if number + 1 < len(sentences) else words.count
        own = []
        while at < len(pieces) and pieces[at].first < ends:
            own.append(pieces[at])
            at += 1
        current = _topic(own, current)
    return carried


def _topic(own: Sequence[Piece], current: Piece | None) -> Piece | None:
    named = [piece for piece in own if piece.kind not in (Kind.UNNAMED, Kind.BACK)]
    placed = [piece for piece in named if piece.frame is Frame.PLACED]
    if not placed:
        return current if current is not None or not named else named[0]
    first = placed[0]
    if current is not None and current.id and first.id and contains(first.id, current.id):
        return current
    if first.kind is Kind.AREA and first.id is not None:
        inside = (
            piece for piece in placed if piece.kind in SPECIFIC and piece.id and contains(first.id or "", piece.id)
        )
        return next(inside, first)
    return first
