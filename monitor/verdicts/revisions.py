"""Figures of one side that move: revisions, and parties of one side at odds (section 2.5)."""

from collections.abc import Sequence
from dataclasses import dataclass

from models.enums import Measure, Role, Rule, Verdict
from monitor.measures import COUNTED_BY_DEFENDER
from monitor.statements import Judged, Official, Revision, Thresholds
from monitor.verdicts.comparing import figures_meet, incompatible, same_number
from monitor.verdicts.docket import Docket
from monitor.verdicts.intervals import lies_above, span_of
from monitor.verdicts.register import Register
from monitor.verdicts.standing import Entry
from monitor.verdicts.wording import chain


def revision_of(register: Register, docket: Docket) -> Revision | None:
    """The whole series of steps, oldest first; `missing` falls as people are found and is never revised."""
    if register.key.measure is Measure.MISSING:
        return None
    series: list[Official] = []
    told: dict[str, Official] = {}
    last: Official | None = None
    for period in register.periods:
        official = period.official
        if official is None:
            continue
        replaced = _replaced(official, last, told.get(official.statement.speaker.key), register, docket.thresholds)
        if replaced is not None:
            goes_on = bool(series) and _same(series[-1], replaced, docket.thresholds)
            series = [*(series[:-1] if goes_on else ()), replaced, official]
        told[official.statement.speaker.key] = last = official
    if not series:
        return None
    to_check = any(docket.doubts(official) for official in series[-2:])
    return Revision(register.key, tuple(series), chain([official.statement.figure for official in series]), to_check)


def _same(one: Official, other: Official, thresholds: Thresholds) -> bool:
    """The series goes on from a figure that another party has given again."""
    return same_number(one.statement.figure, other.statement.figure, thresholds)


def _replaced(
    new: Official, last: Official | None, before: Official | None, register: Register, thresholds: Thresholds
) -> Official | None:
    """The figure that the new one revises: its party's own, or, higher in a growing toll, the side's."""
    if last is None or figures_meet(new.statement.figure, last.statement.figure, thresholds):
        return None
    if before is not None and not figures_meet(new.statement.figure, before.statement.figure, thresholds):
        return last if _moves_on(new, last, before, thresholds) else before
    grows = register.key.measure not in COUNTED_BY_DEFENDER
    return last if before is None and grows and _above(new, last, thresholds) else None


def _moves_on(new: Official, last: Official, before: Official, thresholds: Thresholds) -> bool:
    """The party goes past what its side said in between; one that stays below it revises its own figure only."""
    return last is before or _above(new, last, thresholds)


def _above(new: Official, old: Official, thresholds: Thresholds) -> bool:
    return lies_above(span_of(new.statement.figure, thresholds), span_of(old.statement.figure, thresholds))


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two parties at odds: `later` spoke against `earlier`."""

    later: str
    earlier: str


def parties_of(register: Register, docket: Docket) -> list[Judged]:
    """One for each two parties whose figures are at odds now: the later party's is the claim."""
    pairs: dict[frozenset[str], _Pair] = {}
    for entry in register.own:
        _note(entry, register, pairs, docket.thresholds)
    found = [_at_odds(pair, register, docket) for pair in pairs.values()]
    return [judged for judged in found if judged is not None]


def _note(entry: Entry, register: Register, pairs: dict[frozenset[str], _Pair], thresholds: Thresholds) -> None:
    party = entry.statement.speaker.key
    rest = [other for other in register.parties if other != party]
    others = {other: register.own_at(other, entry.stated_at, thresholds) for other in rest}
    agreeing = [name for name, other in others.items() if other is not None and _meet(entry, other, thresholds)]
    for name, other in others.items():
        if other is None or other.stated_at > entry.stated_at:
            continue
        pair = frozenset({party, name})
        if name in agreeing or _outgrows(entry, other, register, thresholds):
            pairs.pop(pair, None)
            continue
        told_already = any(frozenset({ally, name}) in pairs for ally in agreeing)
        if not told_already and _contradicts(entry, other, register, thresholds):
            pairs.setdefault(pair, _Pair(party, name))


def _meet(one: Entry, other: Entry, thresholds: Thresholds) -> bool:
    return figures_meet(one.statement.figure, other.statement.figure, thresholds)


def _contradicts(entry: Entry, other: Entry, register: Register, thresholds: Thresholds) -> bool:
    """Any different count of one finished window; in a growing toll a lower one, of the missing a higher one."""
    if register.key.measure is Measure.MISSING and entry.stated_at - other.stated_at > thresholds.missing_for:
        return False
    finished = register.key.measure in COUNTED_BY_DEFENDER
    return finished or not _goes_on(entry, other, register, thresholds)


def _outgrows(entry: Entry, other: Entry, register: Register, thresholds: Thresholds) -> bool:
    """A new and higher figure in a growing toll revises the other party's; the same one again does not."""
    if register.key.measure in COUNTED_BY_DEFENDER or not _goes_on(entry, other, register, thresholds):
        return False
    said = [own for own in register.own_of(entry.statement.speaker.key) if own.stated_at < entry.stated_at]
    return not said or not _meet(entry, said[-1], thresholds)


def _goes_on(entry: Entry, other: Entry, register: Register, thresholds: Thresholds) -> bool:
    """A toll grows; the missing become fewer as people are found."""
    later, earlier = span_of(entry.statement.figure, thresholds), span_of(other.statement.figure, thresholds)
    falls = register.key.measure is Measure.MISSING
    return lies_above(earlier, later) if falls else lies_above(later, earlier)


def _at_odds(pair: _Pair, register: Register, docket: Docket) -> Judged | None:
    later = register.own_at(pair.later, docket.now, docket.thresholds)
    earlier = register.own_at(pair.earlier, docket.now, docket.thresholds)
    if later is None or earlier is None or _meet(later, earlier, docket.thresholds):
        return None
    official = Official(earlier.statement, earlier.stated_at, to_check=earlier.member.suggested)
    found = incompatible(later.statement.figure, official.statement.figure, docket.thresholds, Rule.PARTIES)
    return Judged(
        later.statement,
        Role.OFFICIAL,
        register.key,
        found.verdict,
        f"Two parties of one side differ: {found.reason}",
        found.rule,
        found.severity,
        found.ratio,
        official,
        later.statement.speaker,
        max(later.stated_at, earlier.stated_at),
        docket.doubtful(later.member) or docket.doubts(official),
    )


def officials_of(register: Register, odds: Sequence[Judged], revision: Revision | None) -> list[Judged]:
    """What each official figure is: in force, part of a revision, at odds with another party's."""
    at_odds = {judged.statement.id: judged for judged in odds}
    steps = {} if revision is None else {official.statement.id: revision for official in revision.series[1:]}
    return [at_odds.get(entry.statement.id) or _plain(entry, register, steps) for entry in register.own]


def _plain(entry: Entry, register: Register, steps: dict[str, Revision]) -> Judged:
    revision = steps.get(entry.statement.id)
    reason = "An official figure." if entry.why is None else f"An official figure, withdrawn since: {entry.why}."
    return Judged(
        entry.statement,
        Role.OFFICIAL,
        register.key,
        None if revision is None else Verdict.OFFICIAL_REVISION,
        reason if revision is None else revision.reason,
        None if revision is None else Rule.REVISION,
        speaker=entry.statement.speaker,
        since=entry.stated_at,
    )
