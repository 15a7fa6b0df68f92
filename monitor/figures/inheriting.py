"""Figures that take their measure from the one before, from the heading of their list, or from the end of it."""

from collections.abc import Sequence
from typing import Final

from models.enums import PEOPLE, Lang, Measure, Object
from monitor.figures.attached import Attached, Dropped, Outcome
from monitor.figures.measures import AIR, PEOPLE_KINDS, measure_of
from monitor.figures.nouns import Noun, NounKind
from monitor.figures.numbers import Number
from monitor.figures.scene import Mention, Scene
from monitor.figures.text import TokenKind
from monitor.figures.weighing import CLOSE, Weighing

_ITEM: Final = 2.2  # how far apart two items of a list may be
_LIST_LINES: Final = 14
_HEADING_WITHIN: Final = 300  # tokens
_NEAR: Final = 5
_ITEM_WORDS: Final = 8
_TOLD_WITHIN: Final = 40  # tokens
_CLAUSE_ENDS: Final = frozenset(",.;-\n!?")
_NOTHING: Final = {
    NounKind.COUNTED: "no outcome",
    NounKind.NONE: "nothing counted",
    NounKind.UNKNOWN: "unknown noun",
}


class Inheriting:
    """`claimed`: the words of outcomes that are nouns of other numbers."""

    def __init__(self, scene: Scene, nouns: Sequence[Noun], claimed: set[int]) -> None:
        self.scene = scene
        self.nouns = nouns
        self.claimed = claimed
        self.weighing = Weighing(scene)
        self.starts = {each.first: each for each in scene.mentions}

    def instead(self, index: int, previous: Attached) -> Attached | Dropped | None:
        """What plainly goes on with the figure before, whatever verbs stand near."""
        number, noun = self.scene.numbers[index], self.nouns[index]
        if noun.kind is NounKind.NONE:
            return self._bare(index, previous)
        found = self._people_among(index, previous)
        if found is None and noun.object in PEOPLE and self._in_brackets(number, previous):
            return self._as(previous, number, noun, "among") or Dropped(number, "brackets")
        return found

    def _bare(self, index: int, previous: Attached) -> Attached | None:
        scene, number, noun = self.scene, self.scene.numbers[index], self.nouns[index]
        if (state := self._state_of_them(index, previous)) is not None:
            return state
        if number.changed and self.scene.numbers_between(previous.number.last, number.first) == 0:
            return self._as(previous, number, noun, "changed")
        if self.weighing.closest(number, noun) < CLOSE or (number.one and not self._breaks_down(number)):
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

    def _state_of_them(self, index: int, previous: Attached) -> Attached | None:
        """'Seven were hurt, one of them is in a grave condition': a part of those, whatever verb stands between."""
        scene, number, noun = self.scene, self.scene.numbers[index], self.nouns[index]
        of_them = scene.tags.longest(number.last, scene.names.among) if number.last < len(scene.words) else None
        if of_them is None or previous.measure not in (Measure.WOUNDED, Measure.CASUALTIES):
            return None
        said = [each for each in scene.mentions_after(of_them.last, 2) if each.kind != "silence"]
        if not said or not said[0].nominal or said[0].kind != "wound" or said[0].first - of_them.last > _NEAR:
            return None
        if scene.numbers_between(of_them.last, said[0].first):
            return None
        return Attached(number, noun, Measure.WOUNDED, previous.object, "wound", 0.3, said[0])

    def _people_among(self, index: int, previous: Attached) -> Attached | None:
        """'21 people, among them 9 children, were taken away': a part of those, unless its own outcome stands at it."""
        scene, number, noun = self.scene, self.scene.numbers[index], self.nouns[index]
        if noun.victim is not None or noun.object not in PEOPLE or previous.object not in PEOPLE:
            return None
        among = [scene.tags.longest(at, scene.names.among) for at in range(max(0, number.first - 4), number.first)]
        if not any(match is not None and match.last <= number.first for match in among):
            return None
        outcomes = [each for each in self.weighing.near(number, noun) if each.kind != "silence"]
        if min((self.weighing.cost(number, noun, each) for each in outcomes), default=9.0) < CLOSE:
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
            scene.document.raw[scene.tokens.starts[at]].isupper() for at in range(max(0, before - 3), before)
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

    def inherited(self, index: int, previous: Attached | None) -> Attached | Dropped:
        number, noun = self.scene.numbers[index], self.nouns[index]
        found = None
        if previous is not None:
            found = self._among(index, previous) or self._continued(index, previous)
        found = found or self._listed(index) or self._in_a_ledger(index) or self._pointed_back(index)
        return found or Dropped(number, _NOTHING[noun.kind])

    def _among(self, index: int, previous: Attached) -> Attached | None:
        """'among them 3 children': the measure of the whole."""
        scene, number, noun = self.scene, self.scene.numbers[index], self.nouns[index]
        if not self.within(previous, index, 1):
            return None
        near = [at for at in range(max(0, number.first - _NEAR), number.first) if scene.same_sentence(at, number.first)]
        after = range(number.last, min(len(scene.words), number.last + 2))
        if after and scene.words[after[0]] == ",":
            after = range(0)  # 'four, among them a boy, are in hospital'
        if not any(scene.tags.longest(at, scene.names.among) for at in (*near, *after)):
            return None
        return self._as(previous, number, noun, "among")

    def _continued(self, index: int, previous: Attached) -> Attached | None:
        """'18 - over Bryansk, four - over Oryol'; '46 women and 36 men' after '98 wounded'; '5 guns, 6 cars'."""
        scene, number, noun = self.scene, self.scene.numbers[index], self.nouns[index]
        if not self.within(previous, index, 1) or self._other_outcome(previous, number):
            return None
        if noun.kind is NounKind.UNKNOWN:
            return self._as(previous, number, noun, "list") if self._is_elliptic(index, previous) else None
        if noun.kind is NounKind.NONE:
            another = number.first > 0 and scene.tags.has(number.first - 1, scene.names.more)
            goes_on = self._breaks_down(number) or (
                another and scene.same_sentence(previous.number.first, number.first)
            )
            return self._as(previous, number, noun, "broken down") if goes_on else None
        same = scene.same_sentence(previous.number.first, number.first)
        alike = noun.object == previous.object or (noun.object in PEOPLE and previous.object in PEOPLE)
        if same or (alike and self._breaks_down(number)) or self._adds_weapons(previous, number, noun):
            return self._as(previous, number, noun, "list")
        return None

    def _is_elliptic(self, index: int, previous: Attached) -> bool:
        """'420,000 British soldiers, 200,000 French and 500,000 German': an adjective stands for its noun."""
        scene, number = self.scene, self.scene.numbers[index]
        at, after = number.last, number.last + 1
        if not self.within(previous, index, 0) or previous.object not in PEOPLE or at >= len(scene.words):
            return False
        if scene.document.lang is Lang.EN:
            qualifies = scene.document.raw[scene.tokens[at].start].isupper()
        else:
            joined = scene.tags.has(number.first - 1, scene.names.and_ | scene.names.more)
            qualifies = joined and scene.is_adjective(at)
        if after >= len(scene.words):
            return qualifies
        return qualifies and (scene.words[after] in _CLAUSE_ENDS or scene.tags.has(after, scene.names.and_))

    def _adds_weapons(self, previous: Attached, number: Number, noun: Noun) -> bool:
        """'attacked with two missiles. And also with 90 drones': nothing else opens the next sentence."""
        scene, at = self.scene, number.first
        if noun.object not in AIR or previous.object not in AIR:
            return False
        links = scene.names.and_ | scene.names.more | scene.names.prepositions
        while at > 0 and scene.same_sentence(at - 1, number.first) and scene.tags.has(at - 1, links):
            at -= 1
        opens = at < number.first and (at == 0 or not scene.same_sentence(at - 1, at))
        return opens and any(scene.tags.has(word, scene.names.more) for word in range(at, number.first))

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
        prose = noun.object in PEOPLE and self._goes_on(noun)  # 'Two men left the house and ...'
        if noun.object is None or prose or not self._is_item(number, noun):
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

    def _pointed_back(self, index: int) -> Attached | None:
        """'All the dead were near it. These are two children and a man', 'Losses are heavy. It is under 100,000'."""
        scene, number, noun = self.scene, self.scene.numbers[index], self.nouns[index]
        at = number.first - 1
        opens = at > 0 and scene.tags.has(at, scene.names.points) and not scene.same_sentence(at - 1, at)
        named = noun.kind is NounKind.NONE or noun.object in PEOPLE
        said = [each for each in scene.mentions_before(at - 1, _NEAR) if each.kind != "silence"] if opens else []
        if not named or not said or said[0].kind not in PEOPLE_KINDS | {"lose"}:
            return None
        if scene.numbers_between(said[0].first, at):
            return None
        thing = noun.object or (Object.MILITARY if said[0].kind == "lose" else Object.PERSON)
        measure = measure_of(said[0].kind, thing)
        return (
            None if measure is None else Attached(number, noun, measure, thing, said[0].kind, 1.2, said[0], "heading")
        )

    def told_of_them(self, index: int) -> Attached | None:
        """'There were two people on board. They died': what became of people that were only counted."""
        scene, number, noun = self.scene, self.scene.numbers[index], self.nouns[index]
        if noun.victim is not None or noun.object not in PEOPLE:
            return None
        following = scene.numbers[index + 1].first if index + 1 < len(scene.numbers) else len(scene.words)
        begin = number.last if noun.before else max(number.last, noun.last)
        for at in range(begin + 1, min(following, begin + _TOLD_WITHIN)):
            match = scene.tags.longest(at, scene.names.they)
            if match is None or (scene.words[at - 1] not in _CLAUSE_ENDS and scene.same_sentence(at - 1, at)):
                continue
            mention = next(iter(scene.mentions_after(match.last, 1)), None)
            return None if mention is None else self._told(number, noun, match.last, mention)
        return None

    def _told(self, number: Number, noun: Noun, at: int, mention: Mention) -> Attached | None:
        scene = self.scene
        far = mention.first - at > _NEAR or scene.numbers_between(at, mention.first)
        denied = scene.tags.has(mention.first - 1, scene.names.negation)
        later = scene.sentence_of[at] - scene.sentence_of[number.first] > 1
        if far or denied or later or mention.nominal or mention.kind not in PEOPLE_KINDS or noun.object is None:
            return None
        measure = measure_of(mention.kind, noun.object)
        return (
            None
            if measure is None
            else Attached(number, noun, measure, noun.object, mention.kind, 1.2, mention, "told")
        )

    def _goes_on(self, noun: Noun) -> bool:
        """The line is a sentence of its own, no item of a list."""
        words = self.scene.words
        return "\n" not in words[noun.last : noun.last + _ITEM_WORDS] and noun.last + _ITEM_WORDS < len(words)

    def _is_item(self, number: Number, noun: Noun) -> bool:
        """It opens its line, but for a bullet and its noun."""
        scene = self.scene
        at = min(noun.first, number.first) if noun.before else number.first
        steps = 0
        while at > 0 and steps < _NEAR and scene.words[at - 1] != "\n":
            at -= 1
            steps += scene.words[at].isalnum()
        worded = steps and not number.digits  # 'the price of one such missile'
        return not worded and (at == 0 or scene.words[at - 1] == "\n")

    def _heading(self, number: Number) -> Mention | None:
        """The last outcome above, within some lines."""
        scene = self.scene
        lines = 0
        for at in range(number.first - 1, max(-1, number.first - _HEADING_WITHIN), -1):
            lines += scene.words[at] == "\n"
            if lines > _LIST_LINES:
                break
            found = self.starts.get(at)
            if at in self.claimed:
                continue  # '323 prisoners' above is an item too
            if found is not None and found.kind != "silence" and not self.weighing.is_of_another(found, number):
                return found
        return None

    def led(self, done: Sequence[Outcome], index: int) -> Outcome:
        """A list whose outcome stands behind its last item: '267 aircraft, 148 helicopters ... have been destroyed'."""
        each, following = done[index], done[index + 1]
        noun = self.nouns[index]
        if isinstance(each, Attached) or isinstance(following, Dropped) or noun.object is None:
            return each
        if each.reason not in _NOTHING.values():
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

    def within(self, previous: Attached, index: int, sentences: int) -> bool:
        scene = self.scene
        number = scene.numbers[index]
        return scene.sentence_of[number.first] - scene.sentence_of[previous.number.first] <= sentences
