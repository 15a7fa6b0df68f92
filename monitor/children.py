"""Child processes that die with their parent, as another user where they refuse root."""

import ctypes
import os
import pwd
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

PR_SET_PDEATHSIG, PR_SET_KEEPCAPS, PR_SET_SECUREBITS, PR_CAP_AMBIENT = 1, 8, 28, 47
PR_CAP_AMBIENT_RAISE, SECBIT_NO_SETUID_FIXUP, CAPABILITY_VERSION_3 = 2, 4, 0x20080522
DAC_OVERRIDE, DAC_READ_SEARCH = 1, 2


def spawn(
    arguments: Sequence[str | Path],
    log: Path,
    env: Mapping[str, str],
    *,
    as_server_user: bool = False,
    on_parent_death: signal.Signals,
    folder: Path = Path("/"),
) -> subprocess.Popen[bytes]:
    """In a session of its own: a Ctrl-C on the terminal reaches the parent alone, which stops its children in order."""
    with log.open("ab") as output:
        return subprocess.Popen(  # noqa: S603
            [str(word) for word in arguments], stdin=subprocess.DEVNULL, stdout=output, stderr=output, cwd=folder,
            env=dict(env), start_new_session=True,
            preexec_fn=before_exec(as_server_user=as_server_user, on_parent_death=on_parent_death),
        )  # fmt: skip


def before_exec(*, as_server_user: bool, on_parent_death: signal.Signals) -> Callable[[], None]:
    """For `preexec_fn`. The parent is the thread that forks: it must live as long as the child may."""
    libc, root = ctypes.CDLL(None, use_errno=True), os.geteuid() == 0
    nobody = pwd.getpwnam("nobody") if root else None

    def prepare() -> None:
        if as_server_user and nobody is not None:
            _become(libc, nobody)
        if sys.platform == "linux":
            libc.prctl(PR_SET_PDEATHSIG, int(on_parent_death))

    return prepare


def _become(libc: ctypes.CDLL, user: pwd.struct_passwd) -> None:
    """Leave uid 0 but keep what opens folders below a closed home; initdb asks access(2), hence the secure bit."""
    linux = sys.platform == "linux"
    if linux:
        libc.prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0)
        libc.prctl(PR_SET_SECUREBITS, SECBIT_NO_SETUID_FIXUP, 0, 0, 0)
    os.setgroups([])
    os.setgid(user.pw_gid)
    os.setuid(user.pw_uid)
    if linux:
        _keep_capabilities(libc)


def _keep_capabilities(libc: ctypes.CDLL) -> None:
    """DAC_OVERRIDE and DAC_READ_SEARCH; containers often lack the second."""
    header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION_3, 0)
    for kept in ((DAC_OVERRIDE, DAC_READ_SEARCH), (DAC_OVERRIDE,)):
        mask = sum(1 << capability for capability in kept)
        if libc.capset(header, (ctypes.c_uint32 * 6)(mask, mask, mask, 0, 0, 0)) == 0:
            for capability in kept:
                libc.prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, capability, 0, 0)
            return
