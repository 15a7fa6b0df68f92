"""The digest in the terminal. Every text goes in as Text, never as markup: posts hold brackets and worse."""

from collections.abc import Iterator
from datetime import UTC, tzinfo

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.rule import Rule as Line
from rich.table import Table
from rich.text import Text

from models.enums import Verdict
from monitor.digests import telling, wording
from monitor.digests.hygiene import clean, one_line, web_link
from monitor.digests.values import Digest, EventDigest, EventLine, Excerpt, Finding, ToldFigure

STYLES = {
    Verdict.INCOMPATIBLE: "bold red",
    Verdict.DIVERGENT: "bold yellow",
    Verdict.OFFICIAL_REVISION: "bold cyan",
    Verdict.NO_OFFICIAL_FIGURE: "bold magenta",
    Verdict.CONSISTENT: "green",
}


def digest_terminal(digest: Digest, zone: tzinfo = UTC) -> RenderableType:
    """What `rich.console.Console.print` takes."""
    return Group(*_parts(digest, zone))


def _parts(digest: Digest, zone: tzinfo) -> Iterator[RenderableType]:
    yield Text("Counterclaim digest", style="bold")
    yield Text(telling.period(digest, zone), style="dim")
    lines = telling.coverage_lines(digest.coverage, digest.until, zone)
    yield Text(f"{telling.summary(digest)}\n{lines[0]}\n")
    for event in digest.events:
        yield from _event(event, zone)
    if digest.omitted:
        yield Text(f"And {wording.counted_things(digest.omitted, 'more event')}: choose a shorter period.")
    yield from _brief("Standing from before", digest.standing, zone)
    yield from _brief("Without contradiction", digest.calm, zone)
    yield Panel(Text("\n".join(lines)), title="Coverage", title_align="left", border_style="dim")
    if digest.examples:
        yield Panel(Text(telling.EXAMPLE_NOTE), title=telling.EXAMPLE, title_align="left", border_style="yellow")
    for event in digest.examples:
        yield from _event(event, zone)


def _event(event: EventDigest, zone: tzinfo) -> Iterator[RenderableType]:
    title = Text(one_line(event.event.title), style="bold")
    if event.event.example:
        title = Text.assemble((f"{telling.EXAMPLE}: ", "yellow"), title)
    yield Line(Text.assemble(title, (f"  {telling.facts(event.event, zone)}", "dim")), align="left", style="dim")
    for finding in event.firm:
        yield from _finding(finding, zone)
    for label, findings in (("To check", event.to_check), ("Closed", event.closed)):
        if findings:
            yield Text(label, style="underline")
        for finding in findings:
            yield from _finding(finding, zone)
    for note in event.notes:
        yield Text(f"~ {telling.note_line(note, zone)}", style="italic")
    if event.shown:
        yield _also_said(event, zone)


def _finding(finding: Finding, zone: tzinfo) -> Iterator[RenderableType]:
    verdict, *chips = telling.marks(finding)
    yield Text.assemble((verdict, STYLES.get(finding.verdict, "bold")), (wording.DOT.join(["", *chips]), "dim"))
    yield Padding(Text(wording.headline(finding), style="bold"), (0, 0, 0, 2))
    yield Padding(Text(f"Counted: {telling.counted(finding)}\nRule: {one_line(finding.reason)}"), (0, 0, 0, 2))
    if finding.closed_reason:
        yield Padding(Text(f"Closed: {one_line(finding.closed_reason)}"), (0, 0, 0, 2))
    yield Padding(_quotes(finding, zone), (0, 0, 1, 2))


def _quotes(finding: Finding, zone: tzinfo) -> Table:
    table = Table.grid(padding=(0, 2))
    for role, statement in telling.roles(finding):
        table.add_row(Text(role, style="dim"), _statement(statement, zone))
    if repeated := telling.repeated(finding):
        table.add_row("", Text(repeated, style="dim"))
    return table


def _statement(statement: ToldFigure, zone: tzinfo) -> Text:
    return Text.assemble(
        (wording.voice_name(statement.voice), "bold"),
        (f" {telling.place_of(statement, zone)}\n", "dim"),
        wording.DOT.join([telling.meaning(statement), *telling.qualities(statement)]),
        "\n",
        *_excerpt(statement.excerpt),
        *_link(statement),
    )


def _link(statement: ToldFigure) -> Iterator[tuple[str, str]]:
    if link := web_link(statement.post.url):
        yield f"\n{link}", "dim"


def _excerpt(excerpt: Excerpt) -> Iterator[str | tuple[str, str]]:
    yield ("«…" if excerpt.cut_before else "«") + _flat(excerpt.before)
    yield (one_line(excerpt.quote), "bold underline")
    yield _flat(excerpt.after) + ("…»" if excerpt.cut_after else "»")


def _flat(text: str) -> str:
    """Keeps the spaces at the ends, which part it from the quote."""
    return clean(text).replace("\n", " ")


def _also_said(event: EventDigest, zone: tzinfo) -> Table:
    table = Table(
        title="Also said", title_justify="left", title_style="dim", box=None, padding=(0, 2), show_header=False
    )
    for statement in event.shown:
        verdict = "" if statement.verdict is None else wording.VERDICTS[statement.verdict]
        table.add_row(
            Text.assemble(wording.claim(statement), *_link(statement)),
            Text(verdict, style="dim"),
            Text(telling.stamp(statement.said_at, zone), style="dim"),
        )
    return table


def _brief(label: str, lines: tuple[EventLine, ...], zone: tzinfo) -> Iterator[RenderableType]:
    if lines:
        yield Text(f"\n{label}", style="bold")
    yield from (Text(f"  {telling.event_line(line, zone)}") for line in lines)
