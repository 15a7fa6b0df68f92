"""`python -m tests.soak.moved.account NAME`: workers.telegram with a clock that a test moves."""

import sys

from workers.telegram import run

import tests.soak.moved.workers  # noqa: F401 - it moves the clock of the tasks

run(sys.argv[1])
