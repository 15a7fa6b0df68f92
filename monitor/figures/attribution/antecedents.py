"""Who was named before: what 'he', 'there' and a bare 'the governor' point back to."""

from typing import Final

from monitor.figures.attribution.marks import CAPITAL, PERSON, PRONOUN, SPEAKER, WORD, bit, endings
from monitor.figures.attribution.page import Page, Phrase
from monitor.figures.attribution.phrases import right_edge
from monitor.figures.attribution.units import Unit
from monitor.figures.attribution.values import Attribution, Kind

_GENERIC_BODY: Final = bit("generic.bodies")
_GENERIC: Final = bit("generic.people", "generic.bodies")
_POINTS_BACK: Final = PRONOUN | bit("there", "possessives")
_BODY: Final = bit("bodies")
_NO_PERSON: Final = bit("bodies", "media")


class Antecedents:
    """`_last`: who spoke last; `_named`: the last with a name; `_before`: the sentence before; `_headline`: a person
    whose name alone stands above the report ('Two injured - Sobyanin')."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._last: Phrase | None = None
        self._named: Phrase | None = None
        self._before: Unit | None = None
        self._headline: Phrase | None = None

    def resolve(self, attribution: Attribution) -> None:
        """Put the one that is meant in the place of 'he'."""
        source = attribution.source
        if source is None:
            return
        meant = self._meant(source)
        if meant is not None:
            attribution.source = self._last = meant
            return
        self._last = source
        if self._has_name(source):
            self._named = source
        if attribution.kind in (Kind.LABEL, Kind.DASH) and self._is_bare_name(source):
            self._headline = source

    def passed(self, unit: Unit) -> None:
        self._before = unit

    def _topic(self) -> Phrase | None:
        """A sentence that opens with a person or a body may be what the next one's 'he' means."""
        if self._before is None:
            return None
        first, last = self._before.first, self._before.last
        start = next((at for at in range(first, last) if self._page.marks[at] & WORD), last)
        if start == last or not self._page.marks[start] & SPEAKER:
            return None
        return Phrase(start, right_edge(self._page, start, last))

    def _meant(self, source: Phrase) -> Phrase | None:
        marks = self._page.marks[source.first : source.last]
        if len(marks) == 1 and marks[0] & _POINTS_BACK:
            return self._last or self._topic()
        if self._headline is not None and marks[0] & PERSON and not self._has_person(source):
            return self._headline
        bare = any(mark & _GENERIC for mark in marks) and not self._has_name(source)
        return self._named if bare and self._fits(marks) else None

    def _fits(self, marks: list[int]) -> bool:
        """A bare 'ministry' points to a body, a bare 'governor' to a person."""
        if self._named is None:
            return False
        if any(mark & _GENERIC_BODY for mark in marks):
            return self._page.any(self._named.first, self._named.last, _BODY)
        return not self._page.marks[self._named.first] & _NO_PERSON and self._may_hold(self._named)

    def _may_hold(self, named: Phrase) -> bool:
        """An office: a man without a title, or with a general one; no ambassador is 'the governor' of the next line."""
        titles = [mark for mark in self._page.marks[named.first : named.last] if mark & PERSON]
        return not titles or any(mark & _GENERIC for mark in titles)

    def _has_name(self, source: Phrase) -> bool:
        """A capital that is not there because a sentence begins."""
        page = self._page
        if page.any(source.first + 1, source.last, CAPITAL):
            return True
        first = source.first
        opens = first == 0 or page.words[first - 1] in ("\n", ".")
        return bool(page.marks[first] & CAPITAL) and not (page.marks[first] & SPEAKER and opens)

    def _is_bare_name(self, source: Phrase) -> bool:
        marks = self._page.marks[source.first : source.last]
        return all(mark & CAPITAL and not mark & SPEAKER for mark in marks) and self._has_person(source)

    def _has_person(self, source: Phrase) -> bool:
        return any(self._is_person(at) for at in range(source.first, source.last))

    def _is_person(self, at: int) -> bool:
        """A capital that is neither a title, a body, an abbreviation nor the adjective of a region."""
        page = self._page
        if not page.marks[at] & CAPITAL or page.marks[at] & SPEAKER or page.raw_word(at).isupper():
            return False
        adjective = page.words[at].endswith(endings(page.lang, "adjectives"))
        return not adjective or page.words[at].endswith(endings(page.lang, "surnames"))
