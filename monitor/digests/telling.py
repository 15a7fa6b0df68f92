"""The sentences that every rendering of a digest shares: its period, its summary, its coverage."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, tzinfo

from models.enums import AlertKind, AlertState
from monitor.digests import wording
from monitor.digests.hygiene import one_line
from monitor.digests.values import (
    Coverage,
    Digest,
    EventLine,
    EventRef,
    FigureChange,
    Finding,
    PostNote,
    SourceState,
    ToldFigure,
)

EXAMPLE = "Example data"
EXAMPLE_NOTE = "Example data: composed posts about a past day, to show how a digest looks. None of it was collected."
NOTHING = "Nothing found in this period contradicts an official figure."
NOTHING_FOLLOWED = "Nothing to tell: no live source is followed."
NOTHING_NEW = "Nothing new in this period"
STANDS_STILL = "Collecting stands still"
NAMED_AT_MOST = 12
PLURALS = {"claim without an official figure": "claims without an official figure"}


def stamp(moment: datetime | None, zone: tzinfo = UTC) -> str:
    if moment is None:
        return "time unknown"
    local = moment.astimezone(zone)
    return f"{local.day} {local:%b %Y %H:%M} {local.tzname()}"


def day(moment: datetime, zone: tzinfo = UTC) -> str:
    local = moment.astimezone(zone)
    return f"{local.day} {local:%B %Y}"


def window(event: EventRef, zone: tzinfo = UTC) -> str:
    """The days that an event spans: '1 January 2023', '31 December 2022 – 1 January 2023'."""
    first, last = day(event.start, zone), day(event.end, zone)
    return first if first == last else f"{first} {wording.DASH} {last}"


def facts(event: EventRef, zone: tzinfo = UTC) -> str:
    """'1 January 2023 · Makiivka', without what the title says already."""
    known = (window(event, zone), event.place and one_line(event.place))
    return wording.DOT.join(each for each in known if each and each not in event.title)


def period(digest: Digest, zone: tzinfo = UTC) -> str:
    if digest.since is None:
        return f"All time, as of {stamp(digest.until, zone)}"
    return f"{stamp(digest.since, zone)} to {stamp(digest.until, zone)}"


def span_of(gap: timedelta) -> str:
    """'40 s', '12 min', '5 h', '3 d': one unit is enough to judge by."""
    seconds = max(0, int(gap.total_seconds()))
    for unit, size in (("d", 86_400), ("h", 3_600), ("min", 60)):
        if seconds >= 2 * size:
            return f"{wording.number(seconds // size)} {unit}"
    return f"{seconds} s"


def summary(digest: Digest) -> str:
    """'2 events · 3 contradictions · 1 official revision · 1 to check · 4 new in this period'."""
    if not digest.events:
        return _nothing(digest)
    firm = [finding for event in digest.events for finding in event.firm]
    kinds = [finding.kind for finding in firm]
    told = (
        (len(kinds) - kinds.count(AlertKind.REVISION) - kinds.count(AlertKind.SILENCE), "contradiction"),
        (kinds.count(AlertKind.REVISION), "official revision"),
        (kinds.count(AlertKind.SILENCE), "claim without an official figure"),
    )
    parts = [wording.counted_things(len(digest.events), "event")]
    parts += [wording.counted_things(count, what, PLURALS.get(what)) for count, what in told if count]
    to_check = sum(len(event.to_check) for event in digest.events)
    parts += [f"{to_check} to check"] if to_check else []
    parts += [] if digest.since is None else [f"{sum(event.news for event in digest.events)} new in this period"]
    return wording.DOT.join(parts)


def _nothing(digest: Digest) -> str:
    standing = sum(line.open_findings for line in digest.standing)
    if standing:
        return f"{NOTHING_NEW}{wording.DOT}{standing} standing from before"
    return NOTHING if digest.coverage.enabled else NOTHING_FOLLOWED


def coverage_lines(coverage: Coverage, until: datetime, zone: tzinfo = UTC) -> list[str]:
    """Read from top to bottom: what was read, what was not and why, when the official channels were last read."""
    still = [stands_still(coverage, zone)] if coverage.stands_still else []
    lists = coverage_lists(coverage, until)
    return [*still, checked(coverage), *(_named(label, names) for label, names in lists)]


def coverage_lists(coverage: Coverage, until: datetime) -> list[tuple[str, list[str]]]:
    """Who was late, failing, never read, each where there is one; the official channels always."""
    late = [f"{one_line(each.title)}, {_last(each, until)}" for each in coverage.late]
    failing = [f"{one_line(each.title)}: {_trouble(each)}" for each in coverage.failing]
    unverified = [one_line(each.title) for each in coverage.unverified]
    officials = [f"{one_line(each.title)}, {_last(each, until)}" for each in coverage.officials]
    lists = [("Late", late), ("Failing", failing), ("Not verified, never read so far", unverified)]
    return [
        *((label, names) for label, names in lists if names),
        ("Official channels", officials or ["none is followed"]),
    ]


def stands_still(coverage: Coverage, zone: tzinfo = UTC) -> str:
    if coverage.last_tick is None:
        return "Collecting has not started: no new posts are read."
    return f"{STANDS_STILL} since {stamp(coverage.last_tick, zone)}: no new posts are read."


def checked(coverage: Coverage) -> str:
    if coverage.enabled == 0:
        return "No live source is followed: silence says nothing."
    late, failing, unverified = len(coverage.late), len(coverage.failing), len(coverage.unverified)
    sources = wording.counted_things(coverage.enabled, "source")
    paused = f", {coverage.paused} paused" if coverage.paused else ""
    troubles = f"{late} late, {failing} failing, {unverified} not verified{paused}"
    return f"{coverage.checked} of {sources} read in time, {troubles}."


def _named(label: str, names: list[str]) -> str:
    more = len(names) - NAMED_AT_MOST
    return f"{label}: {'; '.join(names[:NAMED_AT_MOST])}{f'; and {more} more' if more > 0 else ''}."


def _trouble(source: SourceState) -> str:
    return wording.DOT.join(filter(None, (wording.HEALTHS[source.health], source.reason and one_line(source.reason))))


def _last(source: SourceState, until: datetime) -> str:
    return "never read" if source.last_success is None else f"last read {span_of(until - source.last_success)} ago"


def marks(finding: Finding) -> list[str]:
    """The chips of a finding, its verdict first."""
    found = [wording.VERDICTS[finding.verdict]]
    if finding.severity is not None:
        found.append(wording.SEVERITIES[finding.severity])
    if finding.new is not None and finding.closed is None:
        found.append("new" if finding.new else "standing")
    if finding.to_check:
        found.append("to check")
    return found if finding.state is AlertState.OPEN else [*found, finding.state.value]


def counted(finding: Finding) -> str:
    """'Counted: soldiers killed, Russian side, among them children'."""
    words = f"{wording.counted(finding.measure, finding.object)}, {side_words(finding.side)}"
    return f"{words}, only: {one_line(finding.part)}" if finding.part else words


def side_words(key: str) -> str:
    return wording.side(key) if key == "unknown" else f"{wording.side(key)} side"


def meaning(statement: ToldFigure) -> str:
    """'about 400, means 360–440, was 500'; a vague word has its conservative value beside it."""
    said, span = wording.amount(statement.said), wording.interval(statement.said.span)
    words = said if said == span else f"{said}, means {span}"
    coded = wording.conservative(statement.said.span)
    words = f"{words} (conservative value: {coded})" if coded else words
    return words if statement.was is None else f"{words}, {wording.was(statement.was)}"


def place_of(statement: ToldFigure, zone: tzinfo = UTC) -> str:
    """'2 Jan 2023 18:00 UTC, in News wire': when it was said, and where unless the channel is the speaker."""
    title, name = one_line(statement.post.source_title), wording.voice_name(statement.voice)
    when = stamp(statement.said_at, zone)
    return when if name.endswith(title) else f"{when}, in {title}"


def qualities(statement: ToldFigure) -> list[str]:
    """What a reader must know beside the number."""
    named = {
        "preliminary": statement.provisional,
        "relayed, not from its own channel": statement.relayed,
        "rejected by the speaker": statement.stance == "denies",
        "given as a former number": statement.stance == "recalls",
        "since edited": statement.earlier,
        "post deleted": statement.post.deleted_at is not None,
        "link to the event unsure": statement.suggested,
    }
    return [words for words, holds in named.items() if holds]


def roles(finding: Finding) -> Iterable[tuple[str, ToldFigure]]:
    """The statements to quote, each with its role."""
    if finding.kind is AlertKind.REVISION and finding.series:
        return [*(("Was", step) for step in finding.series[:-1]), ("Now", finding.series[-1])]
    claims = [("Claim", each) for each in finding.claims]
    return claims if finding.official is None else [*claims, ("Official", finding.official)]


def repeated(finding: Finding) -> str:
    """'Claim repeated by 3: Some channel, Other channel', empty where nobody did."""
    names = list(dict.fromkeys(one_line(post.source_title) for post in finding.carriers))
    more = " and others" if len(names) > NAMED_AT_MOST else ""
    return f"{repeated_by(finding)}: {', '.join(names[:NAMED_AT_MOST])}{more}" if names else ""


def repeated_by(finding: Finding) -> str:
    what = "Figure" if finding.kind is AlertKind.REVISION else "Claim"
    return f"{what} repeated by {wording.number(len(finding.carriers))}"


def event_line(line: EventLine, zone: tzinfo = UTC) -> str:
    """'Kyiv: drones (2 May 2024): 3 findings'."""
    count, what = (line.open_findings, "finding") if line.open_findings else (line.statements, "figure")
    return f"{one_line(line.event.title)} ({window(line.event, zone)}): {wording.counted_things(count, what)}"


def note_line(note: PostNote, zone: tzinfo = UTC) -> str:
    """'Deleted 3 Jan 2023 10:00 UTC: Some channel, had said 500 killed'."""
    changes = "; ".join(change_words(change) for change in note.changes)
    verb = "Deleted" if note.deleted else "Edited"
    return f"{verb} {stamp(note.at, zone)}: {one_line(note.post.source_title)}, {changes}"


def change_words(change: FigureChange) -> str:
    old, new = change.old, change.new
    if old is not None and new is not None:
        return f"{wording.amount(old)} → {wording.amount(new)} {wording.counted(new.measure, new.object)}"
    if old is not None:
        return f"had said {wording.amount(old)} {wording.counted(old.measure, old.object)}"
    return "" if new is None else f"added {wording.amount(new)} {wording.counted(new.measure, new.object)}"
