"""Numbers in words: compounds, collectives, halves, vague plurals."""

from typing import Final

from monitor.figures.number_values import TENS, Reading, Value
from monitor.figures.number_words import NumberKind, NumberWord

_DOZENS: Final = (20.0, 99.0)  # 'tens', 'dozens', 'scores'
_SEVERAL: Final = (2.0, 9.0)
_AFTER_ARTICLE: Final = (NumberKind.COLLECTIVE, NumberKind.COUPLE, NumberKind.HALF, NumberKind.SEVERAL)


class Spelled(Reading):
    def spelled_at(self, at: int) -> Value | None:
        start = at
        if self.words[at] in self.known.articles:
            at += 1
            word = self.plain(at)
            if word is None or word.kind not in _AFTER_ARTICLE:
                return None
        word = self.plain(at) or self.known.inner.get(self.words[at])
        if word is None:
            return self._lone_scale(at)
        if word.kind is NumberKind.CARDINAL:
            return self.of_collective(self._cardinal(at))
        if word.kind is NumberKind.SEVERAL:
            return self._vague_of(at + 1, _SEVERAL)
        if word.kind is NumberKind.MANY and self._goes_on_as_compound(at):
            return self._cardinal(at)
        if word.kind is NumberKind.MANY:
            return self._vague_of(at + 1, _plural_of(word.value))
        if word.kind in (NumberKind.COUPLE, NumberKind.FIXED):
            return self.of_collective(Value(at + 1, word.value, word.value, about=True, collective=True))
        if word.kind is NumberKind.HALF:
            return self._half(at, word)
        about = word.value in TENS
        plain = Value(at + 1, word.value, word.value, about=about, collective=True)
        return self.of_collective(plain) if start != at or about else self._hundred(at, plain)

    def _hundred(self, at: int, plain: Value) -> Value:
        """'hundred', 'thousand' alone: as much, and a compound may go on ('a hundred and two')."""
        value = self._cardinal(at)
        return value if value.last > plain.last else plain

    def _goes_on_as_compound(self, at: int) -> bool:
        """A genitive of one thousand looks like thousands: a cardinal behind it tells."""
        after = self.plain(at + 1)
        return self.words[at] in self.known.scales and after is not None and after.kind is NumberKind.CARDINAL

    def _lone_scale(self, at: int) -> Value | None:
        scale = self.known.scales.get(self.words[at])
        if scale is None or len(self.words[at]) < 4:
            return None
        return Value(at + 1, scale, scale, collective=True)

    def _half(self, at: int, word: NumberWord) -> Value | None:
        """'one and a half thousand' in one word, 'half a dozen'."""
        after = at + 1
        if after < len(self.words) and self.words[after] in self.known.articles:
            after += 1
        unit = self.unit(after)
        if unit is None:
            return None
        number = word.value * unit
        return Value(after + 1, number, number, about=unit in TENS or word.value < 1, scaled=True, collective=True)

    def _vague_of(self, last: int, span: tuple[float, float]) -> Value:
        """'several', 'several hundred', 'tens of thousands': the vague word of the larger measure, multiplied."""
        low, high = span
        while (unit := self.unit(after := self.past_of(last))) is not None:
            if span == _SEVERAL and low == _SEVERAL[0]:
                low, high = _plural_of(unit)
            else:
                low, high = low * unit, (high + 1) * unit - 1
            last = after + 1
        return Value(last, low, high)

    def _cardinal(self, at: int) -> Value:
        """A compound: hundreds, tens, units, each smaller than the one before, and scales."""
        total, group, room = 0.0, 0.0, float("inf")
        start, last, scaled = at, at, False
        while at < len(self.words) and at not in self.blocked:
            word = self.words[at]
            number = self.known.plain.get(word) or self.known.inner.get(word)
            if number is not None and number.kind is NumberKind.CARDINAL and number.value < room:
                group += number.value
                room = _room_after(number.value)
            elif (scale := self.known.scales.get(word)) is not None and len(word) > 1 and (group or at == start):
                group, total, room, scaled = _scaled(group or 1, total, scale)
            elif not self._joins(at, last):
                break
            else:
                at += 1
                continue
            last = at = at + 1
        value = total + group
        if (half := self._and_a_half(last)) is not None:
            return Value(half[0], (value + 0.5) * half[1], (value + 0.5) * half[1], scaled=True)
        return Value(last, value, value, one=value == 1 and last == start + 1, scaled=scaled)

    def _and_a_half(self, at: int) -> tuple[int, float] | None:
        """'two and a half thousand': the token behind, and the scale."""
        words = self.words[at : at + 4]
        if len(words) < 4 or words[0] not in self.known.joins or words[1] not in self.known.articles:
            return None
        half, scale = self.plain(at + 2), self.known.scales.get(words[3])
        return (at + 4, scale) if half is not None and half.kind is NumberKind.HALF and scale is not None else None

    def _joins(self, at: int, last: int) -> bool:
        """'twenty-five', 'three hundred and fifty': a hyphen or 'and' between parts that go on."""
        if at != last or at + 1 >= len(self.words):
            return False
        hyphen = self.words[at] == "-" and self.joined(at) and self.joined(at + 1)
        scale = self.known.scales.get(self.words[at - 1])
        joint = (hyphen and self.known.joins) or (scale is not None and self.words[at] in self.known.joins)
        if scale is not None and scale >= 1000 and self.words[at] == "," and self.known.joins:
            joint = self._is_hundred(at + 1)  # 'two thousand, one hundred'
        number = self.known.plain.get(self.words[at + 1])
        if not joint or number is None or number.kind is not NumberKind.CARDINAL:
            return False
        before = self.known.plain.get(self.words[at - 1])
        return before is None or not hyphen or (before.value >= 20 and number.value < 10)

    def _is_hundred(self, at: int) -> bool:
        after = at + 1
        return after < len(self.words) and self.known.scales.get(self.words[after]) == 100


def _plural_of(unit: float) -> tuple[float, float]:
    """'hundreds' are 200 to 999."""
    return _DOZENS if unit < 100 else (2 * unit, 10 * unit - 1)


def _room_after(value: float) -> float:
    """What may follow in a compound: tens and units after a hundred, units after tens, nothing after these."""
    if value >= 100:
        return 100
    return 10 if value >= 20 else 1


def _scaled(group: float, total: float, scale: float) -> tuple[float, float, float, bool]:
    """Group, total, room, scaled: 'two hundred' goes on within the group, 'two thousand' closes it."""
    if scale == 100:
        return group * scale, total, 100.0, False
    return 0.0, total + group * scale, scale, True
