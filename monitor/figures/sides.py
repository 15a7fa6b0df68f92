"""Whose people or things a figure counts.

Every mention of a side near the number is evidence of some weight: what it is worth depends on what is counted and on
what the side does there. The heaviest evidence decides; where there is none, the side is unknown.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final, NamedTuple

from models.enums import OTHER_SIDE, UNKNOWN_SIDE, Measure, Object
from monitor.figures.counted import Counted
from monitor.figures.marked import Found, Marked
from monitor.figures.side_mentions import ENEMY, OURS, Kind, Mention, Role, mentions_of
from monitor.figures.standpoint import side_of_speaker, spoken, voice_of
from monitor.values import PlaceQuote, ReadingContext, SpeakerQuote

BACK: Final = 120  # tokens before a number that are looked at
AHEAD: Final = 40
PHRASE: Final = 9  # tokens of a noun phrase behind its number
PER_TOKEN: Final = 0.03
PER_SENTENCE: Final = 1.5
PER_SENTENCE_AHEAD: Final = 2.5

AIR: Final = frozenset(
    {Object.DRONE, Object.MISSILE, Object.ROCKET, Object.BOMB, Object.SHELL, Object.AIR_TARGET}
)
CIVIL: Final = frozenset({Object.CIVILIAN, Object.CHILD, Object.PERSON})


class Family(Enum):
    """What is counted: weapons in the air belong to who attacks, people and equipment to who is hit."""

    AIR = auto()
    CIVIL = auto()
    FORCES = auto()


class Worth(NamedTuple):
    """What a role is worth as evidence; `same`: the side itself is counted, else its opponent."""

    weight: float
    same: bool


OWNER: Final = 10.0
WORTH: Final = {
    Family.CIVIL: {
        Role.LOSER: Worth(8, True),
        Role.SUFFERER: Worth(6, True),
        Role.PLACE: Worth(6, True),
        Role.TARGET: Worth(5, True),
        Role.ATTACKER: Worth(4.5, False),
        Role.AGENT: Worth(4.5, False),
        Role.DOER: Worth(4.5, False),
        Role.SENDER: Worth(4.5, False),
        Role.WEAPON: Worth(4, False),
        Role.BARE: Worth(1.5, True),
    },
    Family.FORCES: {
        Role.LOSER: Worth(8, True),
        Role.SUFFERER: Worth(7, True),
        Role.DOER: Worth(6.5, False),
        Role.AGENT: Worth(6.5, False),
        Role.TARGET: Worth(5.5, True),
        Role.ATTACKER: Worth(5, False),
        Role.SENDER: Worth(5, False),
        Role.WEAPON: Worth(4, False),
        Role.PLACE: Worth(1.5, True),
        Role.BARE: Worth(1.2, True),
    },
    Family.AIR: {
        Role.LOSER: Worth(7, True),
        Role.DOER: Worth(7, False),
        Role.SENDER: Worth(6.5, True),
        Role.ATTACKER: Worth(6, True),
        Role.AGENT: Worth(6, False),
        Role.WEAPON: Worth(6, True),
        Role.DEFENCE: Worth(6, False),
        Role.TARGET: Worth(5, False),
        Role.ORIGIN: Worth(5, True),
        Role.PLACE: Worth(4.5, False),
    },
}
OWN_PLACE: Final = {Family.CIVIL: 6.5, Family.AIR: 5.0, Family.FORCES: 2.0}
SAME_SENTENCE: Final = 6.0
EARLIER: Final = 3.5
ACROSS: Final = 3.0
STANDPOINT: Final = 2.8
OWN_PEOPLE: Final = 1.0


class Evidence(NamedTuple):
    weight: float
    side: str

DONE_TO_THE_ENEMY: Final = frozenset({Measure.DESTROYED, Measure.DAMAGED, Measure.CAPTURED, Measure.INTERCEPTED})
BRACKETS: Final = ("(", "[")
BREAKS: Final = ".,;:!?)(\n"
VERBS: Final = frozenset({"side.did", "side.sent", "side.died", "side.undone", "side.said"})


@dataclass(frozen=True, slots=True)
class _Case:
    """A figure in its text: its tokens, the phrase that it counts, and from whose side it is told."""

    number: Found
    phrase: Found
    sentence: int
    family: Family
    stands: str
    figure: Counted


def sides_of(
    marked: Marked,
    counted: Sequence[Counted],
    speakers: Sequence[SpeakerQuote | None],
    places: Sequence[PlaceQuote | None],
    context: ReadingContext,
) -> list[str]:
    """A side's key for each figure, in the order of the text; 'unknown' where nothing tells."""
    mentions = mentions_of(marked, list(spoken(marked, speakers)))
    weighing = _Weighing(marked, mentions, context)
    decided: list[tuple[_Case, str]] = []
    for figure, speaker, place in zip(counted, speakers, places, strict=True):
        case = weighing.case_of(figure, speaker)
        decided.append((case, weighing.side_of(figure, case, place, decided[-1] if decided else None)))
        weighing.settle(case)
    return [side for _, side in decided]


class _Weighing:
    def __init__(self, marked: Marked, mentions: list[Mention], context: ReadingContext) -> None:
        self.marked, self.mentions, self.context = marked, mentions, context
        self.firsts = [mention.first for mention in mentions]
        self.voice = voice_of(marked, context)
        self.settled: set[int] = set()

    def case_of(self, figure: Counted, speaker: SpeakerQuote | None) -> _Case:
        number = self.marked.tokens_of(figure.start, figure.end)
        stands = UNKNOWN_SIDE
        if speaker is not None:
            stands = side_of_speaker(self.marked, speaker, self.mentions, self.context)
        if stands in (UNKNOWN_SIDE, ENEMY, OURS):
            stands = self.voice
        phrase = Found(number.last, self._phrase_end(number.last))
        return _Case(number, phrase, self.marked.sentence_of(number.first), family_of(figure), stands, figure)

    def _phrase_end(self, at: int) -> int:
        end = min(at + PHRASE, len(self.marked.words))
        for here in range(at, end):
            word, classes = self.marked.words[here], self.marked.classes[here]
            if word[0] in BREAKS or word[0].isdigit():
                return here
            if "side.stop" in classes or (here > at and not VERBS.isdisjoint(classes)):
                return here
        return end

    def side_of(
        self, figure: Counted, case: _Case, place: PlaceQuote | None, before: tuple[_Case, str] | None
    ) -> str:
        evidence = [*self._mentioned(case), *self._placed(case, place)]
        if before is not None:
            evidence += self._carried(case, *before)
        evidence += self._told(figure, case)
        known = [each for each in evidence if each.side != UNKNOWN_SIDE]
        self.evidence = known
        return max(known).side if known else UNKNOWN_SIDE

    def _mentioned(self, case: _Case) -> Iterator[Evidence]:
        start = bisect_left(self.firsts, case.number.first - BACK)
        end = bisect_left(self.firsts, case.number.last + AHEAD)
        for mention in self.mentions[start:end]:
            side = self._meant(mention.side, case.stands)
            if side == UNKNOWN_SIDE:
                continue
            if self._owns(mention, case):
                yield Evidence(OWNER, side)
            elif mention.first not in self.settled and (worth := WORTH[case.family].get(mention.role)) is not None:
                weight = worth.weight - self._distance(mention, case)
                yield Evidence(weight, side if worth.same else self._opponent(side))

    def _owns(self, mention: Mention, case: _Case) -> bool:
        if case.phrase.first <= mention.first < case.phrase.last:
            return mention.role not in (Role.AGENT, Role.PLACE, Role.SPEAKER)
        beside = mention.last == case.number.first - (self.marked.words[case.number.first - 1] in BRACKETS)
        return beside and mention.role is Role.BARE and mention.kind is not Kind.PLACE

    def settle(self, case: _Case) -> None:
        """Who a figure's own phrase names says nothing of the figures behind it, but by what is carried on."""
        self.settled.update(range(case.phrase.first, case.phrase.last))

    def _distance(self, mention: Mention, case: _Case) -> float:
        crossed = self.marked.sentence_of(mention.first) - case.sentence
        penalty = PER_SENTENCE_AHEAD * crossed if crossed > 0 else -PER_SENTENCE * crossed
        return penalty + PER_TOKEN * abs(mention.first - case.number.first)

    def _placed(self, case: _Case, place: PlaceQuote | None) -> Iterator[Evidence]:
        if place is None:
            return
        at = self.marked.doc.raw.find(place.quote)
        first, last = self.marked.tokens_of(at, at + len(place.quote))
        for mention in self.mentions:
            if first <= mention.first < last and mention.kind is not Kind.WEAPON:
                side = self._meant(mention.side, case.stands)
                yield Evidence(OWN_PLACE[case.family], self._opponent(side) if case.family is Family.AIR else side)
                return

    def _carried(self, case: _Case, before: _Case, side: str) -> Iterator[Evidence]:
        """What the figure before was counted of goes on, unless something nearer says otherwise."""
        weight = SAME_SENTENCE if case.sentence == before.sentence else EARLIER
        if case.family is before.family or self._same_foe(case, before):
            yield Evidence(weight, side)
        elif Family.AIR in (case.family, before.family):
            yield Evidence(ACROSS, self._opponent(side))
        else:
            yield Evidence(weight, side)

    def _same_foe(self, case: _Case, before: _Case) -> bool:
        """Drones downed beside tanks destroyed: the same enemy's."""
        return case.figure.measure in DONE_TO_THE_ENEMY and before.figure.measure in DONE_TO_THE_ENEMY and Family.CIVIL not in (case.family, before.family)

    def _told(self, figure: Counted, case: _Case) -> Iterator[Evidence]:
        """Nobody named: who speaks of things shot down or destroyed speaks of the other side's, of the dead of his own."""
        if case.family is Family.AIR or figure.measure in DONE_TO_THE_ENEMY or self._done(case):
            yield Evidence(STANDPOINT, self._opponent(case.stands))
        else:
            yield Evidence(OWN_PEOPLE, case.stands)

    def _done(self, case: _Case) -> bool:
        """Whether a word beside the number says that somebody did it ('ликвидировано'), not that it befell them."""
        if case.family is not Family.FORCES:
            return False
        before = range(case.number.first - 1, max(-1, case.number.first - 9), -1)
        after = range(case.number.last, min(case.number.last + 5, len(self.marked.words)))
        return self._first_says_done(after) or self._first_says_done(before) or False

    def _first_says_done(self, tokens: range) -> bool | None:
        for at in tokens:
            classes = self.marked.classes[at]
            if self.marked.words[at] in ".;\n" or "side.died" in classes:
                return False
            if "side.undone" in classes or "side.did" in classes:
                return True
        return None

    def _meant(self, side: str, stands: str) -> str:
        if side == OURS:
            return stands
        return self._opponent(stands) if side == ENEMY else side

    def _opponent(self, side: str) -> str:
        if side == OTHER_SIDE:
            return OTHER_SIDE
        opponents = self.context.opponents.get(side, ())
        return opponents[0] if len(opponents) == 1 else UNKNOWN_SIDE


def family_of(figure: Counted) -> Family:
    if figure.object in AIR:
        return Family.AIR
    return Family.CIVIL if figure.object in CIVIL else Family.FORCES
