"""No request of ours reaches an inner address, whatever a channel list, a page or a redirect says.

The check stands where the socket is opened: the name is resolved once, every address it gives is looked at, and the
connection goes to one of those very addresses. A name that changes its mind between check and use gains nothing.
"""

import socket
import threading
import time
from collections.abc import Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Any, Final, TypeAlias

import httpcore
import httpx

from monitor.sources.errors import RefusedError, UnreachableError

Address: TypeAlias = IPv4Address | IPv6Address
Network: TypeAlias = IPv4Network | IPv6Network

WEB_PORTS: Final = frozenset({80, 443})
# Beside what `ipaddress` itself calls private, reserved or local. Tunnels and translations carry an inner IPv4 address.
NOT_OURS: Final = tuple(
    ip_network(network)
    for network in (
        "0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "192.88.99.0/24", "198.18.0.0/15", "240.0.0.0/4",
        "::/96", "::ffff:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2002::/16", "3fff::/20",
        "5f00::/16", "fc00::/7", "fec0::/10",
    )
)  # fmt: skip


def is_public(address: Address) -> bool:
    if address.is_multicast or address.is_reserved or not address.is_global:
        return False
    return not any(address in network for network in NOT_OURS)


def is_allowed(address: Address, allow: Iterable[Network]) -> bool:
    return any(address in network for network in allow)


def check_address(address: Address, port: int, allow: Iterable[Network] = ()) -> None:
    if is_allowed(address, allow):
        return
    if not is_public(address):
        raise RefusedError(f"{address} is an inner address")
    if port not in WEB_PORTS:
        raise RefusedError(f"port {port} is not a web port")


def check_url(given: str) -> httpx.URL:
    """The address is checked later, where the socket is opened."""
    try:
        url = httpx.URL(given)
        host = url.raw_host  # an international name that is none fails here
    except (httpx.InvalidURL, UnicodeError, ValueError) as error:
        raise RefusedError(f"not a web address: {given[:200]!r}") from error
    if url.scheme not in ("http", "https"):
        raise RefusedError(f"only http and https are fetched, not {url.scheme or 'an address without a scheme'!r}")
    if url.userinfo:
        raise RefusedError("an address with a user name or password in it is not fetched")
    if not host:
        raise RefusedError("an address without a host")
    if url.port is not None and not 0 < url.port < 65536:  # the resolver would take it modulo 65536
        raise RefusedError(f"no such port: {url.port}")
    return url


class Deadline:
    """Ends a whole request, however slowly the other side drips its bytes."""

    def __init__(self) -> None:
        self._at = float("inf")

    def restart(self, seconds: float) -> None:
        self._at = time.monotonic() + seconds

    def left(self, timeout: float | None = None) -> float | None:
        """Seconds that one step may take. Raises UnreachableError when the time is up."""
        left = self._at - time.monotonic()
        if left <= 0:
            raise UnreachableError("the answer took too long")
        if timeout is None:
            return None if left == float("inf") else left
        return min(left, timeout)


class GuardedBackend(httpcore.NetworkBackend):
    def __init__(self, deadline: Deadline, allow: tuple[Network, ...] = ()) -> None:
        self._deadline = deadline
        self._allow = allow
        self._sockets = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        addresses = resolve(host, port, self._deadline.left(timeout))
        for address in addresses:
            check_address(address, port, self._allow)
        return _TimedStream(self._connect(addresses, port, timeout, local_address, socket_options), self._deadline)

    def _connect(
        self,
        addresses: list[Address],
        port: int,
        timeout: float | None,
        local_address: str | None,
        socket_options: Iterable[Any] | None,
    ) -> httpcore.NetworkStream:
        failure: Exception | None = None
        for address in addresses:
            left = self._deadline.left(timeout)
            try:
                return self._sockets.connect_tcp(str(address), port, left, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure if failure is not None else httpcore.ConnectError("no address")

    def connect_unix_socket(
        self,
        path: str,  # noqa: ARG002  (the signature is httpcore's)
        timeout: float | None = None,  # noqa: ARG002
        socket_options: Iterable[Any] | None = None,  # noqa: ARG002
    ) -> httpcore.NetworkStream:
        raise RefusedError("a socket on this machine is not fetched from")

    def sleep(self, seconds: float) -> None:
        self._sockets.sleep(seconds)


def resolve(host: str, port: int, timeout: float | None) -> list[Address]:
    """All addresses of a name. The system's resolver knows no time limit, so it is waited for from outside."""
    found: list[Address] = []
    failure: list[OSError | UnicodeError] = []

    def look_up() -> None:
        try:
            answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            found.extend(dict.fromkeys(ip_address(answer[4][0]) for answer in answers))
        except (OSError, UnicodeError) as error:
            failure.append(error)

    thread = threading.Thread(target=look_up, name="resolve", daemon=True)
    thread.start()
    thread.join(timeout)
    if failure:
        raise UnreachableError(f"no address for the name {host}") from failure[0]
    if thread.is_alive() or not found:
        raise UnreachableError(f"the name {host} was not resolved in time")
    return found


class _TimedStream(httpcore.NetworkStream):
    """Every step of a connection ends with the request's deadline, also the drip of a header or a handshake."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        secure = self._stream.start_tls(ssl_context, server_hostname, self._deadline.left(timeout))
        return _TimedStream(secure, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
