"""Joins numbers to what became of those they count: each to the nearest outcome that fits its noun, or to the list it stands in."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from models.enums import PEOPLE, Bound, Measure, Modifier, Object
from monitor.figures.measures import PEOPLE_KINDS, measure_of
from monitor.figures.nouns import Noun, NounKind, noun_of
from monitor.figures.numbers import Number
from monitor.figures.scene import Mention, Scene
from monitor.figures.text import TokenKind

# Costs are those of scene.py: a word between is 0.12, a comma 0.5.
LIMIT: Final = 4.0
_BARE_LIMIT: Final = 1.6  # a number without a noun must stand close to its outcome
_LIMITS: Final = {NounKind.NONE: _BARE_LIMIT, NounKind.UNKNOWN: 1.0}
_PER_NUMBER: Final = 0.7
_MOST_NUMBERS: Final = 2  # a longer list costs no more
_PER_MENTION: Final = 1.4
_SAME_KIND: Final = 0.2
_RIGHT: Final = 0.08
_SILENCE: Final = 0.35  # a word such as 'live' or 'work' must be nearer than an outcome to win
_VAGUE_KILL: Final = 1.2  # people are liquidated, but so are fires: the word must stand near
_NEAREST: Final = 4
_CLOSE: Final = 0.45
_NEAR_FATE: Final = 1.3
_LOSE: Final = 0.15
_ITEM: Final = 2.2  # how far apart two items of a list may be
_LIST_LINES: Final = 14
_HEADING_WITHIN: Final = 300  # tokens
_NEAR: Final = 5


_NOTHING: Final = {
    NounKind.COUNTED: "no outcome",
    NounKind.NONE: "nothing counted",
    NounKind.UNKNOWN: "unknown noun",
}


@dataclass(frozen=True, slots=True)
class Attached:
    """`mention`: the outcome word; None where the measure was taken from the figure before (`inherited`)."""

    number: Number
    noun: Noun
    measure: Measure
    object: Object
    kind: str
    cost: float
    mention: Mention | None = None
    inherited: str = ""


@dataclass(frozen=True, slots=True)
class Dropped:
    number: Number
    reason: str


def attach(scene: Scene) -> list[Attached | Dropped]:
    return _Attaching(scene).all()


class _Attaching:
    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.starts = {each.first: each for each in scene.mentions}
        self.nouns = [noun_of(scene, number) for number in scene.numbers]
        self._share_nouns()
        self.claimed = {
            noun.victim_at for noun in self.nouns if noun.victim_at is not None and noun.kind is NounKind.COUNTED
        }
        self.done: list[Attached | Dropped] = []

    def all(self) -> list[Attached | Dropped]:
        for index in range(len(self.scene.numbers)):
            self.done.append(self._one(index))
        for index in range(len(self.done) - 2, -1, -1):
            self.done[index] = self._led(index)
        return self.done

    def _led(self, index: int) -> Attached | Dropped:
        """A list whose outcome stands behind its last item: '267 aircraft, 148 helicopters ... have been destroyed'."""
        each, following = self.done[index], self.done[index + 1]
        noun = self.nouns[index]
        if isinstance(each, Attached) or isinstance(following, Dropped) or noun.object is None:
            return each
        scene, first = self.scene, max(each.number.last, noun.last)
        parted = scene.mentions_between(first, following.number.first) or not scene.same_sentence(
            each.number.first, following.number.first
        )
        behind = following.inherited == "led" or (
            following.mention is not None and following.mention.first > following.number.first
        )
        measure = measure_of(following.kind, noun.object)
        parted = parted or self._is_part(following.number)
        if parted or not behind or measure is None or scene.apart(first, following.number.first) > _ITEM:
            return each
        return Attached(each.number, noun, measure, noun.object, following.kind, 1.0, following.mention, "led")

    def _is_part(self, number: Number) -> bool:
        """'660 of which were used': of the number before, not in a list with it."""
        after = number.last
        return after < len(self.scene.words) and self.scene.tags.longest(after, self.scene.names.among) is not None

    def _share_nouns(self) -> None:
        """'2 and 5 years', '3, 4 and 5 tanks': a bare number takes the noun of the one that it is joined to."""
        for index in range(len(self.nouns) - 2, -1, -1):
            after = self.nouns[index + 1]
            if self.nouns[index].kind in (NounKind.NONE, NounKind.UNKNOWN) and self._shares(index, after):
                self.nouns[index] = replace(
                    after, first=self.scene.numbers[index].last, last=self.scene.numbers[index].last
                )

    def _shares(self, index: int, after: Noun) -> bool:
        if after.kind is NounKind.NONE or after.before:
            return False
        number, following = self.scene.numbers[index], self.scene.numbers[index + 1]
        gap = range(number.last, following.first)
        if 1 <= len(gap) <= 2 and self.scene.tags.has(gap[-1], self.scene.names.of):
            return after.kind is NounKind.COUNTED
        denied = number.first > 0 and self.scene.tags.has(number.first - 1, self.scene.names.negation)
        return (after.kind is NounKind.ABSORBED or denied) and self._coordinated(index)

    def _coordinated(self, index: int) -> bool:
        number, following = self.scene.numbers[index], self.scene.numbers[index + 1]
        gap = range(number.last, following.first)
        joins = self.scene.names.and_ | self.scene.names.more
        return len(gap) <= 4 and all(self.scene.words[at] == "," or self.scene.tags.has(at, joins) for at in gap)

    def _one(self, index: int) -> Attached | Dropped:
        scene, number, noun = self.scene, self.scene.numbers[index], self.nouns[index]
        previous = self._previous(index)
        if number.added and previous is not None and index and scene.numbers[index - 1] is previous.number:
            return replace(previous, number=number, inherited="added", cost=0.2)
        if noun.kind in (NounKind.ABSORBED, NounKind.OTHER):
            return Dropped(number, noun.reason)
        if number.year and self._is_year(number, noun):
            return Dropped(number, "year")
        if number.zero_word and (noun.kind is NounKind.NONE or (noun.before and noun.victim is None)):
            return Dropped(number, "zero as a word")
        if previous is not None and self._within(previous, index, 1):
            near = self._instead(index, previous) if noun.kind is NounKind.NONE else self._people_among(index, previous)
            if near is not None:
                return near
        if number.one and self._is_no_number(number, noun):
            return Dropped(number, "one as a word")
        if self._is_conjunction(number):
            return Dropped(number, "both as a conjunction")
        if self._is_hypothetical(number):
            return Dropped(number, "hypothetical")
        if self._is_ratio(index):
            return Dropped(number, "ratio")
        if noun.object in PEOPLE and previous is not None and self._in_brackets(number, previous):
            return self._as(previous, number, noun, "among") or Dropped(number, "brackets")
        if noun.before and noun.victim is None and noun.last == number.first and not number.times:
            number = self._inverted(index)
        return self._by_noun(index, previous) or self._by_outcome(index, previous) or self._inherited(index, previous)

    def _previous(self, index: int) -> Attached | None:
        for back in range(index - 1, max(-1, index - 6), -1):
            found = self.done[back]
            if isinstance(found, Attached):
                return found
        return None

    def _is_year(self, number: Number, noun: Noun) -> bool:
        """'in 2022', also before a noun; a bare one behind a dash may be a count."""
        before = number.first - 1
        if before >= 0 and self.scene.tags.has(before, self.scene.names.prepositions):
            return True
        return noun.kind is NounKind.NONE or (noun.before and self.scene.words[before] not in "-:")

    def _instead(self, index: int, previous: Attached) -> Attached | None:
        """A bare number that plainly goes on with the figure before, whatever verbs stand near."""
        scene, number, noun = self.scene, self.scene.numbers[index], self.nouns[index]
        if number.changed and self.scene.numbers_between(previous.number.last, number.first) == 0:
            return self._as(previous, number, noun, "changed")
        closest = min((self._cost(number, noun, each) for each in self._near(number, noun)), default=9.0)
        if closest < _CLOSE or number.one and not self._breaks_down(number):
            return None
        directly = range(max(0, number.first - 3), number.first)
        if any((match := scene.tags.longest(at, scene.names.among)) and match.last == number.first for at in directly):
            return self._as(previous, number, noun, "among")
        if self._breaks_down(number) and self._place_stands_by(number):
            return self._as(previous, number, noun, "broken down")
        before = number.first - 1
        if before > 0 and scene.same_sentence(previous.number.first, before):
            if scene.tags.has(before, scene.names.tells):
                return self._as(previous, number, noun, "told")
            if any(scene.tags.has(at, scene.names.but) for at in range(max(0, before - 1), before + 1)):
                return self._as(previous, number, noun, "corrected")
        return None

    def _people_among(self, index: int, previous: Attached) -> Attached | None:
        """'21 people, among them 9 children, were taken away': a part of those, unless its own outcome stands at it."""
        scene, number, noun = self.scene, self.scene.numbers[index], self.nouns[index]
        if noun.victim is not None or noun.object not in PEOPLE or previous.object not in PEOPLE:
            return None
        among = [scene.tags.longest(at, scene.names.among) for at in range(max(0, number.first - 4), number.first)]
        if not any(match is not None and match.last <= number.first for match in among):
            return None
        outcomes = [each for each in self._near(number, noun) if each.kind != "silence"]
        if min((self._cost(number, noun, each) for each in outcomes), default=9.0) < _CLOSE:
            return None
        return self._as(previous, number, noun, "among")

    def _place_stands_by(self, number: Number) -> bool:
        """'20 - over Belgorod', 'in Voronezh region - nine'."""
        scene, after = self.scene, number.last
        if after < len(scene.words) and scene.words[after] == "-":
            after += 1
        if after < len(scene.words) and scene.tags.longest(after, scene.names.over):
            return True
        before = number.first - 1
        if before < 1 or scene.words[before] != "-":
            return False
        name = scene.tokens[before - 1]
        return any(
            scene.document.raw[scene.tokens[at].start].isupper() for at in range(max(0, before - 3), before)
        ) and (name.kind is TokenKind.WORD)

    def _in_brackets(self, number: Number, previous: Attached) -> bool:
        """'21 people (9 children)': a part of what stands before the brackets."""
        scene, first = self.scene, number.first
        if first < 1 or scene.words[first - 1] != "(" or previous.object not in PEOPLE:
            return False
        end = max(previous.number.last, previous.noun.last)
        closing = next((at for at in range(first, min(len(scene.words), first + 8)) if scene.words[at] == ")"), first)
        own = any(each.first not in self.claimed for each in scene.mentions_between(first, closing))
        return first - 1 - end <= 2 and not own

    def _inverted(self, index: int) -> Number:
        """'человек двадцать': about twenty."""
        number = self.scene.numbers[index]
        if self.nouns[index].object in (Object.PERSON, Object.DRONE) and number.bound in (Bound.EXACT, Bound.RANGE):
            bound = Bound.ABOUT if number.bound is Bound.EXACT else number.bound
            number = replace(number, bound=bound, modifier=Modifier.ABOUT)
            self.scene.numbers[index] = number
        return number

    def _is_no_number(self, number: Number, noun: Noun) -> bool:
        """'one of them', 'один из корпусов', 'одного за другим'."""
        scene, after = self.scene, number.last
        if after < len(scene.words) and scene.tags.has(after, scene.names.of) and after + 1 not in scene.number_of:
            return number.low is not None and number.high is not None
        return (
            noun.kind is not NounKind.COUNTED and after < len(scene.words) and scene.tags.has(after, scene.names.and_)
        )

    def _is_conjunction(self, number: Number) -> bool:
        """'both rebels and soldiers'."""
        scene = self.scene
        if not scene.tags.has(number.core[0], scene.names.both):
            return False
        behind = range(number.last, min(len(scene.words), number.last + 5))
        return any(scene.tags.has(at, scene.names.and_) for at in behind)

    def _is_ratio(self, index: int) -> bool:
        """'1000 на 1000', 'one for one'."""
        numbers, scene = self.scene.numbers, self.scene
        for one, other in ((index, index + 1), (index - 1, index)):
            if one < 0 or other >= len(numbers):
                continue
            gap = range(numbers[one].last, numbers[other].first)
            same = numbers[one].low == numbers[other].low
            if len(gap) == 1 and same and scene.tags.has(gap[0], scene.names.prepositions):
                return True
        return False

    def _is_hypothetical(self, number: Number) -> bool:
        scene = self.scene
        first = max(0, number.first - 8)
        return any(
            scene.tags.longest(at, scene.names.hypothetical)
            for at in range(first, number.first)
            if scene.same_sentence(at, number.first)
        )

    # By the noun itself: '63 погибших', 'two dead', 'пленных - 5'.

    def _by_noun(self, index: int, previous: Attached | None) -> Attached | Dropped | None:
        number, noun = self.scene.numbers[index], self.nouns[index]
        if noun.victim is None:
            return None
        if noun.victim == "capture" and (fate := self._fate_of_prisoners(number, noun)) is not None:
            return fate
        dead = self._died_of_wounds(number, noun)
        if dead is not None:
            return Attached(number, noun, Measure.KILLED, noun.object or Object.PERSON, "kill", 0.3, dead)
        thing = noun.object
        if thing is None or (thing is Object.PERSON and noun.victim_at == noun.first and noun.last == noun.first + 1):
            thing = self._thing(index, noun.victim, previous)
        measure = None if thing is None else measure_of(noun.victim, thing)
        if measure is None or thing is None:
            return None
        both = self._both_kinds(noun)
        if both is not None:
            measure = both
        return Attached(number, noun, measure, thing, noun.victim, 0.0, self._mention_at(noun.victim_at))

    def _died_of_wounds(self, number: Number, noun: Noun) -> Mention | None:
        """'three of the wounded died': the verb beside the number says more than the noun."""
        if noun.victim != "wound" or noun.before:
            return None
        verbs = [each for each in self._near(number, noun) if each.kind == "kill" and each.first not in self.claimed]
        verbs = [each for each in verbs if not self._and_between(each, number, noun)]
        best = min(verbs, key=lambda each: self._cost(number, noun, each), default=None)
        return best if best is not None and self._cost(number, noun, best) <= _CLOSE else None

    def _and_between(self, mention: Mention, number: Number, noun: Noun) -> bool:
        gap = range(mention.last, number.first) if mention.first < number.first else range(noun.last, mention.first)
        return any(self.scene.tags.has(at, self.scene.names.and_) for at in gap)

    def _fate_of_prisoners(self, number: Number, noun: Noun) -> Attached | Dropped | None:
        """Prisoners that are exchanged are no figure, those that are shot are killed."""
        others = [each for each in self._near(number, noun) if each.kind != "capture"]
        best = min(others, key=lambda each: self._cost(number, noun, each), default=None)
        if best is None or self._cost(number, noun, best) > _NEAR_FATE:
            return None
        if best.kind == "silence":
            return Dropped(number, f"silence: {best.name.rsplit('.', 1)[-1]}")
        measure = measure_of(best.kind, Object.MILITARY) if best.kind in ("kill", "wound") else None
        if measure is None:
            return None
        return Attached(number, noun, measure, Object.MILITARY, best.kind, 0.3, best)

    def _both_kinds(self, noun: Noun) -> Measure | None:
        """'убитыми и ранеными', 'dead and wounded' after one number: casualties."""
        scene = self.scene
        if noun.before or noun.last + 1 >= len(scene.words) or not scene.tags.has(noun.last, scene.names.and_):
            return None
        after = scene.tags.longest(noun.last + 1, scene.names.victims)
        if after is None or noun.last + 1 in scene.number_of:
            return None
        return Measure.CASUALTIES if {kind for kind in after.name.split(".")} & {"wounded", "killed"} else None

    def _mention_at(self, at: int | None) -> Mention | None:
        return None if at is None else self.starts.get(at)

    # By the nearest outcome.

    def _by_outcome(self, index: int, previous: Attached | None) -> Attached | Dropped | None:
        number, noun = self.scene.numbers[index], self.nouns[index]
        best: tuple[float, Mention, Object | None, Measure | None] | None = None
        for mention in self._near(number, noun):
            cost = self._cost(number, noun, mention)
            fits = self._fits(index, mention, previous)
            if fits is None or cost > self._limit(noun):
                continue
            if best is None or cost < best[0]:
                best = (cost, mention, *fits)
        if best is None:
            return None
        cost, mention, thing, measure = best
        if thing is None or measure is None:
            return Dropped(number, f"silence: {mention.name.rsplit('.', 1)[-1]}")
        return Attached(number, noun, measure, thing, mention.kind, cost, mention)

    def _limit(self, noun: Noun) -> float:
        return _LIMITS.get(noun.kind, LIMIT)

    def _near(self, number: Number, noun: Noun) -> Sequence[Mention]:
        end = number.last if noun.before else max(number.last, noun.last)
        found = [*self.scene.mentions_before(number.first, _NEAREST), *self.scene.mentions_after(number.last, _NEAREST)]
        return [each for each in found if not number.first <= each.first < end or each.first == noun.victim_at]

    def _fits(
        self, index: int, mention: Mention, previous: Attached | None
    ) -> tuple[Object | None, Measure | None] | None:
        """Object and measure by this outcome; both None where it silences; None where it says nothing of the noun."""
        if mention.kind == "silence":
            return None, None
        if mention.nominal and mention.first in self.claimed:
            return None
        noun = self.nouns[index]
        if noun.kind is NounKind.UNKNOWN and mention.kind not in PEOPLE_KINDS:
            return None
        thing = noun.object or self._thing(index, mention.kind, previous)
        if thing is None or (thing in PEOPLE and mention.kind == "destroy" and not self._liquidates(mention)):
            return None
        measure = measure_of(mention.kind, thing)
        if mention.kind == "collide" and measure is Measure.HIT and mention.first < self.scene.numbers[index].first:
            measure = Measure.LAUNCHED
        return None if measure is None else (thing, measure)

    def _liquidates(self, mention: Mention) -> bool:
        """People are 'eliminated', but not 'blown up': what blows up beside them is something else."""
        return self.scene.tags.has(mention.first, self.scene.names.liquidates)

    def _cost(self, number: Number, noun: Noun, mention: Mention) -> float:
        scene = self.scene
        first = min(number.first, noun.first) if noun.before else number.first
        last = number.last if noun.before else max(number.last, noun.last)
        if mention.last <= first:
            gap = mention.last, first
        elif mention.first >= last:
            gap = last, mention.first
        else:
            return 0.0
        cost = scene.apart(*gap)
        cost += _PER_NUMBER * min(_MOST_NUMBERS, scene.numbers_between(*gap))
        between = scene.mentions_between(*gap)
        cost += sum(_SAME_KIND if each.kind == mention.kind else _PER_MENTION for each in between[:4])
        cost += _RIGHT if mention.first >= last else 0.0
        if mention.kind == "destroy" and noun.object is Object.PERSON:
            cost += _VAGUE_KILL
        if mention.kind == "lose":
            cost += _LOSE
        if mention.nominal and mention.kind in PEOPLE_KINDS and mention.first >= last and cost <= _CLOSE:
            cost -= _CLOSE
        return cost + (_SILENCE if mention.kind == "silence" else 0.0)

    def _thing(self, index: int, kind: str, previous: Attached | None) -> Object | None:
        """What a number without a noun counts under this outcome."""
        if kind in PEOPLE_KINDS:
            soldiers = previous is not None and previous.object is Object.MILITARY and self._within(previous, index, 1)
            return Object.MILITARY if soldiers else Object.PERSON
        if previous is not None and self._within(previous, index, 2) and measure_of(kind, previous.object) is not None:
            return previous.object
        return self._named_near(index, kind)

    def _within(self, previous: Attached, index: int, sentences: int) -> bool:
        scene = self.scene
        number = scene.numbers[index]
        return scene.sentence_of[number.first] - scene.sentence_of[previous.number.first] <= sentences

    def _named_near(self, index: int, kind: str) -> Object | None:
        """The nearest noun of the sentence that such an outcome may befall: 'дроны: сбито 12'."""
        scene, number = self.scene, self.scene.numbers[index]
        for at in range(number.first - 1, max(-1, number.first - 40), -1):
            match = scene.tags.longest(at, scene.names.nouns)
            if match is None or at in scene.number_of:
                continue
            thing = Object(match.name.rsplit(".", 1)[1])
            if thing not in PEOPLE and measure_of(kind, thing) is not None:
                return thing
        return None

    # By the list or the figure before.

    def _inherited(self, index: int, previous: Attached | None) -> Attached | Dropped:
        number, noun = self.scene.numbers[index], self.nouns[index]
        found = None
        if previous is not None:
            found = self._among(index, previous) or self._continued(index, previous)
        found = found or self._listed(index) or self._in_a_ledger(index)
        return found or Dropped(number, _NOTHING[noun.kind])

    def _among(self, index: int, previous: Attached) -> Attached | None:
        """'among them 3 children': the measure of the whole."""
        scene, number, noun = self.scene, self.scene.numbers[index], self.nouns[index]
        if not self._within(previous, index, 1):
            return None
        near = range(max(0, number.first - _NEAR), number.first)
        after = range(number.last, min(len(scene.words), number.last + 2))
        if not any(scene.tags.longest(at, scene.names.among) for at in (*near, *after)):
            return None
        return self._as(previous, number, noun, "among")

    def _continued(self, index: int, previous: Attached) -> Attached | None:
        """'18 - over Bryansk, four - over Oryol'; '46 women and 36 men' after '98 wounded'; '5 guns, 6 cars'."""
        scene, number, noun = self.scene, self.scene.numbers[index], self.nouns[index]
        if not self._within(previous, index, 1) or self._other_outcome(previous, number):
            return None
        if noun.kind is NounKind.UNKNOWN:
            return None
        if noun.kind is NounKind.NONE:
            another = number.first > 0 and scene.tags.has(number.first - 1, scene.names.more)
            goes_on = self._breaks_down(number) or (
                another and scene.same_sentence(previous.number.first, number.first)
            )
            return self._as(previous, number, noun, "broken down") if goes_on else None
        same = scene.same_sentence(previous.number.first, number.first)
        alike = noun.object == previous.object or (noun.object in PEOPLE and previous.object in PEOPLE)
        if same or (alike and self._breaks_down(number)):
            return self._as(previous, number, noun, "list")
        return None

    def _other_outcome(self, previous: Attached, number: Number) -> bool:
        between = self.scene.mentions_between(previous.number.last, number.first)
        return any(each.kind != previous.kind for each in between)

    def _breaks_down(self, number: Number) -> bool:
        """A dash or a preposition of place stands at the number: a portion over a region."""
        scene, after, before = self.scene, number.last, number.first - 1
        if after < len(scene.words) and (scene.words[after] == "-" or scene.tags.longest(after, scene.names.over)):
            return True
        return before >= 0 and scene.words[before] in "-:" and scene.words[before] != ""

    def _as(self, previous: Attached, number: Number, noun: Noun, why: str) -> Attached | None:
        child = previous.object is Object.CHILD and why != "broken down"
        thing = noun.object or (Object.PERSON if child else previous.object)
        measure = measure_of(previous.kind, thing)
        if measure is None:
            return None
        if thing is previous.object or (thing in PEOPLE and previous.object in PEOPLE):
            measure = previous.measure
        return Attached(number, noun, measure, thing, previous.kind, 1.0, None, why)

    def _listed(self, index: int) -> Attached | None:
        """An item of a list under a heading: the outcome of the heading."""
        number, noun = self.scene.numbers[index], self.nouns[index]
        if noun.object is None or not self._is_item(number, noun):
            return None
        heading = self._heading(number)
        measure = None if heading is None else measure_of(heading.kind, noun.object)
        if heading is None or measure is None:
            return None
        return Attached(number, noun, measure, noun.object, heading.kind, 1.2, heading, "heading")

    def _in_a_ledger(self, index: int) -> Attached | None:
        """'Tanks - 8,760 (+9)': only ledgers of losses give totals with what a day added."""
        numbers, noun = self.scene.numbers, self.nouns[index]
        following = numbers[index + 1] if index + 1 < len(numbers) else None
        if noun.object is None or following is None or not following.added:
            return None
        measure = measure_of("lose", noun.object)
        return (
            None
            if measure is None
            else Attached(numbers[index], noun, measure, noun.object, "lose", 1.2, None, "heading")
        )

    def _is_item(self, number: Number, noun: Noun) -> bool:
        """It opens its line, but for a bullet and its noun."""
        scene = self.scene
        at = min(noun.first, number.first) if noun.before else number.first
        steps = 0
        while at > 0 and steps < _NEAR and scene.words[at - 1] != "\n":
            at -= 1
            steps += scene.words[at].isalnum()
        return at == 0 or scene.words[at - 1] == "\n"

    def _heading(self, number: Number) -> Mention | None:
        """The last outcome above, within some lines."""
        scene = self.scene
        lines = 0
        for at in range(number.first - 1, max(-1, number.first - _HEADING_WITHIN), -1):
            lines += scene.words[at] == "\n"
            if lines > _LIST_LINES:
                break
            if at in self.starts and (found := self.starts[at]).kind != "silence":
                return found
        return None
