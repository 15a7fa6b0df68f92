"""The client as it is made: proxies, sessions, which errors end an account."""

import pytest
from telethon import errors

from monitor.errors import BadInputError
from monitor.sources.telegram import client
from monitor.sources.telegram.client import end_of, proxy_of, session_of

SOCKS = {"proxy_type": "socks5", "addr": "127.0.0.1", "port": 1080, "rdns": True}


def test_a_proxy_is_an_address() -> None:
    assert proxy_of("socks5://127.0.0.1:1080") == SOCKS
    assert proxy_of("socks5://me:p%40ss@127.0.0.1:1080") == SOCKS | {"username": "me", "password": "p@ss"}


@pytest.mark.parametrize("given", ["127.0.0.1:1080", "ftp://127.0.0.1:1080", "socks5://127.0.0.1", "socks5://x:99999"])
def test_what_is_no_proxy_is_refused(given: str) -> None:
    with pytest.raises(BadInputError):
        proxy_of(given)


def test_without_python_socks_a_proxy_is_refused_rather_than_passed_by(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "find_spec", lambda name: None)
    with pytest.raises(BadInputError, match="python-socks"):
        proxy_of("socks5://127.0.0.1:1080")


@pytest.mark.parametrize("given", ["", "nonsense", "1" + "A" * 20])
def test_what_is_no_session_is_refused_and_not_repeated(given: str) -> None:
    with pytest.raises(BadInputError) as refused:
        session_of(given)
    assert "AAAA" not in str(refused.value)


ENDS = [
    (errors.AuthKeyDuplicatedError(None), True),
    (errors.SessionRevokedError(None), True),
    (errors.UserDeactivatedBanError(None), True),
    (errors.ChannelPrivateError(None), False),
    (errors.UserBannedInChannelError(None), False),
    (errors.FloodWaitError(None, capture=3), False),
]


@pytest.mark.parametrize(("error", "ends"), ENDS, ids=[type(error).__name__ for error, _ in ENDS])
def test_which_errors_end_an_account(error: Exception, ends: bool) -> None:
    assert (end_of(error) is not None) == ends
