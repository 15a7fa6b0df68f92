"""The corpus as values, and what an example says about a reading."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from models.enums import Bound, Lang, Measure, Modifier, Object, Scope, Stance
from monitor.values import Figure, NamedSpeaker, ReadingContext

HERE = Path(__file__).parent
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
REQUIRED = frozenset({"quote", "measure", "object", "low", "high", "bound"})
PIECES = frozenset({"speaker", "place", "part"})
PLAIN: Mapping[str, Any] = {
    "measure": Measure, "object": Object, "low": lambda given: given, "high": lambda given: given, "bound": Bound,
    "modifier": Modifier, "side": str, "scope": Scope, "stance": Stance, "provisional": bool,
}  # fmt: skip
KEYS = frozenset(PLAIN) | PIECES | {"quote", "nth", "optional", "speaker_key", "as_of"}
# The guide leaves open whether these belong to the number: 'тыс.', '(+73)'.
LOOSE_EDGES = "+."
WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Example:
    file: str
    lang: Lang
    rule: str
    text: str
    context: ReadingContext
    figures: tuple[Mapping[str, Any], ...]

    @property
    def id(self) -> str:
        digest = hashlib.sha1(f"{self.text}{self.context.side}".encode()).hexdigest()
        return f"{self.file}:{self.rule}:{digest[:6]}"

    @property
    def firm(self) -> tuple[Mapping[str, Any], ...]:
        return tuple(figure for figure in self.figures if not figure.get("optional"))


@cache
def examples() -> tuple[Example, ...]:
    return tuple(
        example for lang in Lang for path in sorted((HERE / lang).glob("*.yaml")) for example in _of(path, lang)
    )


def _of(path: Path, lang: Lang) -> Iterator[Example]:
    for entry in load(path):
        figures = tuple(_spelled_out(figure) for figure in entry["figures"])
        context = _context(entry.get("context", {}), lang)
        yield Example(f"{lang}/{path.stem}", lang, entry["rule"], entry["text"], context, figures)


def load(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=LOADER)


def _spelled_out(figure: Mapping[str, Any]) -> Mapping[str, Any]:
    if "exact" not in figure:
        return figure
    rest = {key: value for key, value in figure.items() if key != "exact"}
    return {**rest, "low": figure["exact"], "high": figure["exact"], "bound": "exact"}


def _context(given: Mapping[str, str], lang: Lang) -> ReadingContext:
    published = given.get("published")
    return ReadingContext(
        lang=Lang(given.get("lang", lang)),
        side=given.get("side", "unknown"),
        published=None if published is None else datetime.fromisoformat(published),
        speakers=parties(),
    )


@cache
def parties() -> tuple[NamedSpeaker, ...]:
    return tuple(
        NamedSpeaker(
            key=key,
            name=party["name"],
            side=party["side"],
            party=True,
            aliases={Lang(lang): tuple(names) for lang, names in party["aliases"].items()},
        )
        for key, party in load(HERE / "parties.yaml").items()
    )


@cache
def gaps() -> Mapping[str, str]:
    return {gap["id"]: gap["reason"] for gap in load(HERE / "gaps.yaml") or ()}


def span(example: Example, figure: Mapping[str, Any]) -> tuple[int, int]:
    start = -1
    for _ in range(figure.get("nth", 1)):
        start = example.text.index(figure["quote"], start + 1)
    return _trimmed(example.text, start, start + len(figure["quote"]))


def differences(example: Example, read: Iterable[Figure]) -> list[str]:
    """What an example objects to in a reading, one line each; nothing where it is right."""
    objections = []
    left = list(read)
    for figure in example.figures:
        found = _take(left, example, figure)
        if found is None and not figure.get("optional"):
            objections.append(f"not read: {figure['quote']!r} {figure['measure']} {figure['object']}")
        if found is not None and not figure.get("optional"):
            objections += [f"{figure['quote']!r}: {line}" for line in _unlike(figure, found)]
    return objections + [f"read besides: {extra.quote!r} {extra.measure} {extra.object}" for extra in left]


def _take(left: list[Figure], example: Example, figure: Mapping[str, Any]) -> Figure | None:
    """The reading at the quote, the one of the same measure first; an optional figure excuses whatever overlaps it."""
    start, end = span(example, figure)
    if figure.get("optional"):
        at = [read for read in left if read.start < end and start < read.end]
    else:
        at = [read for read in left if _trimmed(example.text, read.start, read.end) == (start, end)]
    at.sort(key=lambda read: read.measure != figure["measure"])
    if not at:
        return None
    left.remove(at[0])
    return at[0]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in LOOSE_EDGES:
        start += 1
    while end > start and text[end - 1] in LOOSE_EDGES:
        end -= 1
    return start, end


def _unlike(figure: Mapping[str, Any], read: Figure) -> Iterator[str]:
    for key in PLAIN.keys() & figure.keys():
        if getattr(read, key) != figure[key]:
            yield f"{key} is {getattr(read, key)}, not {figure[key]}"
    for key in PIECES & figure.keys():
        piece = getattr(read, key)
        if not same_piece(figure[key], None if piece is None else piece.quote):
            yield f"{key} is {piece}, not {figure[key]!r}"
    if "speaker_key" in figure and (read.speaker is None or read.speaker.key != figure["speaker_key"]):
        yield f"speaker is {read.speaker}, not {figure['speaker_key']}"
    if "as_of" in figure and not _speaks_of(figure["as_of"], read):
        yield f"as_of is {read.as_of}, not {figure['as_of']}"


def same_piece(want: str | None, have: str | None) -> bool:
    """Both absent, or at least half of their words are shared, as the labels are scored."""
    if want is None or have is None:
        return want is None and have is None
    wanted, had = Counter(WORD.findall(want.casefold())), Counter(WORD.findall(have.casefold()))
    shared = (wanted & had).total()
    return shared > 0 and 4 * shared >= wanted.total() + had.total()


def _speaks_of(day: str, read: Figure) -> bool:
    if read.as_of is None or read.as_of.start is None or read.as_of.end is None:
        return False
    noon = datetime.combine(datetime.fromisoformat(day), time(12), UTC)
    return read.as_of.start <= noon <= read.as_of.end and read.as_of.end - read.as_of.start <= timedelta(days=2)
