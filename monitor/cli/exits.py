"""Exit statuses that scripts rely on, and how an error is told."""

import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from enum import IntEnum
from typing import Final

import typer


class Exit(IntEnum):
    """`BAD`: some input was bad, or the thing failed. 130 and 141 are what a shell gives for SIGINT and SIGPIPE."""

    FINE = 0
    BAD = 1
    USAGE = 2
    UNREACHABLE = 3
    INTERRUPTED = 130
    CLOSED = 141


# Errors of libraries that say that a server is not there: told by name, so that nothing is imported to look for them.
_UNREACHABLE: Final = frozenset(
    {
        "sqlalchemy.exc.OperationalError",
        "psycopg.OperationalError",
        "psycopg.errors.ConnectionTimeout",
        "redis.exceptions.ConnectionError",
        "redis.exceptions.TimeoutError",
        "kombu.exceptions.OperationalError",
        "monitor.embedded.ServerError",
    }
)


def run(arguments: Sequence[str]) -> int:
    from monitor.cli.app import app

    return guarded(lambda: app(list(arguments), prog_name="counterclaim", standalone_mode=False))


def guarded(call: Callable[[], int | None]) -> int:
    """The status of a call; what a user can mend is told in a sentence, anything else keeps its traceback."""
    try:
        status = call() or Exit.FINE
        sys.stdout.flush()
    except typer.Exit as leave:
        return leave.exit_code
    except (KeyboardInterrupt, typer.Abort):
        return Exit.INTERRUPTED
    except BrokenPipeError:
        _close_stdout()
        return Exit.CLOSED
    except SystemExit as leave:
        if not isinstance(leave.__context__, BrokenPipeError):
            raise
        return Exit.CLOSED  # Rich, which prints the help, ends the program itself and has seen to standard output
    except Exception as error:
        if (answer := told(error)) is None:
            raise
        return answer
    return status


def told(error: Exception) -> Exit | None:
    """Say what is wrong where a sentence can; None where this is a fault of the program."""
    from monitor.errors import CounterclaimError

    if isinstance(error, typer.TyperException):
        return _told_usage(error)
    kinds = {f"{kind.__module__}.{kind.__qualname__}" for kind in type(error).__mro__}
    if kinds & _UNREACHABLE:
        say(f"a server cannot be reached: {_first_line(error)}")
        return Exit.UNREACHABLE
    if "config.settings.SettingsError" in kinds:
        say(str(error))
        return Exit.USAGE
    if isinstance(error, CounterclaimError) or "config.yaml_nodes.BadFileError" in kinds:
        say(str(error))
        return Exit.BAD
    if isinstance(error, OSError) and error.filename is not None:
        say(f"{error.filename}: {error.strerror}")
        return Exit.BAD
    return None


def _told_usage(error: typer.TyperException) -> Exit:
    """Typer's own errors know how to show themselves, with the command's usage."""
    show: Callable[[], None] | None = getattr(error, "show", None)
    if show is None:
        say(error.format_message())
    else:
        show()
    return Exit(error.exit_code)


def say(message: str) -> None:
    """A message for people: on standard error, each line by itself."""
    for line in message.splitlines() or [""]:
        typer.echo(f"counterclaim: {line}", err=True)


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]


def _close_stdout() -> None:
    """Python flushes standard output at its end: into the void, or it would complain of the closed pipe again."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
