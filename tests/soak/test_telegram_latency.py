"""How long after a post has appeared on Telegram the desk is alerted, with the paces that a desk has by default."""

import logging
import sys
import time
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median, quantiles
from typing import Final

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.tables import AlertRow
from tests.telegram.broadcast import Broadcast, broadcast
from tests.telegram.following import asked, desk_of, wait_for

pytestmark = [
    pytest.mark.soak,
    pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc"),
]

log = logging.getLogger(__name__)

PLACES: Final = ("Горловке", "Макеевке", "Ясиноватой", "Дебальцеве", "Волновахе", "Торезе")
CHANNELS: Final = 12
APART_S: Final = 3.0
WITHIN: Final = timedelta(seconds=35)
EVERY_30_S: Final = {"POLL_MIN": "30", "POLL_DEFAULT": "30", "POLL_MAX": "30", "HOST_PACE": "0.1", "TICK": "2"}


def test_a_fresh_post_is_alerted_on_in_time(tmp_path: Path, child_env: Mapping[str, str]) -> None:
    claimants = [f"ch_{number:03}" for number in range(CHANNELS)]
    with broadcast(["mod", *claimants], ["one"], {"mod": "ru_mod"}) as cast:
        cast.history(3)
        with desk_of(tmp_path, child_env, cast, **EVERY_30_S) as desk:
            wait_for(desk, cast)
            for place in PLACES:
                cast.say("mod", f"Киевский режим нанёс удар по казарме в {place}. Погибли 14 российских военных.")
            wait_for(desk, cast)
            said = claim(cast, claimants)
            wait_for(desk, cast)
            opened = asked(desk, alerts) or {}
    delays = sorted((opened[ref] - at).total_seconds() for ref, at in said.items() if ref in opened)
    p95 = quantiles(delays, n=20)[-1]
    log.info("%s alerts, median %.1f s, p95 %.1f s, longest %.1f s", len(delays), median(delays), p95, delays[-1])
    assert len(delays) == len(said)
    assert p95 <= WITHIN.total_seconds()


def claim(cast: Broadcast, keys: list[str]) -> dict[str, datetime]:
    """When each post appeared; no two of them say the same number."""
    said = {}
    for number, place in enumerate(PLACES):
        for count, key in enumerate(keys):
            channel = cast.channels[key]
            killed = 100 + 20 * count + number
            ref = f"{key}/{cast.world.at(channel).next_id}"
            said[ref] = cast.world.clock()
            cast.world.post(channel, f"{key.upper()}: удар по казарме в {place}. Погибли {killed} российских военных.")
            time.sleep(APART_S)
    return said


def alerts(session: Session) -> dict[str, datetime]:
    """When each was opened, by the post that claims."""
    rows = session.execute(select(AlertRow.body, AlertRow.opened_at).where(~AlertRow.example))
    return {"{source}/{id}".format(**body["claim"]["post"]): at for body, at in rows}
