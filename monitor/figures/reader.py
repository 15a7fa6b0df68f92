"""The chain from letters to figures; `explain.py` shows the same chain step by step."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from models.enums import Bound, Lang, Measure, Modifier, Object
from monitor.figures.attach import attach
from monitor.figures.attached import Attached, Dropped
from monitor.figures.attributes import figures_of
from monitor.figures.classes import classes_of
from monitor.figures.confidence import confidence_of
from monitor.figures.counted import Counted
from monitor.figures.everyone import everyone
from monitor.figures.gate import may_hold_figures
from monitor.figures.lexicon import lexicon
from monitor.figures.objects import settled_objects
from monitor.figures.scene import Mention, Scene
from monitor.figures.tagging import Tags
from monitor.figures.text import Document, fold, lang_of, sentences, tokenize
from monitor.figures.wholes import with_wholes
from monitor.figures.zeros import zeros
from monitor.values import Figure, ReadingContext

READER_VERSION: Final = 2  # goes up with every change that may read a stored text differently
_NOBODY: Final = ReadingContext()


@dataclass(frozen=True, slots=True)
class Item:
    """A figure before its attributes; `why` is where its measure came from."""

    counted: Counted
    modifier: Modifier
    confidence: float
    why: str
    added: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """`scene` is None where the gate let nothing through."""

    lang: Lang
    scene: Scene | None = None
    items: tuple[Item, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    figures: tuple[Figure, ...] = ()


def read_figures(text: str, context: ReadingContext | None = None) -> list[Figure]:
    """The figures that a text claims, in the order of the text. Pure, and fast where there are none."""
    context = context or _NOBODY
    return list(reading_of(text, context).figures)


def reading_of(text: str, context: ReadingContext, *, whole: bool = False) -> Reading:
    """`whole`: laid out to the end also where it cannot hold a figure, to be explained."""
    lang = context.lang if context.lang is not None else lang_of(text)
    folded = fold(text)
    if not whole and not may_hold_figures(folded, lang):
        return Reading(lang)
    tokens = tokenize(folded)
    tags = Tags(tokens.words, lexicon(lang))
    if not whole and not _says_what_happened(tags):
        return Reading(lang)
    doc = Document(text, folded, tokens, sentences(text, folded, lang), lang)
    scene = Scene(doc, tags)
    attached = with_wholes(scene, attach(scene))
    items = items_of(scene, [each for each in attached if isinstance(each, Attached)], attached)
    dropped = tuple(each for each in attached if isinstance(each, Dropped))
    figures = figures_of(doc, items, context) if items else ()
    return Reading(lang, scene, tuple(items), dropped, tuple(figures))


def _says_what_happened(tags: Tags) -> bool:
    """Without a word of an outcome or of those whom it befell only a ledger's '(+5)' gives a measure."""
    if "+" in tags.words and "(" in tags.words:
        return True
    told = classes_of(tags.lexicon).told
    return any(tags.longest(at, told) is not None for at in tags.where(told))


def items_of(scene: Scene, found: Sequence[Attached], all_of_them: Sequence[Attached | Dropped]) -> list[Item]:
    settled = settled_objects(scene, found)
    items = [_item(scene, each, thing) for each, thing in zip(found, settled, strict=True)]
    claimed = frozenset(each.noun.victim_at for each in found if each.noun.victim_at is not None)
    items += _zero_items(scene, claimed)
    items += _everyone_items(scene, all_of_them)
    return _one_for_each_span(sorted(items, key=lambda item: (item.counted.start, item.counted.end)))


def _item(scene: Scene, each: Attached, thing: Object) -> Item:
    number, noun = each.number, each.noun
    start, end = scene.offsets(number.first, number.last)
    counted = Counted(
        start,
        end,
        each.measure,
        thing,
        number.low,
        number.high,
        number.bound,
        scene.offsets(noun.first, noun.last) if noun.last > noun.first else None,
        _offsets(scene, each.mention),
    )
    why = each.inherited or each.kind
    return Item(counted, number.modifier, confidence_of(each), why, number.added)


def _zero_items(scene: Scene, claimed: frozenset[int]) -> list[Item]:
    return [
        _whole_item(scene, zero.first, zero.last, zero.measure, zero.object, 0.0, 0.0, zero.mention, "zero")
        for zero in zeros(scene, claimed)
    ]


def _everyone_items(scene: Scene, attached: Sequence[Attached | Dropped]) -> list[Item]:
    return [
        _whole_item(
            scene, each.first, each.last, Measure.INTERCEPTED, each.whole.object,
            each.whole.number.low, each.whole.number.high, each.mention, "all", each.whole,
        )
        for each in everyone(scene, attached)
    ]  # fmt: skip


def _whole_item(
    scene: Scene,
    first: int,
    last: int,
    measure: Measure,
    thing: Object,
    low: float | None,
    high: float | None,
    mention: Mention,
    why: str,
    whole: Attached | None = None,
) -> Item:
    start, end = scene.offsets(first, last)
    bound = Bound.EXACT if whole is None else whole.number.bound
    modifier = Modifier.NONE if whole is None else whole.number.modifier
    counted = Counted(start, end, measure, thing, low, high, bound, None, _offsets(scene, mention))
    return Item(counted, modifier, 0.9, why)


def _offsets(scene: Scene, mention: Mention | None) -> tuple[int, int] | None:
    return None if mention is None else scene.offsets(mention.first, mention.last)


def _one_for_each_span(items: Sequence[Item]) -> list[Item]:
    """One figure for a number expression and measure, and none inside another."""
    kept: list[Item] = []
    for item in items:
        if not kept or item.counted.start >= kept[-1].counted.end:
            kept.append(item)
    return kept
