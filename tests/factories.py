"""Rows with everything filled in that a test does not care about."""

from datetime import UTC, datetime
from hashlib import sha256
from itertools import count
from typing import Any

from sqlalchemy.orm import Session

from models.tables import Post, PostVersion, Source

NOON = datetime(2023, 1, 2, 12, tzinfo=UTC)
_numbers = count(1)


def make_source(session: Session, key: str | None = None, **given: Any) -> Source:
    key = key if key is not None else f"source{next(_numbers)}"
    defaults: dict[str, Any] = {
        "kind": "preview", "address": key, "host": "t.me", "title": key.title(), "lang": "ru", "next_poll_at": NOON,
    }  # fmt: skip
    source = Source(key=key, **defaults | given)
    session.add(source)
    session.flush()
    return source


def make_post(session: Session, source: Source, text: str = "Погибли 63 человека.", **given: Any) -> Post:
    defaults: dict[str, Any] = {
        "external_id": str(next(_numbers)), "published_at": NOON, "first_seen_at": NOON, "last_seen_at": NOON,
    }  # fmt: skip
    post = Post(source_id=source.id, **defaults | given)
    session.add(post)
    session.flush()
    make_version(session, post, text)
    return post


def make_version(session: Session, post: Post, text: str, number: int = 1, **given: Any) -> PostVersion:
    defaults: dict[str, Any] = {"seen_at": NOON, "stated_at": NOON, "content_hash": sha256(text.encode()).hexdigest()}
    version = PostVersion(post_id=post.id, number=number, text=text, **defaults | given)
    session.add(version)
    session.flush()
    return version
