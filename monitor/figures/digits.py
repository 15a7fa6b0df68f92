"""Numbers in digits: groups, decimals, scales, suffixes; models, calibres and names with digits are none."""

from typing import Final

from models.enums import Lang
from monitor.figures.lexicon import IGNORED_IN_PHRASES, letters
from monitor.figures.number_values import Reading, Value
from monitor.figures.text import TokenKind

_STREET_WITHIN: Final = 4  # tokens


class Digits(Reading):
    def _belongs_to_a_name(self, at: int) -> bool:
        """'T-72', 'M777', 'COVID-19': a model; but 'x4' is a count, and 'killed-14' a careless dash."""
        before = at - 1
        if before < 0 or self.tokens.ends[before] != self.tokens.starts[at]:
            return False
        if self.tokens.kinds[before] is TokenKind.WORD:
            small = self.raw[self.tokens.starts[before]].islower()
            named = before > 0 and self.words[before - 1].isascii() and self.words[before - 1].isalpha()  # 'BMW X6'
            if self.words[before] in letters().times and not self._touches(before - 1) and (small or not named):
                return False
            self.no(before, at + 1, "model")
            return True
        name = before - 1
        if self.words[before] != "-" or name < 0 or self.tokens.ends[name] != self.tokens.starts[before]:
            return False
        while name > 0 and self.words[name] in "*_" and self.joined(name):
            name -= 1
        if self.tokens.kinds[name] is not TokenKind.WORD or self.tags.has(name, self.names.outcomes):
            return False
        self.no(name, at + 1, "model")
        return True

    def _is_named_by_it(self, at: int) -> bool:
        """'October 24', 'School 5', 'aged 15', 'Arrow 2', and the 200 that is slang for the killed."""
        for begin in (at, at - 1):
            slang = self.slang(begin) if begin >= 0 else None
            if slang is not None and slang.last > at and slang.last > begin + 1:
                self.past = slang.last
                return True
        if self._is_of_a_house(at) or self._is_named_too(at) or self._is_an_age(at):
            self.no(at, at + 1, "name")
            return True
        before = at - 1
        while before >= 0 and self.words[before] in IGNORED_IN_PHRASES:
            before -= 1
        if before < 0 or self.tokens.kinds[before] is not TokenKind.WORD:
            return False
        if at + 1 < len(self.words) and self.tags.longest(at + 1, self.names.victims) is not None:
            return False  # 'in hospital 14 wounded'
        if self.tags.has(before, self.names.named_unless_counted) and self._is_counted(at + 1):
            return False
        people = self._counts_people(at + 1)
        if people and self._ends_a_date(before, at):
            return False
        named = self.tags.has(before, self.names.named_by_number) or (not people and self._is_latin_name(before))
        phrase = self.tags.longest(before - 1, self.names.named_by_number) if before else None
        named = named or (phrase is not None and phrase.last == at) or self._goes_on_dates(at)
        if named:
            ranged = self.joined(at + 1) and self.joined(at + 2) and self.words[at + 1] == "-"
            self.no(at, at + 3 if ranged else at + 1, "name")
        return named

    def _is_counted(self, at: int) -> bool:
        return at < len(self.words) and self.tags.longest(at, self.names.counted) is not None

    def _counts_people(self, at: int) -> bool:
        """'In Redkovo 6 soldiers': no model carries a number of people; one word of no class may stand between."""
        if at >= len(self.words):
            return False
        if self.tags.longest(at, self.names.people) is not None:
            return True
        between = self.tokens.kinds[at] is TokenKind.WORD and not self.tags.classes[at]
        return between and at + 1 < len(self.words) and self.tags.longest(at + 1, self.names.people) is not None

    def _ends_a_date(self, before: int, at: int) -> bool:
        """'On 1 January 63 soldiers': the day stands before the month, so the number behind it is no day."""
        return (
            before > 0
            and len(self.words[at]) < len("2023")
            and self.tokens.kinds[before - 1] is TokenKind.NUMBER
            and self.tags.has(before, self.names.named_by_number)
        )

    def _goes_on_dates(self, at: int) -> bool:
        """'April 9 and 10', 'aged 43 and 51': two days or ages, where nothing countable follows."""
        if at < 3 or self.tokens.kinds[at - 2] is not TokenKind.NUMBER or len(self.words[at]) > 2:
            return False
        if not self.tags.has(at - 1, self.names.and_) or not self.tags.has(at - 3, self.names.named_by_number):
            return False
        return not self._is_counted(at + 1)

    def _is_an_age(self, at: int) -> bool:
        """'the woman was 83', but not 'the woman was one of 83 dead'."""
        before = at - 1
        while before >= 0 and self.tags.has(before, self.names.age_links):
            before -= 1
        counted = at + 1 < len(self.words) and self.tags.has(at + 1, self.names.nouns)
        return 0 <= before < at - 1 and not counted and self.tags.has(before, self.names.aged)

    def _is_named_too(self, at: int) -> bool:
        """'call 112 or 103'."""
        if at < 2 or not self.rejected or not self.tags.has(at - 1, self.names.to):
            return False
        last = self.rejected[-1]
        return last.reason == "name" and last.end == self.tokens.ends[at - 2]

    def _is_of_a_house(self, at: int) -> bool:
        """'Garden Street, 32', but no count of people behind a street."""
        if (
            at < 2
            or self.words[at - 1] != ","
            or (at + 1 < len(self.words) and self.tags.has(at + 1, self.names.nouns))
        ):
            return False
        near = range(at - 2, max(-1, at - 2 - _STREET_WITHIN), -1)
        return any(self.tags.has(back, self.names.street) for back in near)

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
        return at >= 0 and self.tokens.ends[at] == self.tokens.starts[at + 1] and self.words[at].isalnum()

    def digits_at(self, at: int) -> Value | None:
        if self._belongs_to_a_name(at) or self._is_named_by_it(at):
            return None
        last, number, decimal = self._grouped(at)
        last, scale = self.scale(last)
        if scale is None:
            after = self._suffix(last)
            if after is None:
                return None
            last = after
            if decimal:
                self.no(at, last, "decimal")
                return None
            last, scale = self.scale(last)
        value = Value(last, number * (scale or 1), number * (scale or 1), digits=True, scaled=scale is not None)
        return self.of_collective(value)

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
        gap = self.tokens.starts[end] - self.tokens.ends[end - 1]
        if self.tokens.kinds[end] is TokenKind.NUMBER and gap == 1 and self._is_group(end):
            return end
        after = end + 1
        joined = self.joined(end) and self.joined(after) and self._is_group(after)
        return after if joined and self.words[end] in ".,'" and not self._decimal_comma(end, after) else 0

    def _decimal_comma(self, mark: int, group: int) -> bool:
        """'1,500 thousand' outside English is one and a half."""
        return self.words[mark] == "," and self.lang is not Lang.EN and self.scale(group + 1)[1] is not None

    def _is_group(self, at: int) -> bool:
        return (
            self.tokens.kinds[at] is TokenKind.NUMBER
            and len(self.words[at]) == 3
            and at not in self.blocked
            and not self._letters_follow(at)
        )

    def _letters_follow(self, at: int) -> bool:
        after = at + 1
        return (
            after < len(self.tokens)
            and self.tokens.starts[after] == self.tokens.ends[at]
            and self.tokens.kinds[after] is TokenKind.WORD
            and self.words[after] not in self.known.scales
        )

    def _decimals_after(self, end: int) -> int | None:
        after = end + 1
        joined = self.joined(end) and self.joined(after) and self.words[end] in ".,"
        return after if joined and self.tokens.kinds[after] is TokenKind.NUMBER else None

    def _suffix(self, last: int) -> int | None:
        """The token behind a counting suffix, None where what follows makes the digits something else."""
        if not self.joined(last):
            return last
        dash = self.words[last] == "-"
        at = last + 1 if dash else last
        if not (self.joined(at) and self.tokens.kinds[at] is TokenKind.WORD):
            return last
        word = self.words[at]
        if word in self.known.count_suffixes:
            return at + 1
        if word in self.known.ordinal_suffixes:
            self.no(last - 1, at + 1, "ordinal")
            return None
        if self.tags.has(at, self.names.compound if dash else self.names.nouns):
            return last  # '603drones': a space left out
        self.no(last - 1, at + 1, "compound")
        return None


def _as_int(digits: str) -> int:
    """At most 15 digits: more is no count, and no text may make a number that takes time to convert."""
    return int(digits[:15])
