"""People decide on the event's page: from our own forms alone, with name and reason, for all to see."""

import httpx
import pytest
from selectolax.lexbor import LexborHTMLParser
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from models.tables import DecisionRow, EventFigure, EventRow, FigureRow
from tests.pipeline.desk import Desk, said
from tests.saying import at, place
from tests.web.site import page, texts, words

SCRIPT = "<script>alert(1)</script>"


@pytest.fixture
def desk(sessions: sessionmaker[Session]) -> Desk:
    """Makiivka with a claim and the official figure, and Horlivka, joined."""
    desk = Desk(sessions)
    desk.post("stratcom", at(1), said("~400"), id="1")
    desk.post("mod", at(2), said("63"), id="1")
    desk.post("blog", at(2), said("5", place=place("Horlivka")), id="1")
    desk.join()
    return desk


def event_of(desk: Desk, quote: str) -> tuple[str, str]:
    """The event that holds a figure, and the figure."""
    with desk.sessions() as session:
        query = select(EventFigure.event_id, EventFigure.statement_id)
        row = session.execute(query.join(FigureRow).where(FigureRow.quote == quote)).one()
        return row.event_id, row.statement_id


def send(site: httpx.Client, event: str, headers: dict[str, str] | None = None, **given: object) -> httpx.Response:
    """As a browser would, with what the page's form holds."""
    form = page(site, f"/events/{event}").css_first('.decide input[name="token"]')
    fields = {"token": form.attributes["value"], "by": "Ann", "reason": "two strikes", **given}
    return site.post(f"/events/{event}", data=fields, headers={"Sec-Fetch-Site": "same-origin"} | (headers or {}))


def decisions(desk: Desk) -> list[str]:
    with desk.sessions() as session:
        return list(session.scalars(select(DecisionRow.kind).order_by(DecisionRow.id)))


def test_a_split_is_written_shown_and_takes_effect(site: httpx.Client, desk: Desk) -> None:
    event, claim = event_of(desk, "~400")
    answer = send(site, event, choice="split", figure=claim)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/events/{event}?decided=1#decisions")
    shown = page(site, f"/events/{event}?decided=1")
    assert "Decision 1 is on record" in words(shown.css_first(".notice"))
    assert texts(shown, ".decisions > li")[0].startswith(
        "1 Makiivka, 1 January 2023 1 figure split off by Ann, 4 Jan 2023 14:00 UTC two strikes"
    )
    desk.join()
    assert event_of(desk, "~400")[0] != event_of(desk, "63")[0]
    assert not page(site, f"/events/{event}").css(".notice")


def test_what_was_decided_is_taken_back(site: httpx.Client, desk: Desk) -> None:
    event, claim = event_of(desk, "~400")
    send(site, event, choice="split", figure=claim)
    desk.join()
    assert send(site, event, choice="undo", undoes="1").status_code == 303
    desk.join()
    assert event_of(desk, "~400")[0] == event_of(desk, "63")[0]
    assert "taken back by 2" in texts(page(site, f"/events/{event_of(desk, '63')[0]}"), ".decisions > li")[0]


def test_the_page_of_a_merged_event_leads_to_the_other(site: httpx.Client, desk: Desk) -> None:
    (one, _), (other, _) = event_of(desk, "63"), event_of(desk, "5")
    assert (
        send(site, one, choice="merge", other_id=f"http://desk/events/{other}?decided=7#decisions").status_code == 303
    )
    desk.join()
    gone = other if event_of(desk, "5")[0] == one else one
    answer = site.get(f"/events/{gone}")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/events/{event_of(desk, '5')[0]}")


def test_the_other_event_can_be_chosen_from_those_about_that_time(site: httpx.Client, desk: Desk) -> None:
    (one, _), (other, figure) = event_of(desk, "63"), event_of(desk, "5")
    assert texts(page(site, f"/events/{other}"), "#other option")[1:] == [f"Makiivka, 1 January 2023 ({one})"]
    send(site, other, choice="move", other=one, figure=figure)
    desk.join()
    assert event_of(desk, "5")[0] == one


FOREIGN = {
    "another site": {"Sec-Fetch-Site": "cross-site"},
    "a neighbour": {"Sec-Fetch-Site": "same-site"},
    "another origin, told by an old browser": {"Sec-Fetch-Site": "", "Origin": "https://evil.example"},
}


@pytest.mark.parametrize("who", FOREIGN)
def test_what_another_site_sends_is_not_taken(site: httpx.Client, desk: Desk, who: str) -> None:
    event, claim = event_of(desk, "~400")
    assert send(site, event, headers=FOREIGN[who], choice="split", figure=claim).status_code == 403
    assert decisions(desk) == []


def test_an_old_browser_is_known_by_its_origin(site: httpx.Client, desk: Desk) -> None:
    event, claim = event_of(desk, "~400")
    token = page(site, f"/events/{event}").css_first('.decide input[name="token"]').attributes["value"]
    fields = {"token": token, "by": "Ann", "reason": "why", "choice": "split", "figure": claim}
    assert site.post(f"/events/{event}", data=fields).status_code == 403
    origin = {"Origin": str(site.base_url).rstrip("/")}
    assert site.post(f"/events/{event}", data=fields, headers=origin).status_code == 303


@pytest.mark.parametrize("token", ["", "guessed"])
def test_a_form_without_the_token_of_its_page_is_not_taken(site: httpx.Client, desk: Desk, token: str) -> None:
    event, claim = event_of(desk, "~400")
    assert send(site, event, choice="split", figure=claim, token=token).status_code == 403
    assert decisions(desk) == []


def test_an_endless_form_is_not_read(site: httpx.Client, desk: Desk) -> None:
    assert send(site, event_of(desk, "63")[0], reason="x" * 300_000).status_code == 413


def test_what_makes_no_sense_is_told_and_what_was_entered_stays(site: httpx.Client, desk: Desk) -> None:
    event, claim = event_of(desk, "~400")
    answer = send(site, event, choice="split", figure=claim, reason=" ", by="Bob")
    shown = LexborHTMLParser(answer.text)
    assert (answer.status_code, words(shown.css_first(".notice.alarm"))) == (
        422, "Nothing was decided: a decision needs a reason.",
    )  # fmt: skip
    assert [node.attributes["value"] for node in shown.css("input[checked]")] == [claim]
    assert shown.css_first("#by-0").attributes["value"] == "Bob"
    assert decisions(desk) == []


def test_names_and_reasons_are_shown_as_they_are(site: httpx.Client, desk: Desk) -> None:
    event, claim = event_of(desk, "~400")
    send(site, event, choice="split", figure=claim, by=f"Аня {SCRIPT}", reason=SCRIPT)
    shown = page(site, f"/events/{event}")
    assert not shown.css("script")
    assert f"by Аня {SCRIPT}" in texts(shown, ".decisions > li")[0]
    assert shown.css_first("#by-0").attributes["value"] == f"Аня {SCRIPT}"


def test_suggested_links_are_told_from_firm_ones(site: httpx.Client, desk: Desk) -> None:
    event, claim = event_of(desk, "~400")
    with desk.sessions.begin() as session:
        session.get_one(EventFigure, claim).suggested = True
    shown = page(site, f"/events/{event}")
    assert len(shown.css(".choices .mark-to-check")) == 1
    assert [each.split(":")[0] for each in texts(shown, ".origin.link")] == ["Suggested link", "Joined"]
    send(site, event, choice="confirm")
    desk.join()
    assert "decided by a person" in " ".join(texts(page(site, f"/events/{event}"), ".origin.link"))


def test_an_event_that_is_gone_takes_no_decision(site: httpx.Client, desk: Desk) -> None:
    event, claim = event_of(desk, "~400")
    with desk.sessions.begin() as session:
        session.delete(session.get_one(EventRow, event_of(desk, "5")[0]))
    assert send(site, event, choice="move", other="e-gone", figure=claim).status_code == 422
