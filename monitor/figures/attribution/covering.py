"""Which attribution covers which token: painted once over the page, so that the work grows with the text alone."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from monitor.figures.attribution.marks import NUMBER, PRONOUN, QUOTE, WORD, bit
from monitor.figures.attribution.page import SKIPPED, Page, Phrase
from monitor.figures.attribution.units import Unit
from monitor.figures.attribution.values import Attribution, Kind

_ADDITIVE: Final = bit("additive")
_SOURCE: Final = bit("sources")
_SAID: Final = WORD | NUMBER | QUOTE
_LONGEST_CARRY: Final = 12  # sentences
_LONGEST_REPORT: Final = 40
_REPORT_PARAGRAPHS: Final = 2
_QUOTE_WITHIN: Final = 4
_NUMBERED: Final = "1."
_ADDS_WITHIN: Final = 3


@dataclass(frozen=True, slots=True)
class Carried:
    """Who spoke last, in `unit`; `heard`: where his words were last. `report`: the post is his; `trailing`: he was
    named behind his words."""

    attribution: Attribution
    unit: Unit
    heard: Unit
    trailing: bool
    report: bool

    @property
    def reach(self) -> int:
        """For how many sentences he goes on."""
        if self.attribution.kind is Kind.LABEL:
            return sys.maxsize
        return _LONGEST_REPORT if self.report else _LONGEST_CARRY


class Coverage:
    """`_ahead[i]` covers token i from before it, `_back[i]` from behind it, `_over[i]` from another sentence."""

    def __init__(self, page: Page, units: Sequence[Unit], attributions: Sequence[list[Attribution]]) -> None:
        size = len(page.words)
        self._page = page
        self._ahead: list[Attribution | None] = [None] * size
        self._back: list[Attribution | None] = [None] * size
        self._over: list[Attribution | None] = [None] * size
        self._summed = 0
        for unit, found in zip(units, attributions, strict=True):
            self._within(unit, found)
        self._across(units, attributions)

    def of(self, at: int) -> Attribution | None:
        """Whose clause it is goes before whoever is named behind it; a medium yields to whom it relays."""
        ahead, back = self._ahead[at], self._back[at]
        if ahead is None or (ahead.weak and back is not None and not back.weak):
            return back or ahead or self._over[at]
        return ahead

    def _within(self, unit: Unit, found: list[Attribution]) -> None:
        done = unit.first
        for at, attribution in enumerate(found):
            if attribution.forward:
                following = found[at + 1] if at + 1 < len(found) else None
                end = unit.last if following is None else self._clause_end(attribution, following, unit)
                self._paint_ahead(attribution, unit, self._cell_end(attribution.last, end))
            if attribution.backward:
                done = max(done, found[at - 1].first) if at else done
                start = self._quoted_before(attribution, done)
                self._back[start : attribution.first] = [attribution] * (attribution.first - start)
                done = attribution.last
        for attribution in found:
            if attribution.sums:
                self._sum(unit, attribution)

    def _clause_end(self, attribution: Attribution, following: Attribution, unit: Unit) -> int:
        """Where the words of the next one begin; one that is named behind them takes his clause from a semicolon on."""
        if following.backward:
            clauses = range(following.first - 1, attribution.last, -1)
            semicolon = next((at for at in clauses if self._page.words[at] == ";"), None)
            if semicolon is not None:
                return semicolon
        return following.first if following.forward else unit.last

    def _paint_ahead(self, attribution: Attribution, unit: Unit, end: int) -> None:
        """To the end of its clause, and of the direct speech that begins there."""
        self._ahead[attribution.first : end] = [attribution] * max(0, end - attribution.first)
        for at in range(attribution.last, min(unit.last, attribution.last + _QUOTE_WITHIN)):
            closer = self._page.partner.get(at, at)
            if closer > unit.last and self._over[unit.last] is None:
                self._over[unit.last : closer] = [attribution] * (closer - unit.last)
                return

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
        while at > done and not self._page.marks[at - 1] & _SAID:
            at -= 1
        opener = self._page.partner.get(at - 1, at) if at else 0
        return max(self._summed, opener) if opener < done else done

    def _sum(self, unit: Unit, attribution: Attribution) -> None:
        """'This was reported by' covers the sentences before it that nobody else said."""
        for at in range(self._summed, unit.first):
            if self._over[at] is None:
                self._over[at] = attribution
        self._summed = unit.last

    def _across(self, units: Sequence[Unit], attributions: Sequence[list[Attribution]]) -> None:
        """Whoever spoke goes on speaking until another does, or until the author takes over."""
        carried: Carried | None = None
        reporter: Attribution | None = None
        opening = True
        for unit, found in zip(units, attributions, strict=True):
            if carried is not None:
                carried = self._gone_on(carried, unit, found)
            if found:
                carried = self._carries(unit, found, reporter, opening=opening)
                reporter = carried.attribution if carried is not None and carried.report else reporter
            opening = opening and not self._page.any(unit.first, unit.last, WORD)

    def _gone_on(self, carried: Carried, unit: Unit, found: list[Attribution]) -> Carried | None:
        if not self._goes_on(carried, unit, found):
            return None
        for at in range(unit.first, unit.last):
            if self._over[at] is None:
                self._over[at] = carried.attribution
        return replace(carried, heard=unit, trailing=False)

    def _goes_on(self, carried: Carried, unit: Unit, found: list[Attribution]) -> bool:
        if found and found[0].kind is not Kind.CITED:
            return False
        if self._begins_anew(carried, unit) or unit.number - carried.unit.number > carried.reach:
            return False
        if carried.attribution.kind is Kind.LABEL:
            return True
        if carried.report:
            return unit.paragraph - carried.unit.paragraph <= _REPORT_PARAGRAPHS
        return unit.paragraph == carried.heard.paragraph and (not carried.trailing or self._adds(unit))

    def _begins_anew(self, carried: Carried, unit: Unit) -> bool:
        """The next cell of a table, a heading, the next item of a list whose last item named its own speaker."""
        mark, words = self._item(unit), self._page.words
        if mark == _NUMBERED:
            return not carried.report and self._page.words[carried.unit.last - 1] != ":"  # 'The governor said: 1. ...'
        if mark == "|" or words[unit.first : unit.first + 2] == ["#", "#"]:
            return True
        return mark is not None and mark == self._item(carried.unit)

    def _item(self, unit: Unit) -> str | None:
        """The mark of a list item; all numbers are one, and so are those with a full stop or a bracket behind."""
        first = next((at for at in range(unit.first, unit.last) if self._page.words[at] not in SKIPPED), None)
        if first is None or self._page.marks[first] & (WORD | QUOTE):
            return None
        if self._page.marks[first] & NUMBER:
            return _NUMBERED if self._page.words[first + 1 : first + 2] in (["."], [")"]) else "1"
        return self._page.words[first]

    def _adds(self, unit: Unit) -> bool:
        """'Besides', 'also', '20 - over Kursk': the sentence goes on with what was said."""
        for at in range(unit.first, min(unit.last, unit.first + _ADDS_WITHIN)):
            if self._page.marks[at] & NUMBER:
                return self._page.words[at + 1 : at + 2] == ["-"]
            if self._page.marks[at] & WORD:
                return bool(self._page.marks[at] & _ADDITIVE)
        return False

    def _is_somebody(self, source: Phrase) -> bool:
        """'They said Kyiv would fall': whoever they are, the next sentence is the author's."""
        return source.last - source.first == 1 and bool(self._page.marks[source.first] & PRONOUN)

    def _carries(
        self, unit: Unit, found: list[Attribution], reporter: Attribution | None, *, opening: bool
    ) -> Carried | None:
        last = found[-1]
        if last.source is None or self._is_somebody(last.source):
            return None
        trailing = last.sums or (last.backward and last.kind is not Kind.FRAME)
        presents = opening and (not trailing or (unit.headline and not self._page.marks[last.source.first] & _SOURCE))
        again = reporter is not None and reporter.source == last.source
        report = last.kind is Kind.LABEL or presents or again
        return Carried(last, unit, unit, trailing=trailing, report=report)
