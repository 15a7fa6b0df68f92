import socket
import time
import tracemalloc
import zlib
from datetime import timedelta
from threading import Thread

import brotli
import pytest

from monitor.sources.errors import RefusedError, SourceError, UnreachableError
from monitor.sources.http import shown
from tests.servers.feed_server import MEGABYTE, FeedServer, Reply, client_for, endless, gzip_bomb, gzipped

TEXT = ("Погибли 63 человека. " * 500).encode()
SECOND = timedelta(seconds=1)


def deflated(body: bytes, window: int) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, window)
    return packer.compress(body) + packer.flush()


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("gzip", deflated(TEXT, 31)),
        ("x-gzip", deflated(TEXT, 31)),
        ("GZIP", deflated(TEXT, 31)),
        ("gzip", deflated(TEXT[:1000], 31) + deflated(TEXT[1000:], 31)),
        ("gzip", deflated(TEXT, 31) + bytes(8)),
        ("deflate", deflated(TEXT, 15)),
        ("deflate", deflated(TEXT, -15)),
        ("br", brotli.compress(TEXT)),
        ("identity", TEXT),
    ],
)
def test_a_content_encoding_is_undone(encoding: str, body: bytes) -> None:
    with FeedServer() as server, client_for() as client:
        answer = client.get(server.answers("/", Reply(body, headers={"content-encoding": encoding})))
    assert answer.body == TEXT


@pytest.mark.parametrize(
    ("encoding", "body", "reason"),
    [
        ("gzip", deflated(TEXT, 31)[:-20], "broke off"),
        ("br", brotli.compress(TEXT)[:-20], "broke off"),
        ("gzip", TEXT, "damaged"),
        ("br", TEXT, "damaged"),
        ("deflate", TEXT, "damaged"),
        ("zstd", TEXT, "was not asked for"),
        ("gzip, br", TEXT, "was not asked for"),
    ],
)
def test_a_damaged_or_foreign_encoding_is_told(encoding: str, body: bytes, reason: str) -> None:
    with FeedServer() as server, client_for() as client, pytest.raises(SourceError, match=reason):
        client.get(server.answers("/", Reply(body, headers={"content-encoding": encoding})))


def test_a_large_body_is_refused_where_it_is_announced_before_any_of_it_is_read() -> None:
    with FeedServer() as server, client_for() as client:
        large = Reply(endless(bytes(65536), 100 * MEGABYTE), headers={"content-length": str(100 * MEGABYTE)})
        with pytest.raises(RefusedError, match=r"larger than 10,000,000 bytes \(100,000,000 announced\)"):
            client.get(server.answers("/", large))


def test_an_unannounced_large_body_is_refused_at_the_cap_with_bounded_memory() -> None:
    with FeedServer() as server, client_for() as client:
        tracemalloc.start()
        with pytest.raises(RefusedError, match="larger than 10,000,000 bytes"):
            client.get(server.answers("/", Reply(endless(bytes(65536), 100 * MEGABYTE))))
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert peak < 40 * MEGABYTE
    assert server.sent < 30 * MEGABYTE


@pytest.mark.parametrize(
    ("encoding", "bomb"),
    [("gzip", gzip_bomb(40 * MEGABYTE)), ("br", brotli.compress(bytes(40 * MEGABYTE), quality=3))],
)
def test_a_bomb_is_refused_at_the_cap_with_bounded_memory(encoding: str, bomb: bytes) -> None:
    assert len(bomb) < MEGABYTE
    with FeedServer() as server, client_for() as client:
        tracemalloc.start()
        with pytest.raises(RefusedError, match="unfolds to more than 10,000,000 bytes"):
            client.get(server.answers("/", Reply(bomb, headers={"content-encoding": encoding})))
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert peak < 40 * MEGABYTE


def test_endless_redirects_are_refused() -> None:
    with FeedServer() as server, client_for() as client:
        server.answers("/a", Reply(status=302, headers={"location": "/b"}))
        server.answers("/b", Reply(status=301, headers={"location": "/a"}))
        with pytest.raises(RefusedError, match="more than 5 redirects"):
            client.get(server.url("/a"))
        assert len(server.asked) == client.requests == 6


def test_a_permanent_move_is_told_up_to_the_first_hop_that_is_not() -> None:
    with FeedServer() as server, client_for() as client:
        server.answers("/old", Reply(status=301, headers={"location": "/new"}))
        server.answers("/new", Reply(status=308, headers={"location": "/newer"}))
        server.answers("/newer", Reply(status=302, headers={"location": "/now"}))
        server.answers("/now", Reply(b"here"))
        answer = client.get(server.url("/old"))
    assert (answer.url, answer.body) == (server.url("/now"), b"here")
    assert answer.moved_to == server.url("/newer")


def test_a_declined_redirect_is_the_answer() -> None:
    with FeedServer() as server, client_for() as client:
        server.answers("/s/name", Reply(status=302, headers={"location": "/name"}))
        answer = client.get(server.url("/s/name"), follow=lambda target: target.path.startswith("/s/"))
    assert (answer.status, answer.location) == (302, server.url("/name"))


@pytest.mark.parametrize("location", ["http://[", "http://exa mple.org:port/", "http://\udc80"])
def test_a_redirect_to_nonsense_is_refused(location: str) -> None:
    with FeedServer() as server, client_for() as client:
        there = location.encode("utf-8", "surrogateescape").decode("latin-1")
        with pytest.raises(SourceError):
            client.get(server.answers("/", Reply(status=302, headers={"location": there})))


def test_a_slow_drip_ends_with_the_deadline() -> None:
    with FeedServer() as server, client_for(fetch_timeout=SECOND / 2) as client:
        begun = time.monotonic()
        with pytest.raises(UnreachableError, match=r"in time|too long"):
            client.get(server.answers("/", Reply(endless(b"x", 1000), pause=0.05)))
        assert time.monotonic() - begun < 2


def test_slow_redirects_end_with_the_same_deadline() -> None:
    with FeedServer() as server, client_for(fetch_timeout=SECOND / 2, max_redirects=20) as client:
        address = server.answers("/", Reply(status=302, headers={"location": "/"}, delay=0.15))
        begun = time.monotonic()
        with pytest.raises(UnreachableError, match=r"in time|too long"):
            client.get(address)
        assert time.monotonic() - begun < 2


def raw_server(sent: bytes, *, pause: float = 0.0) -> str:
    """Answers one connection with these bytes, one at a time where there is a pause."""
    listening = socket.create_server(("127.0.0.1", 0))

    def answer() -> None:
        with listening, listening.accept()[0] as connection:
            connection.recv(65536)
            try:
                for piece in [sent] if not pause else [bytes([each]) for each in sent]:
                    time.sleep(pause)
                    connection.sendall(piece)
            except OSError:
                return

    Thread(target=answer, daemon=True).start()
    return f"http://127.0.0.1:{listening.getsockname()[1]}/"


def test_headers_that_drip_end_with_the_deadline() -> None:
    begun = time.monotonic()
    with client_for(fetch_timeout=SECOND / 2) as client, pytest.raises(UnreachableError, match=r"in time|too long"):
        client.get(raw_server(b"HTTP/1.1 200 OK\r\nX: " + b"x" * 1000, pause=0.05))
    assert time.monotonic() - begun < 2


@pytest.mark.parametrize(
    "sent",
    [b"", b"\x00\xff" * 100, b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nshort", b"HTTP/1.1 999999 OK\r\n\r\n",
     b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n", b"HTTP/1.1 200 OK\r\nX: " + b"x" * 200_000,
     b"SSH-2.0-OpenSSH_9.2\r\n"],
)  # fmt: skip
def test_what_is_no_whole_answer_is_unreachable(sent: bytes) -> None:
    with client_for() as client, pytest.raises(UnreachableError, match=r"broke off|connected"):
        client.get(raw_server(sent))


def test_nobody_listening_is_unreachable() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    with client_for() as client, pytest.raises(UnreachableError, match="could not be connected to"):
        client.get(f"http://127.0.0.1:{port}/")


def test_silence_is_unreachable_after_the_read_timeout() -> None:
    with FeedServer() as server, client_for(read_timeout=SECOND / 5) as client:
        address = server.answers("/", Reply(b"late", delay=2))
        with pytest.raises(UnreachableError, match="did not answer in time"):
            client.get(address)


def test_an_error_keeps_its_status_and_wait_though_its_page_cannot_be_had() -> None:
    with FeedServer() as server, client_for() as client:
        busy = Reply(b"no gzip at all", 503, {"content-encoding": "gzip", "retry-after": "120"})
        answer = client.get(server.answers("/", busy))
    assert (answer.status, answer.headers["retry-after"], answer.body) == (503, "120", b"")


def test_the_client_is_honest_and_keeps_no_cookies() -> None:
    with FeedServer() as server, client_for(user_agent="counterclaim/1 (+desk@example.org)") as client:
        address = server.answers("/", Reply(b"x", headers={"set-cookie": "a=b"}))
        client.get(address)
        client.get(address, headers={"if-none-match": 'W/"\xe9"'})
    second = server.asked[1].headers
    assert second["user-agent"] == "counterclaim/1 (+desk@example.org)"
    assert second["if-none-match"] == 'W/"\xe9"'
    assert "cookie" not in second


def test_requests_to_one_host_keep_the_pace() -> None:
    with FeedServer() as server, client_for(pace=SECOND / 5) as client:
        address = server.answers("/", Reply(b"x"))
        client.get(address)
        client.get(address)
        client.get(address, pace=SECOND / 2)
    times = [asked.at for asked in server.asked]
    assert times[1] - times[0] >= 0.19
    assert times[2] - times[1] >= 0.49


def test_gzipped_answers_are_asked_for_and_read() -> None:
    with FeedServer() as server, client_for() as client:
        assert client.get(server.answers("/", gzipped(TEXT))).body == TEXT
    assert server.asked[0].headers["accept-encoding"] == "gzip, deflate, br"


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://name:word@example.org/feed?token=secret#x", "https://example.org/feed"),
        ("http://" + "ы" * 70, "an unreadable address"),
    ],
)
def test_an_address_is_shown_without_secrets(address: str, expected: str) -> None:
    assert shown(address) == expected


def test_all_requests_of_a_poll_together_end_in_time() -> None:
    with FeedServer() as server, client_for(poll_timeout=SECOND / 5, pace=SECOND / 4) as client:
        address = server.answers("/", Reply(b"x"))
        client.get(address)
        with pytest.raises(UnreachableError, match="took too long"):
            client.get(address)
