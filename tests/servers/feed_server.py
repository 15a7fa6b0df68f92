"""A web server on the loopback that answers as scripted: feeds, pages, and all that a hostile far end may do.

with FeedServer() as server:
    server.answers("/feed", Reply(b"..."), Reply(status=304))   # in this order; the last one repeats
    ... server.url("/feed") ...
    server.asked[0].headers["if-none-match"]
"""

import gzip
import time
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_network
from threading import Thread
from types import TracebackType
from typing import Any, Final, Self

from monitor.sources.http import Client, HttpLimits

NO_PAUSE: Final = timedelta(0)
LOOPBACK: Final = (ip_network("127.0.0.1/32"),)
MEGABYTE: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Reply:
    """A body in pieces is sent without its length. `delay`: seconds before all; `pause`: before each piece."""

    body: bytes | Iterable[bytes] = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    delay: float = 0.0
    pause: float = 0.0


@dataclass(frozen=True, slots=True)
class Asked:
    path: str
    headers: Mapping[str, str]
    at: float


class FeedServer:
    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.sent = 0
        self._scripts: dict[str, list[Reply]] = {}
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True

    def __enter__(self) -> Self:
        Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self._server.server_port}{path}"

    def answers(self, path: str, *replies: Reply) -> str:
        """Its full address."""
        self._scripts[path] = list(replies)
        return self.url(path)

    def paths(self) -> list[str]:
        return [asked.path for asked in self.asked]

    def _next(self, path: str) -> Reply:
        script = self._scripts.get(path, [Reply(b"nothing here", 404)])
        return script.pop(0) if len(script) > 1 else script[0]

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                headers = {name.lower(): value for name, value in self.headers.items()}
                server.asked.append(Asked(self.path, headers, time.monotonic()))
                try:
                    self._send(server._next(self.path))
                except (BrokenPipeError, ConnectionResetError):
                    return

            def _send(self, reply: Reply) -> None:
                time.sleep(reply.delay)
                self.send_response_only(reply.status)
                if isinstance(reply.body, bytes) and reply.status != 304 and "content-length" not in reply.headers:
                    self.send_header("content-length", str(len(reply.body)))
                for name, value in reply.headers.items():
                    self.send_header(name, value)
                self.end_headers()
                for piece in [reply.body] if isinstance(reply.body, bytes) else reply.body:
                    time.sleep(reply.pause)
                    self.wfile.write(piece)
                    server.sent += len(piece)

            def log_message(self, *_: Any) -> None:
                """Nobody reads it."""

        return Handler


def client_for(**limits: Any) -> Client:
    """The real client, allowed to reach 127.0.0.1 and nothing else inside."""
    return Client(HttpLimits(**{"allow": LOOPBACK, "pace": NO_PAUSE, **limits}))


def endless(piece: bytes, total: int) -> Iterator[bytes]:
    return (piece for _ in range(total // len(piece)))


def gzip_bomb(size: int) -> bytes:
    """Some thousandth of `size` that unfolds to it."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    zeros = bytes(MEGABYTE)
    return b"".join([*(packer.compress(zeros) for _ in range(size // MEGABYTE)), packer.flush()])


def gzipped(body: bytes) -> Reply:
    return Reply(gzip.compress(body), headers={"content-encoding": "gzip"})
