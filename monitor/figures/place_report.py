"""The sentences of a post as reports of events: which place a sentence takes over from those before it."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Final

from monitor.figures.mentions import Frame, Kind, Piece
from monitor.figures.place_words import Words
from monitor.figures.text import TokenKind
from monitor.places import contains

LISTED: Final = 3  # lines with the same mark before them from which a post is a list of reports
SINCE: Final = 6  # words from 'since' to 'invasion'
LONGEST_MARKS: Final = 30  # marks in a row
SPECIFIC: Final = (Kind.SETTLEMENT, Kind.OBJECT)
UNNAMED: Final = (Kind.UNNAMED, Kind.STREET, Kind.BACK)
ITEM_SIGNS: Final = (".", ")")  # '2.', '3)'
NO_BULLETS: Final = frozenset("\"«“„'([#@.,:;!?)»”]")


class Report:
    """`begins[i]`: the first token of sentence i."""

    def __init__(self, words: Words, pieces: Sequence[Piece]) -> None:
        self.begins = _sentences(words)
        self._words = words
        self._pieces = pieces

    def sentence_of(self, token: int) -> int:
        return bisect_left(self.begins, token + 1) - 1

    def bounds(self, sentence: int) -> tuple[int, int]:
        after = sentence + 1
        return self.begins[sentence], self.begins[after] if after < len(self.begins) else self._words.count

    def carried(self, sentence: int) -> Piece | None:
        """The place that a sentence takes over."""
        return self._topics[sentence][0]

    def area(self, sentence: int) -> Piece | None:
        """The last area named before a sentence."""
        return self._topics[sentence][1]

    @cached_property
    def _topics(self) -> list[tuple[Piece | None, Piece | None]]:
        found: list[tuple[Piece | None, Piece | None]] = []
        current: Piece | None = None
        area: Piece | None = None
        headline: Piece | None = None
        in_list = False
        bullets = _bullets(self._words, self.begins)
        for sentence, own in enumerate(_by_sentence(self._pieces, self)):
            if sentence in bullets:
                headline = headline if in_list else current
                current, in_list = headline, True
            current = self._widened(sentence, current, area)
            _set_in_town(own, current)
            found.append((current, area))
            current = _topic(own, current)
            area = next((outer for piece in reversed(own) if (outer := _area(piece))), area)
        return found

    def _widened(self, sentence: int, current: Piece | None, area: Piece | None) -> Piece | None:
        """A day's sum behind one event is that of the region; behind a list of places it is nowhere."""
        if current is not None and self._is_war(*self.bounds(sentence)):
            return None
        if current is None or not self._is_daily(*self.bounds(sentence)):
            return current
        if (current.members and current.kind is Kind.SETTLEMENT) or current.kind is Kind.DISTRICT:
            return None
        outer = current.outer or area
        narrow = current.kind is Kind.SETTLEMENT and outer is not None and outer.kind is Kind.AREA
        inside = narrow and outer is not None and (current.outer is outer or _holds(outer, current))
        return outer if inside else current

    def _is_war(self, begins: int, ends: int) -> bool:
        """'Since the invasion began', which is no sum of one place."""
        war = self._words.war
        spoken = war[bisect_left(war, begins) : bisect_left(war, ends)]
        return any(self._words.has(near, "since") for at in spoken for near in range(at - SINCE, at))

    def _is_daily(self, begins: int, ends: int) -> bool:
        """'In a day', but not 'in two days'."""
        daily = self._words.daily
        near = daily[bisect_left(daily, begins) : bisect_left(daily, ends)]
        return any(not self._words.has(at - 1, "few") for at in near)


def _sentences(words: Words) -> list[int]:
    """A line that goes on in small letters begins none; a line of nothing but marks belongs to the next."""
    starts: list[int] = []
    waiting = False
    at = 0
    for start, _ in words.doc.sentences:
        at = bisect_left(words.starts, start, lo=at)
        if waiting or (starts and _goes_on(words, at)):
            waiting = waiting and not _has_words(words, at)
            continue
        starts.append(at)
        waiting = not _has_words(words, at)
    return starts or [0]


def _has_words(words: Words, at: int) -> bool:
    for kind in words.kinds[at : at + LONGEST_MARKS]:
        if kind is TokenKind.NEWLINE:
            return False
        if kind is not TokenKind.PUNCT:
            return True
    return False


def _goes_on(words: Words, at: int) -> bool:
    if words.kinds[at - 1] is not TokenKind.NEWLINE or words.kinds[at - 2] is TokenKind.NEWLINE:
        return False
    raw = words.doc.raw
    first = at
    if words.kinds[at] is TokenKind.PUNCT and words.words[at] in ",.-)":
        first += 1
    return first < words.count and raw[words.doc.tokens.starts[first]].islower()


def _bullets(words: Words, begins: Sequence[int]) -> set[int]:
    """The sentences that begin with a mark which begins many, or with their number in a list."""
    marks = {sentence: mark for sentence, at in enumerate(begins) if (mark := _mark(words, at)) is not None}
    often = Counter(marks.values())
    return {sentence for sentence, mark in marks.items() if often[mark] >= LISTED}


def _mark(words: Words, at: int) -> str | None:
    if not words.begins_line(at):
        return None
    if words.kinds[at] is TokenKind.PUNCT:
        return words.words[at] if words.words[at] not in NO_BULLETS else None
    behind = words.words[at + 1] if at + 1 < words.count and words.next_to(at + 1) else ""
    return behind if words.kinds[at] is TokenKind.NUMBER and behind in ITEM_SIGNS else None


def _by_sentence(pieces: Sequence[Piece], report: Report) -> Iterator[list[Piece]]:
    at = 0
    for sentence in range(len(report.begins)):
        _, ends = report.bounds(sentence)
        own = []
        while at < len(pieces) and pieces[at].first < ends:
            own.append(pieces[at])
            at += 1
        yield own


def _set_in_town(own: Sequence[Piece], town: Piece | None) -> None:
    """'In Kramatorsk ... In dormitory No. 28': what has no place of its own lies in the town that was told of."""
    if town is None or town.kind is not Kind.SETTLEMENT or town.members or town.id is None:
        return
    if any(piece.id is not None and piece.kind is not Kind.COUNTRY for piece in own):
        return
    for piece in own:
        if piece.kind is Kind.OBJECT and piece.frame is Frame.PLACED and not piece.members:
            piece.id, piece.name = town.id, town.name


def _topic(own: Sequence[Piece], current: Piece | None) -> Piece | None:
    """What the sentences behind one are about; a street only as long as nothing else is named."""
    street = current if current is not None and current.kind is Kind.STREET else None
    topic = _named_topic(own, current if street is None else None)
    if topic is not None:
        return topic
    return next((piece for piece in own if piece.kind is Kind.STREET and piece.frame is Frame.PLACED), street)


def _named_topic(own: Sequence[Piece], current: Piece | None) -> Piece | None:
    """A sentence's own first place, and the narrower one of a place and its area."""
    named = [piece for piece in own if piece.kind not in UNNAMED]
    placed = [piece for piece in named if piece.frame is Frame.PLACED]
    if not placed:
        loose = next((piece for piece in named if piece.kind is not Kind.COUNTRY), None)
        return loose if current is None or (current.kind is Kind.COUNTRY and loose is not None) else current
    if current is not None and current.id is not None:
        again = [piece for piece in placed if piece.id == current.id]
        if again or (current.kind in SPECIFIC and _holds(placed[0], current)):
            return again[0] if again else current
    first = placed[0]
    if first.kind is Kind.COUNTRY and current is not None:
        elsewhere = current.id is not None and not _holds(first, current)
        return next((piece for piece in placed if piece.kind is not Kind.COUNTRY), first if elsewhere else current)
    if first.kind in SPECIFIC or first.kind is Kind.COUNTRY:
        return first
    inside = (
        piece
        for piece in placed
        if piece.kind in SPECIFIC and not piece.members and (None in (piece.id, first.id) or _holds(first, piece))
    )
    return next(inside, first)


def _holds(outer: Piece, inner: Piece) -> bool:
    return outer.id is not None and inner.id is not None and contains(outer.id, inner.id)


def _area(piece: Piece) -> Piece | None:
    if piece.kind is Kind.AREA:
        return piece
    return piece.outer if piece.outer is not None and piece.outer.kind is Kind.AREA else None
