"""A store as a desk has it after some years, made by the database itself: posts, figures, events.

Posts come one after the other over all the days. Every third or so has a figure; three figures in a row tell of one
event at one place, and places are taken from the gazetteer in a shuffled order. What a new figure can meet, the last
two weeks, is then joined by the program itself: invented events would be judged anew and written again.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib.resources import files
from zlib import crc32

from sqlalchemy import Connection, Engine, insert, text

from config.settings import Settings
from models.enums import Health
from models.session import sessions_for
from models.tables import Source, SpeakerRow
from monitor.pipeline.join import join_next
from monitor.pipeline.setup import Setup

END = datetime(2026, 3, 1, tzinfo=UTC)
PLACES = 5_000
PARTIES = {"ru_mod": "ru", "ru_dpr": "ru", "ua_general_staff": "ua", "ua_stratcom": "ua", "ua_air_force": "ua"}
WORDS = "Удар по населённому пункту: по предварительным данным, есть погибшие и раненые, данные уточняются. " * 4


@dataclass(frozen=True, slots=True)
class Size:
    posts: int
    figures: int
    days: int = 1200
    sources: int = 1000

    @property
    def between(self) -> timedelta:
        return timedelta(days=self.days) / self.posts

    def youngest(self, days: int) -> "Size":
        """The same desk, begun so many days ago: as much is said of a day."""
        share = days / self.days
        return Size(round(self.posts * share), round(self.figures * share), days, self.sources)


STATEMENTS = (
    """
    INSERT INTO posts (source_id, external_id, published_at, first_seen_at, last_seen_at, lang, current_version)
    SELECT 1 + n % :sources, n::text, :start + n * :between, :start + n * :between, :start + n * :between, 'ru', 1
    FROM generate_series(1, :posts) AS n
    """,
    """
    INSERT INTO post_versions (post_id, number, text, content_hash, seen_at, stated_at, reader_version, read_state)
    SELECT id, 1, :words || id, md5(id::text), published_at, published_at, 1, 'read' FROM posts
    """,
    """
    INSERT INTO figures (version_id, start, "end", quote, measure, object, low, high, bound, modifier, side, scope,
        stance, provisional, place_quote, place_name, place_id, confidence, reader_version)
    SELECT 1 + (told.n * :every)::bigint, 5, 7, number::text, m, 'person', number, number, 'exact', 'none',
        CASE WHEN told.n % 2 = 0 THEN 'ru' ELSE 'ua' END, 'event', 'asserts', false, name, name, p.id, 0.9, 1
    FROM (
        SELECT n, n / 3 AS event, (ARRAY['killed', 'wounded', 'destroyed', 'intercepted'])[1 + n / 3 % 4] AS m,
            1 + (hashint8(n / 3) & 1023) % 90 AS number
        FROM generate_series(0, :figures - 1) AS n
    ) AS told JOIN bench_places p ON p.n = (hashint8(event * 7919) & 1048575) % :places
    ORDER BY told.n
    """,
    """
    INSERT INTO events (id, title, kind, place_name, place_id, start_at, end_at, changed_at)
    SELECT 'e' || event.n, p.name, 'incident', p.name, p.id, at, at + interval '6 hours', at
    FROM (SELECT n, :start + n * 3 * :every * :between AS at FROM generate_series(0, (:figures - 1) / 3) AS n) AS event
    JOIN bench_places p ON p.n = (hashint8(event.n * 7919) & 1048575) % :places
    """,
    """
    INSERT INTO event_figures (statement_id, event_id, figure_id, score, reasons, suggested, role, verdict, speaker,
        speaker_name, measure, side, at_odds, odds)
    SELECT 's' || f.id, 'e' || (f.id - first.id) / 3, f.id, 0.8, '["place: the same"]', false, 'claim',
        CASE f.id % 4 WHEN 0 THEN 'incompatible' WHEN 1 THEN 'no_official_figure' ELSE 'consistent' END,
        'channel' || f.id % :sources, 'Channel', f.measure, f.side, f.id % 4 = 0,
        CASE WHEN f.id % 4 = 0 THEN 2 + f.id % 7 END
    FROM figures f, (SELECT min(id) AS id FROM figures) AS first
    """,
    """
    INSERT INTO alerts (key, public_id, event_id, kind, verdict, severity, rule, state, to_check, measure, object, side,
        ratio, reason, opened_at, updated_at, fingerprint, body, speaker, speaker_name)
    SELECT 'k' || id, 'a' || id, 'e' || id * 12 / 3, 'contradiction', 'incompatible', 'major', 'disjoint', 'open',
        false, 'killed', 'person', 'ru', 4, 'far apart', :start + id * 12 * :every * :between,
        :start + id * 12 * :every * :between, md5(id::text), '{}', 'channel' || id % :sources, 'Channel'
    FROM generate_series(0, (:figures - 1) / 12) AS id
    """,
    """
    INSERT INTO alert_posts (alert_id, post_id)
    SELECT a.id, 1 + (ltrim(a.key, 'k')::bigint * 12 * :every)::bigint FROM alerts a
    """,
)


RECENT = timedelta(days=14)
FORGET_RECENT = (
    "DELETE FROM alerts WHERE event_id IN (SELECT id FROM events WHERE start_at > :since)",
    "DELETE FROM events WHERE start_at > :since",
    """
    UPDATE posts SET unjoined_since = published_at WHERE published_at > :since
        AND EXISTS (SELECT FROM post_versions v JOIN figures f ON f.version_id = v.id WHERE v.post_id = posts.id)
    """,
)


def _join_recent(engine: Engine) -> None:
    setup = Setup(sessions_for(engine.url.render_as_string(hide_password=False)), Settings(), now=lambda: END)
    while join_next(setup):
        pass


def generate(engine: Engine, size: Size) -> None:
    """Into a migrated, empty database; sources and speakers first."""
    given = {
        "posts": size.posts, "figures": size.figures, "sources": size.sources, "places": PLACES, "words": WORDS,
        "start": END - timedelta(days=size.days), "between": size.between,
        "every": (size.posts - 1) / size.figures,
    }  # fmt: skip
    with engine.begin() as connection:
        follow(connection, size.sources)
        _lay_places(connection)
        for statement in STATEMENTS:
            connection.execute(text(statement), given)
        connection.execute(text("DROP TABLE bench_places"))
        for statement in FORGET_RECENT:
            connection.execute(text(statement), {"since": END - RECENT})
    _join_recent(engine)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE"))


def follow(connection: Connection, sources: int) -> None:
    """The first of them are the parties' own."""
    parties = list(PARTIES.items())
    office = dict(enumerate(parties, 1))
    rows = [
        {
            "id": n, "key": f"channel{n % sources}", "kind": "preview", "address": f"channel{n}", "host": "t.me",
            "title": f"Channel {n}", "party": office[n][0] if n in office else None,
            "side": office[n][1] if n in office else ("ru", "ua", "unknown")[n % 3], "lang": "ru",
            "health": Health.OK, "last_success_at": END,
        }
        for n in range(1, sources + 1)
    ]  # fmt: skip
    connection.execute(insert(Source), rows)
    names = [{"key": key, "name": key, "side": side, "party": True, "aliases": {}} for key, side in parties]
    connection.execute(insert(SpeakerRow), names)


def places() -> Iterator[tuple[str, str]]:
    """Ids and names of settlements, as the gazetteer's table has them."""
    table = files("monitor.places").joinpath("gazetteer.txt").read_text(encoding="utf-8")
    for line in filter(None, table.split("\n=\n")[2].splitlines()):
        id_, kind, _, _, name, *_ = line.split("\t")
        if kind == "s":
            yield id_, name


def _lay_places(connection: Connection) -> None:
    connection.execute(text("CREATE TEMP TABLE bench_places (n int PRIMARY KEY, id text, name text)"))
    rows = [{"n": n, "id": id_, "name": name} for n, (id_, name) in zip(range(PLACES), shuffled(), strict=False)]
    connection.execute(text("INSERT INTO bench_places VALUES (:n, :id, :name)"), rows)


@cache
def shuffled() -> list[tuple[str, str]]:
    return sorted(places(), key=lambda place: crc32(place[0].encode()))
