"""Public Telegram channels by their preview page (t.me/s/name): no account, no key.

A poll reads the newest page, then older ones down to the last known post; what one poll does not reach stays in the
cursor as a gap. A page shows 20 ids without a break, so that a known id which is gone between its neighbours is a
suspicion; the post's own page (?embed=1), asked some time later, makes it a deletion.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from urllib.parse import urlsplit

from config.addresses import channel_handle
from monitor.errors import BadInputError
from monitor.sources.charset import decode
from monitor.sources.gathering import Gathering
from monitor.sources.http import Client
from monitor.sources.preview_cursor import Progress
from monitor.sources.preview_page import is_shown, read_landing, read_page
from monitor.sources.preview_presence import presence_of
from monitor.sources.preview_sheets import Sheet, gaps_left, newest_fault, older_fault, problems_of, stands
from monitor.sources.preview_visit import Asked, Visit
from monitor.values import Batch, Cursor, Fetched, Haul, Limits, Target


class PreviewCollector:
    def __init__(self, limits: Limits) -> None:
        self._limits = limits

    def address(self, given: str) -> str:
        try:
            return channel_handle(given.strip())
        except ValueError as error:
            raise BadInputError(str(error)) from error

    def host(self, target: Target) -> str:  # noqa: ARG002  (all channels share one)
        return urlsplit(self._limits.preview_base).netloc

    def fetch(self, target: Target, cursor: Cursor, client: Client, now: datetime) -> Haul:
        return Visit(target.address, Gathering(client), self._limits).haul(Progress.of(cursor), now)

    def parse(self, target: Target, cursor: Cursor, fetched: Sequence[Fetched]) -> Batch:
        for body, _ in _bodies(fetched, Asked.LANDING):
            state, reason = read_landing(body, target.address)
            return Batch(cursor=cursor, state=state, reason=reason)
        sheets = [Sheet.of(read_page(body), each) for body, each in _bodies(fetched, Asked.PAGE)]
        if not sheets:
            return Batch(cursor=cursor)
        progress = Progress.of(cursor)
        fault = newest_fault(sheets, progress)
        if fault is not None:
            return Batch(cursor=cursor, state=fault[0], reason=fault[1], telegram_id=sheets[0].page.telegram_id)
        return _batch(progress, sheets, dict(_singles(fetched)))


def _bodies(fetched: Sequence[Fetched], what: Asked) -> Iterator[tuple[str, Fetched]]:
    return ((decode(each.body, each.headers), each) for each in fetched if each.requested.get("what") == what)


def _singles(fetched: Sequence[Fetched]) -> Iterator[tuple[int, bool | None]]:
    for body, each in _bodies(fetched, Asked.SINGLE):
        number = each.requested["id"]
        if isinstance(number, int):
            yield number, is_shown(body, number)


def _batch(progress: Progress, sheets: Sequence[Sheet], shown: Mapping[int, bool | None]) -> Batch:
    newest, found, gaps = sheets[0].page, stands(sheets, progress), gaps_left(sheets, progress)
    presence = presence_of(progress, sheets, shown)
    state, reason = older_fault(sheets) or (newest.state, newest.reason)
    return Batch(
        posts=tuple(stand.post for _, stand in sorted(found.items()) if stand.post is not None),
        cursor=replace(presence.noted(progress, found, sheets[0].at), gaps=gaps).cursor(),
        state=state,
        reason=reason,
        telegram_id=newest.telegram_id,
        title=newest.title,
        vanished=_named(presence.vanished),
        deleted=_named(presence.deleted),
        returned=_named(presence.returned),
        problems=tuple(problems_of(sheets)),
        more=bool(gaps) and gaps != progress.gaps,
    )


def _named(numbers: Sequence[int]) -> tuple[str, ...]:
    return tuple(str(number) for number in numbers)
