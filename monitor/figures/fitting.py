"""Whether an outcome may have befallen what a number counts, and what a number without a noun counts under it."""

from typing import Final

from models.enums import PEOPLE, Lang, Measure, Object
from monitor.figures.attached import Attached
from monitor.figures.inheriting import Inheriting
from monitor.figures.measures import AIR, PEOPLE_KINDS, measure_of
from monitor.figures.nouns import Noun, NounKind
from monitor.figures.numbers import Number
from monitor.figures.scene import Mention, Scene
from monitor.figures.weighing import CLOSE, Weighing

_FEW: Final = (2, 3, 4)  # these govern the genitive singular where they are the subject
_AMMUNITION: Final = frozenset({Object.SHELL, Object.BOMB, Object.ROCKET})
_SHOT: Final = frozenset(
    {Object.MISSILE, Object.ROCKET, Object.SHELL, Object.BOMB}
)  # a drone that bursts may be downed
_FULL_STOPS: Final = frozenset(".!?\u2026")
_NAMED_WITHIN: Final = 40  # tokens
_UNDOING: Final = frozenset({"destroy", "damage", "shoot_down", "kill", "wound"})
_BARE_WITHIN: Final = 2  # sentences
_ANOTHER_WITHIN: Final = 6
_SUFFERER_WITHIN: Final = 10


class Fitting:
    """`claimed`: the tokens of the victims that other numbers count."""

    def __init__(
        self, scene: Scene, nouns: list[Noun], claimed: set[int], weighing: Weighing, inheriting: Inheriting
    ) -> None:
        self.scene, self.nouns, self.claimed = scene, nouns, claimed
        self.weighing, self.inheriting = weighing, inheriting
        self.alone = {
            noun.victim_at
            for number, noun in zip(scene.numbers, nouns, strict=True)
            if noun.victim_at == number.last and noun.last == number.last + 1 and noun.kind is NounKind.COUNTED
        }
        self.qualifying = {
            noun.victim_at
            for noun in nouns
            if noun.victim_at is not None and not noun.before and noun.victim_at + 1 < noun.last
        }

    def fits(
        self, index: int, mention: Mention, previous: Attached | None
    ) -> tuple[Object | None, Measure | None] | None:
        """Object and measure by this outcome; both None where it silences; None where it says nothing of the noun."""
        if mention.kind == "silence":
            return None, None
        noun = self.nouns[index]
        if mention.kind == "shoot_down" and self.nouns[index].object in PEOPLE and self._liquidates(mention):
            mention = mention._replace(kind="destroy")  # soldiers are neutralised, but not shot down
        elif mention.kind == "shoot_down" and noun.object in PEOPLE and self._runs_over(index, mention):
            mention = mention._replace(kind="casualties")
        if self._is_ruled_out(index, mention):
            return None
        lost = mention.kind == "lose" and mention.nominal and mention.first == self.scene.numbers[index].last
        thing = noun.object or self._said(mention) or self.thing(index, mention.kind, previous)
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
        if (
            measure in (Measure.INTERCEPTED, Measure.DESTROYED)
            and thing in _SHOT
            and self.scene.tags.has(mention.first, self.scene.names.bursts)
        ):
            measure = Measure.HIT
        if mention.kind == "collide" and measure is Measure.HIT and mention.first < self.scene.numbers[index].first:
            measure = Measure.LAUNCHED
        return None if measure is None else (thing, measure)

    def _runs_over(self, index: int, mention: Mention) -> bool:
        """'the driver who knocked down 9 people': right before their number, or they would be a plane's."""
        right_before = mention.last == self.scene.numbers[index].first
        return right_before and self.scene.tags.has(mention.first, self.scene.names.runs_over)

    def _is_ruled_out(self, index: int, mention: Mention) -> bool:
        noun = self.nouns[index]
        if mention.first in self.claimed and (mention.nominal or self._is_of_the_number_before(index, mention)):
            return True
        if mention.kind == "launch" and self._is_part_of_next(index, mention):
            return True
        if noun.object in _AMMUNITION and self.scene.tags.has(mention.first, self.scene.names.finds):
            return True  # a cache that was found
        if self._is_found_on_the_ground(index, mention) or self._is_of_somebody(index, mention):
            return True
        if self._is_a_share(mention) or self._is_denied(mention) or self._does_it(index, mention):
            return True
        if noun.object is not None and mention.first in self.alone and mention.first != noun.victim_at:
            return True  # '136 men, with more than 900 wounded': those 900 are the wounded
        if mention.first in self.qualifying and mention.first != noun.victim_at:
            return True  # 'of 80 soldiers, 3 wounded men': an adjective of those 3
        if noun.kind is NounKind.UNKNOWN and (
            mention.kind not in PEOPLE_KINDS - {"missing"} or mention.name in self.scene.names.victims
        ):
            return True  # 'the dead princess and the seven bogatyrs'
        # 'one great hotbed of deaths'
        return noun.kind is NounKind.UNKNOWN and mention.nominal and mention.first > self.scene.numbers[index].first

    def _is_of_the_number_before(self, index: int, mention: Mention) -> bool:
        """'of 30 who suffered 10 died': what the 30 count is not said of the 10."""
        return index > 0 and self.scene.number_of.get(mention.first - 1) == index - 1

    def _is_of_somebody(self, index: int, mention: Mention) -> bool:
        """'one child was told of the death of her father': he died."""
        scene, names, at = self.scene, self.scene.names, mention.last
        if not mention.nominal or mention.kind != "kill" or mention.first < self.nouns[index].last:
            return False
        while at < len(scene.words) and scene.tags.has(at, names.of | names.possessive | names.determiners):
            at += 1
        return at < len(scene.words) and at not in scene.number_of and scene.tags.longest(at, names.kin) is not None

    def _is_found_on_the_ground(self, index: int, mention: Mention) -> bool:
        """'found a car and two drones': what was detected in the sky is not listed with cars."""
        scene, first = self.scene, self.scene.numbers[index].first
        if self.nouns[index].object not in AIR or not scene.tags.has(mention.first, scene.names.finds):
            return False
        listed = (scene.tags.longest(at, scene.names.nouns) for at in range(mention.last, first))
        return any(match is not None and Object(match.name.rsplit(".", 1)[1]) not in AIR for match in listed)

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
        """'three teenagers in the car, no injured': there are none; 'they did not destroy five tanks'."""
        scene = self.scene
        if mention.kind not in PEOPLE_KINDS or scene.document.lang is Lang.EN:
            return mention.kind in _UNDOING and scene.tags.has(mention.first - 1, scene.names.negation)
        behind = mention.last < len(scene.words) and scene.tags.longest(mention.last, scene.names.no) is not None
        return behind or (not mention.nominal and scene.tags.has(mention.first - 1, scene.names.negation))

    def _does_it(self, index: int, mention: Mention) -> bool:
        """'two soldiers killed nine': in the nominative they are the subject."""
        scene, number, noun = self.scene, self.scene.numbers[index], self.nouns[index]
        if number.one and mention.first == number.last and scene.tags.has(mention.last, scene.names.other_lives):
            return True  # 'one killed another'
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

    def thing(self, index: int, kind: str, previous: Attached | None) -> Object | None:
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
            and self.inheriting.within(previous, index, self._reach(index, kind, previous))
            and measure_of(kind, previous.object) is not None
        ):
            return previous.object
        return self._named_near(index, kind)

    def _reach(self, index: int, kind: str, previous: Attached) -> int:
        """'Another 25 were eliminated' may count what stood some sentences before, where the same befell it."""
        before = self.scene.numbers[index].first - 1
        another = before >= 0 and self.scene.tags.has(before, self.scene.names.more)
        return _ANOTHER_WITHIN if another and kind == previous.kind else _BARE_WITHIN

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
