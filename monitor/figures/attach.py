"""Joins numbers to what became of those they count: each to the nearest outcome that fits its noun, or to its list."""

from dataclasses import replace
from typing import Final

from models.enums import PEOPLE, Bound, Measure, Modifier, Object
from monitor.figures.attached import Attached, Dropped, Outcome
from monitor.figures.fitting import Fitting
from monitor.figures.inheriting import Inheriting
from monitor.figures.measures import AIR, measure_of
from monitor.figures.noun_choice import noun_of
from monitor.figures.nouns import Noun, NounKind
from monitor.figures.numbers import Number
from monitor.figures.paired import outcome_in_pair
from monitor.figures.scene import Mention, Scene
from monitor.figures.screening import Screening
from monitor.figures.weighing import CLOSE, Weighing

_NEAR_FATE: Final = 1.3  # how near the verb must be that tells what became of prisoners
_PREVIOUS_WITHIN: Final = 5  # numbers
_ONLY_COUNTED: Final = frozenset({"no outcome", "silence: presence"})
_SILENCED: Final = ("silence: justice", "silence: exchange")
_TIMES: Final = frozenset({"time", "year", "money"})
_JOINED_WITHIN: Final = 4
_FOUND_BEFORE: Final = 2
_FOUND_BEHIND: Final = 8
_STRUCK: Final = frozenset(Object) - PEOPLE - AIR


def attach(scene: Scene) -> list[Outcome]:
    return _Attaching(scene).all()


class _Attaching:
    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.starts = {each.first: each for each in scene.mentions}
        self.nouns = [noun_of(scene, number) for number in scene.numbers]
        self._share_nouns()
        self._share_wholes()
        self.weighing = Weighing(scene)
        self.screening = Screening(scene, self.nouns)
        self.claimed = {
            noun.victim_at for noun in self.nouns if noun.victim_at is not None and noun.kind is NounKind.COUNTED
        }
        self.inheriting = Inheriting(scene, self.nouns, self.claimed)
        self.fitting = Fitting(scene, self.nouns, self.claimed, self.weighing, self.inheriting)
        self.done: list[Outcome] = []

    def all(self) -> list[Outcome]:
        for index in range(len(self.scene.numbers)):
            self.done.append(self._one(index))
        for index in range(len(self.done) - 2, -1, -1):
            self.done[index] = self.inheriting.led(self.done, index)
        for index, each in enumerate(self.done):
            if isinstance(each, Dropped) and each.reason in _ONLY_COUNTED:
                self.done[index] = self.inheriting.told_of_them(index) or each
        return self.done

    def _share_nouns(self) -> None:
        """'2 and 5 years', '3, 4 and 5 tanks': a bare number takes the noun of the one that it is joined to."""
        for index in range(len(self.nouns) - 2, -1, -1):
            after = self.nouns[index + 1]
            own = self.nouns[index]
            aged = own.before and own.victim is None and after.kind is NounKind.ABSORBED
            taken = own.before and own.victim == "capture" and after.kind in (NounKind.ABSORBED, NounKind.OTHER)
            aged = aged or (taken and own.last == self.scene.numbers[index].first)
            if (own.kind in (NounKind.NONE, NounKind.UNKNOWN) or aged) and self._shares(index, after):
                self.nouns[index] = replace(
                    after, first=self.scene.numbers[index].last, last=self.scene.numbers[index].last
                )

    def _share_wholes(self) -> None:
        """'2 lanes of 3': the whole counts what its part does."""
        for index in range(1, len(self.nouns)):
            part, whole = self.scene.numbers[index - 1], self.scene.numbers[index]
            of = self.scene.tags.has(whole.first - 1, self.scene.names.of)
            near = of and whole.first - part.last <= _JOINED_WITHIN
            other = self.nouns[index - 1].kind in (NounKind.ABSORBED, NounKind.OTHER)
            if near and other and self.nouns[index].kind is NounKind.NONE:
                self.nouns[index] = self.nouns[index - 1]

    def _shares(self, index: int, after: Noun) -> bool:
        if after.kind is NounKind.NONE or after.before:
            return False
        number, following = self.scene.numbers[index], self.scene.numbers[index + 1]
        gap = range(number.last, following.first)
        of = 1 <= len(gap) <= 2 and self.scene.tags.has(gap[-1], self.scene.names.of)
        if of or self.scene.words[number.last : following.first] == ["/"]:
            return after.kind is NounKind.COUNTED
        if self.scene.is_part_of(number.last, following.first):
            things = after.kind is NounKind.COUNTED and after.victim is None
            return things or after.kind is NounKind.OTHER or after.reason == "places"  # '350 of the 354 villages'
        if self._has_verbs_of_its_own(gap, number):
            return after.object in PEOPLE
        denied = number.first > 0 and self.scene.tags.has(number.first - 1, self.scene.names.negation)
        alike = after.kind is NounKind.ABSORBED and number.digits == following.digits
        return (alike or denied) and self._coordinated(index)

    def _has_verbs_of_its_own(self, gap: range, number: Number) -> bool:
        """'killed 115 and wounded 92 soldiers'."""
        if len(gap) != 2 or not self.scene.tags.has(gap[0], self.scene.names.and_) or gap[1] not in self.starts:
            return False
        return any(each.last == number.first for each in self.scene.mentions_before(number.first, 1))

    def _coordinated(self, index: int) -> bool:
        number, following = self.scene.numbers[index], self.scene.numbers[index + 1]
        gap = range(number.last, following.first)
        joins = self.scene.names.and_ | self.scene.names.more | self.scene.names.copulas
        return len(gap) <= _JOINED_WITHIN and all(
            self.scene.words[at] == "," or self.scene.tags.has(at, joins) for at in gap
        )

    def _one(self, index: int) -> Outcome:
        scene, number, noun = self.scene, self.scene.numbers[index], self.nouns[index]
        previous = self._previous(index)
        if number.added and previous is not None and index and scene.numbers[index - 1] is previous.number:
            return replace(previous, number=number, inherited="added", cost=0.2)
        if (reason := self.screening.first_reason(number, noun)) is not None:
            return Dropped(number, reason)
        if (reason := self._silent_whole(index)) is not None:
            return Dropped(number, reason)
        if previous is not None and self.inheriting.within(previous, index, 1):
            near = self.inheriting.instead(index, previous)
            if near is not None:
                return near
        if (reason := self.screening.reason(index, noun)) is not None:
            return Dropped(number, reason)
        if self._is_part_of_others(index):
            return Dropped(number, "part of others")
        if noun.before and noun.victim is None and noun.last == number.first and not number.times:
            self._invert(index)
        found = self._in_a_pair(index, previous) or self._by_noun(index, previous) or self._by_outcome(index, previous)
        return found or self.inheriting.inherited(index, previous)

    def _silent_whole(self, index: int) -> str | None:
        """'Eleven were arrested, among them four gunmen': of a part no more is said than of its whole."""
        whole = self.done[index - 1] if index else None
        if not isinstance(whole, Dropped) or not whole.reason.startswith(_SILENCED):
            return None
        scene, number, noun = self.scene, self.scene.numbers[index], self.nouns[index]
        among = (scene.tags.longest(at, scene.names.among) for at in range(whole.number.last, number.first))
        if noun.victim is not None or not scene.same_sentence(whole.number.first, number.first) or not any(among):
            return None
        return whole.reason if self.weighing.closest(number, noun) >= CLOSE else None

    def _is_part_of_others(self, index: int) -> bool:
        """'fired four bullets, two of which hit the victim': bullets too."""
        scene, at = self.scene, self.scene.numbers[index].last
        if not index or self.nouns[index].kind is not NounKind.NONE or at >= len(scene.words):
            return False
        before = self.done[index - 1]
        others = self.nouns[index - 1].kind in (NounKind.OTHER, NounKind.UNKNOWN, NounKind.ABSORBED)
        told = isinstance(before, Dropped) and before.reason not in _TIMES
        same = scene.same_sentence(before.number.first, at)
        return told and others and same and scene.tags.longest(at, scene.names.among) is not None

    def _previous(self, index: int) -> Attached | None:
        for back in range(index - 1, max(-1, index - 1 - _PREVIOUS_WITHIN), -1):
            found = self.done[back]
            if isinstance(found, Attached):
                return found
        return None

    def _invert(self, index: int) -> None:
        """A number behind its noun, without a tie between them, is about so many."""
        number = self.scene.numbers[index]
        if self.nouns[index].object in (Object.PERSON, Object.DRONE) and number.bound in (Bound.EXACT, Bound.RANGE):
            bound = Bound.ABOUT if number.bound is Bound.EXACT else number.bound
            self.scene.numbers[index] = replace(number, bound=bound, modifier=Modifier.ABOUT)

    def _in_a_pair(self, index: int, previous: Attached | None) -> Attached | None:
        mention = outcome_in_pair(self.scene, index)
        thing = (
            None if mention is None else self.nouns[index].object or self.fitting.thing(index, mention.kind, previous)
        )
        measure = None if mention is None or thing is None else measure_of(mention.kind, thing)
        if mention is None or thing is None or measure is None:
            return None
        return Attached(self.scene.numbers[index], self.nouns[index], measure, thing, mention.kind, 0.3, mention)

    # By the noun itself: 'two dead', 'prisoners - 5'.

    def _by_noun(self, index: int, previous: Attached | None) -> Outcome | None:
        number, noun = self.scene.numbers[index], self.nouns[index]
        if noun.victim is None:
            return None
        if self._are_other_lives(number, noun):
            return None
        if (silencing := self._silencing(noun)) is not None:
            return Dropped(number, f"silence: {silencing.name.rsplit('.', 1)[-1]}")
        taken = noun.victim_at is not None and self.scene.tags.has(noun.victim_at, self.scene.names.outcomes)
        if (
            noun.victim == "capture"
            and not (taken and noun.last == number.last + 1)
            and (fate := self._fate_of_prisoners(number, noun)) is not None
        ):
            return fate
        if noun.victim == "missing" and self._are_found(number):
            return Dropped(number, "found")
        dead = self._died_of_wounds(number, noun)
        if dead is not None:
            return Attached(number, noun, Measure.KILLED, noun.object or Object.PERSON, "kill", 0.3, dead)
        thing = noun.object
        if thing is None or (thing is Object.PERSON and noun.victim_at == noun.first and noun.last == noun.first + 1):
            thing = self.fitting.thing(index, noun.victim, previous)
        measure = None if thing is None else measure_of(noun.victim, thing)
        if measure is None or thing is None:
            return None
        bare = taken and noun.victim == "capture" and noun.last == noun.first + 1
        if bare and previous is not None:
            thing = self._taken_like(index, previous) or thing
        both = self._both_kinds(noun)
        if both is not None:
            measure = both
        return Attached(number, noun, measure, thing, noun.victim, 0.0, self._mention_at(noun.victim_at))

    def _silencing(self, noun: Noun) -> Mention | None:
        """'Seven had been considered missing': the words of the outcome are part of a phrase that says otherwise."""
        before = None if noun.victim_at is None else self.starts.get(noun.victim_at - 1)
        covers = before is not None and before.kind == "silence" and before.last > before.first + 1
        return before if covers else None

    def _taken_like(self, index: int, previous: Attached) -> Object | None:
        """'38 wounded, 5 captured'; '14 tanks (9 destroyed, 2 captured)'."""
        if previous.object is Object.PERSON:
            return previous.object
        listed = previous.object not in PEOPLE and measure_of("capture", previous.object) is not None
        return previous.object if listed and self.inheriting.within(previous, index, 0) else None

    def _are_other_lives(self, number: Number, noun: Noun) -> bool:
        """'the strike claimed nine lives', but nine lives that were saved are no dead."""
        scene = self.scene
        if noun.victim_at is None or not scene.tags.has(noun.victim_at, scene.names.lives):
            return False
        beside = (*range(max(0, number.first - 2), number.first), min(noun.last, len(scene.words) - 1))
        return not any(scene.tags.has(at, scene.names.takes_lives) for at in beside)

    def _are_found(self, number: Number) -> bool:
        """'four of the 6 missing were found': those are missed no more."""
        scene, names = self.scene, self.scene.names
        if number.last >= len(scene.words) or not scene.tags.has(number.last, names.of):
            return False
        before = range(max(0, number.first - _FOUND_BEFORE), number.first)
        behind = range(number.last, min(len(scene.words), number.last + _FOUND_BEHIND))
        near = (at for at in (*before, *behind) if scene.same_sentence(at, number.first))
        return any(scene.tags.has(at, names.finds) and not scene.tags.has(at - 1, names.negation) for at in near)

    def _died_of_wounds(self, number: Number, noun: Noun) -> Mention | None:
        """'three of the wounded died': the verb beside the number says more than the noun."""
        if noun.victim != "wound" or noun.before:
            return None
        verbs = [
            each for each in self.weighing.near(number, noun) if each.kind == "kill" and each.first not in self.claimed
        ]
        verbs = [each for each in verbs if not self.weighing.and_between(each, number, noun)]
        best = min(verbs, key=lambda each: self.weighing.cost(number, noun, each), default=None)
        return best if best is not None and self.weighing.cost(number, noun, best) <= CLOSE else None

    def _fate_of_prisoners(self, number: Number, noun: Noun) -> Outcome | None:
        """Prisoners that are exchanged are no figure, those that are shot are killed."""
        others = [
            each
            for each in self.weighing.near(number, noun)
            if each.kind != "capture" and each.first not in self.claimed
        ]
        best = min(others, key=lambda each: self.weighing.cost(number, noun, each), default=None)
        if best is None or self.weighing.cost(number, noun, best) > _NEAR_FATE:
            return None
        if best.kind == "silence":
            return Dropped(number, f"silence: {best.name.rsplit('.', 1)[-1]}")
        measure = measure_of(best.kind, Object.MILITARY) if best.kind in ("kill", "wound") else None
        if measure is None:
            return None
        return Attached(number, noun, measure, Object.MILITARY, best.kind, 0.3, best)

    def _both_kinds(self, noun: Noun) -> Measure | None:
        """'dead and wounded' after one number: casualties."""
        scene = self.scene
        if noun.before or noun.last + 1 >= len(scene.words) or not scene.tags.has(noun.last, scene.names.and_):
            return None
        after = scene.tags.longest(noun.last + 1, scene.names.victims)
        if after is None or noun.last + 1 in scene.number_of:
            return None
        return Measure.CASUALTIES if set(after.name.split(".")) & {"wounded", "killed"} else None

    def _mention_at(self, at: int | None) -> Mention | None:
        return None if at is None else self.starts.get(at)

    # By the nearest outcome.

    def _by_outcome(self, index: int, previous: Attached | None) -> Outcome | None:
        number, noun = self.scene.numbers[index], self.nouns[index]
        best: tuple[float, Mention, Object | None, Measure | None] | None = None
        struck = 9.0
        for mention in self.weighing.near(number, noun):
            cost = self.weighing.cost(number, noun, mention)
            fits = self.fitting.fits(index, mention, previous)
            if fits is None and mention.kind in ("hit", "collide") and noun.object in _STRUCK:
                struck = min(struck, cost)
            if fits is None or cost > self.weighing.limit(number, noun):
                continue
            if best is None or cost < best[0]:
                best = (cost, mention, *fits)
        if struck <= CLOSE and (best is None or struck < best[0]):
            return Dropped(number, "struck")  # what became of them is not said
        if best is None:
            return None
        if previous is not None and (coordinated := self._coordinated_with(index, previous, best[1])) is not None:
            return coordinated
        cost, mention, thing, measure = best
        if thing is None or measure is None:
            return Dropped(number, f"silence: {mention.name.rsplit('.', 1)[-1]}")
        return Attached(number, noun, measure, thing, mention.kind, cost, mention)

    def _coordinated_with(self, index: int, previous: Attached, best: Mention) -> Attached | None:
        """'attacked with 65 drones and 8 missiles, shot down 52': behind a comma another clause begins."""
        scene, number, noun = self.scene, self.scene.numbers[index], self.nouns[index]
        mention, end = previous.mention, max(number.last, noun.last)
        if mention is None or mention.first > previous.number.first or noun.object is None or best.first < end:
            return None
        joint = range(max(previous.number.last, previous.noun.last), number.first)
        if len(joint) != 1 or scene.words[end] != ",":
            return None
        listed = scene.words[joint[0]] == "," and best.last in scene.number_of
        if not listed and not scene.tags.has(joint[0], scene.names.and_):
            return None
        measure = measure_of(previous.kind, noun.object)
        if measure is None:
            return None
        return Attached(number, noun, measure, noun.object, previous.kind, 0.5, mention)
