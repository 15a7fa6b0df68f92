"""The calls of one poll by an account. Mostly one: news since the last known post. Looks into an answer only for where
to go on.

What follows the news (changes, second looks, a recheck, a backfill) has budgets of its own: where one is spent, that
alone waits for the next poll.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import takewhile
from typing import Any, Final

from telethon.tl import functions, types

from models.enums import Health, Method
from monitor.sources.errors import SourceError
from monitor.sources.preview_cursor import Gap
from monitor.sources.telegram.bodies import Asked, fetched
from monitor.sources.telegram.errors import InvalidPeerError, LostStateError
from monitor.sources.telegram.line import Line, LineDownError, Peer, PostponedError
from monitor.sources.telegram.progress import Known
from monitor.values import JSON, Fetched, Haul, Limits, Target

AT_ONCE: Final = 100  # messages that one call answers
LEAST: Final = 20  # more than an album holds, so that a page is never one torn album
DIFFERENCES: Final = 5


@dataclass(slots=True)
class Visit:
    target: Target
    known: Known
    line: Line
    limits: Limits
    clock: Callable[[], datetime]
    _fetched: list[Fetched] = field(default_factory=list)
    _requests: int = 0
    _pages: int = 0

    def haul(self) -> Haul:
        postponed, trouble = None, None
        try:
            self._go()
        except PostponedError as error:
            postponed = error.until
            if all(each.requested["what"] == Asked.PEER for each in self._fetched):
                self._fetched.clear()  # whom the handle names is kept already; of the channel nothing was read
        except SourceError as error:
            trouble = error.trouble
        return Haul(tuple(self._fetched), trouble, None, self._requests, postponed)

    def _go(self) -> None:
        peer = self._peer()
        if peer is None:
            return
        try:
            self._news(peer)
        except InvalidPeerError:
            self.line.forget_peer(peer.telegram_id)
            peer = self._resolved()
            if peer is None:
                return
            self._news(peer)
        self._besides(peer)

    def _peer(self) -> Peer | None:
        known = self.line.peer(self.target.telegram_id, self.target.address)
        return known if known is not None else self._resolved()

    def _resolved(self) -> Peer | None:
        """None where the handle leads to another channel than it did: parsing says so."""
        answer = self._call(Method.RESOLVE, functions.contacts.ResolveUsernameRequest(self.target.address))
        found = next((chat for chat in answer.chats if chat.id == getattr(answer.peer, "channel_id", None)), None)
        if not isinstance(found, types.Channel) or not found.broadcast or found.access_hash is None:
            raise SourceError("the handle is no channel's", health=Health.NO_CHANNEL)
        self._keep(Asked.PEER, answer, found.id)
        if self.target.telegram_id not in (None, found.id):
            return None
        peer = Peer(found.id, found.access_hash, self.target.address, found.title)
        self.line.keep_peer(peer)
        return peer

    def _news(self, peer: Peer) -> None:
        progress = self.known.progress
        first = Gap(left=self.limits.first_posts, since=self.clock() - self.limits.first_age)
        newest = first if progress.last is None else Gap(down_to=progress.last)
        for walk, gap in enumerate([newest, *progress.gaps]):
            self._walk(peer, gap, walk=walk)

    def _walk(self, peer: Peer, gap: Gap, *, low: bool = False, **note: JSON) -> None:
        """Read a gap downwards as far as the calls of this poll go."""
        rest: Gap | None = gap
        while rest is not None and self._pages < self.limits.pages:
            asked, limit = rest, AT_ONCE if rest.left is None else min(AT_ONCE, max(LEAST, rest.left))
            answer = self._history(peer, asked, limit, low=low)
            rest = rest_of(asked, answer.messages, limit)
            self._keep(
                Asked.HISTORY,
                answer,
                peer.telegram_id,
                asked=asked.json(),
                rest=None if rest is None else rest.json(),
                **note,
            )

    def _history(self, peer: Peer, asked: Gap, limit: int, *, low: bool) -> Any:
        self._pages += 1
        request = functions.messages.GetHistoryRequest(
            peer=types.InputPeerChannel(peer.telegram_id, peer.access_hash), offset_id=asked.before or 0,
            offset_date=None, add_offset=0, limit=limit, max_id=0, min_id=asked.down_to, hash=0,
        )  # fmt: skip
        return self._call(Method.HISTORY, request, low=low)

    def _besides(self, peer: Peer) -> None:
        for ask in (self._changes, self._looks, self._recheck, self._backfill):
            try:
                ask(peer)
            except LineDownError:
                raise
            except PostponedError:
                continue

    def _changes(self, peer: Peer) -> None:
        state, now = self.known.state, self.clock()
        every = max(self.limits.difference_every.total_seconds(), state.timeout)
        if state.pts is None or (state.asked_at is not None and (now - state.asked_at).total_seconds() < every):
            return
        pts: int = state.pts
        try:
            for _ in range(DIFFERENCES):
                answer = self._difference(peer, pts)
                self._keep(Asked.DIFFERENCE, answer, peer.telegram_id)
                pts = getattr(answer, "pts", pts)
                if answer.final or isinstance(answer, types.updates.ChannelDifferenceTooLong):
                    break
        except LostStateError as error:
            self._keep(Asked.DIFFERENCE, types.updates.ChannelDifferenceEmpty(0, final=True), peer.telegram_id,
                       lost=str(error))  # fmt: skip

    def _difference(self, peer: Peer, pts: int) -> Any:
        request = functions.updates.GetChannelDifferenceRequest(
            channel=types.InputChannel(peer.telegram_id, peer.access_hash),
            filter=types.ChannelMessagesFilterEmpty(), pts=pts, limit=AT_ONCE, force=False,
        )  # fmt: skip
        return self._call(Method.DIFFERENCE, request)

    def _looks(self, peer: Peer) -> None:
        """Second looks at what seems gone, posts that have to be read whole, and numbers without a post."""
        state, progress = self.known.state, self.known.progress
        now = self.clock()
        confirmed = now - self.limits.confirm_deletion_after
        held = state.held is not None and now < state.held
        gone = [] if held else [number for number, since in progress.missing.items() if since <= confirmed]
        whole = [self.known.ids_of(number) for number in (*gone, *state.look)]
        ids = _some(whole, AT_ONCE)
        self._look(peer, [*ids, *(state.holes[: AT_ONCE - len(ids)])])

    def _recheck(self, peer: Peer) -> None:
        at, now = self.known.state.rechecked_at, self.clock()
        if at is None or now - at >= self.limits.recheck_every:
            self._look(peer, _some(sorted(self.known.progress.seen, reverse=True), AT_ONCE), recheck=True)

    def _look(self, peer: Peer, ids: Sequence[int], *, recheck: bool = False) -> None:
        if not ids:
            return
        asked = sorted(set(ids))
        request = functions.channels.GetMessagesRequest(
            channel=types.InputChannel(peer.telegram_id, peer.access_hash),
            id=[types.InputMessageID(number) for number in asked],
        )
        self._keep(Asked.LOOK, self._call(Method.MESSAGES, request), peer.telegram_id, ids=asked, recheck=recheck)

    def _backfill(self, peer: Peer) -> None:
        asked = self.target.backfilling
        if asked is not None:
            self._walk(peer, Gap(before=asked.before, since=asked.since), low=True, backfill=asked.id)

    def _call(self, method: Method, request: Any, *, low: bool = False) -> Any:
        answer = self.line.call(method, request, low=low)
        self._requests += 1
        return answer

    def _keep(self, what: Asked, answer: Any, telegram_id: int, **note: JSON) -> None:
        self._fetched.append(fetched(what, answer, self.clock(), peer=telegram_id, **note))


def rest_of(asked: Gap, messages: Sequence[Any], limit: int) -> Gap | None:
    """What is still to be asked for after this page; a torn album at its end once more, as a whole."""
    if len(messages) < limit:
        return None
    newest_first = sorted(messages, key=lambda message: -int(message.id))
    oldest = newest_first[-1]
    left = None if asked.left is None else asked.left - len(messages)
    reached = asked.since is not None and oldest.date is not None and oldest.date < asked.since
    if (left is not None and left <= 0) or reached or oldest.id <= asked.down_to + 1:
        return None
    group = getattr(oldest, "grouped_id", None)
    torn = takewhile(lambda message: group and getattr(message, "grouped_id", None) == group, reversed(newest_first))
    return replace(asked, before=max([oldest.id - 1, *(message.id for message in torn)]) + 1, left=left)


def _some(groups: Iterable[Sequence[int]], most: int) -> list[int]:
    """The ids of whole posts, as many as one call takes."""
    found: list[int] = []
    for ids in groups:
        if len(found) + len(ids) <= most:
            found += ids
    return found
