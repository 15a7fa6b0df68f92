"""Floods, budgets, ends: nothing waits inside a task, nothing is dropped, one account's trouble is no other's."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from config.entries import SourceEntry, SourcesFile
from models.enums import AccountState, Health, Method, SourceKind
from models.tables import AccountCall, PollRun
from monitor.pipeline.accounts import remove_account, take_lease
from monitor.pipeline.collect import poll
from monitor.pipeline.following import follow
from monitor.pipeline.schedule import lease_due
from monitor.pipeline.spreading import spread
from monitor.queries.accounts import list_accounts
from tests.servers.mtproto.script import Mishap
from tests.servers.mtproto.server import TelegramServer
from tests.telegram.desk import Desk, desk_on

HISTORY, RESOLVE = "messages.getHistory", "contacts.resolveUsername"


@pytest.fixture
def desk(sessions: sessionmaker[Session], telegram: TelegramServer) -> Iterator[Desk]:
    telegram.account("second")
    with desk_on(sessions, telegram, account_resolves_minute=4, account_history_calls=4) as desk:
        desk.account()
        yield desk


def channels(desk: Desk, count: int, **given: object) -> list[str]:
    names = [f"news_{number}" for number in range(count)]
    for name in names:
        desk.server.world.post(desk.server.world.channel(name), f"of {name}")
    desk.follow(*names, **given)
    return names


def owners(desk: Desk, names: list[str]) -> list[str]:
    return sorted(desk.source(name).host for name in names)


def test_a_flood_is_a_time_on_the_account_and_holds_all_its_histories(desk: Desk) -> None:
    channels(desk, 2)
    desk.server.script.flood(HISTORY, 3600, account="reader")
    desk.poll("news_0")
    assert desk.source("news_0").health == Health.UNVERIFIED
    assert desk.due() == []
    with desk.sessions() as session:
        (status,) = list_accounts(session, desk.now, desk.settings)
        assert session.scalar(select(func.count()).select_from(PollRun)) == 0
    (wait,) = status.waits
    assert wait.method == Method.HISTORY
    assert timedelta(seconds=3590) < wait.until - desk.now < timedelta(seconds=3605)
    desk.pass_time(seconds=3602)
    assert desk.due() == ["news_0"]
    assert desk.server.calls.count(HISTORY) == 1
    assert desk.server.script.hurried == []


def test_a_short_flood_costs_its_time_and_nothing_else(desk: Desk) -> None:
    channels(desk, 1)
    desk.server.script.flood(HISTORY, 1, account="reader")
    desk.poll("news_0")
    desk.pass_time(seconds=1)
    assert desk.due() == []
    desk.pass_time(seconds=7)
    assert desk.due() == ["news_0"]
    assert (desk.source("news_0").failures, desk.issues()) == (0, [])


def test_a_flood_of_resolving_leaves_known_channels_alone(desk: Desk) -> None:
    channels(desk, 2)
    desk.poll("news_0")
    desk.server.script.flood(RESOLVE, 600, account="reader")
    desk.poll("news_1")
    desk.server.world.post(desk.server.world.named("news_0").id, "more")  # type: ignore[union-attr]
    desk.poll("news_0")
    assert desk.texts("news_0") == {"1": "of news_0", "2": "more"}
    assert desk.source("news_1").not_before > desk.now + timedelta(seconds=590)  # type: ignore[operator]


def test_no_call_goes_out_beyond_the_budget(desk: Desk) -> None:
    names = channels(desk, 1)
    for _ in range(7):
        desk.poll(*names)
    assert desk.server.calls.count(HISTORY) == 4
    assert desk.due() == []
    desk.pass_time(seconds=31)
    desk.poll(*names)
    assert desk.server.calls.count(HISTORY) == 5


def test_channels_are_given_as_fast_as_handles_may_be_resolved(desk: Desk) -> None:
    names = channels(desk, 6)
    assert owners(desk, names) == ["account:reader"] * 4 + ["t.me"] * 2
    assert spread(desk.setup) == 0
    for name in names[:4]:
        desk.pass_time(seconds=8)
        desk.poll(name, "reader")
    desk.pass_time(seconds=61)
    spread(desk.setup)
    assert owners(desk, names) == ["account:reader"] * 6


def test_handles_that_nobody_has_do_not_hold_up_the_others(desk: Desk) -> None:
    desk.follow("nobody_1", "nobody_2", "nobody_3", "nobody_4")
    for number in range(1, 5):
        desk.poll(f"nobody_{number}")
    desk.pass_time(seconds=61)
    names = channels(desk, 2)
    assert owners(desk, names) == ["account:reader"] * 2


def test_a_second_account_takes_its_share(desk: Desk) -> None:
    names = channels(desk, 4)
    desk.account("second")
    spread(desk.setup)
    assert owners(desk, names) == ["account:reader"] * 2 + ["account:second"] * 2


def test_an_account_without_a_process_gets_no_channels(desk: Desk) -> None:
    desk.account("second", online=False)
    names = channels(desk, 2)
    assert owners(desk, names) == ["account:reader"] * 2


ENDS: list[tuple[Callable[[TelegramServer], None], str]] = [
    (lambda server: server.accounts.revoke("reader", "SESSION_REVOKED"), "ended by its owner"),
    (lambda server: server.accounts.end("reader", "USER_DEACTIVATED_BAN"), "banned"),
    (lambda server: server.accounts.forget("reader"), "does not know its session"),
]


@pytest.mark.parametrize(("end", "reason"), ENDS, ids=["revoked", "banned", "forgotten"])
def test_a_dead_account_ends_with_one_notice_and_its_channels_move(
    desk: Desk, end: Callable[[TelegramServer], None], reason: str
) -> None:
    names = channels(desk, 2)
    for name in names:
        desk.poll(name)
    end(desk.server)
    desk.server.cut("reader")
    while not desk.ended:
        assert desk.poll("news_0", "reader") is None or reason == "does not know its session"
    assert (desk.account_row().state, desk.ended) == (AccountState.DEAD, ["reader"])
    assert reason in (desk.account_row().reason or "")
    assert owners(desk, names) == ["t.me"] * 2
    desk.account("second")
    spread(desk.setup)
    desk.pass_time(seconds=10)
    for name in names:
        desk.server.world.post(desk.server.world.named(name).id, "after the move")  # type: ignore[union-attr]
        desk.poll(name)
    assert [list(desk.texts(name).values()) for name in names] == [[f"of {name}", "after the move"] for name in names]
    (notice,) = desk.issues()
    assert "2 channels left it" in notice


def test_a_source_whose_address_is_changed_is_given_away_anew(desk: Desk) -> None:
    channels(desk, 2)
    desk.poll("news_0")
    with desk.sessions.begin() as session:
        entry = SourceEntry(key="news_0", kind=SourceKind.TELEGRAM, address="news_1", title="news_1")
        follow(session, SourcesFile(sources={"news_0": entry}), desk.setup)
    assert desk.source("news_0").host == "t.me"
    spread(desk.setup)
    desk.pass_time(seconds=10)
    desk.poll("news_0", "reader")
    assert desk.source("news_0").telegram_id == desk.server.world.named("news_1").id  # type: ignore[union-attr]


def test_polls_of_one_account_follow_each_other_at_its_pace(desk: Desk) -> None:
    channels(desk, 2)
    with desk.sessions.begin() as session:
        (lease,) = lease_due(session, desk.now, desk.settings)
    desk.settings = desk.settings.model_copy(update={"account_calls_window": timedelta(seconds=8)})
    polled = poll(desk.setup_of("reader"), lease.source_id, lease.token, go_on=True)
    assert polled is not None
    assert polled.next is not None
    assert (polled.next.queue, polled.next.wait) == ("telegram.reader", timedelta(seconds=2))


def test_a_waiting_account_keeps_its_channels(desk: Desk) -> None:
    desk.account("second")
    names = channels(desk, 2)
    assert owners(desk, names) == ["account:reader", "account:second"]
    desk.server.script.flood(HISTORY, 3600, account="reader")
    desk.poll(next(name for name in names if desk.source(name).host == "account:reader"))
    desk.pass_time(minutes=10)
    spread(desk.setup)
    assert owners(desk, names) == ["account:reader", "account:second"]


def test_a_lost_connection_is_the_accounts_trouble_and_mends_itself(desk: Desk) -> None:
    channels(desk, 2)
    desk.poll("news_0")
    desk.server.stop()
    for _ in range(2):
        desk.poll("news_1")
    assert desk.account_row().offline_since is not None
    assert (len(desk.issues()), desk.source("news_1").health) == (1, Health.UNVERIFIED)
    desk.server.start()
    desk.pass_time(seconds=20)
    desk.poll("news_1")
    assert (desk.texts("news_1"), desk.issues()) == ({"1": "of news_1"}, [])


@pytest.mark.parametrize("mishap", [Mishap.LOST, Mishap.DOUBLED, Mishap.DROPPED])
def test_an_answer_that_is_lost_doubled_or_cut_off_loses_no_post(desk: Desk, mishap: Mishap) -> None:
    channels(desk, 1)
    desk.server.script.answer(HISTORY, mishap)
    for _ in range(3):
        desk.poll("news_0")
        desk.pass_time(seconds=31)
    assert desk.texts("news_0") == {"1": "of news_0"}
    assert desk.issues() == []


def test_who_lost_the_lease_calls_no_more(desk: Desk) -> None:
    channels(desk, 1)
    desk.now += timedelta(minutes=10)
    with desk.sessions.begin() as session:
        assert take_lease(session, "reader", "another", desk.now, desk.settings) is not None
    desk.poll("news_0")
    assert desk.server.calls.count(HISTORY) == 0
    with desk.sessions() as session:
        assert session.scalar(select(func.count()).select_from(AccountCall)) == 0


def test_a_removed_account_leaves_its_channels(desk: Desk) -> None:
    names = channels(desk, 2)
    with desk.sessions.begin() as session:
        assert remove_account(session, "reader", desk.now, desk.settings) == 2
    assert owners(desk, names) == ["t.me"] * 2


def test_the_session_is_encrypted_where_it_lies(desk: Desk) -> None:
    text = desk.server.session("reader")
    assert text[:20] not in desk.account_row().session
