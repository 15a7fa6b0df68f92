from collections.abc import Iterator

import pytest

from tests.servers.feed_server import FeedServer, Reply
from tests.sources.blog import Blog

LONGEST_NAME = 200


@pytest.fixture
def blog() -> Iterator[Blog]:
    with FeedServer() as server:
        server.answers("/robots.txt", Reply(b"User-agent: *\nAllow: /\n"))
        yield Blog(server)


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Hostile input runs to megabytes; its test needs a shorter name."""
    return f"long_{argname}" if isinstance(val, str | bytes) and len(val) > LONGEST_NAME else None
