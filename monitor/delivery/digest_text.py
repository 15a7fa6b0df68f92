"""The digest as plain text: for mail without HTML, chats, pipes and files."""

from collections.abc import Iterator
from datetime import UTC, tzinfo
from textwrap import fill

from monitor.digests import telling, wording
from monitor.digests.hygiene import one_line, web_link
from monitor.digests.values import Digest, EventDigest, EventLine, Excerpt, Finding, ToldFigure

WIDTH = 88


def digest_text(digest: Digest, zone: tzinfo = UTC) -> str:
    return "\n".join(_lines(digest, zone)) + "\n"


def _lines(digest: Digest, zone: tzinfo) -> Iterator[str]:
    yield from ("COUNTERCLAIM DIGEST", telling.period(digest, zone), "")
    coverage = telling.coverage_lines(digest.coverage, digest.until, zone)
    yield from (_wrapped(telling.summary(digest)), _wrapped(coverage[0]), "")
    for event in digest.events:
        yield from _event(event, zone)
    if digest.omitted:
        yield from (f"And {wording.counted_things(digest.omitted, 'more event')}: choose a shorter period.", "")
    yield from _brief("STANDING FROM BEFORE", digest.standing, zone)
    yield from _brief("WITHOUT CONTRADICTION", digest.calm, zone)
    yield "COVERAGE"
    yield from (_wrapped(f"- {line}", "  ") for line in coverage)
    if digest.examples:
        yield from ("", "=" * WIDTH, telling.EXAMPLE.upper(), _wrapped(telling.EXAMPLE_NOTE), "=" * WIDTH, "")
    for event in digest.examples:
        yield from _event(event, zone)


def _event(event: EventDigest, zone: tzinfo) -> Iterator[str]:
    example = f"[{telling.EXAMPLE.upper()}] " if event.event.example else ""
    title = f"{example}{one_line(event.event.title)}"
    yield title
    yield from filter(None, (telling.facts(event.event, zone),))
    yield "-" * min(WIDTH, max(len(title), 20))
    for finding in event.firm:
        yield from _finding(finding, zone)
    for label, findings in (("TO CHECK", event.to_check), ("CLOSED", event.closed)):
        for finding in findings:
            yield f"  {label}"
            yield from _finding(finding, zone)
    for note in event.notes:
        yield _wrapped(f"  ~ {telling.note_line(note, zone)}", "    ")
    if event.shown:
        yield "  Also said:"
    for statement in event.shown:
        yield _wrapped(f"    - {_also(statement, zone)}", "      ")
    yield ""


def _finding(finding: Finding, zone: tzinfo) -> Iterator[str]:
    yield f"  [{' | '.join(telling.marks(finding)).upper()}]"
    yield _wrapped(f"  {wording.headline(finding)}", "    ")
    yield _wrapped(f"    Counted: {telling.counted(finding)}", "    ")
    yield _wrapped(f"    Rule: {one_line(finding.reason)}", "    ")
    if finding.closed_reason:
        yield _wrapped(f"    Closed: {one_line(finding.closed_reason)}", "    ")
    for role, statement in telling.roles(finding):
        yield from _statement(role, statement, zone)
    if repeated := telling.repeated(finding):
        yield _wrapped(f"    {repeated}", "      ")
    yield ""


def _statement(role: str, statement: ToldFigure, zone: tzinfo) -> Iterator[str]:
    words = wording.DOT.join([telling.meaning(statement), *telling.qualities(statement)])
    said = f"{wording.voice_name(statement.voice)}, {telling.place_of(statement, zone)}"
    yield _wrapped(f"    {role + ':':<10}{said}", " " * 14)
    yield _wrapped(f"{'':14}{words}", " " * 14)
    yield _wrapped(f"{'':14}«{_excerpt(statement.excerpt)}»", " " * 14)
    if link := web_link(statement.post.url):
        yield f"{'':14}{link}"


def _also(statement: ToldFigure, zone: tzinfo) -> str:
    verdict = [] if statement.verdict is None else [wording.VERDICTS[statement.verdict]]
    words = f"{wording.claim(statement)} ({telling.stamp(statement.said_at, zone)})"
    return wording.DOT.join(
        [words, *verdict, *telling.qualities(statement), *filter(None, (web_link(statement.post.url),))]
    )


def _excerpt(excerpt: Excerpt) -> str:
    before = ("…" if excerpt.cut_before else "") + excerpt.before
    return one_line(f"{before}[{excerpt.quote}]{excerpt.after}{'…' if excerpt.cut_after else ''}")


def _brief(label: str, lines: tuple[EventLine, ...], zone: tzinfo) -> Iterator[str]:
    if not lines:
        return
    yield label
    yield from (_wrapped(f"- {telling.event_line(line, zone)}", "  ") for line in lines)
    yield ""


def _wrapped(text: str, indent: str = "") -> str:
    """Addresses stay whole, so that they can be followed."""
    return fill(text, WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)
