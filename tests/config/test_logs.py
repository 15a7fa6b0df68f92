"""What stands in the logs, and what must not."""

import subprocess
import sys

import pytest

SCRIPT = """
import logging, sys
from config.logs import configure_logs
configure_logs("info", sys.argv[1])

def connect(password):
    raise OSError("nobody answers")

try:
    connect("hush" + "hush")
except OSError:
    logging.getLogger("store").exception("no store")
"""


@pytest.mark.parametrize("form", ["json", "console"])
def test_a_traceback_tells_where_it_went_wrong_and_no_password(form: str) -> None:
    done = subprocess.run([sys.executable, "-c", SCRIPT, form], capture_output=True, text=True, timeout=60, check=True)
    assert "nobody answers" in done.stderr
    assert "in connect" in done.stderr or '"name": "connect"' in done.stderr
    assert "hushhush" not in done.stderr
