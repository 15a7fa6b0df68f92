"""One event: the register, the chart, all figures with their quotes."""

import httpx
import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode
from sqlalchemy.orm import Session, sessionmaker

from tests.teller import Story, Teller
from tests.web.site import page, texts, words


@pytest.fixture
def event(site: httpx.Client, story: Story) -> LexborHTMLParser:
    return page(site, f"/events/{story.event}")


def killed(event: LexborHTMLParser) -> LexborNode:
    group = event.css_first(".group")
    assert group is not None
    return group


def test_groups_with_findings_come_first_and_killed_before_wounded(event: LexborHTMLParser) -> None:
    assert texts(event, ".contents a") == [
        "soldiers killed, Russian side 9", "people wounded, Russian side 3",
        "soldiers killed and wounded together, Russian side 1", "rockets launched, Russian side 1",
        "rockets intercepted, Russian side 1", "rockets hit their target, Russian side 1",
        "vehicles destroyed, Russian side 1",
    ]  # fmt: skip


def test_the_findings_stand_with_the_heaviest_first_and_the_closed_last(event: LexborHTMLParser) -> None:
    chips = texts(event, ".findings .chips")
    assert chips[0] == "incompatible major"
    assert chips[-1] == "no official figure closed"
    assert len(chips) == 7


def test_the_official_register_is_told_step_by_step(event: LexborHTMLParser) -> None:
    assert words(killed(event).css_first(".register")) == (
        "Official 63 Russian Ministry of Defence, 2 Jan 2023 13:00 UTC → 89 Russian Ministry of Defence,"
        " 3 Jan 2023 22:00 UTC"
    )
    assert "no figure seen from the side that is counted" in texts(event, ".register")[-1]


def test_every_figure_has_its_bound_its_meaning_and_its_verdict(event: LexborHTMLParser) -> None:
    rows = [texts(row, "td") for row in killed(event).css("tbody tr")]
    assert rows[1][1:] == [
        "StratCom of the Armed Forces of Ukraine", "about 400", "360–440", "1 Jan 2023 14:00 UTC", "incompatible",
    ]  # fmt: skip
    assert ["hundreds", "200–999conservative value 100"] in [row[2:4] for row in rows]
    verdicts = {row[2]: row[5] for row in rows}
    assert verdicts["63"] == "official"
    assert verdicts["up to 400"] == "divergent relayed, not from its own channel a retelling"


def test_every_quote_is_given_with_its_reason_and_a_retelling_points_to_what_it_repeats(
    event: LexborHTMLParser,
) -> None:
    retelling = next(node for node in event.css(".statements li") if "up to 400" in words(node))
    assert words(retelling.css_first("blockquote")) == "Kyiv claims up to 400 Russian soldiers were killed."
    target = retelling.css_first(".judged a").attributes["href"] or ""
    assert event.css_first(f'[id="{target[1:]}"]') is not None
    assert "about 400" in words(event.css_first(f'[id="{target[1:]}"]'))


def test_the_chart_has_a_line_for_each_speaker_and_a_mark_for_each_figure(event: LexborHTMLParser) -> None:
    wide, narrow = killed(event).css("svg.chart")
    for chart in (wide, narrow):
        assert len(chart.css("g.line")) == 6
        assert len(chart.css("g.statement")) == 8  # a retelling is no figure of its own
        assert len(chart.css("g.statement.official rect.anchor")) == 2
        assert len(chart.css("g.statement circle.anchor")) == 6
    assert texts(wide, "g.line.official text") == ["D Russian Ministry of…"]


def test_the_letters_of_the_chart_are_those_of_the_table(event: LexborHTMLParser) -> None:
    named = {row.css_first("td.letter").text(): words(row.css("td")[1]) for row in killed(event).css("tbody tr")}
    lines = dict(label.split(" ", 1) for label in texts(killed(event), "svg.wide g.line text"))
    assert set(lines) == set(named)
    assert all(named[letter].startswith(name.rstrip("…")) for letter, name in lines.items())


def test_the_chart_can_be_heard(event: LexborHTMLParser) -> None:
    chart = killed(event).css_first("svg.wide")
    named = [words(event.css_first(f"#{each}")) for each in (chart.attributes["aria-labelledby"] or "").split()]
    assert named[0] == "soldiers killed by speaker over time"
    told = texts(chart, "g.statement title")
    assert told[0] == "Сладков: 2–3, 1 Jan 2023 10:00 UTC, outdated"
    assert told[1].endswith("about 400, means 360–440, 1 Jan 2023 14:00 UTC, incompatible")


def test_the_chart_follows_the_rules_of_svg(event: LexborHTMLParser) -> None:
    """No number is missing or beyond the drawing."""
    for chart in event.css("svg"):
        width, height = [float(each) for each in (chart.attributes["viewBox"] or "").split()[2:]]
        for shape in chart.css("rect, circle"):
            at = {name: shape.attributes.get(name) or shape.attributes.get(f"c{name}") for name in "xy"}
            assert -6 <= float(at["x"] or "nan") <= width
            assert -6 <= float(at["y"] or "nan") <= height
            assert float(shape.attributes.get("height") or 0) >= 0


def test_one_figure_alone_has_no_chart(event: LexborHTMLParser) -> None:
    assert not event.css(".group")[-1].css("svg")
    assert event.css(".group")[-1].css("table")


def test_an_event_without_figures_is_a_page(site: httpx.Client, sessions: sessionmaker[Session]) -> None:
    with sessions.begin() as session:
        Teller(session).write_event("Nothing known", place=None)
    shown = words(page(site, "/events/event-makiivka").css_first("main"))
    assert "No finding stands on this event." in shown
