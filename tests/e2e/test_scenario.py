"""Loopback channels and a feed, real workers on the embedded servers: posts appear, change and go, far ends fail."""

import re
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.e2e.desk import WORKERS, Desk
from tests.e2e.played import EXPECTED, alerts_of, desk_on, expected, play, told_twice, troubles_of
from tests.e2e.stage import Stage

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc"),
    pytest.mark.timeout(600),
]

KILLS: Mapping[int, Callable[[Desk], None]] = {
    1: lambda desk: desk.kill(*WORKERS),
    2: lambda desk: desk.kill("broker"),
    3: lambda desk: desk.kill("database"),
}


@pytest.mark.parametrize("disturb", [{}, KILLS], ids=["undisturbed", "worker, broker and database killed"])
def test_a_day_of_posts_comes_to_the_same_alerts_digest_and_troubles(
    tmp_path: Path, child_env: Mapping[str, str], disturb: Mapping[int, Callable[[Desk], None]]
) -> None:
    with desk_on(tmp_path, child_env) as (desk, shown):
        play(desk, shown, disturb)
        assert alerts_of(desk) == expected()
        check_that_nothing_is_missing_or_double(desk, shown)
        check_that_the_digest_names_each_alert(desk)
        check_that_troubles_are_named(desk)
    assert shown.hurried() == []
    assert (tmp_path / "up.log").read_text().count("exit status -9") == (len(WORKERS) + 2 if disturb else 0)


def check_that_nothing_is_missing_or_double(desk: Desk, shown: Stage) -> None:
    kept = desk.kept()
    assert kept is not None
    assert kept.texts == shown.shown
    assert kept.versions == shown.versions
    assert kept.deleted == shown.deleted
    assert desk.history()
    assert told_twice(desk) == []


def check_that_the_digest_names_each_alert(desk: Desk) -> None:
    told = desk.command("digest", "--since", "ever", "--format", "text")
    for each in EXPECTED:
        source, number = each["claim"][0].split("/")
        assert f"/played_{source}/{number}" in told
        assert re.sub(r"\D", "", str(each["claim"][1])) in told
    assert "Front reports" in told
    assert "Evening channel" in told


def check_that_troubles_are_named(desk: Desk) -> None:
    troubles = troubles_of(desk)
    assert set(troubles) == {"reports", "evening"}
    assert (troubles["reports"]["health"], troubles["evening"]["health"]) == ("blocked", "preview_closed")
    page = desk.page("/sources")
    for line in troubles.values():
        assert line["reason"] in page
    assert '"collecting": "ok"' in desk.page("/healthz/collecting").replace('":"', '": "')
