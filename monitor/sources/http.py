"""The one way out: GET with an address guard, caps on time and size, few redirects and an honest name.

A client serves one poll in one thread. It keeps connections for the pages of that poll, no cookies, no environment.
"""

import ssl
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from types import TracebackType
from typing import Final, Self

import httpcore
import httpx

from monitor.sources.errors import RefusedError, SourceError, UnreachableError
from monitor.sources.guard import Deadline, GuardedBackend, Network, check_url
from monitor.sources.inflate import ACCEPTED, inflate

REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
PERMANENT: Final = frozenset({301, 308})
FAILED: Final = range(400, 600)


@dataclass(frozen=True, slots=True)
class HttpLimits:
    """`allow`: networks, inner ones too, that may be reached on any port. `pace`: between two requests to one host.

    `fetch_timeout` is for all of one `get`, its redirects included; `poll_timeout` for all that a client asks.
    """

    user_agent: str = "counterclaim"
    allow: tuple[Network, ...] = ()
    connect_timeout: timedelta = timedelta(seconds=10)
    read_timeout: timedelta = timedelta(seconds=20)
    fetch_timeout: timedelta = timedelta(seconds=60)
    poll_timeout: timedelta = timedelta(seconds=150)
    max_body_bytes: int = 10_000_000
    max_redirects: int = 5
    pace: timedelta = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Answer:
    """`moved_to`: the address that permanent redirects, followed without a break from the first hop, lead to."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    at: datetime
    moved_to: str | None = None
    location: str | None = None


@dataclass(slots=True)
class Client:
    """Raises UnreachableError and RefusedError, nothing else. `requests` counts what went out."""

    limits: HttpLimits = field(default_factory=HttpLimits)
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    requests: int = 0
    _deadline: Deadline = field(default_factory=Deadline)
    _last: dict[bytes, float] = field(default_factory=dict)
    _ends: float = field(init=False)
    _pool: httpcore.ConnectionPool = field(init=False)

    def __post_init__(self) -> None:
        self._ends = time.monotonic() + self.limits.poll_timeout.total_seconds()
        backend = GuardedBackend(self._deadline, self.limits.allow)
        self._pool = httpcore.ConnectionPool(ssl_context=_tls(), max_connections=4, network_backend=backend)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pool.close()

    def get(
        self,
        address: str,
        *,
        headers: Mapping[str, str] | None = None,
        follow: Callable[[httpx.URL], bool] = lambda _: True,
        max_bytes: int | None = None,
        pace: timedelta = timedelta(0),
    ) -> Answer:
        """A redirect that `follow` declines is the answer, its target in `location`. `pace`: if slower than usual."""
        url, moved_to, unbroken = check_url(address), None, True
        self._keep_pace(url.raw_host, pace)
        self._deadline.restart(min(self.limits.fetch_timeout.total_seconds(), self._ends - time.monotonic()))
        for _ in range(self.limits.max_redirects + 1):
            answer = self._get(url, headers or {}, max_bytes or self.limits.max_body_bytes)
            if answer.location is None or not follow(target := check_url(answer.location)):
                return _moved(answer, moved_to)
            unbroken = unbroken and answer.status in PERMANENT
            url = target
            moved_to = str(url) if unbroken else moved_to
            self._keep_pace(url.raw_host)
        raise RefusedError(f"more than {self.limits.max_redirects} redirects from {shown(address)}")

    def _get(self, url: httpx.URL, headers: Mapping[str, str], limit: int) -> Answer:
        self.requests += 1
        with _our_errors(url), self._stream(url, headers) as response:
            found = _headers(response)
            body = b"" if response.status in REDIRECTS else self._body(response, found, limit)
        location = _location(url, found) if response.status in REDIRECTS else None
        return Answer(str(url), response.status, found, body, self.now(), location=location)

    @contextmanager
    def _stream(self, url: httpx.URL, headers: Mapping[str, str]) -> Iterator[httpcore.Response]:
        sent = {
            "host": url.netloc.decode("ascii"),
            "user-agent": self.limits.user_agent,
            "accept": "*/*",
            "accept-encoding": ACCEPTED,
            "accept-language": "en",
            **headers,
        }
        lines = [(name.encode("ascii"), value.encode("latin-1", "replace")) for name, value in sent.items()]
        target = httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)
        timeouts = {
            "connect": self.limits.connect_timeout.total_seconds(),
            "read": self.limits.read_timeout.total_seconds(),
            "write": self.limits.read_timeout.total_seconds(),
            "pool": self.limits.connect_timeout.total_seconds(),
        }
        with self._pool.stream("GET", target, headers=lines, extensions={"timeout": timeouts}) as response:
            yield response

    def _body(self, response: httpcore.Response, headers: Mapping[str, str], limit: int) -> bytes:
        """What an error's page says matters less than the error: where it cannot be had, it is left out."""
        try:
            return self._whole_body(response, headers, limit)
        except SourceError:
            if response.status not in FAILED:
                raise
            return b""

    def _whole_body(self, response: httpcore.Response, headers: Mapping[str, str], limit: int) -> bytes:
        announced = headers.get("content-length", "")
        if announced.isdigit() and len(announced) < 20 and int(announced) > limit:
            raise RefusedError(f"larger than {limit:,} bytes ({int(announced):,} announced)")
        return inflate(self._chunks(response), headers.get("content-encoding", ""), limit)

    def _chunks(self, response: httpcore.Response) -> Iterator[bytes]:
        for chunk in response.iter_stream():
            self._deadline.left()
            yield chunk

    def _keep_pace(self, host: bytes, pace: timedelta = timedelta(0)) -> None:
        pause = max(pace, self.limits.pace).total_seconds()
        wait = self._last.get(host, float("-inf")) + pause - time.monotonic()
        if wait > 0:
            time.sleep(wait)
        self._last[host] = time.monotonic()


def preferring(lang: str | None) -> dict[str, str]:
    """For sites that answer in the reader's language: a source is read in its own."""
    return {"accept-language": "*" if lang is None else f"{lang}, *;q=0.5"}


def shown(address: str) -> str:
    """An address as it may stand in a log or a reason: without secrets, and short."""
    try:
        url = httpx.URL(address)
        return str(url.copy_with(userinfo=b"", query=None, fragment=None))[:200]
    except (httpx.InvalidURL, UnicodeError, ValueError):
        return "an unreadable address"


@contextmanager
def _our_errors(url: httpx.URL) -> Iterator[None]:
    host = url.host
    try:
        yield
    except httpcore.TimeoutException as error:
        raise UnreachableError(f"{host} did not answer in time") from error
    except (httpcore.ConnectError, ConnectionError) as error:
        raise UnreachableError(f"{host} could not be connected to: {_short(error)}") from error
    except (httpcore.ProtocolError, httpcore.NetworkError, ssl.SSLError, OSError) as error:
        raise UnreachableError(f"the answer of {host} broke off: {_short(error)}") from error


def _short(error: Exception) -> str:
    return (str(error) or type(error).__name__)[:200]


def _headers(response: httpcore.Response) -> dict[str, str]:
    """Names in lower case; what stands twice is joined. Values keep every byte (latin-1 both ways)."""
    found: dict[str, str] = {}
    for raw_name, raw_value in response.headers:
        name, value = raw_name.decode("latin-1").lower(), raw_value.decode("latin-1")
        found[name] = f"{found[name]}, {value}" if name in found and name != "location" else value
    return found


def _location(url: httpx.URL, headers: Mapping[str, str]) -> str | None:
    if "location" not in headers:
        return None
    given = headers["location"].encode("latin-1").decode("utf-8", "replace")
    try:
        return str(url.join(given))
    except (httpx.InvalidURL, UnicodeError, ValueError) as error:
        raise RefusedError(f"redirected to what is no address: {given[:100]!r}") from error


def _moved(answer: Answer, moved_to: str | None) -> Answer:
    return Answer(answer.url, answer.status, answer.headers, answer.body, answer.at, moved_to, answer.location)


@cache
def _tls() -> ssl.SSLContext:
    return httpx.create_ssl_context(trust_env=False)
