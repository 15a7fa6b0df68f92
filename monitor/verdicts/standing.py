"""What stands when: figures carried over an edit, figures withdrawn, and the one figure that a post's speaker means."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby

from models.enums import Withdrawal
from monitor.statements import Member, PostText, Statement, Thresholds, order_of
from monitor.verdicts.comparing import adds_nothing, figures_meet, same_number
from monitor.verdicts.intervals import span_of


def in_order(members: Iterable[Member]) -> list[Member]:
    return sorted(members, key=lambda member: order_of(member.statement))


def as_of(members: Iterable[Member], now: datetime) -> list[Member]:
    """What was known at `now`: nothing stated later, no withdrawal that is still to come."""
    known = [member for member in members if member.statement.post.stated_at <= now]
    return [replace(member, statement=_not_yet_withdrawn(member.statement, now)) for member in known]


def _not_yet_withdrawn(statement: Statement, now: datetime) -> Statement:
    post = statement.post
    if post.withdrawn_at is None or post.withdrawn_at <= now:
        return statement
    return replace(statement, post=replace(post, withdrawn_at=None, withdrawal=None))


def carried_over(members: Sequence[Member]) -> tuple[list[Member], dict[str, str]]:
    """A figure that an edit leaves as it was has been stated once, by the first version that has it.

    Returns the figures and, for each one dropped, the id of the figure that it continues.
    """
    kept: dict[tuple[object, ...], Member] = {}
    done: list[Member] = []
    continues: dict[str, str] = {}
    for member in sorted(members, key=lambda member: (member.statement.post.version, order_of(member.statement))):
        key = _content(member.statement)
        first = kept.get(key)
        if first is None or not _follows(member.statement.post, first.statement.post):
            kept[key] = member
            if first is not None:
                done.append(first)
            continue
        kept[key] = _extended(first, member)
        continues[member.statement.id] = first.statement.id
    return in_order([*done, *kept.values()]), continues


def _content(statement: Statement) -> tuple[object, ...]:
    figure = statement.figure
    part = None if figure.part is None else figure.part.quote
    return (
        statement.post.ref,
        statement.speaker.key,
        figure.measure,
        figure.object,
        figure.side,
        figure.scope,
        figure.stance,
        part,
        figure.low,
        figure.high,
        figure.modifier,
        figure.provisional,
        None if figure.place is None else figure.place.name,
    )


def _follows(later: PostText, earlier: PostText) -> bool:
    """The next version of the post, or the same one saying it twice."""
    if later.version == earlier.version:
        return True
    return earlier.withdrawal is Withdrawal.EDITED and earlier.withdrawn_at == later.stated_at


def _extended(first: Member, last: Member) -> Member:
    post = last.statement.post
    stretched = replace(first.statement.post, withdrawn_at=post.withdrawn_at, withdrawal=post.withdrawal)
    return replace(first, statement=replace(first.statement, post=stretched))


def leading(members: Sequence[Member], thresholds: Thresholds) -> tuple[list[Member], dict[str, str]]:
    """One figure a speaker and version: the largest, since a post names its parts beside the whole."""
    lead: list[Member] = []
    under: dict[str, str] = {}
    for _, same in groupby(
        in_order(members), key=lambda member: (member.statement.post.ref, member.statement.post.version)
    ):
        by_speaker: dict[str, list[Member]] = {}
        for member in same:
            by_speaker.setdefault(member.statement.speaker.key, []).append(member)
        for said in by_speaker.values():
            first = max(said, key=lambda member: span_of(member.statement.figure, thresholds).anchor)
            lead.append(first)
            under |= {member.statement.id: first.statement.id for member in said if member is not first}
    return lead, under


@dataclass(frozen=True, slots=True)
class Entry:
    """A figure with the time until which it stood, by its post or by its speaker's own denial."""

    member: Member
    ends: datetime | None = None
    why: str | None = None

    @property
    def statement(self) -> Statement:
        return self.member.statement

    @property
    def stated_at(self) -> datetime:
        return self.member.statement.post.stated_at

    def stands(self, moment: datetime) -> bool:
        return self.stated_at <= moment and (self.ends is None or moment < self.ends)


def entries_of(members: Iterable[Member], denials: Sequence[Member], thresholds: Thresholds) -> list[Entry]:
    return [_entry(member, denials, thresholds) for member in in_order(members)]


_WHY = {
    Withdrawal.DELETED: "the post was deleted",
    Withdrawal.EDITED: "the post was edited and says it no longer",
}


def _entry(member: Member, denials: Sequence[Member], thresholds: Thresholds) -> Entry:
    post = member.statement.post
    entry = Entry(member, post.withdrawn_at, None if post.withdrawal is None else _WHY[post.withdrawal])
    for denial in denials:
        if _takes_back(denial.statement, member.statement, thresholds):
            denied_at = denial.statement.post.stated_at
            if entry.ends is None or denied_at < entry.ends:
                entry = Entry(member, denied_at, f'it was taken back: "{denial.statement.figure.quote}"')
    return entry


def _takes_back(denial: Statement, said: Statement, thresholds: Thresholds) -> bool:
    own = denial.speaker.key == said.speaker.key and denial.own
    later = denial.post.stated_at > said.post.stated_at
    return own and later and same_number(denial.figure, said.figure, thresholds)


def newest(entries: Sequence[Entry], moment: datetime, thresholds: Thresholds) -> Entry | None:
    """One speaker's figure at that moment. One taken back leaves none, unless it still stands elsewhere."""
    current: Entry | None = None
    for entry in entries:
        if entry.stated_at > moment:
            break
        if current is None or not (current.stands(entry.stated_at) and repeats(entry, current, thresholds)):
            current = entry
    if current is None or current.stands(moment):
        return current
    return _still_said(current, entries, moment, thresholds)


def _still_said(gone: Entry, entries: Sequence[Entry], moment: datetime, thresholds: Thresholds) -> Entry | None:
    others = [entry for entry in entries if entry.stands(moment)]
    again = [entry for entry in others if figures_meet(entry.statement.figure, gone.statement.figure, thresholds)]
    return again[-1] if again else None


def repeats(new: Entry, old: Entry, thresholds: Thresholds) -> bool:
    """The new one adds nothing: the same words again, or looser ones. A final figure after a preliminary one adds."""
    one, other = new.statement.figure, old.statement.figure
    if other.provisional and not one.provisional and same_number(one, other, thresholds):
        return False
    return adds_nothing(one, other, thresholds) or span_of(one, thresholds) == span_of(other, thresholds)
