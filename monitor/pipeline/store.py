"""Posts into tables: no post double, every text kept, unchanged content no new version, counters refreshed."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from models.tables import Post, PostMedia, PostVersion, Source
from monitor.values import Media, MediaFile, RawPost

NOTED_EVERY = timedelta(hours=1)  # how stale `last_seen_at` may be: a write a poll and post would be for nothing
MOST_AT_ONCE = 1000  # a statement takes 65,535 values; a post has twenty


@dataclass(frozen=True, slots=True)
class Stored:
    posts: int = 0
    versions: int = 0

    def __add__(self, other: "Stored") -> "Stored":
        return Stored(self.posts + other.posts, self.versions + other.versions)


@dataclass(frozen=True, slots=True)
class Arrival:
    """`archived`: told of afterwards, in whatever order, instead of seen at the source just now."""

    source: Source
    seen_at: datetime
    archived: bool = False
    fetch_id: int | None = None


def lock_source(session: Session, source_id: int) -> Source:
    """Whoever writes posts of a source holds its row, so that two writers do not number versions alike."""
    return session.execute(select(Source).where(Source.id == source_id).with_for_update()).scalar_one()


def store_posts(session: Session, posts: Sequence[RawPost], arrival: Arrival) -> Stored:
    """The source's row must be locked. Storing the same posts again changes nothing."""
    stored = Stored()
    for chunk in _without_repeats(posts):
        stored += _store_chunk(session, chunk, arrival)
    return stored


def mark_missing(session: Session, source: Source, external_ids: Iterable[str], now: datetime) -> None:
    """Not where they stood before: a suspicion only."""
    session.execute(
        update(Post).where(*_named(source, external_ids), Post.missing_since.is_(None)).values(missing_since=now)
    )


def mark_deleted(session: Session, source: Source, external_ids: Iterable[str], now: datetime) -> None:
    session.execute(
        update(Post)
        .where(*_named(source, external_ids), Post.deleted_at.is_(None))
        .values(deleted_at=now, unjoined_since=now)
    )


def mark_returned(session: Session, source: Source, external_ids: Iterable[str], now: datetime) -> None:
    named = _named(source, external_ids)
    session.execute(update(Post).where(*named, Post.missing_since.is_not(None)).values(missing_since=None))
    session.execute(
        update(Post).where(*named, Post.deleted_at.is_not(None)).values(deleted_at=None, unjoined_since=now)
    )


def content_hash(post: RawPost) -> str:
    """Of an album the first item counts alone: a poll may come while it is being sent."""
    shown = post.media[:1] if post.group_ids else post.media
    media = [[media.type, media.name, media.size] for media in shown]
    return sha256(json.dumps([post.text, media], ensure_ascii=False).encode("utf-8", "surrogatepass")).hexdigest()


def _named(source: Source, external_ids: Iterable[str]) -> tuple[Any, ...]:
    return Post.source_id == source.id, Post.external_id.in_(sorted(set(external_ids)))


def _without_repeats(posts: Sequence[RawPost]) -> Iterator[dict[str, RawPost]]:
    """In order, cut where an id comes again (its second text must find the first one stored) and at MOST_AT_ONCE."""
    chunk: dict[str, RawPost] = {}
    for post in map(_clean, posts):
        if post.external_id in chunk or len(chunk) >= MOST_AT_ONCE:
            yield chunk
            chunk = {}
        chunk[post.external_id] = post
    if chunk:
        yield chunk


def _store_chunk(session: Session, posts: Mapping[str, RawPost], arrival: Arrival) -> Stored:
    created = _insert_new(session, posts, arrival)
    known = session.scalars(select(Post).where(*_named(arrival.source, posts))).all()
    versions = _versions_of(session, known)
    added: list[tuple[RawPost, PostVersion]] = []
    for post in known:
        raw, earlier = posts[post.external_id], versions.get(post.id, [])
        version = _next_version(post, raw, earlier, arrival)
        if version is not None:
            added.append((raw, version))
            post.current_version = max((*earlier, _Known.of(version)), key=_Known.rank).number
        _refresh(post, raw, arrival)
    session.add_all(version for _, version in added)
    session.flush()
    session.add_all(media for raw, version in added for media in _media(version, raw))
    session.flush()
    return Stored(created, len(added))


def _insert_new(session: Session, posts: Mapping[str, RawPost], arrival: Arrival) -> int:
    rows = [_row(post, arrival) for post in posts.values()]
    new = insert(Post).values(rows).on_conflict_do_nothing(index_elements=["source_id", "external_id"])
    return len(session.scalars(new.returning(Post.id)).all())


def _row(post: RawPost, arrival: Arrival) -> dict[str, Any]:
    source = arrival.source
    return {
        "source_id": source.id, "external_id": post.external_id, "url": post.url, "example": source.example,
        "published_at": post.published, "first_seen_at": arrival.seen_at, "last_seen_at": arrival.seen_at,
        "forwarded_from": post.forwarded_from, "forwarded_post": post.forwarded_post, "reply_to": post.reply_to,
        "group_ids": list(post.group_ids), "author": post.author, "service": post.service,
        "lang": post.lang or source.lang, "views": post.views, "forwards": post.forwards, "extra": dict(post.extra),
        "current_version": 0,
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Known:
    """What tells one version of a post from another, without its text."""

    number: int
    content_hash: str
    stated_at: datetime | None
    seen_at: datetime

    @classmethod
    def of(cls, version: PostVersion) -> "_Known":
        return cls(version.number, version.content_hash, version.stated_at, version.seen_at)

    def rank(self) -> tuple[datetime, int]:
        return self.stated_at or self.seen_at, self.number


def _versions_of(session: Session, posts: Sequence[Post]) -> dict[int, list[_Known]]:
    columns = PostVersion.number, PostVersion.content_hash, PostVersion.stated_at, PostVersion.seen_at
    rows = session.execute(
        select(PostVersion.post_id, *columns).where(PostVersion.post_id.in_([post.id for post in posts]))
    )
    found: dict[int, list[_Known]] = {}
    for post_id, number, digest, stated_at, seen_at in rows:
        found.setdefault(post_id, []).append(_Known(number, digest, stated_at, seen_at))
    return found


def _next_version(post: Post, raw: RawPost, earlier: Sequence[_Known], arrival: Arrival) -> PostVersion | None:
    """None where this text is known, or where a deletion is told of without a text."""
    digest, stated_at = content_hash(raw), _stated_at(post, raw, earlier, arrival)
    if earlier and (_is_known(digest, stated_at, earlier, arrival) or (raw.deleted and not raw.text)):
        return None
    return PostVersion(
        post_id=post.id, number=len(earlier) + 1, text=raw.text, content_hash=digest, seen_at=arrival.seen_at,
        stated_at=stated_at, edited_at=raw.edited_at, fetch_id=arrival.fetch_id,
    )  # fmt: skip


def _stated_at(post: Post, raw: RawPost, earlier: Sequence[_Known], arrival: Arrival) -> datetime | None:
    if arrival.archived:
        return raw.edited_at or raw.published
    return arrival.seen_at if earlier else post.published_at


def _is_known(digest: str, stated_at: datetime | None, earlier: Sequence[_Known], arrival: Arrival) -> bool:
    """Told of afterwards, a text is known if it was said at that time; seen now, if it is the one that stands."""
    if arrival.archived:
        return any((known.content_hash, known.stated_at) == (digest, stated_at) for known in earlier)
    newest = max(earlier, key=_Known.rank)
    return newest.content_hash == digest or newest.seen_at > arrival.seen_at


def _media(version: PostVersion, raw: RawPost) -> Iterator[PostMedia]:
    for media in raw.media:
        file = media.file or MediaFile("")
        yield PostMedia(
            version_id=version.id, type=media.type, name=file.name or media.name, mime=file.mime,
            size=media.size if file.size is None else file.size, file_id=file.id or None,
        )  # fmt: skip


def _refresh(post: Post, raw: RawPost, arrival: Arrival) -> None:
    """What moves by itself. A post seen at its source is there, whatever was thought of it."""
    if raw.views is not None:
        post.views = raw.views
    if raw.forwards is not None:
        post.forwards = raw.forwards
    if any(post.extra.get(name) != value for name, value in raw.extra.items()):
        post.extra = {**post.extra, **raw.extra}
    if list(raw.group_ids) != post.group_ids and raw.group_ids:
        post.group_ids = list(raw.group_ids)
    if arrival.seen_at - post.last_seen_at > NOTED_EVERY:
        post.last_seen_at = arrival.seen_at
    if raw.deleted:
        _note_deleted(post, raw.edited_at or arrival.seen_at, arrival)
    elif not arrival.archived:
        _note_present(post, arrival)


def _note_deleted(post: Post, at: datetime, arrival: Arrival) -> None:
    if post.deleted_at is None:
        post.deleted_at, post.unjoined_since = at, arrival.seen_at


def _note_present(post: Post, arrival: Arrival) -> None:
    if post.missing_since is not None:
        post.missing_since = None
    if post.deleted_at is not None:
        post.deleted_at, post.unjoined_since = None, arrival.seen_at


def _clean(post: RawPost) -> RawPost:
    """PostgreSQL stores neither NUL nor half a surrogate pair."""
    return replace(
        post,
        **{name: storable(getattr(post, name)) for name in _TEXTS},
        group_ids=tuple(storable(post.group_ids)),
        media=tuple(_clean_media(each) for each in post.media),
        extra=storable(post.extra),
    )


def _clean_media(media: Media) -> Media:
    file = media.file and replace(media.file, name=storable(media.file.name), mime=storable(media.file.mime))
    return replace(media, name=storable(media.name), file=file)


_TEXTS = ("external_id", "text", "url", "forwarded_from", "forwarded_post", "reply_to", "author")


def storable(value: Any) -> Any:
    """The same value with every text in it fit for the database."""
    if isinstance(value, str):
        return value.replace("\x00", "\ufffd").encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, Mapping):
        return {storable(name): storable(each) for name, each in value.items()}
    return [storable(each) for each in value] if isinstance(value, list | tuple) else value
