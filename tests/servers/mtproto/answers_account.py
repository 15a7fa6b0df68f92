"""Configuration, signing in and out, who one is."""

import os
from datetime import timedelta
from functools import cache
from hashlib import sha256
from inspect import Parameter, signature
from typing import Any, Final

from telethon import functions as f
from telethon import password as srp
from telethon import types as t

from tests.servers.mtproto.accounts import Account
from tests.servers.mtproto.answers import Asked, answers, vector
from tests.servers.mtproto.keys import BITS, GENERATOR, PRIME
from tests.servers.mtproto.script import RpcError
from tests.servers.mtproto.showing import DC

UNSIGNED: Final = (
    f.help.GetConfigRequest, f.auth.SendCodeRequest, f.auth.SignInRequest, f.auth.CheckPasswordRequest,
    f.account.GetPasswordRequest,
)  # fmt: skip
ALGORITHM: Final = t.PasswordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow(
    b"salt one", b"salt two", GENERATOR, PRIME.to_bytes(BITS // 8, "big")
)
SECRET: Final = int.from_bytes(sha256(b"the far end's own").digest() * 8, "big") % PRIME


@answers(f.help.GetConfigRequest)
def configuration(asked: Asked) -> t.Config:
    now = asked.world.clock()
    needed = {
        name: 100 for name, each in signature(t.Config.__init__).parameters.items() if each.default is Parameter.empty
    }  # what else a layer wants are limits
    del needed["self"]
    given: dict[str, Any] = {
        "date": now, "expires": now + timedelta(hours=1), "test_mode": False, "this_dc": DC, "dc_txt_domain_name": "",
        "dc_options": [t.DcOption(DC, *asked.address)], "me_url_prefix": "https://t.me/",
    }  # fmt: skip
    return t.Config(**(needed | given))


@answers(f.auth.SendCodeRequest)
def send_code(asked: Asked) -> t.auth.SentCode:
    _with_phone(asked)
    return t.auth.SentCode(t.auth.SentCodeTypeApp(5), phone_code_hash="of the code")


@answers(f.auth.SignInRequest)
def sign_in(asked: Asked) -> t.auth.Authorization:
    account = _with_phone(asked)
    if asked.request.phone_code != account.code:
        raise RpcError(400, "PHONE_CODE_INVALID")
    if account.password is not None:
        asked.accounts.half_signed_in[asked.key] = account
        raise RpcError(401, "SESSION_PASSWORD_NEEDED")
    return _signed_in(asked, account)


@answers(f.account.GetPasswordRequest)
def ask_password(asked: Asked) -> t.account.Password:
    account = _half_signed_in(asked)
    public = _public(account).to_bytes(BITS // 8, "big")
    return t.account.Password(
        new_algo=ALGORITHM, new_secure_algo=t.SecurePasswordKdfAlgoUnknown(), secure_random=os.urandom(16),
        has_password=True, current_algo=ALGORITHM, srp_B=public, srp_id=account.id,
    )  # fmt: skip


@answers(f.auth.CheckPasswordRequest)
def check_password(asked: Asked) -> t.auth.Authorization:
    account = _half_signed_in(asked)
    if _proof(account, asked.request.password.A) != asked.request.password.M1:
        raise RpcError(400, "PASSWORD_HASH_INVALID")
    return _signed_in(asked, account)


@answers(f.auth.LogOutRequest)
def log_out(asked: Asked) -> t.auth.LoggedOut:
    asked.accounts.revoke_key(asked.key, "AUTH_KEY_UNREGISTERED")
    return t.auth.LoggedOut()


@answers(f.users.GetUsersRequest)
def users(asked: Asked) -> bytes:
    """Itself; nobody else is asked for."""
    return vector([asked.reader.shown() for _ in asked.request.id])


def _with_phone(asked: Asked) -> Account:
    found = asked.accounts.with_phone(asked.request.phone_number)
    if found is None:
        raise RpcError(400, "PHONE_NUMBER_INVALID")
    if found.ended is not None:
        raise RpcError(400, "PHONE_NUMBER_BANNED")
    return found


def _half_signed_in(asked: Asked) -> Account:
    found = asked.accounts.half_signed_in.get(asked.key)
    if found is None:
        raise RpcError(401, "AUTH_KEY_UNREGISTERED")
    return found


def _signed_in(asked: Asked, account: Account) -> t.auth.Authorization:
    asked.accounts.sign_in(asked.key, account)
    return t.auth.Authorization(account.shown())


def _verifier(account: Account) -> int:
    return _digest(account.password or "")


@cache
def _digest(password: str) -> int:
    """Slow by design."""
    return int.from_bytes(srp.compute_digest(ALGORITHM, password), "big")


def _multiplier() -> int:
    return int.from_bytes(srp.sha256(srp.big_num_for_hash(PRIME), srp.big_num_for_hash(GENERATOR)), "big")


def _public(account: Account) -> int:
    return (_multiplier() * _verifier(account) + pow(GENERATOR, SECRET, PRIME)) % PRIME


def _proof(account: Account, theirs: bytes) -> bytes:
    """What one who knows the password shows (core.telegram.org/api/srp)."""
    ours = srp.big_num_for_hash(_public(account))
    mixed = int.from_bytes(srp.sha256(theirs, ours), "big")
    shared = pow(int.from_bytes(theirs, "big") * pow(_verifier(account), mixed, PRIME), SECRET, PRIME)
    both = srp.xor(srp.sha256(srp.big_num_for_hash(PRIME)), srp.sha256(srp.big_num_for_hash(GENERATOR)))
    salts = srp.sha256(ALGORITHM.salt1), srp.sha256(ALGORITHM.salt2)
    return bytes(srp.sha256(both, *salts, theirs, ours, srp.sha256(srp.big_num_for_hash(shared))))
