"""A far end without a network: pages that a test lays out, a clock that it turns, a reader that counts digits."""

import json
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from config.settings import load_settings
from models.enums import Bound, Measure, Object, SourceKind
from monitor.pipeline.setup import Reader, Setup
from monitor.sources.http import Client
from monitor.values import Batch, Cursor, Fetched, Figure, Haul, Limits, RawPost, ReadingContext, Target
from tests.factories import NOON

MINUTE = timedelta(minutes=1)


@dataclass
class Clock:
    at: datetime = NOON

    def __call__(self) -> datetime:
        return self.at

    def passes(self, length: timedelta) -> None:
        self.at += length


@dataclass
class Shelf:
    """`hauls`: what each address answers, or what happens there; a body is a JSON list of posts and more."""

    hauls: dict[str, Haul | Callable[[], Haul]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def __call__(self, limits: Limits) -> "Shelf":
        return self

    def address(self, given: str) -> str:
        return given

    def host(self, target: Target) -> str:
        return "t.me"

    def fetch(self, target: Target, cursor: Cursor, client: Client, now: datetime) -> Haul:
        self.asked.append(target.address)
        haul = self.hauls[target.address]
        return haul() if callable(haul) else haul

    def parse(self, target: Target, cursor: Cursor, fetched: Sequence[Fetched]) -> Batch:
        given = json.loads(fetched[-1].body)
        if "raises" in given:
            raise RuntimeError(given["raises"])
        if "dies" in given:
            os._exit(9)
        posts = tuple(RawPost(key, NOON, text) for key, text in given.pop("posts", {}).items())
        return Batch(posts, cursor={"seen": len(posts)}, **given)


def page(posts: dict[str, str] | None = None, **more: Any) -> Haul:
    body = json.dumps({"posts": posts or {}, **more}).encode()
    return Haul((Fetched("https://t.me/s/x", 200, {}, body, NOON),), requests=1)


def one_number(text: str, context: ReadingContext) -> Sequence[Figure]:
    """Reads the digits of a text as killed people; 'raise' and 'die' do so."""
    if text == "raise":
        raise RuntimeError("no idea")
    if text == "die":
        os._exit(9)
    digits = "".join(filter(str.isdigit, text))
    if not digits:
        return ()
    at = text.index(digits)
    number = float(digits)
    return (Figure(at, at + len(digits), digits, Measure.KILLED, Object.PERSON, number, number, Bound.EXACT),)


def setup_on(sessions: Any, shelf: Shelf, clock: Clock, *, version: int = 1, **settings: Any) -> Setup:
    return Setup(
        sessions,
        load_settings(**settings),
        collectors={SourceKind.PREVIEW: shelf, SourceKind.TELEGRAM: shelf},
        now=clock,
        reader=lambda: Reader(version, one_number),
    )
