"""'All were destroyed': as many as were launched just before."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from models.enums import Measure
from monitor.figures.attached import Attached, Dropped
from monitor.figures.scene import Mention, Scene

_REACH: Final = 7


@dataclass(frozen=True, slots=True)
class Everyone:
    first: int
    last: int
    whole: Attached
    mention: Mention


def everyone(scene: Scene, attached: Sequence[Attached | Dropped]) -> list[Everyone]:
    launched = [each for each in attached if isinstance(each, Attached) and each.measure is Measure.LAUNCHED]
    return [found for whole in launched if (found := _all_of(scene, whole)) is not None]


def _all_of(scene: Scene, whole: Attached) -> Everyone | None:
    """Within the next sentence, before another number comes."""
    names, sentence = scene.names, scene.sentence_of[whole.number.first]
    for at in range(whole.number.last, len(scene.words)):
        if at in scene.number_of or scene.sentence_of[at] > sentence + 1:
            return None
        match = scene.tags.longest(at, names.everyone)
        if match is None or scene.tags.has(at - 1, names.negation):
            continue
        for mention in scene.mentions_after(match.last, 1):
            near = mention.first - match.last <= _REACH and not scene.numbers_between(match.last, mention.first)
            if near and mention.kind in ("shoot_down", "destroy") and not mention.nominal:
                return Everyone(at, match.last, whole, mention)
    return None
