"""Several pages of one channel read together: which posts they give, what is left over, what is gone."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final, Self

from models.enums import Health
from monitor.sources.preview_cursor import Gap, Progress
from monitor.sources.preview_page import PreviewPage
from monitor.sources.preview_post import Block
from monitor.values import Fetched, Problem, RawPost

FULL: Final = 20  # ids on a page, every photo of an album counted
FEW: Final = 3


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page, what was asked for with it, and what of that was still to be asked for (`rest`)."""

    page: PreviewPage
    walk: int
    asked: Gap
    rest: Gap | None
    at: datetime

    @classmethod
    def of(cls, page: PreviewPage, fetched: Fetched) -> Self:
        note: Mapping[str, Any] = fetched.requested
        rest = note["rest"]
        return cls(page, note["walk"], Gap.of(note["asked"]), rest and Gap.of(rest), fetched.fetched_at)

    @property
    def fault(self) -> tuple[Health, str] | None:
        if not self.page.readable:
            return self.page.state, self.page.reason or self.page.state
        if self.asked.before is not None and any(number >= self.asked.before for number in self.page.ids):
            return Health.BROKEN, f"asked for posts before {self.asked.before}, got newer ones"
        return None


def newest_fault(sheets: Sequence[Sheet], progress: Progress) -> tuple[Health, str] | None:
    """Why nothing of these pages may be taken: posts whose text is not found would overwrite known texts."""
    found = sheets[0].fault
    if found is not None or any(block.worded for sheet in sheets for block in sheet.page.blocks):
        return found
    count = len(sheets[0].page.ids)
    if count >= FULL or (progress.worded and len(sheets[0].page.blocks) >= FEW):
        return Health.BROKEN, f"{count} posts on the page without any text: it may have changed its form"
    return None


def older_fault(sheets: Sequence[Sheet]) -> tuple[Health, str] | None:
    return next((sheet.fault for sheet in sheets if sheet.fault is not None), None)


@dataclass(frozen=True, slots=True)
class Stand:
    """A block under the id that its post is stored under: an album keeps the id it had when its first photo goes."""

    number: int
    block: Block

    @property
    def ids(self) -> tuple[int, ...]:
        return (self.number, *(each for each in self.block.ids if each != self.number))

    @property
    def post(self) -> RawPost | None:
        post = self.block.post
        return None if post is None else replace(post, external_id=str(self.number))


def stands(sheets: Sequence[Sheet], progress: Progress) -> dict[int, Stand]:
    """What the pages show, by number; the older page, which shows an album whole, has the last word."""
    known_as = progress.known_as
    found: dict[int, Stand] = {}
    for sheet in sheets:
        if sheet.fault is None:
            blocks = whole_blocks(sheet, known_as)
            newest = blocks if sheet.asked.left is None else blocks[max(0, len(blocks) - sheet.asked.left) :]
            found |= {(number := known_as.get(block.ids[0], block.ids[0])): Stand(number, block) for block in newest}
    return found


def problems_of(sheets: Sequence[Sheet]) -> Iterator[Problem]:
    blocks = {block.name: block for sheet in sheets for block in sheet.page.blocks if block.post is None}
    return (Problem(f"post {name}", block.reason or "unreadable") for name, block in sorted(blocks.items()))


def gaps_left(sheets: Sequence[Sheet], progress: Progress) -> tuple[Gap, ...]:
    """What each walk did not reach, or could not read; gaps that no page was left for stay."""
    left: dict[int, Gap | None] = dict(enumerate(progress.gaps, start=1))
    broken: set[int] = set()
    for sheet in sheets:
        if sheet.walk not in broken:
            left[sheet.walk] = sheet.rest if sheet.fault is None else sheet.asked
        if sheet.fault is not None:
            broken.add(sheet.walk)
    return tuple(gap for _, gap in sorted(left.items()) if gap is not None)


def whole_blocks(sheet: Sheet, known_as: Mapping[int, int]) -> Sequence[Block]:
    """The blocks that are no torn-off end of an album."""
    blocks = [block for block in sheet.page.blocks if block.ids]
    if not blocks or not sheet.page.older:
        return blocks
    return blocks[1:] if _may_be_torn(blocks[0], sheet.rest, known_as) else blocks


def _may_be_torn(block: Block, rest: Gap | None, known_as: Mapping[int, int]) -> bool:
    """The oldest block of a page, unless it is known. If the next page shows it again, it is taken from there."""
    first = block.ids[0]
    if rest is not None and rest.before is not None:
        return rest.before > first
    if first in known_as:
        return known_as[first] != first
    return len(block.ids) > 1 or not block.worded
