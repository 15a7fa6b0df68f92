"""From whose side a text is told: what 'ours' and 'the enemy' mean in it."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from models.enums import UNKNOWN_SIDE, Lang
from monitor.figures.administered import administering_side
from monitor.figures.marked import Found, Marked
from monitor.figures.side_mentions import ENEMY, OURS, Mention
from monitor.places import gazetteer
from monitor.values import ReadingContext, SpeakerQuote

VOICES: Final = {"ru": "side.voice.ru", "ua": "side.voice.ua"}
PROMINENT: Final = 7  # of the gazetteer: smaller places share their names with people


def voice_of(marked: Marked, context: ReadingContext) -> str:
    """The author's side: the channel's own where it is known, else told by the words that he uses."""
    if context.side != UNKNOWN_SIDE:
        return context.side
    heard = {side: len(marked.found.get(name, ())) for side, name in VOICES.items()}
    if heard["ru"] != heard["ua"]:
        return max(heard, key=lambda side: heard[side])
    return "ua" if marked.doc.lang is Lang.UK else UNKNOWN_SIDE


def spoken(marked: Marked, speakers: Sequence[SpeakerQuote | None]) -> Iterator[Found]:
    """Where the pieces stand that name who speaks."""
    for quote in {speaker.quote for speaker in speakers if speaker is not None and speaker.quote}:
        at = marked.doc.raw.find(quote)
        while at >= 0:
            yield marked.tokens_of(at, at + len(quote))
            at = marked.doc.raw.find(quote, at + len(quote))


def side_of_speaker(marked: Marked, speaker: SpeakerQuote, mentions: Sequence[Mention], context: ReadingContext) -> str:
    """The side of the party that it is known as, else the one that its name holds: by name or by place."""
    for known in context.speakers:
        if speaker.key is not None and known.key == speaker.key:
            return known.side
    at = marked.doc.raw.find(speaker.quote)
    first, last = marked.tokens_of(at, at + len(speaker.quote))
    for mention in mentions:
        if first <= mention.first < last and mention.side not in (ENEMY, OURS):
            return mention.side
    return next(sides_of_places(marked, range(first, last), context), UNKNOWN_SIDE)


def sides_of_places(marked: Marked, tokens: Iterable[int], context: ReadingContext) -> Iterator[str]:
    """Who administers the well-known places that begin at these tokens."""
    known = gazetteer()
    for at in tokens:
        for match in (known.longest(marked.words, at), known.adjective(marked.words, at)):
            if match is not None and not match.common and known.place(match.ids[0]).prominence >= PROMINENT:
                yield administering_side(match.ids[0], context.published)
                break
