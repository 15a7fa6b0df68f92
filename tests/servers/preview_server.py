"""A loopback t.me: preview pages (/s/name with before and after), single posts (/name/7?embed=1), landing pages.

    world = World()
    world.channel("rybar", title="Rybar")
    first = world.post("rybar", "63 killed")            # ids count up; at=, views=, forwarded=, reply_to=, media= ...
    world.album("rybar", "Two photos", ["photo", "photo"])
    with PreviewServer(world) as server:
        ...                                             # COUNTERCLAIM_PREVIEW_BASE=server.base
        world.edit("rybar", first, "89 killed")         # all at run time, from any thread
        world.delete("rybar", first)
        world.fail("rybar", Fault(429, {"Retry-After": "30"}), times=2)
        world.turn("rybar", Kind.CLOSED)                # 302 to the landing page, as for an unknown handle
        server.asked                                    # the paths asked for so far

The address guard must allow 127.0.0.1/32 (COUNTERCLAIM_ALLOW_NETWORKS).
"""

import re
import threading
import time
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self
from urllib.parse import parse_qs, urlsplit

from tests.servers.preview_markup import landing, page, single
from tests.servers.preview_world import Fault, Kind, Message, World

__all__ = ["Fault", "Kind", "Message", "PreviewServer", "World"]

_PATH = re.compile(r"/(?P<preview>s/)?(?P<name>\w+)(?:/(?P<id>\d+))?")


class PreviewServer:
    def __init__(self, world: World, port: int = 0) -> None:
        self.world = world
        self.asked: list[str] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", port), type("Answering", (_Answering,), {"preview": self}))
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def answer(self, path: str) -> Fault:
        """What a request gets: the scripted fault, or the truth in the same form."""
        self.asked.append(path)
        asked = urlsplit(path)
        found = _PATH.fullmatch(asked.path.rstrip("/"))
        if found is None:
            return Fault(404, body="<html><body>Not Found</body></html>")
        with self.world.lock:
            fault = self.world.next_fault(found["name"])
            if fault is not None and fault.garble is None and not fault.cut:
                return fault
            truth = self._truth(found, {key: values[0] for key, values in parse_qs(asked.query).items()})
        if fault is None:
            return truth
        body = fault.garble(truth.body) if fault.garble is not None else truth.body
        return Fault(truth.status, truth.headers, body, fault.delay, fault.cut)

    def _truth(self, found: re.Match[str], query: Mapping[str, str]) -> Fault:
        channel = self.world.find(found["name"])
        if found["preview"] is None:
            if found["id"] is not None and "embed" in query:
                return Fault(body=single(channel, int(found["id"])))
            return Fault(body=landing(channel, found["name"]))
        if channel is None or channel.kind is not Kind.CHANNEL:
            return Fault(302, {"Location": f"https://t.me/{found['name']}"})
        before, after = (int(query[name]) if name in query else None for name in ("before", "after"))
        return Fault(body=page(channel, before, after))


class _Answering(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    preview: PreviewServer

    def do_GET(self) -> None:
        given = self.preview.answer(self.path)
        time.sleep(given.delay.total_seconds())
        body = given.body.encode("utf-8", "surrogateescape")
        self.send_response(given.status)
        for name, value in {"Content-Type": "text/html; charset=utf-8", **given.headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[: len(body) // 2] if given.cut else body)
        self.close_connection = self.close_connection or given.cut

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """The tests look at `asked`."""
