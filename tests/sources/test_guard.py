from ipaddress import ip_address, ip_network

import pytest

from monitor.sources.errors import RefusedError, SourceError, UnreachableError
from monitor.sources.guard import Deadline, check_address, check_url, is_public
from tests.servers.feed_server import FeedServer, Reply, client_for

INNER = [
    "127.0.0.1", "127.255.255.254", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",
    "224.0.0.1", "255.255.255.255", "198.18.0.1", "192.0.0.8", "192.0.2.1", "240.0.0.1", "::1", "::", "fe80::1",
    "fc00::1", "fd00:ec2::254", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "64:ff9b::7f00:1",
    "64:ff9b:1::a00:1", "2002:7f00:1::", "2001:0:7f00:1::", "2001:db8::1", "fec0::1", "100::1", "fe80::1%eth0",
]  # fmt: skip


@pytest.mark.parametrize("address", INNER)
def test_an_inner_address_is_refused(address: str) -> None:
    with pytest.raises(RefusedError, match="inner address"):
        check_address(ip_address(address), 80)


@pytest.mark.parametrize("address", ["93.184.216.34", "8.8.8.8", "2606:4700:4700::1111", "192.0.1.1"])
def test_a_public_address_is_let_through_on_web_ports_only(address: str) -> None:
    assert is_public(ip_address(address))
    check_address(ip_address(address), 443)
    with pytest.raises(RefusedError, match="port 22 is not a web port"):
        check_address(ip_address(address), 22)


def test_an_allowed_network_is_open_on_every_port_and_no_other_is() -> None:
    allow = (ip_network("10.0.0.0/8"), ip_network("::1/128"))
    check_address(ip_address("10.1.2.3"), 5432, allow)
    check_address(ip_address("::1"), 80, allow)
    with pytest.raises(RefusedError):
        check_address(ip_address("127.0.0.1"), 80, allow)


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ("ftp://example.org/", "only http and https"),
        ("file:///etc/passwd", "only http and https"),
        ("//example.org/", "without a scheme"),
        ("http://name:word@example.org/", "user name or password"),
        ("http://name@example.org/", "user name or password"),
        ("http:///feed", "without a host"),
        ("http://example.org:99999/", "no such port"),
        ("http://example.org:0/", "no such port"),
        ("http://[::1/", "not a web address"),
        ("http://" + "ы" * 70 + ".org/", "not a web address"),
        ("http://example.org/" + "a" * 70_000, "not a web address"),
    ],
)
def test_what_is_no_plain_web_address_is_refused(given: str, reason: str) -> None:
    with pytest.raises(RefusedError, match=reason):
        check_url(given)


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "2130706433", "0x7f000001", "0177.0.0.1", "127.1", "0", "[::1]", "[::ffff:127.0.0.1]",
     "[::ffff:7f00:1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "169.254.169.254", "2852039166", "0xa9fea9fe",
     "[fd00:ec2::254]", "127.0.0.1.", "１２７.0.0.1"],
)  # fmt: skip
def test_no_spelling_of_an_inner_address_is_fetched(host: str) -> None:
    with client_for(allow=()) as client, pytest.raises(SourceError, match=r"inner|no address|not a web address"):
        client.get(f"http://{host}/")


def test_the_ways_to_write_loopback_that_resolve_are_refused_as_inner() -> None:
    for host in ("localhost", "2130706433", "127.1", "0x7f000001", "[::ffff:127.0.0.1]"):
        with client_for(allow=()) as client, pytest.raises(RefusedError, match="inner address"):
            client.get(f"http://{host}/")


@pytest.mark.parametrize(
    "target",
    ["http://127.0.0.2/", "http://169.254.169.254/latest/meta-data/", "http://2852039166/", "http://[::1]/",
     "file:///etc/passwd", "gopher://127.0.0.1/", "http://a:b@127.0.0.1/", "//127.0.0.9/", "http://10.0.0.1:8080/"],
)  # fmt: skip
def test_a_redirect_to_an_inner_address_is_refused(target: str) -> None:
    with FeedServer() as server, client_for() as client:
        address = server.answers("/feed", Reply(status=302, headers={"location": target}))
        with pytest.raises(RefusedError):
            client.get(address)


def test_nothing_is_sent_to_an_inner_address() -> None:
    with FeedServer() as server, client_for(allow=()) as client:
        with pytest.raises(RefusedError):
            client.get(server.answers("/", Reply(b"secret")))
        assert server.asked == []


def test_a_name_without_an_address_is_unreachable() -> None:
    with client_for() as client, pytest.raises(UnreachableError, match="no address for the name"):
        client.get("http://nowhere.invalid/")


def test_a_deadline_that_is_over_says_so() -> None:
    deadline = Deadline()
    assert deadline.left() is None
    deadline.restart(0)
    with pytest.raises(UnreachableError, match="too long"):
        deadline.left()
