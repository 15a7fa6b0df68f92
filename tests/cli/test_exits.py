"""What scripts see of a command that does not end well."""

import errno
import os
import signal
import subprocess
import sys
from functools import partial

import pytest
import typer

from config.settings import SettingsError
from config.yaml_nodes import BadFileError, Problem
from monitor.cli.exits import Exit, guarded, run
from monitor.errors import BadInputError


def raising(error):
    def call():
        raise error

    return call


@pytest.mark.parametrize(
    ("error", "status", "told"),
    [
        (BadInputError("posts.jsonl:3: no JSON"), Exit.BAD, "counterclaim: posts.jsonl:3: no JSON\n"),
        (FileNotFoundError(errno.ENOENT, "No such file or directory", "a.jsonl"), Exit.BAD,
         "counterclaim: a.jsonl: No such file or directory\n"),
        (BadFileError([Problem("a.yaml", 2, 1, "x", "bad"), Problem("a.yaml", 1, 4, "y", "worse")]), Exit.BAD,
         "counterclaim: a.yaml:1:4: y: worse\ncounterclaim: a.yaml:2:1: x: bad\n"),
        (SettingsError("COUNTERCLAIM_TICK: wrong"), Exit.USAGE, "counterclaim: COUNTERCLAIM_TICK: wrong\n"),
        (typer.BadParameter("not that"), Exit.USAGE, "Error: Invalid value: not that\n"),
        (KeyboardInterrupt(), Exit.INTERRUPTED, ""),
        (typer.Exit(7), 7, ""),
    ],
)  # fmt: skip
def test_an_error_is_told_in_a_sentence_and_gives_its_status(error, status, told, capsys):
    assert guarded(raising(error)) == status
    printed = capsys.readouterr()
    assert (printed.out, printed.err) == ("", told)


def test_a_fault_of_the_program_keeps_its_traceback():
    with pytest.raises(ZeroDivisionError):
        guarded(raising(ZeroDivisionError()))


def test_a_command_without_an_answer_is_fine():
    assert guarded(lambda: None) == Exit.FINE


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["reed"], "No such command 'reed'"),
        (["read", "--fast"], "No such option: --fast"),
        (["alerts", "--format", "xml"], "Invalid value for '--format'"),
        (["alerts", "--since", "soon"], "'soon' is neither a length of time (24h, 7d) nor a time"),
        (["explain"], "Missing argument"),
    ],
)
def test_wrong_usage_is_status_2_and_says_what_is_wrong(arguments, told, capsys):
    assert run(arguments) == Exit.USAGE
    assert told in capsys.readouterr().err


def test_an_unknown_setting_is_wrong_usage(monkeypatch, capsys):
    monkeypatch.setenv("COUNTERCLAIM_DTA", "x")
    assert run(["alerts"]) == Exit.USAGE
    assert "did you mean COUNTERCLAIM_DATA?" in capsys.readouterr().err


def test_a_server_that_is_not_there_is_status_3(monkeypatch, capsys):
    monkeypatch.setenv("DATABASE_URL", "postgresql://desk:hunter2@127.0.0.1:1/none")
    assert run(["alerts"]) == Exit.UNREACHABLE
    told = capsys.readouterr().err
    assert told.startswith("counterclaim: a server cannot be reached: ")
    assert "hunter2" not in told


def test_every_command_has_help_with_examples(capsys):
    from typer.main import get_command

    from monitor.cli.app import app

    for name, command in commands(get_command(app)):
        assert run([*name, "--help"]) == Exit.FINE
        assert " ".join(["counterclaim", *name]) in (command.help or ""), name
    assert capsys.readouterr().err == ""


def commands(group, path=()):
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from commands(command, (*path, name))
        else:
            yield (*path, name), command


def counterclaim(*arguments, **options):
    return subprocess.Popen([sys.executable, "-m", "monitor.cli", *arguments], **options)


def test_a_reader_that_goes_away_ends_the_program_quietly():
    with counterclaim("--help", stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stdout.close()
        assert (process.stderr.read(), process.wait(30)) == (b"", Exit.CLOSED)


def test_ctrl_c_ends_the_program_quietly():
    reading, writing = os.pipe()
    # A shell that runs the tests in the background has them, and so their children, ignore the signal.
    heeded = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    pipes = {"stdin": reading, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with counterclaim("read", preexec_fn=heeded, **pipes) as process:
        os.close(reading)
        os.write(writing, b'{"id": "1", "text": "a"}\n')
        assert process.stdout.readline()
        process.send_signal(signal.SIGINT)
        assert (process.stderr.read(), process.wait(30)) == (b"", Exit.INTERRUPTED)
        os.close(writing)
