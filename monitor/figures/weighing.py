"""How far a number stands from a word that says what happened: the nearest one that fits has it."""

from collections.abc import Iterator, Sequence
from typing import Final

from models.enums import PEOPLE, Object
from monitor.figures.measures import AIR_KINDS, PEOPLE_KINDS
from monitor.figures.nouns import Noun, NounKind
from monitor.figures.numbers import Number
from monitor.figures.scene import Mention, Scene
from monitor.figures.text import TokenKind

# Costs are those of scene.py: a word between is 0.12, a comma 0.5.
LIMIT: Final = 4.0
_LIMITS: Final = {NounKind.NONE: 1.6, NounKind.UNKNOWN: 1.0}  # without a known noun, an outcome must stand close
CLOSE: Final = 0.45  # beside the number, or a word or two away
_PER_NUMBER: Final = 0.7
_MOST_NUMBERS: Final = 2  # a longer list costs no more
_PER_MENTION: Final = 1.4
_SAME_KIND: Final = 0.2
_RIGHT: Final = 0.08
_SILENCE: Final = 0.35  # a word such as 'live' or 'work' must be nearer than an outcome to win
_VAGUE_KILL: Final = 1.2  # people are liquidated, but so are fires: the word must stand near
_LOSE: Final = 0.15
_DISAGREES: Final = 1.4  # 'the pilot was killed, two hurt': a verb in the singular has a subject of its own
_ASIDE: Final = 3.0  # 'two people who lived there died': the clause between tells who they are
_DAY_WITHIN: Final = 4
_DONE_TO: Final = frozenset({"kill", "wound", "capture", "destroy", "shoot_down", "damage"})
_REDUCED: Final = 2.0
_OWN_PHRASE: Final = 0.3
_AIM: Final = 5.0  # '20 fighters tried to capture a village': what they were to do, not what became of them
_PEOPLE_LIMIT: Final = 2.4  # a numeral that counts people alone needs no noun
_NEAREST: Final = 4
_IN_BRACKETS: Final = 12  # tokens
_PART_WITHIN: Final = 6
_PART: Final = 1.4  # '41 found, of them shot down 33'
_COUNTED_BETWEEN: Final = 4


class Weighing:
    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.bracketed = dict(_bracketed(scene))

    def limit(self, number: Number, noun: Noun) -> float:
        if noun.kind is NounKind.NONE and self.scene.tags.has(number.core[0], self.scene.names.people_numerals):
            return _PEOPLE_LIMIT
        if number.changed:
            return LIMIT
        return _LIMITS.get(noun.kind, LIMIT)

    def _disagrees(self, number: Number, mention: Mention, gap: tuple[int, int]) -> bool:
        tags, names = self.scene.tags, self.scene.names
        has_one = mention.first > number.first and tags.has(mention.first - 1, names.singular)
        if not (has_one or tags.has(mention.first, names.of_one)) or number.collective or number.low is None:
            return False
        if number.low % 10 == 1 and number.low % 100 != 11:
            return False
        joined = any(self.scene.tags.has(at, self.scene.names.and_) for at in range(*gap))
        return mention.first > number.first or not joined

    def _aside(self, mention: Mention, gap: tuple[int, int]) -> bool:
        begins = range(gap[0], min(gap[0] + 3, gap[1]))
        relative = any(self.scene.tags.has(at, self.scene.names.relative) for at in begins)
        all_of_them = any(self.scene.tags.has(at, self.scene.names.they) for at in range(*gap))
        return mention.kind == "silence" and (relative or all_of_them)

    def _tells_which(self, mention: Mention, number: Number) -> bool:
        """'two missiles, fired from the sea, struck a depot': the clause tells which ones."""
        aside = self.scene.is_aside
        return mention.kind == "launch" and aside(mention.first) and not aside(number.first)

    def _is_reduced(self, mention: Mention) -> bool:
        """'two of the missiles launched were shot down': the participle only tells which ones."""
        scene, after = self.scene, mention.last
        if mention.nominal or after >= len(scene.words) or not scene.tags.has(after, scene.names.auxiliaries):
            return False
        return any(
            each.kind not in (mention.kind, "silence") and each.first <= after + 2
            for each in scene.mentions_after(after, 1)
        )

    def _acts(self, mention: Mention) -> bool:
        """'3,000 rebels attacked and captured seven posts': done by them and not to them."""
        scene, names, after = self.scene, self.scene.names, mention.last
        if mention.nominal or mention.kind not in _DONE_TO or after >= len(scene.words):
            return False
        if scene.tags.has(mention.first, names.intransitive) or not names.passive:
            return False
        if any(scene.tags.has(at, names.passive) for at in range(max(0, mention.first - 2), mention.first)):
            return False
        if after in scene.number_of:
            return True
        day = range(after, min(len(scene.words), after + _DAY_WITHIN))
        return scene.tags.has(after, names.determiners) and not any(scene.tags.has(at, names.time) for at in day)

    def _goes_on_acting(self, mention: Mention, gap: tuple[int, int]) -> bool:
        """'it took in 30 million and killed off its hero'."""
        joined = gap[1] == gap[0] + 1 and self.scene.tags.has(gap[0], self.scene.names.and_)
        return joined and not mention.nominal and mention.kind in _DONE_TO and bool(self.scene.names.passive)

    def _were_taken(self, mention: Mention, gap: tuple[int, int]) -> bool:
        """'soldiers who were captured in May returned': the clause tells which ones."""
        begins = range(gap[0], min(gap[0] + 2, gap[1]))
        if mention.kind != "capture" or not any(self.scene.tags.has(at, self.scene.names.relative) for at in begins):
            return False
        return any(each.kind == "silence" for each in self.scene.mentions_after(mention.last, 2))

    def _has_its_subject(self, mention: Mention, noun: Noun, gap: tuple[int, int]) -> bool:
        """'the guard was wounded and six volunteers had been killed': a passive verb before an 'and'."""
        tags, names = self.scene.tags, self.scene.names
        if mention.nominal or mention.last > gap[0] or not mention.first:
            return False
        own = range(gap[1], min(noun.last + 1, len(self.scene.words)))
        if noun.object is None and not any(tags.has(at, names.others) for at in own):
            return False
        if not tags.has(mention.first - 1, names.be):
            return False
        return any(tags.has(at, names.and_) for at in range(*gap))

    def _is_its_verb(self, gap: tuple[int, int]) -> bool:
        """'49 others were reportedly hospitalised': nothing but an auxiliary stands between."""
        tags, names, words = self.scene.tags, self.scene.names, self.scene.words
        if not any(tags.has(at, names.be) for at in range(*gap)):
            return False
        return all(
            tags.has(at, names.auxiliaries) or tags.has(at, names.others) or words[at].endswith("ly")
            for at in range(*gap)
        )

    def _in_a_phrase_of_its_own(self, gap: tuple[int, int]) -> bool:
        """'medics for mass casualties': a preposition stands before the outcome."""
        names, tags = self.scene.names, self.scene.tags
        return any(tags.has(at, names.prepositions) and not tags.has(at, names.copulas) for at in range(*gap))

    def is_of_another(self, mention: Mention, number: Number) -> bool:
        """'10 drones over the city (8 shot down)': what stands in brackets with its own number is of that number."""
        brackets = self.bracketed.get(mention.first)
        return brackets is not None and not brackets[0] < number.first < brackets[1]

    def _opens_a_part(self, gap: tuple[int, int]) -> bool:
        """Behind a comma or a line break; '15 of them were shot down' has none."""
        begin, end = gap[0], min(gap[0] + _PART_WITHIN, gap[1])
        while begin < end and self.scene.tokens.kinds[begin] is not TokenKind.WORD:
            begin += 1
        match = self.scene.tags.longest(begin, self.scene.names.among) if gap[0] < begin < end else None
        bracketed = self.scene.words[gap[0]] == "(" and ")" in self.scene.words[gap[0] : gap[1]]
        if match is None or match.last > gap[1] or bracketed:
            return False
        return "," not in self.scene.words[match.last : gap[1]]  # 'two, among them a child, were hurt'

    def near(self, number: Number, noun: Noun) -> Sequence[Mention]:
        end = number.last if noun.before else max(number.last, noun.last)
        found = [*self.scene.mentions_before(number.first, _NEAREST), *self.scene.mentions_after(number.last, _NEAREST)]
        found = [each for each in found if not self.is_of_another(each, number)]
        return [each for each in found if not number.first <= each.first < end or each.first == noun.victim_at]

    def and_between(self, mention: Mention, number: Number, noun: Noun) -> bool:
        gap = range(mention.last, number.first) if mention.first < number.first else range(noun.last, mention.first)
        return any(self.scene.tags.has(at, self.scene.names.and_) for at in gap)

    def cost(self, number: Number, noun: Noun, mention: Mention) -> float:
        gap = _gap(number, noun, mention)
        if gap is None:
            return 0.0
        if gap[1] == mention.first and self._is_its_verb(gap):
            cost = 0.0
        else:
            cost = self._way(noun, mention, gap) + self._misfit(number, noun, mention, gap)
            if mention.nominal and mention.kind in PEOPLE_KINDS and gap[1] == mention.first and cost <= CLOSE:
                cost += _OWN_PHRASE if self._in_a_phrase_of_its_own(gap) else -CLOSE
        return cost + (_SILENCE if mention.kind == "silence" else 0.0)

    def _way(self, noun: Noun, mention: Mention, gap: tuple[int, int]) -> float:
        """What lies between: words, numbers, other outcomes."""
        scene = self.scene
        cost = scene.apart(*gap) + _PER_NUMBER * min(_MOST_NUMBERS, scene.numbers_between(*gap))
        between = [each for each in scene.mentions_between(*gap) if not scene.is_aside(each.first)]
        people = noun.object in PEOPLE or (noun.object is None and mention.kind in PEOPLE_KINDS)
        return cost + sum(
            _SAME_KIND if each.kind == mention.kind or (people and each.kind in AIR_KINDS) else _PER_MENTION
            for each in between[:_COUNTED_BETWEEN]
        )

    def _misfit(self, number: Number, noun: Noun, mention: Mention, gap: tuple[int, int]) -> float:
        """What speaks against this outcome whichever words lie between."""
        cost = _VAGUE_KILL if mention.kind == "destroy" and noun.object is Object.PERSON else 0.0
        cost += _LOSE if mention.kind == "lose" else 0.0
        cost += _ASIDE if self._tells_which(mention, number) else 0.0
        if noun.kind is NounKind.UNKNOWN and "," in self.scene.words[gap[0] : gap[1]]:
            cost += _DISAGREES
        if self._disagrees(number, mention, gap) or self._has_its_subject(mention, noun, gap):
            cost += _DISAGREES
        return cost + (self._behind(number, noun, mention, gap) if gap[1] == mention.first else 0.0)

    def _behind(self, number: Number, noun: Noun, mention: Mention, gap: tuple[int, int]) -> float:
        """What speaks against an outcome behind the number."""
        scene, cost = self.scene, _RIGHT
        cost += _PART if self._opens_a_part(gap) else 0.0
        cost += _DISAGREES if number.one and mention.last in scene.number_of else 0.0
        if number.changed:
            cost += _DISAGREES + (_AIM if "," in scene.words[gap[0] : gap[1]] else 0.0)
        cost += _REDUCED if gap[0] == gap[1] and self._is_reduced(mention) else 0.0
        cost += _ASIDE if self._aside(mention, gap) else 0.0
        cost += _AIM if scene.tags.has(mention.first - 1, scene.names.infinitive) else 0.0
        cost += _AIM if self._acts(mention) else 0.0
        cost += _DISAGREES if noun.kind is NounKind.NONE and self._goes_on_acting(mention, gap) else 0.0
        return cost + (_AIM if self._were_taken(mention, gap) else 0.0)

    def closest(self, number: Number, noun: Noun) -> float:
        """The cost of the nearest outcome, whatever it is; far where there is none."""
        return min((self.cost(number, noun, each) for each in self.near(number, noun)), default=9.0)


def _gap(number: Number, noun: Noun, mention: Mention) -> tuple[int, int] | None:
    """The tokens between a number with its noun and an outcome; None where one lies in the other."""
    first = min(number.first, noun.first) if noun.before else number.first
    last = number.last if noun.before else max(number.last, noun.last)
    if mention.last <= first:
        return mention.last, first
    return (last, mention.first) if mention.first >= last else None


def _bracketed(scene: Scene) -> Iterator[tuple[int, tuple[int, int]]]:
    """First tokens of the outcomes that stand in brackets behind a number, with the brackets."""
    for opening in (at for at, word in enumerate(scene.words) if word == "("):
        reach = range(opening + 1, min(len(scene.words), opening + _IN_BRACKETS))
        closing = next((at for at in reach if scene.words[at] == ")"), opening)
        for mention in scene.mentions_between(opening, closing):
            if scene.numbers_between(opening, mention.first):
                yield mention.first, (opening, closing)
