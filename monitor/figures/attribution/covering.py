"""Which attribution covers which token: painted once over the page, so that the work grows with the text alone."""

import sys
from dataclasses import dataclass, replace
from typing import Final

from monitor.figures.attribution.page import NUMBER, QUOTE, WORD, Page, Unit, bit
from monitor.figures.attribution.values import Attribution, Kind

LONGEST_CARRY: Final = 12  # sentences
LONGEST_REPORT: Final = 40
REPORT_PARAGRAPHS: Final = 2
_ADDITIVE: Final = bit("additive")


@dataclass(frozen=True, slots=True)
class Carried:
    """Who spoke last; `unit`: where he was last heard, `since`: where he was named. `report`: the whole post is his; `trailing`: named behind what he said."""

    attribution: Attribution
    unit: Unit
    since: int
    paragraph: int
    trailing: bool
    report: bool

    @property
    def reach(self) -> int:
        if self.attribution.kind is Kind.LABEL:
            return sys.maxsize
        return LONGEST_REPORT if self.report else LONGEST_CARRY

    def with_unit(self, unit: Unit) -> "Carried":
        return replace(self, unit=unit, trailing=False)


class Coverage:
    """`ahead[i]` covers token i from before it, `back[i]` from behind it, `over[i]` from another sentence."""

    def __init__(self, page: Page, attributions: list[list[Attribution]]) -> None:
        self._page = page
        size = len(page.words)
        self._ahead: list[Attribution | None] = [None] * size
        self._back: list[Attribution | None] = [None] * size
        self._over: list[Attribution | None] = [None] * size
        self._summed = 0
        for unit, found in zip(page.units, attributions, strict=True):
            self._within(unit, found)
        self._across(attributions)

    def of(self, at: int) -> Attribution | None:
        ahead, back = self._ahead[at], self._back[at]
        if ahead is None or (ahead.weak and back is not None and not back.weak):
            return back or ahead or self._over[at]
        return ahead

    def _within(self, unit: Unit, found: list[Attribution]) -> None:
        done = unit.first
        for at, attribution in enumerate(found):
            if attribution.forward:
                behind = next((each.first for each in found[at + 1 : at + 2] if each.forward), unit.last)
                behind = self._cell_end(attribution.last, behind)
                self._ahead[attribution.first : behind] = [attribution] * (behind - attribution.first)
                self._quoted_behind(attribution, unit)
            if attribution.backward:
                done = max(done, *(each.first for each in found[max(0, at - 1) : at]), done)
                start = self._quoted_before(attribution, done)
                self._back[start : attribution.first] = [attribution] * (attribution.first - start)
                done = attribution.last
        for attribution in found:
            if attribution.sums:
                self._sum(unit, attribution)

    def _cell_end(self, first: int, last: int) -> int:
        """A table keeps every cell to itself, a bracket what is said in it."""
        depth = 0
        for at in range(first, last):
            word = self._page.words[at]
            depth += (word == "(") - (word == ")")
            if word == "|" or depth < 0:
                return at
        return last

    def _quoted_before(self, attribution: Attribution, done: int) -> int:
        """Direct speech before the verb reaches back to where its quotation mark opens."""
        at = attribution.first
        while at > done and not self._page.marks[at - 1] & (WORD | NUMBER | QUOTE):
            at -= 1
        opener = self._page.partner.get(at - 1, at) if at else 0
        return max(self._summed, opener) if opener < done else done

    def _quoted_behind(self, attribution: Attribution, unit: Unit) -> None:
        """Direct speech behind the verb reaches over the sentences up to where its quotation mark closes."""
        for at in range(attribution.last, min(unit.last, attribution.last + 4)):
            closer = self._page.partner.get(at, at)
            if closer > unit.last and self._over[at] is None:
                self._over[unit.last : closer] = [attribution] * (closer - unit.last)
                return

    def _sum(self, unit: Unit, attribution: Attribution) -> None:
        """'This was reported by' covers the sentences before it that nobody else said."""
        for at in range(self._summed, unit.first):
            if self._over[at] is None:
                self._over[at] = attribution
        self._summed = unit.last

    def _across(self, attributions: list[list[Attribution]]) -> None:
        """Whoever spoke goes on speaking until another does, or until the author takes over."""
        carried: Carried | None = None
        reporter: Attribution | None = None
        opened = False
        for unit, found in zip(self._page.units, attributions, strict=True):
            if carried is not None and not self._goes_on(carried, unit, found):
                carried = None
            if carried is not None:
                self._lay_over(unit, carried.attribution)
                carried = carried.with_unit(unit)
            if found:
                carried = self._carries(unit, found, reporter, opening=not opened)
                reporter = carried.attribution if carried is not None and carried.report else reporter
            opened = opened or any(self._page.marks[at] & WORD for at in range(unit.first, unit.last))

    def _lay_over(self, unit: Unit, carried: Attribution) -> None:
        for at in range(unit.first, unit.last):
            if self._over[at] is None:
                self._over[at] = carried

    def _goes_on(self, carried: Carried, unit: Unit, found: list[Attribution]) -> bool:
        if found and found[0].kind is not Kind.CITED:
            return False
        if self._begins_anew(carried.unit, unit) or unit.number - carried.since > carried.reach:
            return False
        if carried.report:
            return carried.attribution.kind is Kind.LABEL or unit.paragraph - carried.paragraph <= REPORT_PARAGRAPHS
        if unit.paragraph != carried.unit.paragraph:
            return False
        return not carried.trailing or self._adds(unit)

    def _begins_anew(self, before: Unit, unit: Unit) -> bool:
        """The next cell of a table, a heading, the next item of a list whose last item named its own speaker."""
        words = self._page.words
        if words[unit.first] == "|" or words[unit.first : unit.first + 2] == ["#", "#"]:
            return True
        return not self._page.marks[unit.first] & (WORD | QUOTE) and self._item(before) == self._item(unit)

    def _item(self, unit: Unit) -> str:
        """The mark of a list item; all numbers are one."""
        first = unit.first
        return "1" if self._page.marks[first] & NUMBER else self._page.words[first]

    def _adds(self, unit: Unit) -> bool:
        """'Besides', 'also': the sentence goes on with what was said."""
        for at in range(unit.first, min(unit.last, unit.first + 3)):
            if self._page.marks[at] & NUMBER:
                return self._page.words[at + 1 : at + 2] == ["-"]
            if self._page.marks[at] & WORD:
                return bool(self._page.marks[at] & _ADDITIVE)
        return False

    def _carries(
        self, unit: Unit, found: list[Attribution], reporter: Attribution | None, *, opening: bool
    ) -> Carried | None:
        last = found[-1]
        if last.kind is Kind.VAGUE or last.source is None:
            return None
        trailing = last.sums or (last.backward and last.kind is not Kind.FRAME)
        report = last.kind is Kind.LABEL or (opening and (not trailing or (unit.headline and self._presents(last))))
        again = reporter is not None and reporter.source == last.source
        return Carried(last, unit, unit.number, unit.paragraph, trailing=trailing, report=report or again)

    def _presents(self, attribution: Attribution) -> bool:
        """'Two injured - the governor' on top of his report; an unnamed source only lends the headline."""
        if attribution.source is None:
            return False
        return not self._page.marks[attribution.source.first] & bit("sources")
