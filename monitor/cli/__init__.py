"""The command line. Commands are thin: parse, call one function, show. Nothing heavy is imported before it is used."""

import sys


def main() -> None:
    from monitor.cli.exits import run

    sys.exit(run(sys.argv[1:]))
