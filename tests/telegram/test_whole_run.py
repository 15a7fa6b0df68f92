"""Channels on a loopback Telegram, real workers on the embedded servers: what is stored is what was said."""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pytest

from tests.servers.mtproto.calls import by_account
from tests.telegram.broadcast import Broadcast, broadcast
from tests.telegram.following import add_account, desk_of, wait_for

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc"),
    pytest.mark.timeout(600),
]

KEYS: Final = [f"ch_{number:03}" for number in range(12)]
ACCOUNTS: Final = ("one", "two")
HISTORY: Final = "messages.getHistory"
RESOLVE: Final = "contacts.resolveUsername"
SETTINGS: Final = {"DIFFERENCE_EVERY": "2", "ACCOUNT_RESOLVES_MINUTE": "30", "ACCOUNT_HISTORY_CALLS": "200"}


def test_what_previews_began_accounts_go_on_with_and_nothing_is_missing_or_double(
    tmp_path: Path, child_env: Mapping[str, str]
) -> None:
    with broadcast(KEYS) as cast:
        cast.server.limits.timeout = 1
        cast.history(30)
        with desk_of(tmp_path, child_env, cast, **SETTINGS) as desk:
            wait_for(desk, cast)
            for name in ACCOUNTS:
                cast.server.account(name)
                add_account(desk, cast, name)
            desk.wait_until(lambda: read_by_accounts(cast) == set(cast.channels.values()))
            cast.more(10)
            wait_for(desk, cast)
            cast.change(edits=2, deletions=1, among=30)
            cast.touch(3)
            wait_for(desk, cast)
    assert cast.server.errors == []
    assert max(by_account(cast.server.calls.of(HISTORY)).values()) <= 400
    assert len(resolved(cast)) == len(set(resolved(cast)))


def read_by_accounts(cast: Broadcast) -> set[int]:
    return {int(each.arguments["peer"]["channel_id"]) for each in cast.server.calls.of(HISTORY)}


def resolved(cast: Broadcast) -> list[tuple[str, str]]:
    """By whom, which handle: once is enough, also for a channel that goes to another account."""
    return [(each.account, each.arguments["username"]) for each in cast.server.calls.of(RESOLVE)]
