"""Records of speakers, the ledger of totals, the page of troubles."""

from datetime import timedelta

import httpx
import pytest
from sqlalchemy.orm import Session, sessionmaker

from models.tables import Rereading
from monitor.pipeline.health import report
from tests.pipeline.desk import Desk, said
from tests.saying import at, place
from tests.web.site import NOW, page, texts, words

TOWNS = ("Makiivka", "Horlivka", "Kharkiv", "Bryansk", "Kreminna")
HOSTILE = "<script>alert(1)</script>"


@pytest.fixture
def desk(sessions: sessionmaker[Session]) -> Desk:
    return Desk(sessions)


def strikes(desk: Desk, towns: tuple[str, ...]) -> None:
    """A blog claims 400, then the ministry 63; of the first town 89 in the end, of the second 60."""
    for town in towns:
        desk.post("blog", at(2, 1), said("400", place=place(town)), id=f"b{town}")
        desk.post("mod", at(2), said("63", place=place(town)), id=f"m{town}")
    desk.post("mod", at(4), said("89", place=place(towns[0])))
    desk.post("mod", at(4, 1), said("60", place=place(towns[1])))
    desk.join()


def test_a_record_is_shown_from_five_events_on(site: httpx.Client, desk: Desk) -> None:
    strikes(desk, TOWNS[:4])
    assert "No speaker has claimed figures of 5 events yet." in words(page(site, "/record").css_first("main"))
    desk.post("blog", at(2, 1), said("63", place=place(TOWNS[4])), id="last")
    desk.post("mod", at(2), said("63", place=place(TOWNS[4])), id="lastmod")
    desk.join()
    assert texts(page(site, "/record"), "tbody tr > *") == [
        "Blog blog", "killed, Russian side", "5 in 5 events, 5 compared", "4", "6.3",
        "1 towards the claim, 1 away from it, 2 without one",
    ]  # fmt: skip


def test_records_can_be_asked_for_by_measure_and_speaker(site: httpx.Client, desk: Desk) -> None:
    strikes(desk, TOWNS)
    found = {query: len(page(site, f"/record?{query}").css("tbody tr")) for query in (
        "measure=killed", "measure=wounded", "speaker=blog", "speaker=nobody", "side=ua",
    )}  # fmt: skip
    assert found == {"measure=killed": 1, "measure=wounded": 0, "speaker=blog": 1, "speaker=nobody": 0, "side=ua": 0}


def test_the_ledger_has_each_speakers_newest_total_and_those_before(site: httpx.Client, desk: Desk) -> None:
    for day, number in ((1, "105000"), (2, "105700"), (3, "106300")):
        desk.post("staff", at(day), said(number, scope="total", place=None), text=f"Загальні втрати: {number}.")
    desk.post("mod", at(2), said("63"))
    desk.join()
    row = page(site, "/totals").css("tbody tr")
    assert len(row) == 1
    assert texts(row[0], "th, td")[:3] == ["soldiers killed, Russian side", "ua general staff", "106 300"]
    assert texts(row[0], "td")[-1] == "105000, 105700"
    assert not page(site, "/totals?measure=wounded").css("tbody")
    assert desk.told() == [("silence", "63", None)] or desk.told() == []


def test_troubles_are_told_with_how_long_they_last(site: httpx.Client, sessions: sessionmaker[Session]) -> None:
    assert "None." in words(page(site, "/health").css_first("main"))
    with sessions.begin() as session:
        for _ in range(2):
            report(session, "post:7", "unjoined", f"blog/{HOSTILE}: joining it took too long", NOW - timedelta(days=1))
        session.add(Rereading(asked_at=NOW, sources=[], last_id=9, cursor=5, total=9, done=4))
    shown = page(site, "/health")
    assert not shown.css("script")
    assert f"blog/{HOSTILE}: joining it took too long" in texts(shown, "tbody tr")[0]
    assert "seen 2 times" in texts(shown, "tbody tr")[0]
    assert "4 of 9 texts" in words(shown.css_first(".lead"))
