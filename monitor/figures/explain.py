"""How a text was read, step by step, and why a number in it is no figure: for desks that doubt a reading."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from models.enums import Measure
from monitor.figures.numbers import Number
from monitor.figures.reader import Item, reading_of
from monitor.figures.scene import Mention, Scene
from monitor.values import Figure, ReadingContext

REASONS: Final = {
    "time": "counts time",
    "money": "counts money",
    "measure_unit": "measures a distance, an area, a weight or a share",
    "places": "counts places",
    "attacks": "counts attacks, not what they did",
    "units_of_army": "names or counts units of an army",
    "other": "counts what no measure is about",
    "other_things": "counts buildings or objects, which no measure is about",
    "year": "is a year",
    "one as a word": "is no count ('one of them')",
    "zero as a word": "is no count here",
    "both as a conjunction": "joins two things ('both ... and')",
    "hypothetical": "is planned, feared or asked, not said to have happened",
    "ratio": "is one side of a ratio or an exchange",
    "no outcome": "is counted, but nothing near says what became of it",
    "nothing counted": "stands at nothing that is counted",
    "unknown noun": "stands at a word that is not known to count people or weapons",
    "brackets": "stands in brackets that say nothing of the figure before",
    "model": "belongs to the name of a model or unit",
    "ordinal": "is a place in a row",
    "compound": "is a part of a word: a calibre, an age, a size",
    "decimal": "has decimals, which no count has",
    "name": "names what stands before it",
    "link": "stands in a link or a handle",
    "coordinates": "is a coordinate",
    "date": "is a date",
    "score": "is a score",
    "phone": "is a telephone or card number",
    "share": "is a share or a temperature",
    "number_in_a_row": "numbers a list",
    "fraction": "is a fraction",
}
WHY: Final = {
    "added": "what the day added to the total before it",
    "among": "a part of the figure before it",
    "broken down": "a portion of the figure before it",
    "list": "an item of the list that the figure before it is in",
    "led": "an item of a list whose outcome stands behind it",
    "heading": "an item under a heading",
    "changed": "the new number for what the one before it counts",
    "told": "another number for what the one before it counts",
    "corrected": "put against the number before it",
    "whole": "the whole that the part beside it was taken of",
    "zero": "none at all",
    "all": "as many as were launched",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was seen: `what` it is, the piece of text, and a sentence about it."""

    what: str
    quote: str
    said: str


def explain(text: str, context: ReadingContext) -> Iterator[Line]:
    """From letters to figures: the language, the outcomes, each number with its noun and its fate, the figures."""
    reading = reading_of(text, context, whole=True)
    yield Line("language", "", reading.lang.value)
    scene = reading.scene
    if scene is None:
        return
    if not scene.numbers and not reading.items:
        yield Line("numbers", "", "none stands in it, and no 'none' of what befell somebody")
    if not any(mention.kind != "silence" for mention in scene.mentions):
        yield Line("outcome", "", "none stands in it, so no number can be one of a measure")
    for mention in scene.mentions:
        yield _mention(scene, mention)
    for shape in scene.rejected:
        yield Line("no count", text[shape.start : shape.end], REASONS.get(shape.reason, shape.reason))
    for dropped in reading.dropped:
        yield Line("no figure", _quote(scene, dropped.number), _reason(dropped.reason))
    for item, figure in zip(reading.items, reading.figures, strict=True):
        yield _figure(scene, item, figure)


def _mention(scene: Scene, mention: Mention) -> Line:
    start, end = scene.offsets(mention.first, mention.last)
    kind = mention.name.split(".")[1] if mention.kind == "silence" else mention.kind
    said = (
        f"silences numbers near it ({kind})" if mention.kind == "silence" else f"an outcome: {kind.replace('_', ' ')}"
    )
    return Line("outcome", scene.document.raw[start:end], said)


def _quote(scene: Scene, number: Number) -> str:
    start, end = scene.offsets(number.first, number.last)
    return scene.document.raw[start:end]


def _reason(reason: str) -> str:
    word, _, rest = reason.partition(": ")
    return f"silenced: counted as {rest}" if rest else REASONS.get(word, reason)


def _figure(scene: Scene, item: Item, figure: Figure) -> Line:
    why = WHY.get(item.why, f"by the nearest outcome, {item.why.replace('_', ' ')}")
    counted = item.counted
    noun = "" if counted.noun is None else f", counting {scene.document.raw[slice(*counted.noun)]!r}"
    return Line("figure", figure.quote, f"{_sentence(figure)}; {why}{noun}; confidence {figure.confidence:.2f}")


def _sentence(figure: Figure) -> str:
    low, high = ("" if end is None else f"{end:g}" for end in (figure.low, figure.high))
    interval = low if low == high else f"{low}..{high}"
    parts = [f"{interval} {figure.object} {Measure(figure.measure)} ({figure.bound}), {figure.scope}, of {figure.side}"]
    parts.append("said by the author" if figure.speaker is None else f"said by {figure.speaker.quote!r}")
    if figure.place is not None:
        parts.append(f"at {figure.place.quote!r}")
    if figure.stance != "asserts":
        parts.append(figure.stance)
    return ", ".join(parts)
