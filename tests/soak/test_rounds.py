"""Rounds of posts to many channels, a server or worker killed at a random moment of each. SOAK_SEED repeats a run."""

import logging
import os
import random
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import pytest

from tests.e2e.desk import SIGNS, Desk
from tests.e2e.played import SOURCES, STEPS, alerts_of, desk_on, expected, told_twice, wait_for_all, wait_for_troubles
from tests.e2e.stage import PREFIX, Stage

pytestmark = [
    pytest.mark.soak,
    pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc"),
]

log = logging.getLogger(__name__)

ROUNDS: Final = int(os.environ.get("SOAK_ROUNDS", "10"))
CHANNELS: Final = int(os.environ.get("SOAK_CHANNELS", "200"))
POSTS: Final = 5  # a channel and round
ROUND_S: Final = 400.0
LATEST_KILL_S: Final = 8.0
PLACES: Final = ("Купянском", "Торецком", "Волчанском", "Лиманом", "Часовым Яром", "Покровском")
LINE: Final = "  - {{key: {0}, kind: telegram, address: {1}{0}, title: Channel {0}, side: ru, lang: ru}}\n"
KEYS: Final = [f"load_{number:03}" for number in range(CHANNELS)]
SETTINGS: Final = {"POLL_MIN": "3", "POLL_DEFAULT": "3", "POLL_MAX": "3", "LEASE": "20", "HOST_PACE": "0.01"}


def test_kills_at_random_moments_under_load_change_nothing(tmp_path: Path, child_env: Mapping[str, str]) -> None:
    seed = int(os.environ.get("SOAK_SEED", time.time_ns() % 100_000))
    chance, began = random.Random(seed), time.monotonic()
    sources = SOURCES + "".join(LINE.format(key, PREFIX) for key in KEYS)
    kills = ([*SIGNS] * (ROUNDS // len(SIGNS) + 1))[:ROUNDS]
    chance.shuffle(kills)
    log.info("seed %s, kills: %s", seed, ", ".join(kills))
    with desk_on(tmp_path, child_env, sources, **SETTINGS) as (desk, shown):
        for number, what in enumerate(kills):
            play_round(desk, shown, number, what, chance)
        for step in STEPS[ROUNDS:]:
            shown.play(step)
            wait_for_all(desk, shown, ROUND_S)
        wait_for_troubles(desk, shown)
        assert alerts_of(desk) == expected()
        assert told_twice(desk) == []
        kept = desk.kept()
    assert kept is not None
    assert (kept.texts, kept.versions, kept.deleted) == (shown.shown, shown.versions, shown.deleted)
    log.info("%s posts of %s channels, %s kills, %.0f s", len(kept.texts), CHANNELS, ROUNDS, time.monotonic() - began)


def play_round(desk: Desk, shown: Stage, number: int, what: str, chance: random.Random) -> None:
    began = time.monotonic()
    for step in STEPS[number : number + 1]:
        shown.play(step)
    shown.play(list(moves(number, chance)))
    moment = chance.uniform(0, LATEST_KILL_S)
    time.sleep(moment)
    desk.kill(what)
    wait_for_all(desk, shown, ROUND_S)
    lasted = time.monotonic() - began
    log.info("round %s: %s killed after %.1f s, all read after %.0f s", number, what, moment, lasted)


def moves(number: int, chance: random.Random) -> Iterator[dict[str, Any]]:
    """New posts to every channel; one in twenty of them edits a post of before, and one deletes one."""
    for key in KEYS:
        for post in range(number * POSTS + 1, (number + 1) * POSTS + 1):
            yield {"post": f"{key}/{post}", "at": f"{8 + number % 12:02}:{post % 60:02}", "text": text(key, post)}
    if number:
        for key in chance.sample(KEYS, len(KEYS) // 20):
            edited, deleted = chance.sample(range((number - 1) * POSTS + 1, number * POSTS + 1), 2)
            yield {"edit": f"{key}/{edited}", "text": text(key, edited) + " Уточняется."}
            yield {"delete": f"{key}/{deleted}"}


def text(key: str, post: int) -> str:
    if post % POSTS:
        return f"{key}, сообщение {post}: обстановка без изменений, ждём вестей."
    return f"Под {PLACES[post // POSTS % len(PLACES)]} уничтожены {2 + post % 7} танков, пишет {key}."
