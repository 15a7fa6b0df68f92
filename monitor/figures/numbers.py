"""Number expressions: digits and words, ranges, and the modifiers around them, as intervals.

The grammar knows nothing of what is counted. What is no count by its own form (a date, a model, an ordinal) is given
back beside the numbers, with the reason.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from models.enums import Bound, Lang, Modifier
from monitor.figures.lexicon import IGNORED_IN_PHRASES, letters
from monitor.figures.number_words import NumberKind, NumberWord, NumberWords, number_words
from monitor.figures.shapes import Shape, shapes
from monitor.figures.tagging import Tags
from monitor.figures.text import Document, Token, TokenKind

_DOZENS: Final = (20.0, 99.0)  # 'tens', 'dozens', 'scores'
_SEVERAL: Final = (2.0, 9.0)
_TENS: Final = (10.0, 12.0)  # what is counted by these is about so many
_LONGEST_MODIFIER: Final = 5  # tokens
_YEARS: Final = range(1900, 2100)
_LIKE: Final = {"~": Modifier.ABOUT, "\u2248": Modifier.ABOUT, ">": Modifier.MORE_THAN, "<": Modifier.LESS_THAN}
_AFTER_ARTICLE: Final = (NumberKind.COLLECTIVE, NumberKind.COUPLE, NumberKind.HALF, NumberKind.SEVERAL)
_OUTCOMES: Final = ("outcomes", "victims")


@dataclass(frozen=True, slots=True)
class Number:
    """`first` to `last` are the tokens with the modifier, `core` those without.

    `digits`: written in digits. `one`: the word 'one', which often is no number. `added`: '(+5)', what a day added to
    a total. `year`: four digits that may be a year. `words`: number words stand in it.
    """

    first: int
    last: int
    core: tuple[int, int]
    low: float | None
    high: float | None
    bound: Bound = Bound.EXACT
    modifier: Modifier = Modifier.NONE
    digits: bool = False
    one: bool = False
    added: bool = False
    year: bool = False
    collective: bool = False
    changed: bool = False
    times: bool = False
    zero_word: bool = False


class Found(NamedTuple):
    numbers: list[Number]
    rejected: list[Shape]


class _Value(NamedTuple):
    last: int
    low: float
    high: float
    digits: bool = False
    about: bool = False
    one: bool = False
    scaled: bool = False
    collective: bool = False


def find_numbers(document: Document, tags: Tags) -> Found:
    return _Grammar(document, tags).found()


class _Grammar:
    def __init__(self, document: Document, tags: Tags) -> None:
        self.raw = document.raw
        self.tokens: Sequence[Token] = document.tokens
        self.words: Sequence[str] = tags.words
        self.tags = tags
        self.lang = document.lang
        self.known: NumberWords = number_words(document.lang)
        self.rejected: list[Shape] = []
        self.blocked = self._blocked(document.folded)
        self.names = _Names.of(tags)
        self.past = 0  # behind what was rejected last

    def _blocked(self, folded: str) -> set[int]:
        """Tokens inside a shape that counts nothing."""
        blocked: set[int] = set()
        at = 0
        for shape in shapes(folded):
            while at < len(self.tokens) and self.tokens[at].end <= shape.start:
                at += 1
            inside = at
            while inside < len(self.tokens) and self.tokens[inside].start < shape.end:
                blocked.add(inside)
                inside += 1
            self.rejected.append(shape)
        return blocked

    def found(self) -> Found:
        numbers: list[Number] = []
        at = 0
        while at < len(self.tokens):
            if not self._may_begin(at):
                at += 1
                continue
            value = self._value(at)
            if value is None:
                at = max(at + 1, self.past)
                continue
            number = self._expression(at, value, numbers[-1].last if numbers else 0)
            numbers.append(number)
            at = max(number.last, value.last)
        return Found(numbers, self.rejected)

    def _may_begin(self, at: int) -> bool:
        token = self.tokens[at]
        if token.kind is TokenKind.WORD:
            return self.words[at] in self.known.starts and at not in self.blocked and not self._is_nobody(at)
        return token.kind is TokenKind.NUMBER and at not in self.blocked

    def _is_nobody(self, at: int) -> bool:
        """'no one', 'ни один': not a number but a zero."""
        return any(
            (match := self.tags.longest(back, self.names.nobody)) is not None and match.last > at
            for back in range(max(0, at - 2), at)
        )

    # One value: digits or words, without ranges and modifiers.

    def _value(self, at: int) -> _Value | None:
        if at >= len(self.tokens) or at in self.blocked:
            return None
        if self.tokens[at].kind is TokenKind.NUMBER:
            return self._digits(at)
        value = self._spelled(at)
        if value is not None and self._is_share(value.last):
            self._no(at, value.last + 1, "share")
            return None
        return value

    def _is_share(self, last: int) -> bool:
        """'one-quarter', 'two thirds'."""
        after = last + (last < len(self.words) and self.words[last] == "-")
        return after < len(self.words) and self.tags.has(after, self.names.fractions)

    def _digits(self, at: int) -> _Value | None:
        if self._belongs_to_a_name(at) or self._is_named_by_it(at):
            return None
        last, number, decimal = self._grouped(at)
        last, scale = self._scale(last)
        if scale is None:
            after = self._suffix(last)
            if after is None:
                return None
            last = after
            if decimal:
                self._no(at, last, "decimal")
                return None
            last, scale = self._scale(last)
        value = _Value(last, number * (scale or 1), number * (scale or 1), digits=True, scaled=scale is not None)
        return self._of_collective(value)

    def _belongs_to_a_name(self, at: int) -> bool:
        """'T-72', 'M777', 'COVID-19': a model; but 'x4' is a count, and 'killed-14' a careless dash."""
        before = at - 1
        if before < 0 or self.tokens[before].end != self.tokens[at].start:
            return False
        if self.tokens[before].kind is TokenKind.WORD:
            if self.words[before] in letters().times and not self._touches(before - 1):
                return False
            self._no(before, at + 1, "model")
            return True
        name = before - 1
        if self.words[before] != "-" or name < 0 or self.tokens[name].end != self.tokens[before].start:
            return False
        if self.tokens[name].kind is not TokenKind.WORD or self.tags.has(name, self.names.outcomes):
            return False
        self._no(name, at + 1, "model")
        return True

    def _is_named_by_it(self, at: int) -> bool:
        """'October 24', 'школа 5', 'aged 15', 'Arrow 2', and '200-х' that is slang for the killed."""
        for begin in (at, at - 1):
            slang = self.tags.longest(begin, self.names.victims) if begin >= 0 else None
            if slang is not None and slang.last > at and slang.last > begin + 1:
                self.past = slang.last
                return True
        before = at - 1
        while before >= 0 and self.words[before] in IGNORED_IN_PHRASES:
            before -= 1
        if before < 0 or self.tokens[before].kind is not TokenKind.WORD:
            return False
        named = self.tags.has(before, self.names.named_by_number) or self._is_latin_name(before)
        if named:
            ranged = self._joined(at + 1) and self._joined(at + 2) and self.words[at + 1] == "-"
            self._no(at, at + 3 if ranged else at + 1, "name")
        return named

    def _is_latin_name(self, at: int) -> bool:
        """'Arrow 2': a capital inside an English sentence, of a word that says nothing else here."""
        token = self.tokens[at]
        known = self.tags.classes[at]
        return (
            at > 0
            and token.text.isascii()
            and self.raw[token.start].isupper()
            and self.raw[token.start + 1 : token.end].islower()
            and not known
            and (self.lang is not Lang.EN or self.words[at - 1] not in (".", "\n", "!", "?", '"', ":", "*"))
        )

    def _touches(self, at: int) -> bool:
        return at >= 0 and self.tokens[at].end == self.tokens[at + 1].start and self.words[at].isalnum()

    def _grouped(self, at: int) -> tuple[int, float, bool]:
        """The token behind, the number, whether it has decimals."""
        digits = self.words[at]
        end = at + 1
        while len(self.words[at]) <= 3 and (group := self._group_after(end)):
            digits += self.words[group]
            end = group + 1
        if (part := self._decimals_after(end)) is not None:
            return part + 1, float(f"{_as_int(digits)}.{self.words[part][:6]}"), True
        return end, float(_as_int(digits)), False

    def _group_after(self, end: int) -> int:
        """The token of the next three digits of '1 500', '1.500', '1,500'; 0 where none follow."""
        if end >= len(self.tokens):
            return 0
        gap = self.tokens[end].start - self.tokens[end - 1].end
        if self.tokens[end].kind is TokenKind.NUMBER and gap == 1 and self._is_group(end):
            return end
        after = end + 1
        joined = self._joined(end) and self._joined(after) and self._is_group(after)
        return after if joined and self.words[end] in ".,'" and not self._decimal_comma(end, after) else 0

    def _decimal_comma(self, mark: int, group: int) -> bool:
        """'1,500 thousand' outside English is one and a half."""
        return self.words[mark] == "," and self.lang is not Lang.EN and self._scale(group + 1)[1] is not None

    def _is_group(self, at: int) -> bool:
        return (
            self.tokens[at].kind is TokenKind.NUMBER
            and len(self.words[at]) == 3
            and at not in self.blocked
            and not self._letters_follow(at)
        )

    def _letters_follow(self, at: int) -> bool:
        after = at + 1
        return (
            after < len(self.tokens)
            and self.tokens[after].start == self.tokens[at].end
            and self.tokens[after].kind is TokenKind.WORD
            and self.words[after] not in self.known.scales
        )

    def _joined(self, at: int) -> bool:
        """The token is there and touches the one before."""
        return 0 < at < len(self.tokens) and self.tokens[at].start == self.tokens[at - 1].end

    def _decimals_after(self, end: int) -> int | None:
        after = end + 1
        joined = self._joined(end) and self._joined(after) and self.words[end] in ".,"
        return after if joined and self.tokens[after].kind is TokenKind.NUMBER else None

    def _scale(self, last: int) -> tuple[int, float | None]:
        """'тыс.', 'million', 'k'; a letter alone must touch its digits."""
        if last >= len(self.tokens) or self.words[last] not in self.known.scales:
            return last, None
        word = self.words[last]
        if len(word) == 1 and not self._joined(last):
            return last, None
        end = last + 1
        if end < len(self.tokens) and self.words[end] == "." and self._joined(end) and self._goes_on(end + 1):
            end += 1
        return end, self.known.scales[word]

    def _goes_on(self, at: int) -> bool:
        """The full stop of an abbreviation, not of the sentence."""
        return at < len(self.tokens) and self.tokens[at].kind is TokenKind.WORD

    def _suffix(self, last: int) -> int | None:
        """The token behind a counting suffix ('5-ти'), None where what follows makes the digits something else."""
        if not self._joined(last):
            return last
        dash = self.words[last] == "-"
        at = last + 1 if dash else last
        if not (self._joined(at) and self.tokens[at].kind is TokenKind.WORD):
            return last
        word = self.words[at]
        if word in self.known.count_suffixes:
            return at + 1
        if word in self.known.ordinal_suffixes:
            self._no(last - 1, at + 1, "ordinal")
            return None
        if dash and self.tags.has(at, self.names.compound):
            return last
        self._no(last - 1, at + 1, "compound")
        return None

    def _no(self, first: int, last: int, reason: str) -> None:
        self.past = last
        self.rejected.append(Shape(self.tokens[first].start, self.tokens[last - 1].end, reason))

    # Words.

    def _spelled(self, at: int) -> _Value | None:
        start = at
        if self.words[at] in self.known.articles:
            at += 1
            word = self._plain(at)
            if word is None or word.kind not in _AFTER_ARTICLE:
                return None
        word = self._plain(at)
        if word is None:
            return self._lone_scale(at)
        if word.kind is NumberKind.CARDINAL:
            return self._of_collective(self._cardinal(at))
        if word.kind is NumberKind.SEVERAL:
            return self._vague_of(at + 1, _SEVERAL)
        if word.kind is NumberKind.MANY and self._goes_on_as_compound(at):
            return self._cardinal(at)
        if word.kind is NumberKind.MANY:
            return self._vague_of(at + 1, _plural_of(word.value))
        if word.kind in (NumberKind.COUPLE, NumberKind.FIXED):
            return self._of_collective(_Value(at + 1, word.value, word.value, about=True, collective=True))
        if word.kind is NumberKind.HALF:
            return self._half(at, word)
        about = word.value in _TENS
        plain = _Value(at + 1, word.value, word.value, about=about, collective=True)
        return self._of_collective(plain) if start != at or about else self._hundred(at, plain)

    def _hundred(self, at: int, plain: _Value) -> _Value:
        """'hundred', 'thousand' alone: as much, and a compound may go on ('сто двадцать', 'a hundred and two')."""
        value = self._cardinal(at)
        return value if value.last > plain.last else plain

    def _goes_on_as_compound(self, at: int) -> bool:
        """'тысячи двухсот шести': a genitive of one thousand, not thousands."""
        after = self._plain(at + 1)
        return self.words[at] in self.known.scales and after is not None and after.kind is NumberKind.CARDINAL

    def _plain(self, at: int) -> NumberWord | None:
        return self.known.plain.get(self.words[at]) if at < len(self.words) and at not in self.blocked else None

    def _lone_scale(self, at: int) -> _Value | None:
        scale = self.known.scales.get(self.words[at])
        if scale is None or len(self.words[at]) < 4:
            return None
        return _Value(at + 1, scale, scale, collective=True)

    def _half(self, at: int, word: NumberWord) -> _Value | None:
        """'полторы тысячи', 'півтора десятка', 'half a dozen'."""
        after = at + 1
        if after < len(self.words) and self.words[after] in self.known.articles:
            after += 1
        unit = self._unit(after)
        if unit is None:
            return None
        number = word.value * unit
        return _Value(after + 1, number, number, about=unit in _TENS, scaled=True, collective=True)

    def _unit(self, at: int) -> float | None:
        """What a scale or a collective at this token multiplies by."""
        if at >= len(self.words) or at in self.blocked:
            return None
        plain = self.known.plain.get(self.words[at])
        if plain is not None and plain.kind in (NumberKind.COLLECTIVE, NumberKind.MANY):
            return plain.value
        return self.known.scales.get(self.words[at]) if len(self.words[at]) > 1 else None

    def _of_collective(self, value: _Value) -> _Value:
        """'three dozen', 'два десятка', 'пара тысяч'."""
        last = self._past_of(value.last)
        unit = self._unit(last)
        if unit is None or value.scaled:
            return value
        return value._replace(
            last=last + 1,
            low=value.low * unit,
            high=value.high * unit,
            about=value.about or unit in _TENS,
            scaled=True,
            collective=True,
        )

    def _past_of(self, at: int) -> int:
        """Behind 'of' where a collective follows: 'a couple of hundred'."""
        if at + 1 < len(self.words) and self.words[at] in self.known.joins and self._unit(at + 1) is not None:
            return at + 1
        return at

    def _vague_of(self, last: int, span: tuple[float, float]) -> _Value:
        """'several' alone, or 'several hundred', 'десятки тысяч': the vague word of the larger measure, multiplied."""
        low, high = span
        while (unit := self._unit(after := self._past_of(last))) is not None:
            if span == _SEVERAL and low == _SEVERAL[0]:
                low, high = _plural_of(unit)
            else:
                low, high = low * unit, (high + 1) * unit - 1
            last = after + 1
        return _Value(last, low, high)

    def _cardinal(self, at: int) -> _Value:
        """A compound: hundreds, tens, units, each smaller than the one before, and scales."""
        total, group, room = 0.0, 0.0, float("inf")
        start, last, scaled = at, at, False
        while at < len(self.words) and at not in self.blocked:
            word, number = self.words[at], self.known.plain.get(self.words[at])
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
        return _Value(last, value, value, one=value == 1 and last == start + 1, scaled=scaled)

    def _joins(self, at: int, last: int) -> bool:
        """'twenty-five', 'three hundred and fifty': a hyphen or 'and' between parts that go on."""
        if at != last or at + 1 >= len(self.words):
            return False
        hyphen = self.words[at] == "-" and self._joined(at) and self._joined(at + 1)
        joint = (
            hyphen
            and self.known.joins
            or self.words[at] in self.known.joins
            and self.words[at - 1] in self.known.scales
        )
        number = self.known.plain.get(self.words[at + 1])
        if not joint or number is None or number.kind is not NumberKind.CARDINAL:
            return False
        before = self.known.plain.get(self.words[at - 1])
        return before is None or not hyphen or (before.value >= 20 and number.value < 10)

    # Ranges and modifiers.

    def _expression(self, at: int, value: _Value, free: int) -> Number:
        """`free`: the first token that no earlier number has taken."""
        changed = self._change_before(at, free)
        between = not changed and at > free and self.tags.has(at - 1, self.names.between)
        ends = None if changed else self._range(at, value, between=between)
        number = self._plain_number(at, value) if ends is None else self._ranged(at, value, ends, free)
        if number.added:
            return number
        return replace(self._modified(number, free, changed=changed), changed=changed)

    def _plain_number(self, at: int, value: _Value) -> Number:
        first = at - 1 if at and self.words[at - 1] in letters().times and self._joined(at) else at
        exact = value.low == value.high
        bound = Bound.VAGUE if not exact else Bound.ABOUT if value.about else Bound.EXACT
        return Number(
            first=first,
            last=value.last,
            core=(first, value.last),
            low=value.low,
            high=value.high,
            bound=bound,
            modifier=Modifier.ABOUT if bound is Bound.ABOUT else Modifier.NONE,
            digits=value.digits,
            one=value.one,
            added=self._is_added(at),
            year=value.digits and value.last == at + 1 and len(self.words[at]) == 4 and int(value.low) in _YEARS,
            collective=value.collective,
            times=first != at,
            zero_word=value.high == 0 and not value.digits,
        )

    def _is_added(self, at: int) -> bool:
        return at >= 2 and self.words[at - 1] == "+" and self.words[at - 2] == "(" and self._joined(at)

    def _range(self, at: int, value: _Value, *, between: bool) -> _Value | None:
        """The far end of '8-10', 'two or three', 'from 20 to 30', 'between 40 and 50'."""
        after = value.last
        if after + 1 >= len(self.words):
            return None
        word = self.words[after]
        dash = word == "-" and self._dash_joins(after)
        if dash and value.digits and self.tags.longest(after, self.names.victims) is not None:
            return None
        words = self.names.to if at and self.tags.has(at - 1, self.names.opens) else self.names.joins_ends
        if not (dash or self.tags.has(after, words) or (between and self.tags.has(after, self.names.and_))):
            return None
        end = self._value(after + 1)
        if end is None or end.digits != value.digits or end.high <= self._lifted(value, end):
            return None
        return end

    def _dash_joins(self, dash: int) -> bool:
        """A dash without spaces, or with one on each side between digits."""
        before = self.tokens[dash].start - self.tokens[dash - 1].end
        after = self.tokens[dash + 1].start - self.tokens[dash].end
        return before == after and (before == 0 or self.tokens[dash + 1].kind is TokenKind.NUMBER)

    def _lifted(self, value: _Value, end: _Value) -> float:
        """'8-10 thousand' is 8 to 10 thousand."""
        scale = next(
            (self.known.scales[word] for word in self.words[end.last - 2 : end.last] if word in self.known.scales), 1
        )
        return value.low * scale if end.scaled and not value.scaled and value.low < scale else value.low

    def _ranged(self, at: int, value: _Value, end: _Value, free: int) -> Number:
        first = at
        if at > free and self.tags.has(at - 1, self.names.opens | self.names.between):
            first = at - 1
        low = self._lifted(value, end)
        return Number(first, end.last, (at, end.last), low, end.high, Bound.RANGE, digits=value.digits)

    def _change_before(self, at: int, free: int) -> bool:
        """'rose to 89', 'выросло с 63 до 89': the words before are no modifier."""
        if not at or not self.tags.has(at - 1, self.names.change_links):
            return False
        return any(self.tags.longest(back, self.names.change) for back in range(max(0, at - 7), at - 1))

    def _modified(self, number: Number, free: int, *, changed: bool) -> Number:
        first, modifier = self._before(number.first - changed, free, number)
        if modifier is None:
            first = number.first
            if number.bound is Bound.VAGUE and first > free and self.tags.has(first - 1, self.names.many):
                number = replace(number, first=first - 1)
                first -= 1
        last, after = self._after(number.last)
        if modifier is None and after is None:
            return number
        found = after if modifier is None or modifier is Modifier.NONE else modifier
        if found is None:
            return number
        if number.bound is Bound.VAGUE and self._is_singular(first, number, found):
            number = replace(number, low=(number.low or 0) / 2, high=(number.low or 0) / 2, bound=Bound.EXACT)
        return replace(_bounded(number, found), first=first, last=last if after is not None else number.last)

    def _is_singular(self, first: int, number: Number, modifier: Modifier) -> bool:
        """'меньше сотни', 'около тысячи': the genitive of one hundred, not hundreds; 'максимум сотни' are hundreds."""
        word = self.words[number.core[0]]
        alone = number.core[1] == number.core[0] + 1 and word in self.known.singulars
        return alone and first < number.core[0] and not self.tags.has(first, self.names.adverbial)

    def _before(self, first: int, free: int, number: Number) -> tuple[int, Modifier | None]:
        at = first
        if at > free and self.words[at - 1] in _LIKE:
            return at - 1, _LIKE[self.words[at - 1]]
        while at - 1 >= free and (self.words[at - 1] in IGNORED_IN_PHRASES or self.tags.has(at - 1, self.names.more)):
            at -= 1
        for start in range(max(free, at - _LONGEST_MODIFIER), at):
            match = self.tags.longest(start, self.names.before)
            if match is not None and match.last == at and self._modifies(start, match.name, number):
                return start, Modifier(match.name.split(".")[1])
        return first, None

    def _modifies(self, start: int, name: str, number: Number) -> bool:
        """Prepositions that modify only some numbers: 'с десяток' is about ten, 'От 40' at a beginning is 40 or more."""
        if name.endswith(".before_collective"):
            return number.collective
        if name.endswith(".at_start"):
            return start == 0 or not self.words[start - 1].isalnum()
        return True

    def _after(self, last: int) -> tuple[int, Modifier | None]:
        if self._joined(last) and self.words[last] == "+":
            return last + 1, Modifier.AT_LEAST
        match = self.tags.longest(last, self.names.after) if last < len(self.words) else None
        return (last, None) if match is None else (match.last, Modifier(match.name.split(".")[1]))


class _Names(NamedTuple):
    """The classes that the grammar asks for."""

    before: frozenset[str]
    after: frozenset[str]
    opens: frozenset[str]
    to: frozenset[str]
    joins_ends: frozenset[str]
    between: frozenset[str]
    and_: frozenset[str]
    change: frozenset[str]
    change_links: frozenset[str]
    more: frozenset[str]
    outcomes: frozenset[str]
    victims: frozenset[str]
    named_by_number: frozenset[str]
    compound: frozenset[str]
    adverbial: frozenset[str]
    nobody: frozenset[str]
    fractions: frozenset[str]
    many: frozenset[str]

    @classmethod
    def of(cls, tags: Tags) -> "_Names":
        known = tags.lexicon.cached
        found = known.get("numbers")
        if found is None:
            found = known["numbers"] = cls._made(tags)
        return found

    @classmethod
    def _made(cls, tags: Tags) -> "_Names":
        under = tags.lexicon.under
        bounds = under(*(f"bounds.{modifier}" for modifier in Modifier))
        opens, to, either = under("ranges.from"), under("ranges.to"), under("ranges.or")
        return cls(
            before=frozenset(name for name in bounds if ".before" in name or name.endswith(".at_start")),
            after=frozenset(name for name in bounds if name.endswith(".after")),
            opens=opens,
            to=to | either,
            joins_ends=either | under("ranges.bare_to"),
            between=under("ranges.between"),
            and_=under("ranges.and"),
            change=under("change"),
            change_links=opens | to,
            more=under("more"),
            outcomes=under(*_OUTCOMES),
            victims=under("victims"),
            named_by_number=under("named_by_number"),
            compound=under("compound"),
            adverbial=under("adverbial"),
            nobody=under("zero.nobody"),
            fractions=under("fractions"),
            many=under("many"),
        )


def _plural_of(unit: float) -> tuple[float, float]:
    """'hundreds' are 200 to 999."""
    return _DOZENS if unit < 100 else (2 * unit, 10 * unit - 1)


def _bounded(number: Number, modifier: Modifier) -> Number:
    low, high = number.low, number.high
    if modifier in (Modifier.AT_LEAST, Modifier.MORE_THAN):
        return replace(number, low=low, high=None, bound=Bound.AT_LEAST, modifier=modifier)
    if modifier in (Modifier.UP_TO, Modifier.LESS_THAN, Modifier.ALMOST):
        return replace(number, low=None, high=high, bound=Bound.AT_MOST, modifier=modifier)
    if number.bound in (Bound.RANGE, Bound.VAGUE):
        return number
    return replace(number, bound=Bound.ABOUT, modifier=Modifier.ABOUT)


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


def _as_int(digits: str) -> int:
    """At most 15 digits: more is no count, and no text may make a number that takes time to convert."""
    return int(digits[:15])


def spans(document: Document, numbers: Sequence[Number]) -> Iterator[tuple[int, int]]:
    for number in numbers:
        yield document.tokens[number.first].start, document.tokens[number.last - 1].end
