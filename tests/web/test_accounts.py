"""The accounts with their state, and where posts may be missing."""

from datetime import timedelta

import httpx
from sqlalchemy.orm import Session, sessionmaker

from models.enums import AccountState
from models.tables import Account, Backfill, GapRow
from tests.factories import make_source
from tests.web.site import NOW, page, texts, words

HOSTILE = "<script>alert(1)</script>"


def account(name: str, **given: object) -> Account:
    return Account(name=name, session="sealed", state_since=NOW, added_at=NOW, **given)


def test_without_accounts_the_page_says_how_to_add_one(site: httpx.Client, sessions: sessionmaker[Session]) -> None:
    assert "counterclaim accounts add NAME" in words(page(site, "/accounts"))


def test_each_account_shows_its_state_waits_and_channels(site: httpx.Client, sessions: sessionmaker[Session]) -> None:
    later = (NOW + timedelta(hours=1)).isoformat()
    with sessions.begin() as session:
        reader = account("reader", leased_until=NOW + timedelta(minutes=1), blocked={"history": later})
        session.add_all([
            reader,
            account("gone", state=AccountState.DEAD, reason=HOSTILE),
            account("idle"),
        ])  # fmt: skip
        session.flush()
        make_source(session, "news", kind="telegram", account_id=reader.id, current_interval_s=45)
    shown = page(site, "/accounts")
    assert texts(shown, "tbody th bdi") == ["gone", "idle", "reader"]
    gone, idle, reader_row = texts(shown, "tbody tr")
    assert HOSTILE in gone
    assert "no process runs for it" in idle
    assert "reading posts until 4 Jan 2023 15:00 UTC" in reader_row
    assert reader_row.endswith("1 every 45 s")
    assert shown.css("tbody script") == []


def test_gaps_and_backfills_are_shown(site: httpx.Client, sessions: sessionmaker[Session]) -> None:
    with sessions.begin() as session:
        source = make_source(session, "news", kind="telegram")
        session.add(GapRow(source_id=source.id, kind="leading", state="open", low=6, high=150, opened_at=NOW))
        session.add(Backfill(source_id=source.id, since=NOW - timedelta(days=9), asked_at=NOW, posts=100))
    assert texts(page(site, "/accounts"), "tbody td") == [
        "under way", "26 Dec 2022 14:00 UTC", "not begun", "100 0 new",
        "news not read yet open", "post 6", "post 150", "0",
    ]  # fmt: skip
