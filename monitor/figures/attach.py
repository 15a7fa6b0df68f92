"""Joins numbers to what became of those they count: each to the nearest outcome that fits its noun, or to its list."""

from dataclasses import replace
from typing import Final

from models.enums import PEOPLE, Bound, Lang, Measure, Modifier, Object
from monitor.figures.attached import Attached, Dropped, Outcome
from monitor.figures.inheriting import Inheriting
from monitor.figures.measures import AIR, PEOPLE_KINDS, measure_of
from monitor.figures.nouns import Noun, NounKind, noun_of
from monitor.figures.numbers import Number
from monitor.figures.paired import outcome_in_pair
from monitor.figures.scene import Mention, Scene
from monitor.figures.screening import Screening
from monitor.figures.weighing import CLOSE, Weighing

_NEAR_FATE: Final = 1.3  # how near the verb must be that tells what became of prisoners
_PREVIOUS_WITHIN: Final = 5  # numbers
_ONLY_COUNTED: Final = frozenset({"no outcome", "silence: presence"})
_FEW: Final = (2, 3, 4)  # these govern the genitive singular where they are the subject
_AMMUNITION: Final = frozenset({Object.SHELL, Object.BOMB, Object.ROCKET})
_FULL_STOPS: Final = frozenset(".!?\u2026")
_NAMED_WITHIN: Final = 40  # tokens
_JOINED_WITHIN: Final = 4
_STRUCK: Final = frozenset(Object) - PEOPLE - AIR
_SUFFERER_WITHIN: Final = 10


def attach(scene: Scene) -> list[Outcome]:
    return _Attaching(scene).all()


class _Attaching:
    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.starts = {each.first: each for each in scene.mentions}
        self.nouns = [noun_of(scene, number) for number in scene.numbers]
        self._share_nouns()
        self._share_wholes()
        self.claimed = {
            noun.victim_at for noun in self.nouns if noun.victim_at is not None and noun.kind is NounKind.COUNTED
        }
        self.alone = {
            noun.victim_at
            for number, noun in zip(scene.numbers, self.nouns, strict=True)
            if noun.victim_at == number.last and noun.last == number.last + 1 and noun.kind is NounKind.COUNTED
        }
        self.qualifying = {
            noun.victim_at
            for noun in self.nouns
            if noun.victim_at is not None and not noun.before and noun.victim_at + 1 < noun.last
        }
        self.weighing = Weighing(scene)
        self.screening = Screening(scene, self.nouns)
        self.inheriting = Inheriting(scene, self.nouns, self.claimed)
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
        if previous is not None and self.inheriting.within(previous, index, 1):
            near = self.inheriting.instead(index, previous)
            if near is not None:
                return near
        if (reason := self.screening.reason(index, noun)) is not None:
            return Dropped(number, reason)
        if noun.before and noun.victim is None and noun.last == number.first and not number.times:
            self._invert(index)
        found = self._in_a_pair(index, previous) or self._by_noun(index, previous) or self._by_outcome(index, previous)
        return found or self.inheriting.inherited(index, previous)

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
        thing = None if mention is None else self.nouns[index].object or self._thing(index, mention.kind, previous)
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
        taken = noun.victim_at is not None and self.scene.tags.has(noun.victim_at, self.scene.names.outcomes)
        if (
            noun.victim == "capture"
            and not (taken and noun.last == number.last + 1)
            and (fate := self._fate_of_prisoners(number, noun)) is not None
        ):
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
        bare = taken and noun.victim == "capture" and noun.last == noun.first + 1
        if bare and previous is not None:
            thing = self._taken_like(index, previous) or thing
        both = self._both_kinds(noun)
        if both is not None:
            measure = both
        return Attached(number, noun, measure, thing, noun.victim, 0.0, self._mention_at(noun.victim_at))

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
            fits = self._fits(index, mention, previous)
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

    def _fits(
        self, index: int, mention: Mention, previous: Attached | None
    ) -> tuple[Object | None, Measure | None] | None:
        """Object and measure by this outcome; both None where it silences; None where it says nothing of the noun."""
        if mention.kind == "silence":
            return None, None
        noun = self.nouns[index]
        if mention.nominal and mention.first in self.claimed:
            return None
        if mention.kind == "shoot_down" and self.nouns[index].object in PEOPLE and self._liquidates(mention):
            mention = mention._replace(kind="destroy")  # soldiers are neutralised, but not shot down
        if mention.kind == "launch" and self._is_part_of_next(index, mention):
            return None
        if noun.object in _AMMUNITION and self.scene.tags.has(mention.first, self.scene.names.finds):
            return None  # a cache that was found
        if self._is_a_share(mention) or self._is_denied(mention) or self._does_it(index, mention):
            return None
        if noun.object is not None and mention.first in self.alone and mention.first != noun.victim_at:
            return None  # '136 men, with more than 900 wounded': those 900 are the wounded
        if mention.first in self.qualifying and mention.first != noun.victim_at:
            return None  # 'of 80 soldiers, 3 wounded men': an adjective of those 3
        if noun.kind is NounKind.UNKNOWN and (
            mention.kind not in PEOPLE_KINDS - {"missing"} or mention.name in self.scene.names.victims
        ):
            return None  # 'the dead princess and the seven bogatyrs'
        if noun.kind is NounKind.UNKNOWN and mention.nominal and mention.first > self.scene.numbers[index].first:
            return None  # 'one great hotbed of deaths'
        lost = mention.kind == "lose" and mention.nominal and mention.first == self.scene.numbers[index].last
        thing = noun.object or self._said(mention) or self._thing(index, mention.kind, previous)
        if thing is None and mention.nominal and mention.kind == "lose" and self._is_amount_of(index, mention):
            thing = Object.MILITARY  # 'losses at 1,100': an army's, where nothing else is said
        if thing is None and lost:
            thing = Object.MILITARY  # '400 thousand losses'
        if (
            mention.kind in PEOPLE_KINDS
            and noun.object is not None
            and self.scene.tags.has(noun.first, self.scene.names.crews)
        ):
            thing = Object.MILITARY  # 'three tankers were killed': no ships
        if thing is None or (thing in PEOPLE and mention.kind == "destroy" and not self._liquidates(mention)):
            return None
        measure = measure_of(mention.kind, thing)
        if mention.kind == "collide" and measure is Measure.HIT and mention.first < self.scene.numbers[index].first:
            measure = Measure.LAUNCHED
        return None if measure is None else (thing, measure)

    def _is_a_share(self, mention: Mention) -> bool:
        """'suffered 75 percent losses': they have a number of their own, which is no count."""
        before = mention.first - 1
        if before < 1 or mention.kind not in ("lose", "casualties"):
            return False
        return self.scene.words[before] == "%" or self.scene.tags.has(before, self.scene.names.shares)

    def _said(self, mention: Mention) -> Object | None:
        """'civilian casualties rose to 38': civilians."""
        thing = Object(mention.name.rsplit(".", 1)[1]) if mention.name in self.scene.names.victims else None
        return thing if thing in (Object.CIVILIAN, Object.CHILD) else None

    def _is_denied(self, mention: Mention) -> bool:
        """'three teenagers in the car, no injured': there are none."""
        scene = self.scene
        if mention.kind not in PEOPLE_KINDS or scene.document.lang is Lang.EN:
            return False
        behind = mention.last < len(scene.words) and scene.tags.longest(mention.last, scene.names.no) is not None
        return behind or (not mention.nominal and scene.tags.has(mention.first - 1, scene.names.negation))

    def _does_it(self, index: int, mention: Mention) -> bool:
        """'two soldiers killed nine': in the nominative they are the subject."""
        scene, number, noun = self.scene, self.scene.numbers[index], self.nouns[index]
        if (
            noun.object not in PEOPLE
            or mention.first < noun.last
            or not scene.tags.has(mention.first, scene.names.transitive)
        ):
            return False
        few = number.digits and number.low in _FEW and scene.tags.has(noun.last - 1, scene.names.genitive)
        return few or scene.tags.has(number.core[0], scene.names.nominative)

    def _is_amount_of(self, index: int, mention: Mention) -> bool:
        number = self.scene.numbers[index]
        return mention.last <= number.first and self.weighing.cost(number, self.nouns[index], mention) <= CLOSE

    def _is_part_of_next(self, index: int, mention: Mention) -> bool:
        """'shot down 11 of the 18 missiles fired': fired were the 18."""
        numbers, scene = self.scene.numbers, self.scene
        if index + 1 >= len(numbers) or mention.first < numbers[index + 1].first:
            return False
        return scene.is_part_of(numbers[index].last, numbers[index + 1].first)

    def _liquidates(self, mention: Mention) -> bool:
        """People are 'eliminated', but not 'blown up': what blows up beside them is something else."""
        return self.scene.tags.has(mention.first, self.scene.names.liquidates)

    def _thing(self, index: int, kind: str, previous: Attached | None) -> Object | None:
        """What a number without a noun counts under this outcome."""
        numeral = self.scene.tags.has(self.scene.numbers[index].core[0], self.scene.names.people_numerals)
        if kind in PEOPLE_KINDS or numeral:
            soldiers = (
                previous is not None
                and previous.object is Object.MILITARY
                and self.inheriting.within(previous, index, 1)
            )
            if soldiers:
                return Object.MILITARY
            if kind == "casualties" and self._suffered_by_an_army(self.scene.numbers[index]):
                return Object.MILITARY
            return Object.CIVILIAN if self._are_other_civilians(index, previous) else Object.PERSON
        if (
            previous is not None
            and self.inheriting.within(previous, index, 2)
            and measure_of(kind, previous.object) is not None
        ):
            return previous.object
        return self._named_near(index, kind)

    def _suffered_by_an_army(self, number: Number) -> bool:
        """'the brigade suffered 300 casualties', 'zero casualties on our side': soldiers."""
        scene, names = self.scene, self.scene.names
        after = number.last + 1
        if after < len(scene.words) and scene.tags.longest(after, names.on_a_side) is not None:
            return True
        suffers = next(
            (at for at in range(number.first - 1, max(-1, number.first - 4), -1) if scene.tags.has(at, names.suffers)),
            None,
        )
        if suffers is None:
            return False
        before = range(max(0, suffers - _SUFFERER_WITHIN), suffers)
        return any(scene.tags.has(at, names.armies) and scene.same_sentence(at, suffers) for at in before)

    def _are_other_civilians(self, index: int, previous: Attached | None) -> bool:
        """'killed one resident and wounded two others'."""
        after, scene = self.scene.numbers[index].last, self.scene
        if previous is None or previous.object is not Object.CIVILIAN or after >= len(scene.words):
            return False
        return scene.tags.has(after, scene.names.others) and self.inheriting.within(previous, index, 0)

    def _named_near(self, index: int, kind: str) -> Object | None:
        """The nearest noun of the sentence that such an outcome may befall: 'drones: 12 shot down'."""
        scene, number = self.scene, self.scene.numbers[index]
        for at in range(number.first - 1, max(-1, number.first - _NAMED_WITHIN), -1):
            if scene.words[at] in _FULL_STOPS and not scene.same_sentence(at, at + 1):
                return None
            match = scene.tags.longest(at, scene.names.nouns)
            if match is None or at in scene.number_of:
                continue
            thing = Object(match.name.rsplit(".", 1)[1])
            if thing not in PEOPLE and measure_of(kind, thing) is not None:
                return thing
        return None
