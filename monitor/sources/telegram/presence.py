"""Whether known posts are still there. Gone once is a suspicion; gone at a second look, some time later, is a deletion.

Where many posts have gone at once, the fault is rather with the account or with Telegram: those wait for a day.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final, Protocol

from monitor.sources.telegram.bodies import Asked
from monitor.sources.telegram.progress import Known, State
from monitor.values import Limits, Problem

MASS: Final = 20
MASS_SHARE: Final = 0.5

Given = Mapping[str, Any]


class Answered(Protocol):
    @property
    def what(self) -> Asked: ...
    @property
    def body(self) -> Given: ...
    @property
    def note(self) -> Given: ...
    @property
    def at(self) -> datetime: ...
    @property
    def messages(self) -> list[Given]: ...
    @property
    def changes(self) -> list[Given]: ...


@dataclass(frozen=True, slots=True)
class Presence:
    """Numbers of posts; `missing` and `state` are what is known afterwards."""

    vanished: tuple[int, ...]
    deleted: tuple[int, ...]
    returned: tuple[int, ...]
    missing: Mapping[int, datetime]
    state: State
    problems: tuple[Problem, ...] = ()


def presence_of(known: Known, answers: Sequence[Answered], limits: Limits) -> Presence:
    missing, at = dict(known.progress.missing), answers[-1].at
    present = {number for answer in answers for number in _present(known, answer)}
    gone = {number for answer in answers for number in _gone(known, answer)} - present
    told = {number for answer in answers for number in _told_deleted(known, answer)} - present
    confirmed = [
        number for number in gone if number in missing and missing[number] <= at - limits.confirm_deletion_after
    ]
    young = [number for number in confirmed if missing[number] > at - limits.mass_deletion_after]
    state, problems = _state_after(known, answers), []
    if len(young) >= MASS and len(young) > MASS_SHARE * len(gone | present):
        problems.append(_mass(len(young), len(gone | present)))
        confirmed = [number for number in confirmed if number not in young]
        state = replace(state, held=at + limits.confirm_deletion_after)
    returned = sorted(number for number in missing if number in present)
    vanished = sorted((gone | told) - {*missing})
    settled = {*confirmed, *returned}
    left = {number: since for number, since in missing.items() if number not in settled} | dict.fromkeys(vanished, at)
    return Presence(tuple(vanished), tuple(sorted(confirmed)), tuple(returned), left, state, tuple(problems))


def _mass(gone: int, asked: int) -> Problem:
    return Problem("deletions", f"{gone} of {asked} posts looked at seem gone at once: not marked as deleted for a day")


def _own(known: Known, number: int) -> int:
    return known.progress.known_as.get(number, number)


def _present(known: Known, answer: Answered) -> Iterator[int]:
    changed = [message for update in answer.changes if isinstance(message := update.get("message"), Mapping)]
    return (_own(known, int(message["id"])) for message in (*answer.messages, *changed) if "id" in message)


def _gone(known: Known, answer: Answered) -> Iterator[int]:
    """Posts of which no id is there, of those looked at whole."""
    if answer.what is not Asked.LOOK:
        return
    asked, there = {int(number) for number in answer.note["ids"]}, {int(each["id"]) for each in answer.messages}
    stored = {*known.progress.known_as, *known.progress.missing}
    for number in {_own(known, each) for each in asked & stored}:
        ids = known.ids_of(number)
        if asked.issuperset(ids) and there.isdisjoint(ids):
            yield number


def _told_deleted(known: Known, answer: Answered) -> Iterator[int]:
    for update in answer.changes:
        if update.get("_") == "UpdateDeleteChannelMessages":
            yield from (_own(known, int(number)) for number in update.get("messages", ()))


def _state_after(known: Known, answers: Sequence[Answered]) -> State:
    """A first poll has just seen the newest posts; what preview pages have told of, it looks at again at once."""
    state = known.state
    for answer in answers:
        if answer.what is Asked.HISTORY and state.pts is None and answer.body.get("pts"):
            looked_at = answer.at if known.progress.last is None else state.rechecked_at
            state = replace(state, pts=int(answer.body["pts"]), asked_at=answer.at, rechecked_at=looked_at)
        elif answer.what is Asked.DIFFERENCE:
            state = _after_changes(state, answer)
        elif answer.what is Asked.LOOK and answer.note.get("recheck"):
            state = replace(state, rechecked_at=answer.at)
    return state


def _after_changes(state: State, answer: Answered) -> State:
    """Where Telegram cannot tell them all, the newest posts are looked at by their ids instead, at once."""
    timeout = int(answer.body.get("timeout") or 0)
    if answer.note.get("lost"):
        return replace(state, pts=None, asked_at=answer.at, rechecked_at=None)
    if answer.body.get("_") == "ChannelDifferenceTooLong":
        pts = (answer.body.get("dialog") or {}).get("pts")
        return replace(state, pts=pts, asked_at=answer.at, rechecked_at=None, timeout=timeout)
    told = answer.body.get("pts")
    return replace(
        state, pts=told or state.pts, asked_at=answer.at if answer.body.get("final") else None, timeout=timeout
    )
