"""Whether an account works: told by its process while that runs, since nobody else may use the session then."""

from contextlib import suppress

from sqlalchemy import select

from models.enums import AccountState
from models.tables import Account
from monitor.errors import BadInputError
from monitor.pipeline import accounts
from monitor.pipeline.setup import Setup
from monitor.sealing import SealError, sealer


def check_account(setup: Setup, name: str) -> tuple[bool, str]:
    """Whether it works, and in words. A session that turns out to be dead ends the account."""
    with setup.transaction() as session:
        account = accounts.account_named(session, name)
        if account.state != AccountState.ACTIVE:
            return False, f"{account.state}: {account.reason}"
        held = accounts.take_lease(session, name, "counterclaim accounts check", setup.now(), setup.settings)
        if held is None:
            return _told(account)
    try:
        return _tried(setup, account)
    finally:
        with setup.transaction() as session:
            accounts.end_lease(session, held)


def check_unused(setup: Setup, text: str) -> None:
    """Before anything connects with a session: one that an account has already must not be used beside its process.

    Raises BadInputError. Sessions that were sealed with a lost key cannot be compared.
    """
    from monitor.sources.telegram.client import session_of

    seal, key = sealer(setup.settings), session_of(text).auth_key.key
    with setup.transaction() as session:
        known = session.execute(select(Account.name, Account.session)).all()
    for name, sealed in known:
        with suppress(SealError):
            if session_of(seal.open(sealed)).auth_key.key == key:
                raise BadInputError(f"account {name} uses this session; a second use would end it for good")


def _told(account: Account) -> tuple[bool, str]:
    if account.offline_since is not None:
        return False, f"its process has no connection since {account.offline_since:%Y-%m-%d %H:%M} UTC"
    if account.last_call_at is None:
        return True, "its process runs and has called nothing yet"
    return True, f"its process runs; last call {account.last_call} at {account.last_call_at:%Y-%m-%d %H:%M:%S} UTC"


def _tried(setup: Setup, account: Account) -> tuple[bool, str]:
    from monitor.sources.telegram.client import Keys, client_of, session_of
    from monitor.sources.telegram.signing import DeadSessionError, SignInError, whose

    seal = sealer(setup.settings)
    proxy = None if account.proxy is None else seal.open(account.proxy)
    client = client_of(session_of(seal.open(account.session)), Keys.of(setup.settings), proxy)
    try:
        signed = whose(client, setup.settings.account_call_timeout * 2)
    except DeadSessionError as error:
        with setup.transaction() as session:
            accounts.end_account(session, account.name, str(error), setup.now(), setup.settings)
        return False, f"dead: {error}"
    except SignInError as error:
        return False, str(error)
    return True, f"its session works; it is {signed.title}. No process runs for it"
