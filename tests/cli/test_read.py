"""`counterclaim read` and `explain` as commands."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from monitor.cli.exits import Exit

POST = b'{"id": "%d", "text": "A strike killed 5 soldiers."}\n'


def counterclaim(*arguments: str, **options: Any) -> "subprocess.Popen[bytes]":
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen([sys.executable, "-m", "monitor.cli", *arguments], **{**pipes, **options})


def test_a_bad_line_is_named_and_the_rest_is_read() -> None:
    with counterclaim("read") as process:
        out, told = process.communicate(POST % 1 + b"{bad\n" + POST % 3)

    assert [json.loads(line)["id"] for line in out.splitlines()] == ["1", "3"]
    assert b"standard input:2: is no JSON" in told
    assert process.returncode == Exit.BAD


def test_a_reader_of_its_output_that_goes_away_ends_it_quietly(tmp_path: Path) -> None:
    posts = tmp_path / "posts.jsonl"
    posts.write_bytes(b"".join(POST % number for number in range(3000)))
    with counterclaim("read", str(posts)) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert (process.stderr.read(), process.wait(60)) == (b"", Exit.CLOSED)


def test_explain_says_why_a_number_was_not_read() -> None:
    with counterclaim("explain", "The depot is 12 kilometres away.") as process:
        out, _ = process.communicate()

    assert b"measures a distance" in out
