"""What machines ask."""

from datetime import timedelta

import httpx
import pytest
from sqlalchemy.orm import Session, sessionmaker
from structlog.testing import capture_logs

from models.session import sessions_for
from monitor.web.app import create_app
from tests.story import beat
from tests.web.site import NOW, served


def test_a_living_process_answers(site: httpx.Client) -> None:
    assert (site.get("/healthz").status_code, site.get("/healthz").text) == (200, "ok\n")


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_a_head_is_enough(site: httpx.Client, path: str) -> None:
    assert site.head(path).status_code == 200


@pytest.mark.parametrize(("seconds", "collecting", "status"), [(59, "ok", 200), (61, "stands still", 503)])
def test_a_tick_older_than_a_minute_stands_still(
    site: httpx.Client, sessions: sessionmaker[Session], seconds: int, collecting: str, status: int
) -> None:
    last = NOW - timedelta(seconds=seconds)
    with sessions.begin() as session:
        beat(session, last)
    told = {"database": "ok", "collecting": collecting, "last_tick": last.isoformat()}
    assert (site.get("/readyz").status_code, site.get("/readyz").json()) == (200, told)
    assert (site.get("/healthz/collecting").status_code, site.get("/healthz/collecting").json()) == (status, told)


def test_without_a_store_nothing_is_ready_but_the_process_lives() -> None:
    unreachable = sessions_for("postgresql://nobody@127.0.0.1:9/none")
    with capture_logs() as logged, served(create_app(unreachable, time_zone="UTC")) as address:
        ready = httpx.get(f"{address}/readyz", trust_env=False)
        alive = httpx.get(f"{address}/healthz", trust_env=False)
    assert (ready.status_code, ready.json()["database"], alive.status_code) == (503, "unreachable", 200)
    assert [line["event"] for line in logged] == ["store_unreachable"]
