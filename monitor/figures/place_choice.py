"""Which of the places of a post is that of a figure."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate
from typing import Final, NamedTuple

from models.enums import Measure, Object
from monitor.figures.mentions import Frame, Kind, Piece
from monitor.figures.place_report import SPECIFIC, UNNAMED, Report
from monitor.figures.place_words import Words
from monitor.places import contains

OWN_CLAUSE: Final = 1  # the weight of marks up to which a place stands in the figure's own clause
NEXT_CLAUSE: Final = 2
FURTHEST_AFTER: Final = 4
OPENING: Final = 4  # tokens of a sentence among which 'in all' is looked for
LISTED: Final = 12  # figures of a list that a sum may stand below
LOOKED_AT: Final = 3  # pieces on either side of a figure


class Counted(NamedTuple):
    """A figure by its tokens, `last` behind the end."""

    first: int
    last: int
    measure: Measure
    object: Object


class Choice:
    def __init__(self, words: Words, pieces: Sequence[Piece], spans: Sequence[Counted]) -> None:
        self._words = words
        self._spans = spans
        self._pieces = [piece for piece in pieces if _counts(piece)]
        self._starts = [piece.first for piece in self._pieces]
        self._marks = list(accumulate(words.weights(), initial=0))
        self._brackets = list(_brackets(words))
        self._figures = sorted(set(spans), key=lambda span: span[:2])
        self._colons = [at for at, word in enumerate(words.words) if word == ":"]
        self._alike: dict[Counted, list[int]] = {}
        for number, span in enumerate(spans):
            self._alike.setdefault(span, []).append(number)
        self._report = Report(words, self._pieces)

    def of(self, number: int) -> Piece | None:
        span = self._spans[number]
        sentence = self._report.sentence_of(span.first)
        carried = self._report.carried(sentence)
        own, sums_up = self._in_sentence(span, sentence)
        if own is None and sums_up:
            return None
        if own is not None and own.kind is Kind.BACK:
            own = self._report.area(sentence)
        elif own is None and self._is_grand_total(span, sentence):
            return None
        elif own is None or own.kind in UNNAMED:
            own = carried if own is None or (carried is not None and carried.kind is not Kind.COUNTRY) else own
        if own is None or own.kind is Kind.COUNTRY:
            return None
        return self._share(own, number)

    def _in_sentence(self, span: Counted, sentence: int) -> tuple[Piece | None, bool]:
        """The place in the figure's sentence, and whether the figure is a sum of others, which has none."""
        begins, ends = self._report.bounds(sentence)
        at = bisect_left(self._starts, span.first)
        before = self._best([piece for piece in self._nearest(at - 1, -1) if piece.first >= begins], span)
        after = self._best([piece for piece in self._nearest(at, 1) if piece.first < ends], span)
        if before is None and after is None:
            return None, False
        if before is None or (after is not None and self._after_wins(span, before, after)):
            if after is not None and self._reaches(span, after):
                return after, False
            if before is None:
                return None, after is not None and self._is_sum(span, after)
        if self._sums_up(span, before):
            return None, True
        return self._narrower(span, before, after, begins), False

    def _nearest(self, at: int, step: int) -> Iterator[Piece]:
        for _ in range(LOOKED_AT):
            if 0 <= at < len(self._pieces):
                yield self._pieces[at]
            at += step

    def _best(self, pieces: Sequence[Piece], span: Counted) -> Piece | None:
        """The nearest placed one; a loose one where no placed one stands in the same clause or the next."""
        near = [piece for piece in pieces if self._is_near_enough(piece, span)]
        if not near:
            return None
        placed = [piece for piece in near if piece.frame is Frame.PLACED and piece.kind not in UNNAMED]
        first = next((piece for piece in near if piece.kind not in UNNAMED), near[0])
        if not placed or (first.frame is Frame.TOWARD and not _stands_by(first, placed[0])):
            return first
        best = placed[0]
        if best.kind in SPECIFIC:
            return best
        nearest = self._cost(best, span)
        return next(
            (piece for piece in placed if piece.kind in SPECIFIC and self._is_inside(best, piece, span, nearest)), best
        )

    def _is_inside(self, area: Piece, piece: Piece, span: Counted, nearest: int) -> bool:
        further = self._cost(piece, span) - nearest
        return further <= 0 or (further <= OWN_CLAUSE and _holds(area, piece))

    def _is_near_enough(self, piece: Piece, span: Counted) -> bool:
        if piece.frame is not Frame.TOWARD:
            return True
        return self._cost(piece, span) <= (NEXT_CLAUSE if piece.first >= span.last else OWN_CLAUSE)

    def _cost(self, piece: Piece, span: Counted) -> int:
        first, last = (span.last, piece.first) if piece.first >= span.last else (piece.last, span.first)
        return self._marks[last] - self._marks[first] - self._aside(first, last)

    def _aside(self, first: int, last: int) -> int:
        """What brackets between two tokens add to their distance, but for a comma's worth."""
        between = self._brackets[bisect_left(self._brackets, (first, 0)) : bisect_left(self._brackets, (last, 0))]
        aside = (self._marks[closer + 1] - self._marks[opener] for opener, closer in between if closer < last)
        return sum(max(0, each - OWN_CLAUSE) for each in aside)

    def _after_wins(self, span: Counted, before: Piece, after: Piece) -> bool:
        if before.kind in UNNAMED or after.kind in UNNAMED:
            return before.kind in UNNAMED and after.kind not in UNNAMED
        if (before.frame is Frame.PLACED) is not (after.frame is Frame.PLACED):
            near = self._cost(after, span) <= self._cost(before, span) + OWN_CLAUSE
            return near and (after.frame is Frame.PLACED or after.frame is Frame.TOWARD)
        return self._cost(after, span) < self._cost(before, span)

    def _reaches(self, span: Counted, after: Piece) -> bool:
        """Whether a place behind a figure is the figure's: not where a part of a sum stands there."""
        return self._cost(after, self._last_before(span, after)) <= FURTHEST_AFTER and not self._is_sum(span, after)

    def _last_before(self, span: Counted, after: Piece) -> Counted:
        """The last figure before a place, where one follows the other: 'seven tanks and three jets at Saky'."""
        at = bisect_left(self._figures, (after.first, 0), key=lambda figure: figure[:2]) - 1
        return self._figures[at] if at >= 0 and self._figures[at].first > span.first else span

    def _is_sum(self, span: Counted, after: Piece) -> bool:
        """'More than 50 drones: 20 over Kursk, 18 over Bryansk'."""
        at = bisect_left(self._figures, (after.first, 0), key=lambda figure: figure[:2])
        for other in self._figures[max(0, at - 2) : at]:
            if other.first < span.last or self._marks[other.first] - self._marks[span.last] <= OWN_CLAUSE:
                continue
            begins_list = bisect_left(self._colons, span.last) < bisect_left(self._colons, other.first)
            alike = other.measure is span.measure and (other.object is span.object or begins_list)
            if alike and self._cost(after, other) <= OWN_CLAUSE:
                return True
        return False

    def _sums_up(self, span: Counted, before: Piece) -> bool:
        """'24 over Bryansk, 21 over Crimea, 84 in all'."""
        if self._cost(before, span) <= OWN_CLAUSE:
            return False
        near = range(max(before.last, span.first - 3), min(self._words.count, span.last + 3))
        return any(self._words.has(at, "whole") for at in near)

    def _is_grand_total(self, span: Counted, sentence: int) -> bool:
        """'All in all 84 were downed' in a sentence of its own, behind a list of several places."""
        begins, _ = self._report.bounds(sentence)
        opening = range(begins, min(span.first, begins + OPENING))
        if not any(self._words.has(at, "whole") for at in (*opening, span.first - 1, span.last)):
            return False
        at = bisect_left(self._figures, (begins, 0), key=lambda figure: figure[:2])
        alike = [other for other in self._figures[max(0, at - LISTED) : at] if other.measure is span.measure]
        if not alike:
            return False
        listed = self._pieces[bisect_left(self._starts, alike[0].first - OPENING) : bisect_left(self._starts, begins)]
        return sum(piece.frame is Frame.PLACED for piece in listed) > 1

    def _narrower(self, span: Counted, piece: Piece, after: Piece | None, begins: int) -> Piece:
        """A place inside the area that stands nearest, where the sentence names one close by."""
        if piece.kind in SPECIFIC or piece.id is None:
            return piece
        at = bisect_left(self._starts, piece.first) - 1
        others = [after, *([self._pieces[at]] if at >= 0 and self._starts[at] >= begins else [])]
        for other in others:
            if other is None or other.kind not in SPECIFIC or other.frame is not Frame.PLACED:
                continue
            if _holds(piece, other) and self._cost(other, span) - self._cost(piece, span) <= NEXT_CLAUSE:
                return other
        return piece

    def _share(self, piece: Piece, number: int) -> Piece:
        """The place of a list for each of several figures at the same words."""
        same = self._alike[self._spans[number]]
        first = self._spans[number].first
        each = len(same) > 1 or self._words.has(first, "each") or self._words.has(first - 1, "each")
        if each and len(piece.members) >= len(same):
            return replace(piece.members[same.index(number)])
        return piece


def _stands_by(toward: Piece, placed: Piece) -> bool:
    """'On the way to Moscow in Ramenskoye': nothing but a preposition stands between."""
    return 0 <= placed.first - toward.last <= 1


def _brackets(words: Words) -> Iterator[tuple[int, int]]:
    """Where brackets open and close."""
    opener = -1
    for at, word in enumerate(words.words):
        if word == "(":
            opener = at
        elif word == ")" and opener >= 0:
            yield opener, at
            opener = -1


def _holds(outer: Piece, inner: Piece) -> bool:
    return outer.id is not None and inner.id is not None and contains(outer.id, inner.id)


def _counts(piece: Piece) -> bool:
    """Whether a piece may be the place of a figure, or at least says that it was in no place known here."""
    if piece.frame in (Frame.AWAY, Frame.VOICE):
        return False
    if piece.kind in (Kind.COUNTRY, *UNNAMED) or (piece.kind is Kind.OBJECT and piece.id is None):
        return piece.frame is Frame.PLACED
    return piece.frame is not Frame.LOOSE or not piece.common
