"""`accounts`, `gaps` and `backfill` as an operator uses them, with a loopback Telegram at the far end."""

import json
import os
import sys
from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path

import pytest
from sqlalchemy.orm import Session, sessionmaker

from models.enums import AccountState
from models.tables import Account
from monitor.cli.exits import run
from monitor.sealing import SealError, sealer
from tests.servers.mtproto.keys import PUBLIC_KEY
from tests.servers.mtproto.server import API_HASH, API_ID, TelegramServer
from tests.telegram.desk import KEY, desk_settings

Call = Callable[..., tuple[int, str, str]]


@pytest.fixture
def telegram() -> Iterator[TelegramServer]:
    with TelegramServer() as server:
        server.account("reader", phone="79001234567", password="secret")
        yield server


@pytest.fixture(autouse=True)
def desk(
    monkeypatch: pytest.MonkeyPatch, database_url: str, sessions: sessionmaker[Session], telegram: TelegramServer,
    tmp_path: Path,
) -> None:  # fmt: skip
    address = telegram.fresh_session()
    (tmp_path / "server.pem").write_text(PUBLIC_KEY)
    given = {
        "DATABASE_URL": database_url, "COUNTERCLAIM_DATA": str(tmp_path), "COUNTERCLAIM_SESSION_KEY": KEY,
        "COUNTERCLAIM_TELEGRAM_API_ID": str(API_ID), "COUNTERCLAIM_TELEGRAM_API_HASH": API_HASH,
        "COUNTERCLAIM_TELEGRAM_SERVER": f"{address.server_address}:{address.port}",
        "COUNTERCLAIM_TELEGRAM_SERVER_KEY": str(tmp_path / "server.pem"), "COUNTERCLAIM_ACCOUNT_CALL_TIMEOUT": "10",
    }  # fmt: skip
    for name, value in given.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Call:
    """A command, with what is typed or piped into it; without a terminal that could hide a password."""

    def called(*words: str, given: str = "") -> tuple[int, str, str]:
        monkeypatch.setattr("sys.stdin", StringIO(given))
        monkeypatch.setattr("getpass.getpass", lambda *_, **__: sys.stdin.readline())
        status = run(list(words))
        out, err = capsys.readouterr()
        return status, out.strip(), err

    return called


def test_an_operator_signs_in_by_phone_code_and_password(
    call: Call, telegram: TelegramServer, sessions: sessionmaker[Session]
) -> None:
    status, out, err = call("accounts", "add", "reader", "--phone", "+79001234567", given="00000\n12345\nsecret\n")
    assert (status, out) == (0, "reader is reader; it takes channels as soon as its process runs"), err
    with sessions() as session:
        account = session.query(Account).one()
    assert sealer(desk_settings()).open(account.session).startswith("1")
    assert (account.state, account.title, account.telegram_id is None) == (AccountState.ACTIVE, "reader", False)
    status, out, _ = call("accounts", "check", "reader")
    assert (status, out) == (0, "reader: its session works; it is reader. No process runs for it")
    listed = json.loads(call("accounts", "list")[1])
    assert (listed["name"], listed["running"], listed["channels"]) == ("reader", False, 0)


def test_a_session_is_imported_once_and_removed(call: Call, telegram: TelegramServer) -> None:
    session = telegram.session("reader")
    assert call("accounts", "add", "one", "--session", "-", given=session)[0] == 0
    status, _, err = call("accounts", "add", "two", "--session", "-", given=session)
    assert (status, err) == (1, "counterclaim: account one uses this session; a second use would end it for good\n")
    assert call("accounts", "remove", "one")[:2] == (0, "one is removed; 0 channels left it")
    assert call("accounts", "remove", "one")[0] == 1


def test_a_dead_session_is_told_and_ends_the_account(call: Call, telegram: TelegramServer) -> None:
    session = telegram.session("reader")
    call("accounts", "add", "reader", "--session", "-", given=session)
    telegram.accounts.revoke("reader", "SESSION_REVOKED")
    status, out, _ = call("accounts", "check", "reader")
    assert (status, "ended by its owner" in out) == (1, True)
    assert json.loads(call("accounts", "list")[1])["state"] == "dead"


WRONG = [
    (["accounts", "add", "reader", "--session", "-"], "this is no session", {}, "no StringSession"),
    (["accounts", "add", "a b", "--session", "-"], "", {}, "letters, digits"),
    (["accounts", "add", "reader", "--session", "-", "--proxy", "ftp://x:1"], "1", {}, "StringSession"),
    (["accounts", "check", "nobody"], "", {}, "no such account"),
    (["backfill", "nobody", "--since", "30d"], "", {}, "no such source"),
    (["accounts", "add", "reader", "--phone", "+1"], "", {"COUNTERCLAIM_TELEGRAM_API_ID": ""}, "my.telegram.org"),
]


@pytest.mark.parametrize(("words", "given", "more", "told"), WRONG, ids=[case[3] for case in WRONG])
def test_what_is_wrong_is_told(
    call: Call, monkeypatch: pytest.MonkeyPatch, words: list[str], given: str, more: dict[str, str], told: str
) -> None:
    for name, value in more.items():
        monkeypatch.setenv(name, value)
    status, _, err = call(*words, given=given)
    assert status != 0
    assert told in err
    assert "Traceback" not in err


def test_a_key_is_made_for_the_owner_alone_and_refused_where_others_may_read_it(tmp_path: Path) -> None:
    settings = desk_settings(data=tmp_path).model_copy(update={"session_key": None})
    sealed = sealer(settings, make=True).seal("secret")
    path = tmp_path / "session.key"
    assert path.stat().st_mode & 0o777 == 0o600
    assert sealer(settings).open(sealed) == "secret"
    os.chmod(path, 0o644)  # noqa: PTH101
    with pytest.raises(SealError, match="others may read"):
        sealer(settings)


def test_another_key_opens_nothing() -> None:
    sealed = sealer(desk_settings()).seal("secret")
    with pytest.raises(SealError, match="another key"):
        sealer(desk_settings().model_copy(update={"session_key": _key()})).open(sealed)


def _key():  # type: ignore[no-untyped-def]
    from cryptography.fernet import Fernet
    from pydantic import SecretStr

    return SecretStr(Fernet.generate_key().decode())
