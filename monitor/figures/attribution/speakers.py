"""The speakers of a document's figures, and which parties they are."""

from collections.abc import Sequence
from functools import cached_property

from monitor.figures.attribution.collecting import attributions
from monitor.figures.attribution.covering import Coverage
from monitor.figures.attribution.keys import keys_of
from monitor.figures.attribution.marks import NUMBER, WORD
from monitor.figures.attribution.page import Page, Phrase
from monitor.figures.attribution.phrases import shortened
from monitor.figures.attribution.signatures import signature
from monitor.figures.attribution.units import units
from monitor.figures.text import Document
from monitor.values import ReadingContext, SpeakerQuote


def speakers_of(doc: Document, spans: Sequence[tuple[int, int]], context: ReadingContext) -> list[SpeakerQuote | None]:
    """One for each span of a number expression, which stand in order; None where the author asserts it himself."""
    return _Speakers(doc, context).of(spans) if spans else []


class _Speakers:
    def __init__(self, doc: Document, context: ReadingContext) -> None:
        self._page = Page(doc)
        self._published = context.published
        self._keys = keys_of(context.speakers)
        self._quotes: dict[Phrase, SpeakerQuote] = {}

    def of(self, spans: Sequence[tuple[int, int]]) -> list[SpeakerQuote | None]:
        sentences = units(self._page)
        coverage = Coverage(self._page, sentences, attributions(self._page, sentences, self._is_known))
        return [self._speaker(coverage, start) for start, _ in spans]

    def _speaker(self, coverage: Coverage, start: int) -> SpeakerQuote | None:
        attribution = coverage.of(self._page.token_at(start))
        source = self._signature if attribution is None else attribution.source
        return None if source is None else self._quoted(source)

    @cached_property
    def _signature(self) -> Phrase | None:
        return signature(self._page, self._is_known)

    def _is_known(self, phrase: Phrase) -> bool:
        return self._keys.begins(self._words(phrase), self._page.lang, self._published)

    def _quoted(self, source: Phrase) -> SpeakerQuote:
        if source not in self._quotes:
            key = self._keys.key_of(self._words(source), self._page.lang, self._published)
            self._quotes[source] = SpeakerQuote(self._page.quote(shortened(self._page, source)), key)
        return self._quotes[source]

    def _words(self, phrase: Phrase) -> list[str]:
        marks, words = self._page.marks, self._page.words
        return [words[at] for at in range(phrase.first, phrase.last) if marks[at] & (WORD | NUMBER)]
