"""A desk that follows a broadcast: started with its workers, watched until it has all, compared with what was told."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final, TypeVar

from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from config.sources import default_sources
from models.enums import ReadState
from models.session import sessions_for
from models.tables import Post, PostVersion, Source
from tests.e2e.desk import WITHIN_S, Desk
from tests.servers.mtproto.server import API_HASH, API_ID
from tests.telegram.broadcast import Broadcast, Told, handle_of

T = TypeVar("T")

HURRY: Final = {
    "ALLOW_NETWORKS": "127.0.0.1/32", "TICK": "1", "POLL_MIN": "1", "POLL_DEFAULT": "1", "POLL_MAX": "2",
    "HOST_PACE": "0.02", "CONFIRM_DELETION_AFTER": "1", "PROCESS_WORKERS": "1", "FIRST_POLL_POSTS": "1000",
}  # fmt: skip
KEYS: Final = {"TELEGRAM_API_ID": str(API_ID), "TELEGRAM_API_HASH": API_HASH}
LINE: Final = "  - {{key: {0}, kind: telegram, address: {1}, title: Channel {0}, {2}, lang: ru}}\n"
OFF: Final = "  - {{key: {0}, kind: {1}, address: '{2}', enabled: false}}\n"


@contextmanager
def desk_of(
    folder: Path, env: Mapping[str, str], cast: Broadcast, program: str = "monitor.cli", **settings: str
) -> Iterator[Desk]:
    """Following all channels, by the accounts of the broadcast; by their preview pages where it has none."""
    server = "{}:{}".format(*cast.server.address)
    given = {**HURRY, "PREVIEW_BASE": cast.pages.base, "TELEGRAM_SERVER": server, **KEYS, **settings}
    desk = Desk(folder, env, {f"COUNTERCLAIM_{name}": value for name, value in given.items()}, program)
    desk.command("sources", "import", _sources(folder, cast))
    for name in cast.server.accounts.by_name:
        add_account(desk, cast, name)
    desk.start()
    try:
        yield desk
    finally:
        stopped = desk.stop()
    assert stopped == 0


def _sources(folder: Path, cast: Broadcast) -> Path:
    """What comes with the program is followed at the first start, unless the desk has it already: switched off here."""
    file = folder / "sources.yaml"
    parties = {key: f"party: {cast.parties[key]}" if key in cast.parties else "side: ru" for key in cast.channels}
    lines = [LINE.format(key, handle_of(key), party) for key, party in parties.items()]
    shipped = [OFF.format(*each) for each in _shipped()]
    file.write_text("sources:\n" + "".join(lines + shipped), encoding="utf-8")
    return file


def _shipped() -> list[tuple[str, str, str]]:
    return [(key, each.kind.value, each.address) for key, each in default_sources().sources.items()]


def add_account(desk: Desk, cast: Broadcast, name: str) -> None:
    desk.command("accounts", "add", name, "--session", "-", given=cast.server.session(name))


def process_of(account: str) -> str:
    """What its command is known by."""
    return f"workers.telegram {account}"


def memory_mb(pids: Iterable[int]) -> float:
    """What they have to themselves, and their part of what they share."""
    rollups = "".join(Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii") for pid in pids)
    return sum(map(int, re.findall(r"^Pss: +(\d+) kB$", rollups, re.MULTILINE))) / 1024


def wait_for(desk: Desk, cast: Broadcast, within_s: float = WITHIN_S) -> None:
    """Until all is stored that was told, and read and joined."""
    told = cast.told()
    counts = sum(len(each.texts) for each in told.values()), sum(each.deleted for each in told.values())
    try:
        desk.wait_until(lambda: asked(desk, _counts) == counts and settled(desk) and stored(desk) == told, within_s)
    except AssertionError as error:
        raise AssertionError("\n".join(difference(told, stored(desk)))) from error


def stored(desk: Desk) -> dict[str, Told]:
    return asked(desk, _stored) or {}


def settled(desk: Desk) -> bool:
    return bool(asked(desk, _settled))


def difference(one: Mapping[str, Told], other: Mapping[str, Told], most: int = 10) -> list[str]:
    """What a failing test shows: where they are not the same."""
    refs = [ref for ref in sorted({*one, *other}) if one.get(ref) != other.get(ref)]
    return [f"{len(refs)} differ", *(f"{ref}: {one.get(ref)} / {other.get(ref)}" for ref in refs[:most])]


def _stored(session: Session) -> dict[str, Told]:
    texts: dict[int, list[str]] = {}
    for post, text in session.execute(select(PostVersion.post_id, PostVersion.text).order_by(PostVersion.number)):
        texts.setdefault(post, []).append(text)
    posts = session.execute(select(Source.key, Post).join(Post, Post.source_id == Source.id).where(~Post.example))
    return {f"{key}/{post.external_id}": _told(post, texts[post.id]) for key, post in posts}


def _told(post: Post, texts: list[str]) -> Told:
    return Told(
        texts=tuple(texts),
        deleted=post.deleted_at is not None,
        forwarded=(post.forwarded_from, post.forwarded_post),
        reply_to=post.reply_to,
        ids=tuple(post.group_ids),
        author=post.author,
    )


def _counts(session: Session) -> tuple[int, int]:
    """Versions, and posts that are marked as deleted."""
    posts = select(func.count()).select_from(Post).where(~Post.example)
    versions = session.scalar(posts.join(PostVersion, PostVersion.post_id == Post.id))
    return versions or 0, session.scalar(posts.where(Post.deleted_at.is_not(None))) or 0


def _settled(session: Session) -> bool:
    unread = select(PostVersion.id).where(PostVersion.read_state == ReadState.UNREAD)
    unjoined = select(Post.id).where(Post.unjoined_since.is_not(None))
    return all(session.scalar(each.limit(1)) is None for each in (unread, unjoined))


def asked(desk: Desk, ask: Callable[[Session], T]) -> T | None:
    """None while the database is away."""
    try:
        with sessions_for(desk.database)() as session:
            return ask(session)
    except OperationalError:
        return None
