"""Whose people or things a figure counts.

Every mention of a side near the number is evidence of some weight: what it is worth depends on what is counted and on
what the side does there (side_worth.py). The heaviest evidence decides; where there is none, the side is unknown.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import Final

from models.enums import OTHER_SIDE, UNKNOWN_SIDE, Measure
from monitor.figures.administered import side_of_place
from monitor.figures.counted import Counted
from monitor.figures.marked import Found, Marked
from monitor.figures.side_cases import Case, headings, named_at
from monitor.figures.side_mentions import ENEMY, JOINS, OURS, Kind, Mention, Role, mentions_of
from monitor.figures.side_worth import (
    ACROSS,
    DONE_TO_THE_ENEMY,
    EARLIER,
    EARLIER_FOE,
    HEADED,
    LEAST,
    MADE,
    OWN_PEOPLE,
    OWN_PLACE,
    OWNER,
    PER_SENTENCE,
    PER_SENTENCE_AHEAD,
    PER_TOKEN,
    PLACE_PER_SENTENCE,
    SAME_SENTENCE,
    STANDPOINT,
    Evidence,
    Family,
    family_of,
    is_thing,
    same_foe,
    worth_of,
)
from monitor.figures.standpoint import Standpoint, sides_of_places
from monitor.values import PlaceQuote, ReadingContext, SpeakerQuote

BACK: Final = 120  # tokens before a number that are looked at
AHEAD: Final = 40
PHRASE: Final = 9  # tokens of a noun phrase behind its number
OUTCOME_BEFORE: Final = 8
OUTCOME_BEHIND: Final = 5
PARTING: Final = ("(", "[", "-", ":")
BREAKS: Final = ".,;:!?)(\n"
VERBS: Final = frozenset({"side.did", "side.sent", "side.died", "side.undone", "side.said"})
SUBJECTS: Final = frozenset({Role.BARE, Role.DOER, Role.SENDER, Role.SUFFERER, Role.LOSER, Role.PLACE, Role.ORIGIN})
IN_THE_AIR: Final = frozenset({Measure.LAUNCHED, Measure.INTERCEPTED})
STRIKERS: Final = frozenset({Role.AGENT, Role.ATTACKER, Role.SENDER})
NOT_OWNERS: Final = frozenset({Role.AGENT, Role.PLACE, Role.SPEAKER})


def sides_of(
    marked: Marked,
    counted: Sequence[Counted],
    speakers: Sequence[SpeakerQuote | None],
    places: Sequence[PlaceQuote | None],
    context: ReadingContext,
) -> list[str]:
    """A side's key for each figure, in the order of the text; 'unknown' where nothing tells."""
    named = [
        None if speaker is None else named_at(marked, speaker.quote, figure)
        for figure, speaker in zip(counted, speakers, strict=True)
    ]
    weighing = Weighing(marked, mentions_of(marked, [found for found in named if found is not None]), context)
    decided: list[Evidence] = []
    before: Case | None = None
    for figure, speaker, found, place in zip(counted, speakers, named, places, strict=True):
        case = weighing.case_of(figure, weighing.standpoint.of(speaker, found), place)
        carried = None if before is None else weighing.carried(case, before, decided[-1])
        decided.append(weighing.heaviest(case, place, carried))
        before = case
    return [evidence.side for evidence in decided]


class Weighing:
    """The evidence of one document. What a figure's own phrase names is settled: it says nothing of later figures."""

    def __init__(self, marked: Marked, mentions: Sequence[Mention], context: ReadingContext) -> None:
        self.marked, self.mentions, self.context = marked, mentions, context
        self.standpoint = Standpoint(marked, mentions, context)
        self.firsts = self.standpoint.firsts
        self.naming = {at for mention in mentions for at in range(mention.first, mention.last)}
        acting = (each for each in mentions if each.role is not Role.SPEAKER and each.kind is not Kind.MAKER)
        self.named = {mention.side for mention in acting}
        self.losses = [found.first for found in marked.found.get("side.loss", ())]
        self.settled: set[int] = set()
        self.headings = headings(marked, mentions)

    def case_of(self, figure: Counted, stands: str, place: PlaceQuote | None) -> Case:
        number = self.marked.tokens_of(figure.start, figure.end)
        phrase = Found(number.last, self._phrase_end(number.last))
        head, sentence = self._head(figure), self.marked.sentence_of(number.first)
        return Case(
            figure, number, phrase, head, sentence, family_of(figure), stands, self._side_of(place) == OTHER_SIDE
        )

    def _head(self, figure: Counted) -> Found:
        if figure.noun is None or figure.noun[1] > figure.start:
            return Found(0, 0)
        first, last = self.marked.tokens_of(*figure.noun)
        while last - first < PHRASE and first > 0 and first - 1 in self.naming:
            first -= 1
        return Found(first, last + 1)

    def _phrase_end(self, start: int) -> int:
        end = min(start + PHRASE, len(self.marked.words))
        for at in range(start, end):
            if at in self.naming:
                continue
            word, classes = self.marked.words[at], self.marked.classes[at]
            if word[0] in BREAKS or word[0].isdigit() or "side.stop" in classes:
                return at
            if at > start and not VERBS.isdisjoint(classes):  # the first may be a participle: '5 killed Ukrainians'
                return at
        return end

    def heaviest(self, case: Case, place: PlaceQuote | None, carried: Evidence | None) -> Evidence:
        evidence = self.all_of(case, place, carried)
        self.settled.update(range(case.phrase.first, case.phrase.last))
        known = [each for each in evidence if each.side != UNKNOWN_SIDE and each.weight > LEAST]
        return max(known) if known else Evidence(LEAST, self._around(case))

    def all_of(self, case: Case, place: PlaceQuote | None, carried: Evidence | None) -> list[Evidence]:
        evidence = [*self._mentioned(case), *self._placed(case, place), *self._headed(case), self._told(case)]
        return evidence if carried is None else [*evidence, carried]

    def _mentioned(self, case: Case) -> Iterator[Evidence]:
        start = bisect_left(self.firsts, case.number.first - BACK)
        end = bisect_left(self.firsts, case.number.last + AHEAD)
        nearest = bisect_left(self.firsts, case.number.first) - 1
        for index in range(start, end):
            mention = self.mentions[index]
            side = self._meant(mention.side, case)
            if mention.kind is Kind.MAKER and is_thing(case.figure):
                yield Evidence(MADE - self._distance(mention, case), side)
            elif self._owns(mention, case):
                yield Evidence(OWNER - PER_TOKEN * abs(mention.first - case.phrase.first), side)
            elif mention.first not in self.settled:
                role = Role.LOSER if index == nearest and self._loses(mention, case) else mention.role
                worth = worth_of(mention, role, case.family, case.figure.measure)
                if worth is not None:
                    weight = worth.weight - self._distance(mention, case)
                    yield Evidence(weight, side if worth.same else self._opponent(side))

    def _owns(self, mention: Mention, case: Case) -> bool:
        if any(first <= mention.first < last for first, last in (case.phrase, case.head)):
            downed_by = case.family is Family.AIR and mention.role is Role.DEFENCE
            return mention.role not in NOT_OWNERS and not downed_by
        if mention.role is not Role.BARE:
            return False
        apart = self._beside(case.number.first)
        named = mention.kind is Kind.NAME and mention.side not in (ENEMY, OURS)
        return case.number.first - apart == mention.last and (apart > 0 or not named)

    def _beside(self, at: int) -> int:
        """Tokens that may part a side's name from its number: 'of the enemy (2)', 'the Russian side - 12'."""
        if at == 0 or self.marked.words[at - 1] not in PARTING:
            return 0
        return 2 if self.marked.has(at - 2, "side.party") else 1

    def _loses(self, mention: Mention, case: Case) -> bool:
        """'The army used up its stores and lost 5 vehicles': what stands next before the number decides."""
        if mention.role not in SUBJECTS or self.marked.sentence_of(mention.first) != case.sentence:
            return False
        at = bisect_left(self.losses, mention.last)
        return at < len(self.losses) and self.losses[at] <= case.number.last

    def _distance(self, mention: Mention, case: Case) -> float:
        crossed = self.marked.sentence_of(mention.first) - case.sentence
        penalty = PER_SENTENCE_AHEAD * crossed if crossed > 0 else -PER_SENTENCE * crossed
        return penalty + PER_TOKEN * abs(mention.first - case.number.first)

    def _placed(self, case: Case, place: PlaceQuote | None) -> Iterator[Evidence]:
        if place is None or place.id is None:
            return
        side = self._side_of(place)
        if case.family is Family.CIVIL and self._strikes(case, side):
            return  # nobody shells his own: the place has changed hands since
        found = named_at(self.marked, place.quote, case.figure)
        apart = 0 if found is None else abs(case.sentence - self.marked.sentence_of(found.first))
        weight = OWN_PLACE[case.family] - PLACE_PER_SENTENCE * apart
        yield Evidence(weight, self._opponent(side) if case.family is Family.AIR else side)

    def _side_of(self, place: PlaceQuote | None) -> str:
        if place is None or place.id is None:
            return UNKNOWN_SIDE
        return side_of_place(place, self.context.published, self.context.opponents)

    def _strikes(self, case: Case, side: str) -> bool:
        """Whether a side is said to attack in the figure's sentence."""
        start, end = (
            bisect_left(self.firsts, case.number.first - BACK),
            bisect_left(self.firsts, case.number.last + AHEAD),
        )
        return any(
            mention.role in STRIKERS
            and self._meant(mention.side, case) == side
            and self.marked.sentence_of(mention.first) == case.sentence
            for mention in self.mentions[start:end]
        )

    def _headed(self, case: Case) -> Iterator[Evidence]:
        at = bisect_right([heading.first for heading in self.headings], case.number.first)
        if at and case.figure.measure not in IN_THE_AIR:
            yield Evidence(HEADED, self.headings[at - 1].side)

    def carried(self, case: Case, before: Case, decided: Evidence) -> Evidence:
        """What the figure before was counted of goes on, unless something nearer says otherwise."""
        near = case.sentence == before.sentence
        if same_foe(case.figure, before.figure):
            weight, side = SAME_SENTENCE if near else EARLIER_FOE, decided.side
        elif case.family is before.family or Family.AIR not in (case.family, before.family):
            weight, side = SAME_SENTENCE if near else EARLIER, decided.side
        else:
            weight, side = ACROSS, self._opponent(decided.side)
        return Evidence(min(weight, decided.weight), side)

    def _told(self, case: Case) -> Evidence:
        """Nobody named: who tells of things downed or destroyed tells of the other side's, of the dead of his own."""
        if case.family is Family.AIR or self._done(case):
            return Evidence(STANDPOINT, self._opponent(case.stands))
        return Evidence(OWN_PEOPLE, case.stands)

    def _done(self, case: Case) -> bool:
        """Whether a word beside the number says that somebody did it ('eliminated'), not that it befell them."""
        if case.family is Family.CIVIL:
            return False
        first, last = case.number
        behind = range(last, min(last + OUTCOME_BEHIND, len(self.marked.words)))
        before = range(first - 1, max(-1, first - 1 - OUTCOME_BEFORE), -1)
        for tokens in (behind, before):
            if (done := self._first_says_done(tokens)) is not None:
                return done
        return case.figure.measure in DONE_TO_THE_ENEMY

    def _first_says_done(self, tokens: range) -> bool | None:
        for at in tokens:
            classes = self.marked.classes[at]
            if self.marked.words[at] in ".;\n":
                return None
            if "side.died" in classes or self._befell(at):
                return False
            if "side.undone" in classes or "side.did" in classes:
                return True
        return None

    def _befell(self, at: int) -> bool:
        """'Three were killed and four wounded', not 'killed 30': English has one word for doing it and suffering it."""
        if not self.marked.has(at, "side.befallen"):
            return False
        coordinated = at > 1 and self.marked.words[at - 2] in JOINS
        return coordinated or self.marked.has(at - 1, "side.be")

    def _around(self, case: Case) -> str:
        """Nothing else tells: the side of the places that the text names near it, if they are one side's."""
        if case.family is Family.FORCES:
            return UNKNOWN_SIDE
        raw, starts = self.marked.doc.raw, self.marked.starts
        first, last = max(0, case.number.first - BACK), min(len(starts), case.number.last + AHEAD)
        capitals = [at for at in range(first, last) if raw[starts[at]].isupper()]
        sides = set(sides_of_places(self.marked, capitals, self.context)) - {UNKNOWN_SIDE}
        side = sides.pop() if len(sides) == 1 else UNKNOWN_SIDE
        return self._opponent(side) if case.family is Family.AIR else side

    def _meant(self, side: str, case: Case) -> str:
        """'The terrorists' who were shot in a third country are of neither army."""
        if side == OURS:
            return case.stands
        if side == ENEMY:
            return OTHER_SIDE if case.abroad else self._opponent(case.stands)
        return side

    def _opponent(self, side: str) -> str:
        """Of two sides at war; a side that strikes where only others are named is at war with those."""
        opponents = self.context.opponents.get(side, ())
        if len(opponents) != 1:
            return OTHER_SIDE if side == OTHER_SIDE else UNKNOWN_SIDE
        present = opponents[0] in self.named or self.standpoint.voice != UNKNOWN_SIDE
        return opponents[0] if present or OTHER_SIDE not in self.named else OTHER_SIDE
