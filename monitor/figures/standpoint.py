"""From whose side a text is told: what 'ours' and 'the enemy' mean in it."""

from collections.abc import Iterator, Sequence

from models.enums import UNKNOWN_SIDE, Lang
from monitor.figures.marked import Found, Marked
from monitor.figures.side_mentions import Mention
from monitor.values import ReadingContext, SpeakerQuote

VOICES = (("ru", "side.voice.ru"), ("ua", "side.voice.ua"))


def voice_of(marked: Marked, context: ReadingContext) -> str:
    """The author's side: the channel's own where it is known, else told by the words that he uses."""
    if context.side != UNKNOWN_SIDE:
        return context.side
    heard = {side: len(marked.found.get(name, ())) for side, name in VOICES}
    if heard["ru"] != heard["ua"]:
        return max(heard, key=lambda side: heard[side])
    return "ua" if marked.doc.lang is Lang.UK else UNKNOWN_SIDE


def spoken(marked: Marked, speakers: Sequence[SpeakerQuote | None]) -> Iterator[Found]:
    """Where the pieces stand that name who speaks."""
    for quote in {speaker.quote for speaker in speakers if speaker is not None}:
        at = marked.doc.raw.find(quote)
        while quote and at >= 0:
            yield marked.tokens_of(at, at + len(quote))
            at = marked.doc.raw.find(quote, at + len(quote))


def side_of_speaker(
    marked: Marked, speaker: SpeakerQuote, mentions: Sequence[Mention], context: ReadingContext
) -> str:
    """By the party or speaker that it is known as, else by the side that its name holds ('Ukrainian officials')."""
    for known in context.speakers:
        if speaker.key is not None and known.key == speaker.key:
            return known.side
    at = marked.doc.raw.find(speaker.quote)
    first, last = marked.tokens_of(at, at + len(speaker.quote))
    named = {mention.side for mention in mentions if first <= mention.first < last}
    return named.pop() if len(named) == 1 else UNKNOWN_SIDE
