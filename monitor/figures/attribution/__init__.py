"""Who claims each figure: the author, or whoever he names."""

from collections.abc import Sequence

from monitor.figures.attribution.collecting import attributions
from monitor.figures.attribution.covering import Coverage
from monitor.figures.attribution.keys import Keys, keys_of
from monitor.figures.attribution.labels import signature
from monitor.figures.attribution.page import Page
from monitor.figures.attribution.phrases import Phrase, shortened
from monitor.figures.text import Document, TokenKind
from monitor.values import ReadingContext, SpeakerQuote

__all__ = ["speakers_of"]


def speakers_of(doc: Document, spans: Sequence[tuple[int, int]], context: ReadingContext) -> list[SpeakerQuote | None]:
    """One for each span of a number expression, which stand in order; None where the author asserts it himself."""
    if not spans:
        return []
    return Speakers(doc, context).of(spans)


class Speakers:
    """The speakers of one document."""

    def __init__(self, doc: Document, context: ReadingContext) -> None:
        self._page = Page(doc)
        self._context = context
        self._keys: Keys = keys_of(context.speakers)
        self._quotes: dict[Phrase, SpeakerQuote] = {}

    def of(self, spans: Sequence[tuple[int, int]]) -> list[SpeakerQuote | None]:
        found = attributions(self._page, self._is_known)
        coverage = Coverage(self._page, found)
        signed = signature(self._page, self._is_known)
        speakers = []
        for start, _ in spans:
            attribution = coverage.of(self._page.token_at(start))
            source = signed if attribution is None else attribution.source
            speakers.append(None if source is None else self._quote(source))
        return speakers

    def _is_known(self, phrase: Phrase) -> bool:
        return self._keys.begins(self._words(phrase), self._page.lang, self._context.published)

    def _quote(self, source: Phrase) -> SpeakerQuote:
        quote = self._quotes.get(source)
        if quote is None:
            key = self._keys.key_of(self._words(source), self._page.lang, self._context.published)
            quote = self._quotes[source] = SpeakerQuote(self._page.quote(*shortened(self._page, source)), key)
        return quote

    def _words(self, phrase: Phrase) -> list[str]:
        kinds = (TokenKind.WORD, TokenKind.NUMBER)
        tokens = self._page.tokens[phrase.first : phrase.last]
        return [token.text for token in tokens if token.kind in kinds]
