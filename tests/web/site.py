"""A real server for the pages, and pages as trees."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from threading import Thread

import httpx
import uvicorn
from fastapi import FastAPI
from selectolax.lexbor import LexborHTMLParser, LexborNode

from monitor.embedded import free_port

NOW = datetime(2023, 1, 4, 14, tzinfo=UTC)


@contextmanager
def served(app: FastAPI) -> Iterator[str]:
    """Its address. The server's thread ends with the block."""
    port = free_port()
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_config=None, lifespan="off"))
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started and thread.is_alive():
        time.sleep(0.01)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)


def page(site: httpx.Client, path: str) -> LexborHTMLParser:
    answer = site.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return LexborHTMLParser(answer.text)


def words(node: LexborNode | LexborHTMLParser | None) -> str:
    """The text of a part of a page, its white space as one reads it."""
    assert node is not None
    return " ".join(node.text(separator="", strip=False).split())


def texts(tree: LexborNode | LexborHTMLParser, selector: str) -> list[str]:
    return [words(node) for node in tree.css(selector)]


def links(tree: LexborHTMLParser) -> list[str]:
    return [node.attributes["href"] or "" for node in tree.css("a[href]")]
