"""Numbers that are no figures wherever they stand: years, ratios, conjunctions, what is only planned."""

from collections.abc import Sequence
from typing import Final

from models.enums import PEOPLE
from monitor.figures.nouns import Noun, NounKind
from monitor.figures.numbers import Number
from monitor.figures.place_words import CLOSING_QUOTES, OPENING_QUOTES
from monitor.figures.scene import Scene

_PLANNED_WITHIN: Final = 8  # tokens
_LATEST_MAKE: Final = 10
_APPOSED: Final = 4
_STOCK_WITHIN: Final = 12


class Screening:
    def __init__(self, scene: Scene, nouns: Sequence[Noun]) -> None:
        self.scene = scene
        self.nouns = nouns

    def reason(self, index: int, noun: Noun) -> str | None:
        """Why this number is none, None where it may be one; asked after the figure before has been tried."""
        number = self.scene.numbers[index]
        if number.one and (self._is_no_number(number, noun) or self._is_alone(number, noun)):
            return "one as a word"
        if self._is_conjunction(number):
            return "both as a conjunction"
        if self._is_hypothetical(number):
            return "hypothetical"
        if self._is_priced(index, noun):
            return "price"
        return "ratio" if self._is_ratio(index) else None

    def _is_of_a_make(self, number: Number) -> bool:
        """'tanks of the make Leopard 2'."""
        small = number.digits and number.high is not None and number.high <= _LATEST_MAKE
        return small and self.scene.tags.has(number.first - 1, self.scene.names.makes)

    def _is_quoted_model(self, number: Number) -> bool:
        """'bombs of the make "KAB - 250"'."""
        words, first = self.scene.words, number.first
        if first < 3 or number.last >= len(words) or words[first - 1] != "-":
            return False
        return words[first - 3] in OPENING_QUOTES and words[number.last] in CLOSING_QUOTES

    def _is_size_of_a_unit(self, number: Number, noun: Noun) -> bool:
        """'the 126th brigade, a unit of 2,000 soldiers, suffered losses': how many it has."""
        scene, unit = self.scene, number.first - 2
        if unit < 1 or not scene.tags.has(unit + 1, scene.names.of) or noun.last >= len(scene.words):
            return False
        opens = any(scene.words[at] == "," for at in range(max(0, unit - _APPOSED), unit))
        return opens and scene.words[noun.last] == "," and scene.tags.has(unit, scene.names.army_units)

    def _is_stock(self, number: Number, noun: Noun) -> bool:
        """'which reduced the number of militants in the city to 250': how many are left."""
        scene, first = self.scene, number.first
        if noun.before and noun.victim is None and noun.object in PEOPLE:
            near = range(max(0, noun.first - 2), noun.first)
            return any(scene.tags.longest(at, scene.names.stock) for at in near)
        if noun.kind is not NounKind.NONE:
            return False
        for at in range(first - 1, max(-1, first - _STOCK_WITHIN), -1):
            if not scene.same_sentence(at, first) or scene.tags.longest(at, scene.names.mentions) is not None:
                return False
            if scene.tags.longest(at, scene.names.stock) is not None:
                return True
        return False

    def _is_priced(self, index: int, noun: Noun) -> bool:
        """'1 drone - 19,000 dollars': what it costs, not what became of it."""
        if index + 1 >= len(self.nouns) or self.nouns[index + 1].reason != "money" or noun.before:
            return False
        numbers = self.scene.numbers
        gap = self.scene.words[max(numbers[index].last, noun.last) : numbers[index + 1].first]
        return gap in (["-"], ["="])

    def first_reason(self, number: Number, noun: Noun) -> str | None:
        if (reason := self._is_of_a_share(number, noun)) is not None:
            return reason
        if self._is_excepted(number):
            return "exception"
        if noun.kind in (NounKind.ABSORBED, NounKind.OTHER):
            return noun.reason
        if self._is_quoted_model(number) or self._is_of_a_make(number):
            return "model"
        if self._is_size_of_a_unit(number, noun) or self._is_stock(number, noun):
            return "silence: presence"
        if number.year and self._is_year(number, noun):
            return "year"
        if self._ends_a_time(number):
            return "time"
        if number.zero_word and (noun.kind is NounKind.NONE or (noun.before and noun.victim is None)):
            return "zero as a word"
        if noun.kind is NounKind.NONE and number.digits and self._is_degree(number):
            return "nothing counted"
        return None

    def _ends_a_time(self, number: Number) -> bool:
        """'a week or two', with a hyphen in Slavic languages."""
        dash = number.first - 1
        if dash < 1 or self.scene.words[dash] != "-" or number.digits:
            return False
        tokens = self.scene.tokens
        joined = tokens.ends[dash - 1] == tokens.starts[dash] and tokens.ends[dash] == tokens.starts[number.first]
        return joined and self.scene.tags.has(dash - 1, self.scene.names.time)

    def _is_degree(self, number: Number) -> bool:
        """'worked out at 5+', 'up by 20': behind a preposition that no count stands behind."""
        before = number.first - 1
        return before >= 0 and not number.changed and self.scene.tags.has(before, self.scene.names.bare_after)

    def _is_excepted(self, number: Number) -> bool:
        """'all but 12 were shot down'."""
        matches = (
            self.scene.tags.longest(at, self.scene.names.except_)
            for at in range(max(0, number.first - 2), number.first)
        )
        return any(match is not None and match.last == number.first for match in matches)

    def _is_of_a_share(self, number: Number, noun: Noun) -> str | None:
        """'none of the 12 sailors was hurt', 'half of the 40 tanks were destroyed'."""
        scene, names = self.scene, self.scene.names
        before = next((at for at in (number.first - 1, number.first - 2) if at > 0 and scene.tags.has(at, names.of)), 0)
        if not before:
            return None
        if any(_ends_at(scene, at, before) for at in range(max(0, before - 3), before)):
            return "of none"
        share = scene.words[before - 1] == "%" or scene.tags.has(before - 1, names.fractions)
        said = any(
            each.first == noun.last and not scene.tags.has(each.first, names.intransitive)
            for each in scene.mentions_after(noun.last, 1)
        )  # 'half of the 40 tanks destroyed so far'
        return "of a share" if share and noun.victim is None and not said else None

    def _is_year(self, number: Number, noun: Noun) -> bool:
        """'in 2022', also before a noun; a bare one behind a dash may be a count."""
        before, names = number.first - 1, self.scene.names
        if before >= 0 and self.scene.tags.has(before, names.prepositions | names.before_years):
            return True
        return noun.kind is NounKind.NONE or (noun.before and self.scene.words[before] not in "-:")

    def _is_no_number(self, number: Number, noun: Noun) -> bool:
        """'one of them', 'one after the other'."""
        scene, after = self.scene, number.last
        whole = {after + 1, after + 2} & scene.number_of.keys()
        if after < len(scene.words) and scene.tags.has(after, scene.names.of) and not whole:
            return number.low is not None and number.high is not None
        joined = after < len(scene.words) and scene.tags.has(after, scene.names.and_)
        if joined and any(each.last == number.first for each in scene.mentions_before(number.first, 1)):
            return False  # 'killing one and wounding four'
        return noun.kind is not NounKind.COUNTED and joined

    def _is_alone(self, number: Number, noun: Noun) -> bool:
        """'in one region alone', where no noun of a list follows."""
        after = number.last
        return (
            noun.kind is not NounKind.COUNTED
            and after < len(self.scene.words)
            and self.scene.tags.has(after, self.scene.names.merely)
        )

    def _is_conjunction(self, number: Number) -> bool:
        """'both rebels and soldiers'."""
        scene = self.scene
        if not scene.tags.has(number.core[0], scene.names.both):
            return False
        behind = range(number.last, min(len(scene.words), number.last + 5))
        return any(scene.tags.has(at, scene.names.and_) for at in behind)

    def _is_ratio(self, index: int) -> bool:
        """'1000 for 1000'."""
        numbers, scene = self.scene.numbers, self.scene
        for one, other in ((index, index + 1), (index - 1, index)):
            if one < 0 or other >= len(numbers):
                continue
            gap = range(numbers[one].last, numbers[other].first)
            same = numbers[one].low == numbers[other].low
            part = len(gap) == 1 and scene.tags.has(gap[0], scene.names.of)  # 'all 15 of 15'
            if len(gap) == 1 and same and not part and scene.tags.has(gap[0], scene.names.prepositions):
                return True
        return False

    def _is_hypothetical(self, number: Number) -> bool:
        scene = self.scene
        first = max(0, number.first - _PLANNED_WITHIN)
        return any(
            scene.tags.longest(at, scene.names.hypothetical)
            for at in range(first, number.first)
            if scene.same_sentence(at, number.first)
        )


def _ends_at(scene: Scene, at: int, end: int) -> bool:
    """'none', 'not one' from a token on to another."""
    match = scene.tags.longest(at, scene.names.nobody)
    return match is not None and match.last == end
