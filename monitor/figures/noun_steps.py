"""How far the phrase behind a number goes on to its noun."""

from dataclasses import dataclass
from typing import Final

from models.enums import PEOPLE, Lang, Object
from monitor.figures.numbers import Number
from monitor.figures.scene import Scene
from monitor.figures.text import TokenKind

_UNKNOWN: Final = 4  # words of which nothing is known, in English compounds


@dataclass(frozen=True, slots=True)
class _Step:
    last: int
    cost: int


def step_over(scene: Scene, number: Number, at: int, unknown: int) -> _Step | None:
    """Past an adjective or, in English, a word of a compound; None where the noun phrase cannot go on."""
    token, names = scene.tokens[at], scene.names
    if token.kind is TokenKind.PUNCT:
        if _hangs(scene, at):
            return _Step(at + 2, 0)
        return _Step(at + 1, 0) if token.text in "-'/&" and _is_inside_a_word(scene, at) else None
    if token.kind is TokenKind.NUMBER:
        model = scene.tokens.ends[at - 1] == token.start and scene.tokens.kinds[at - 1] is TokenKind.WORD  # 'M777'
        return _Step(at + 1, 1) if model or scene.words[at - 1] == "-" else None
    if token.kind is TokenKind.NEWLINE:
        return None
    if scene.tags.has(at, names.of):
        return _Step(at + 1, 0) if at == number.last and _takes_of(scene, at) else None
    if scene.tags.has(at, names.more) or scene.tags.has(at, names.possessive):
        return _Step(at + 1, 0)
    if scene.tags.has(at, names.stops) and not _is_acronym(scene, at) and not _is_hyphened(scene, at):
        return None
    if scene.tags.has(at, names.articles):
        return None  # '1,200 a day'
    if scene.document.lang is Lang.EN:
        return _Step(at + 1, 1) if unknown < _UNKNOWN else None
    if scene.is_adjective(at) or token.text.isascii():
        return _Step(at + 1, 0)
    return None


def is_of_a_whole(scene: Scene, number: Number) -> bool:
    near = range(max(0, number.first - 3), number.first)
    return any((match := scene.tags.longest(at, scene.names.among)) and match.last == number.first for at in near)


def past_added(scene: Scene, at: int) -> int:
    """'402,430 (+1,080) persons': behind what a day added."""
    words = scene.words
    added = at + 3 < len(words) and words[at : at + 2] == ["(", "+"] and at + 2 in scene.number_of
    return at + 4 if added and words[at + 3] == ")" else at


def past_among(scene: Scene, at: int) -> int:
    """'three of whom were children': behind the words that tie a part to its whole."""
    match = scene.tags.longest(at, scene.names.among) if at < len(scene.words) else None
    if match is None:
        return at + 1 if _were_people(scene, at) else at
    after = match.last
    while after < len(scene.words) and (scene.words[after] == "-" or scene.tags.has(after, scene.names.copulas)):
        after += 1
    if after > match.last and after + 1 < len(scene.words) and scene.tags.longest(after, scene.names.nouns) is None:
        after += 1  # 'were small children'
    is_noun = after < len(scene.words) and scene.tags.longest(after, scene.names.nouns) is not None
    return after if is_noun and after not in scene.number_of else at


def _were_people(scene: Scene, at: int) -> bool:
    """'of the dead, 14 were children'."""
    if at + 1 >= len(scene.words) or at + 1 in scene.number_of or not scene.tags.has(at, scene.names.be):
        return False
    match = scene.tags.longest(at + 1, scene.names.nouns)
    return match is not None and Object(match.name.rsplit(".", 1)[1]) in PEOPLE


def _hangs(scene: Scene, at: int) -> bool:
    """The hyphen of 'air- and sea-based'."""
    joined = at > 0 and scene.tokens.ends[at - 1] == scene.tokens.starts[at]
    return joined and scene.words[at] == "-" and at + 1 < len(scene.words) and scene.tags.has(at + 1, scene.names.and_)


def _is_inside_a_word(scene: Scene, at: int) -> bool:
    if not 0 < at < len(scene.tokens) - 1:
        return False
    return scene.tokens.ends[at - 1] == scene.tokens.starts[at] and scene.tokens.starts[at + 1] == scene.tokens.ends[at]


def _is_hyphened(scene: Scene, at: int) -> bool:
    """'surface-to-surface missiles'."""
    return "-" in scene.words[at - 1 : at] and scene.words[at + 1 : at + 2] == ["-"] and _is_inside_a_word(scene, at)


def _is_acronym(scene: Scene, at: int) -> bool:
    """'IS fighters' are no verb."""
    token = scene.tokens[at]
    raw = scene.document.raw[token.start : token.end]
    return len(raw) > 1 and raw.isupper() and raw.isascii()


def _takes_of(scene: Scene, at: int) -> bool:
    """'dozens of soldiers', 'three of the drones', but not '18 of 24'."""
    return at + 1 < len(scene.words) and at + 1 not in scene.number_of
