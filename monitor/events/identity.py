"""Ids of events: kept by the largest overlap with what was joined before, else made of what the event began with."""

from collections.abc import Iterable, Sequence
from hashlib import sha256

from monitor.events.drafts import Draft
from monitor.statements import Assignment


def with_ids(drafts: Iterable[Draft], before: Sequence[Assignment]) -> list[tuple[Draft, str]]:
    """By start. An old id goes to one event only: the one that keeps most of its statements."""
    known = [draft for draft in drafts if draft.members]
    known.sort(key=lambda draft: (draft.window.start, draft.kind, draft.seed))
    kept = _kept(known, before)
    taken = {old.event for old in before}
    found: list[tuple[Draft, str]] = []
    for number, draft in enumerate(known):
        event = kept.get(number) or _new_id(draft, taken)
        taken.add(event)
        found.append((draft, event))
    return found


def _kept(drafts: Sequence[Draft], before: Sequence[Assignment]) -> dict[int, str]:
    where = {statement: number for number, draft in enumerate(drafts) for statement in draft.members}
    overlaps: dict[tuple[str, int], int] = {}
    for old in before:
        for statement in old.statements:
            if statement in where:
                pair = old.event, where[statement]
                overlaps[pair] = overlaps.get(pair, 0) + 1
    kept: dict[int, str] = {}
    for (event, number), _ in sorted(overlaps.items(), key=lambda each: (-each[1], each[0])):
        if number not in kept and event not in kept.values():
            kept[number] = event
    return kept


def _new_id(draft: Draft, taken: set[str]) -> str:
    attempt = 0
    while True:
        event = "e" + sha256(f"{draft.kind}/{draft.seed}/{attempt}".encode()).hexdigest()[:12]
        if event not in taken:
            return event
        attempt += 1
