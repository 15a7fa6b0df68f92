"""workers.app with a clock that a test moves: `celery -A tests.soak.moved.workers worker ...`."""

import os
from dataclasses import replace
from functools import cache
from pathlib import Path

from monitor.pipeline.setup import Setup
from tests.soak.moved.clock import MOVED_CLOCK, Clock
from workers import polling
from workers.app import app

__all__ = ["app"]

in_true_time = polling.setup


@cache
def setup() -> Setup:
    return replace(in_true_time(), now=Clock(Path(os.environ[MOVED_CLOCK])))


polling.setup = setup  # before the other tasks are imported, which take it from there
