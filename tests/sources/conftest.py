from collections.abc import Iterator

import pytest

from tests.servers.feed_server import FeedServer, Reply
from tests.sources.blog import Blog


@pytest.fixture
def blog() -> Iterator[Blog]:
    with FeedServer() as server:
        server.answers("/robots.txt", Reply(b"User-agent: *\nAllow: /\n"))
        yield Blog(server)
