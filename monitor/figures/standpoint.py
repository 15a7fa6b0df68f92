"""From whose side a text is told: what 'ours' and 'the enemy' mean in it."""

from bisect import bisect_left
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


class Standpoint:
    """`voice` is the author's side: the channel's own where it is known, else told by the words that he uses."""

    def __init__(self, marked: Marked, mentions: Sequence[Mention], context: ReadingContext) -> None:
        self.marked, self.mentions, self.context = marked, mentions, context
        self.firsts = [mention.first for mention in mentions]
        self.parties = {speaker.key: speaker.side for speaker in context.speakers}
        self.voice = context.side if context.side != UNKNOWN_SIDE else _voice(marked)

    def of(self, speaker: SpeakerQuote | None, named: Found | None) -> str:
        """The side of whoever speaks, who is named at these tokens; the author's where that tells nothing."""
        side = UNKNOWN_SIDE if speaker is None else self._of_speaker(speaker, named)
        return self.voice if side == UNKNOWN_SIDE else side

    def _of_speaker(self, speaker: SpeakerQuote, named: Found | None) -> str:
        """The side of the party that it is known as, else the one that its name holds: by name or by place."""
        if speaker.key is not None and speaker.key in self.parties:
            return self.parties[speaker.key]
        if named is None:
            return UNKNOWN_SIDE
        for mention in self.mentions[bisect_left(self.firsts, named.first) : bisect_left(self.firsts, named.last)]:
            if mention.side not in (ENEMY, OURS):
                return mention.side
        return next(sides_of_places(self.marked, range(*named), self.context), UNKNOWN_SIDE)


def _voice(marked: Marked) -> str:
    heard = {side: len(marked.found.get(name, ())) for side, name in VOICES.items()}
    if heard["ru"] != heard["ua"]:
        return max(heard, key=lambda side: heard[side])
    return "ua" if marked.doc.lang is Lang.UK else UNKNOWN_SIDE


def sides_of_places(marked: Marked, tokens: Iterable[int], context: ReadingContext) -> Iterator[str]:
    """Who administers the well-known places that begin at these tokens."""
    known = gazetteer()
    for at in tokens:
        for match in (known.longest(marked.words, at), known.adjective(marked.words, at)):
            if match is not None and not match.common and known.place(match.ids[0]).prominence >= PROMINENT:
                yield administering_side(match.ids[0], context.published, context.opponents)
                break
