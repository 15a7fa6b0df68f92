"""`accounts`: the Telegram accounts that channels are read by."""

import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from monitor.cli.exits import Exit, say
from monitor.cli.options import DataOption, Lines, LinesOption, lines_for, settings_for
from monitor.cli.store import setup_for, store

if TYPE_CHECKING:
    from config.settings import Settings
    from monitor.pipeline.setup import Setup
    from monitor.queries.accounts import AccountStatus
    from monitor.sources.telegram.signing import Signed

app = typer.Typer(help="List, add, check and remove Telegram accounts.", no_args_is_help=True)

NameArgument = Annotated[str, typer.Argument(help="The name of the account here: letters, digits, _ and -.")]


@app.command("list")
def list_(form: LinesOption = None, data: DataOption = None) -> int:
    """Show the accounts: state, process, channels, budgets, waits, last call.

    \b
    counterclaim accounts list
    counterclaim accounts list --format jsonl
    """
    from datetime import UTC

    from monitor.queries.accounts import list_accounts

    settings = settings_for(data)
    with store(settings, "counterclaim accounts list") as sessions, sessions() as session:
        found = list_accounts(session, datetime.now(UTC), settings)
    if lines_for(form) is Lines.JSONL:
        sys.stdout.writelines(json.dumps(asdict(each), ensure_ascii=False, default=_plain) + "\n" for each in found)
        return Exit.FINE
    from monitor.cli.tables import console, table

    columns = ["Name", "State", "Process", "Channels", "Every", "Histories", "Handles today", "Waits", "Last call"]
    console().print(table(columns, map(_row, found)))
    return Exit.FINE


@app.command()
def add(
    name: NameArgument,
    session: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Import a StringSession of Telethon's; `-`: standard input.")
    ] = None,
    phone: Annotated[str | None, typer.Option(help="Sign in with this number; asked for where not given.")] = None,
    proxy: Annotated[str | None, typer.Option(help="socks5://user:password@host:port; this account's alone.")] = None,
    data: DataOption = None,
) -> int:
    """Add an account: sign in by phone, code and password, or import a session. `up` starts its process at once.

    Sign in here for this desk alone: a session that another program uses, too, is lost for both.

    \b
    counterclaim accounts add reader --phone +79001234567
    counterclaim accounts add reader --session - < session.txt
    counterclaim accounts add reader --proxy socks5://127.0.0.1:1080
    """
    from monitor.pipeline.accounts import add_account
    from monitor.sealing import sealer

    _check_name(name)
    settings = settings_for(data)
    with setup_for(settings, "counterclaim accounts add") as setup:
        seal = sealer(settings, make=True)
        _check_free(setup, name)
        signed = _imported(setup, session, proxy) if session is not None else _signed_in(settings, phone, proxy)
        with setup.transaction() as rows:
            add_account(
                rows, name, seal.seal(signed.session), setup.now(), proxy=None if proxy is None else seal.seal(proxy),
                telegram_id=signed.telegram_id, title=signed.title,
            )  # fmt: skip
    typer.echo(f"{name} is {signed.title}; it takes channels as soon as its process runs")
    return Exit.FINE


@app.command()
def check(name: NameArgument, data: DataOption = None) -> int:
    """See whether an account works. While its process runs, that one's state is told; else its session is tried.

    \b
    counterclaim accounts check reader
    """
    from monitor.pipeline.checking import check_account

    with setup_for(settings_for(data), "counterclaim accounts check") as setup:
        fine, told = check_account(setup, name)
    typer.echo(f"{name}: {told}")
    return Exit.FINE if fine else Exit.BAD


@app.command()
def remove(name: NameArgument, data: DataOption = None) -> int:
    """Forget an account and its session; its process ends, its channels go to others or to their preview pages.

    The session itself lives on at Telegram: end it there, under Settings, Devices.

    \b
    counterclaim accounts remove reader
    """
    from monitor.pipeline.accounts import remove_account

    with setup_for(settings_for(data), "counterclaim accounts remove") as setup, setup.transaction() as session:
        left = remove_account(session, name, setup.now(), setup.settings)
    typer.echo(f"{name} is removed; {left} channels left it")
    return Exit.FINE


@app.command()
def run(data: DataOption = None) -> int:
    """Run one process for each account, and nothing else: where the other parts run elsewhere. Ctrl-C stops them.

    \b
    counterclaim accounts run
    """
    from monitor.errors import BadInputError
    from monitor.servers import Urls
    from monitor.supervisor import run_accounts

    settings = settings_for(data)
    if settings.database_url is None or settings.redis_url is None:
        raise BadInputError("DATABASE_URL and REDIS_URL: needed here; `counterclaim up` runs the accounts by itself")
    run_accounts(settings, Urls(settings.database_url.get_secret_value(), settings.redis_url.get_secret_value()))
    return Exit.FINE


def _check_name(name: str) -> None:
    import re

    if not re.fullmatch(r"[A-Za-z0-9_-]{1,40}", name):
        raise typer.BadParameter("the name has letters, digits, _ and - alone, 40 at most")


def _check_free(setup: "Setup", name: str) -> None:
    """Before anything is asked of a person or of Telegram."""
    from sqlalchemy import select

    from models.tables import Account
    from monitor.errors import BadInputError

    with setup.transaction() as session:
        if session.scalar(select(Account.id).where(Account.name == name)) is not None:
            raise BadInputError(f"account {name} is there already")


def _imported(setup: "Setup", file: Path, proxy: str | None) -> "Signed":
    from monitor.pipeline.checking import check_unused
    from monitor.sources.telegram.client import Keys, client_of, session_of
    from monitor.sources.telegram.signing import whose

    text = sys.stdin.read() if str(file) == "-" else file.read_text(encoding="ascii", errors="replace")
    check_unused(setup, text)
    client = client_of(session_of(text), Keys.of(setup.settings), proxy)
    return whose(client, setup.settings.account_call_timeout * 2)


def _signed_in(settings: "Settings", phone: str | None, proxy: str | None) -> "Signed":
    from monitor.sources.telegram.client import Keys, client_of, fresh_session
    from monitor.sources.telegram.signing import sign_in

    client = client_of(fresh_session(settings), Keys.of(settings), proxy)
    number = phone or _asked("Phone, with its country's code")()
    say("Telegram sends a code to this account's other devices, or by SMS")
    return sign_in(client, number, _asked("Code"), _asked("Password", hidden=True))


def _asked(what: str, *, hidden: bool = False) -> Callable[[], str]:
    return lambda: str(typer.prompt(what, hide_input=hidden, err=True)).strip()


def _row(each: "AccountStatus") -> list[object]:
    process = "runs" if each.running else "none"
    if each.running and each.offline_since is not None:
        process = f"no connection since {each.offline_since:%H:%M}"
    waits = ", ".join(f"{wait.method} until {wait.until:%m-%d %H:%M:%S}" for wait in each.waits)
    last = "" if each.last_call_at is None else f"{each.last_call} {each.last_call_at:%m-%d %H:%M:%S}"
    every = "" if each.delay_s is None else f"{each.delay_s:.0f} s"
    state = each.state if each.reason is None else f"{each.state}: {each.reason}"
    calls, resolves = f"{each.history_calls}/{each.history_budget}", f"{each.resolves}/{each.resolve_budget}"
    return [each.name, state, process, each.channels, every, calls, resolves, waits, last]


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
