"""Whether known posts are still there: suspected by the pages, settled later by the post's own page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from monitor.sources.preview_cursor import Progress
from monitor.sources.preview_sheets import Sheet, Stand, whole_blocks

_ENDLESS: Final = 2**63
_NOTHING: Final = (0, 0)


@dataclass(frozen=True, slots=True)
class Presence:
    """Numbers of posts. `unsettled`: asked for by itself, without an answer that tells."""

    vanished: tuple[int, ...] = ()
    deleted: tuple[int, ...] = ()
    returned: tuple[int, ...] = ()
    unsettled: tuple[int, ...] = ()

    def noted(self, progress: Progress, found: Mapping[int, Stand], at: datetime) -> Progress:
        """What is known after this poll; the gaps stay as they were."""
        settled = {*self.deleted, *self.returned}
        missing = {number: since for number, since in progress.missing.items() if number not in settled}
        missing |= dict.fromkeys([*self.vanished, *self.unsettled], at)
        seen = {ids[0]: ids for ids in progress.seen if ids[0] not in self.vanished}
        seen |= {number: stand.ids for number, stand in found.items() if stand.post is not None}
        ids = [number for stand in found.values() for number in stand.ids]
        last = max([*ids, *([] if progress.last is None else [progress.last])], default=None)
        worded = progress.worded or any(stand.block.worded for stand in found.values())
        return replace(progress, last=last, seen=tuple(seen.values()), missing=missing, worded=worded)


def presence_of(progress: Progress, sheets: Sequence[Sheet], shown: Mapping[int, bool | None]) -> Presence:
    """`shown`: of posts asked for by themselves, whether they are there; None where the answer did not tell.

    Absent twice between present neighbours is enough where the single page does not tell.
    """
    present = {number for sheet in sheets for number in sheet.page.ids}
    stretches = [_stretch(sheet, progress) for sheet in sheets if sheet.fault is None]
    returned = [number for number in progress.missing if number in present or shown.get(number) is True]
    asked = {number: told for number, told in shown.items() if number in progress.missing and number not in returned}
    deleted = [number for number, told in asked.items() if told is False or _is_within((number,), stretches)]
    vanished = [ids[0] for ids in progress.seen if present.isdisjoint(ids) and _is_within(ids, stretches)]
    unsettled = [number for number in asked if number not in deleted]
    return Presence(tuple(vanished), tuple(deleted), tuple(returned), tuple(unsettled))


def _is_within(ids: Sequence[int], stretches: Sequence[tuple[int, int]]) -> bool:
    return any(low <= min(ids) and max(ids) < high for low, high in stretches)


def _stretch(sheet: Sheet, progress: Progress) -> tuple[int, int]:
    """The ids, from the first to before the second, of which the page shows all that there are."""
    blocks = sheet.page.blocks
    if any(not block.ids for block in blocks):
        return _NOTHING
    high = sheet.asked.before if sheet.asked.before is not None else _ENDLESS
    if not sheet.page.older:
        return 0, high
    if not blocks:
        return _NOTHING
    torn = len(whole_blocks(sheet, progress.known_as)) < len(blocks)
    low = blocks[0].ids[-1] + 1 if torn else blocks[0].ids[0]
    return low, high
