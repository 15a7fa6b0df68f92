"""`python -m tests.soak.moved.account NAME`: workers.telegram with a clock that a test moves."""

import sys

import tests.soak.moved.workers  # noqa: F401 - it moves the clock of the tasks
from workers.telegram import run

run(sys.argv[1])
