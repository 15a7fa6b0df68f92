"""Posts that pass on another post's words: forwards, and near-copies that do not say so."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TypeAlias

from rapidfuzz import fuzz

from monitor.events.values import Version, place_key, version_of
from monitor.statements import PostRef, PostText, Statement, order_of

ALIKE = 88.0  # of 100: an emoji, a signature or a link more
HELD_WHOLE = 95.0  # a copy framed by words of its own
REWRITTEN = 78.0  # the same words in another order, some left out and some put in
SHORTEST = 40  # characters: below, two people may well write the same
SHORTEST_HELD = 80
COPIED_WITHIN = timedelta(days=3)

_BETWEEN_WORDS = re.compile(r"[\W_]+")

Numbers: TypeAlias = tuple[tuple[str, float | None, float | None, str], ...]


@dataclass(slots=True)
class _Block:
    """Versions that state the same numbers of the same places: only these can be copies. `roots` are none."""

    roots: list[tuple[PostText, str]] = field(default_factory=list)


def origins_of(statements: Iterable[Statement]) -> Mapping[Version, PostRef]:
    """For each version that passes on another post, the first post with these words."""
    blocks: dict[Numbers, _Block] = defaultdict(_Block)
    origins: dict[Version, PostRef] = {}
    for said in _versions(statements):
        post, block = said[0].post, blocks[_numbers(said)]
        text = _plain(post.text)
        origin = _origin(post, text, block)
        if origin is None:
            block.roots.append((post, text))
        else:
            origins[version_of(post)] = origin
    return origins


def _versions(statements: Iterable[Statement]) -> Iterable[list[Statement]]:
    versions: dict[Version, list[Statement]] = defaultdict(list)
    for statement in sorted(statements, key=order_of):
        versions[version_of(statement.post)].append(statement)
    return versions.values()


def _numbers(said: Sequence[Statement]) -> Numbers:
    figures = [statement.figure for statement in said]
    places = ["" if figure.place is None else place_key(figure.place) for figure in figures]
    told = ((each.measure.value, each.low, each.high, place) for each, place in zip(figures, places, strict=True))
    return tuple(sorted(told, key=str))


def _plain(text: str) -> str:
    return _BETWEEN_WORDS.sub(" ", text.casefold()).strip()


def _origin(post: PostText, text: str, block: _Block) -> PostRef | None:
    if post.forwarded_from is not None:
        return _forwarded(post, text, block)
    if _speaks_for_itself(post):
        return None
    near = (root for root in block.roots if _may_be_copied(post, root[0]) and _alike(text, root[1]))
    return next((root.ref for root, _ in near), None)


def _forwarded(post: PostText, text: str, block: _Block) -> PostRef | None:
    """The post itself where it is followed, else the first forward of it."""
    followed = [root for root, words in block.roots if root.ref.source == post.forwarded_from and _alike(text, words)]
    if post.forwarded_post is not None and post.forwarded_from is not None:
        named = PostRef(post.forwarded_from, post.forwarded_post)
        followed = [root for root, _ in block.roots if root.ref == named] or followed
    again = [root for root, words in block.roots if _same_forward(post, root) and _alike(text, words)]
    known = followed or again
    return known[0].ref if known else None


def _same_forward(post: PostText, root: PostText) -> bool:
    same = root.forwarded_from == post.forwarded_from and root.forwarded_post == post.forwarded_post
    return same and root.ref != post.ref


def _speaks_for_itself(post: PostText) -> bool:
    """What a party publishes it says, in whoever's words."""
    return post.channel.speaker is not None and post.channel.speaker.party


def _may_be_copied(post: PostText, root: PostText) -> bool:
    return root.ref.source != post.ref.source and post.stated_at - root.stated_at <= COPIED_WITHIN


def _alike(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    if len(short) < SHORTEST:
        return one == other
    if fuzz.ratio(one, other, score_cutoff=ALIKE):
        return True
    if len(short) >= SHORTEST_HELD and fuzz.token_sort_ratio(one, other, score_cutoff=REWRITTEN):
        return True
    return len(short) >= SHORTEST_HELD and bool(fuzz.partial_ratio(short, long, score_cutoff=HELD_WHOLE))
