"""Writes events, posts with marked numbers, figures and alerts as the pipeline would leave them; computes nothing."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy.orm import Session

from models.enums import AlertState, Health, Role
from models.tables import AlertHistory, AlertRow, EventFigure, EventRow, FigureRow, Post, PostVersion, Source

NIGHT = datetime(2023, 1, 1, tzinfo=UTC)
JUDGED = ("verdict", "rule", "ratio", "reason", "carried_by")
FIGURE = {
    "object": "military", "bound": "exact", "modifier": "none", "side": "ru", "scope": "event", "stance": "asserts",
    "provisional": False, "confidence": 0.95, "reader_version": 1,
}  # fmt: skip
ALERT: dict[str, Any] = {
    "kind": "contradiction", "verdict": "incompatible", "rule": "disjoint", "severity": "major", "ratio": None,
    "state": AlertState.OPEN, "to_check": False, "side": "ru", "part": None, "closed_at": None, "closed_reason": None,
}  # fmt: skip
IN_BODY = ("kind", "verdict", "rule", "severity", "ratio", "state", "to_check", "side", "part")


@dataclass
class Story:
    """What tests ask for by name."""

    event: str
    alerts: dict[str, str] = field(default_factory=dict)
    posts: dict[str, int] = field(default_factory=dict)
    statements: dict[str, str] = field(default_factory=dict)


class Teller:
    """Numbers stand in `[[...]]` in a text; `say` makes a figure of one of them. `shift` moves the story in time."""

    def __init__(
        self, session: Session, *, prefix: str = "", example: bool = False, shift: timedelta = timedelta()
    ) -> None:
        self.session, self.prefix, self.example, self.shift = session, prefix, example, shift
        self.story = Story(event=f"{prefix}event-makiivka")
        self.sources: dict[str, Source] = {}
        self.bodies: dict[str, dict[str, Any]] = {}

    def at(self, day: int, hour: int, minute: int = 0) -> datetime:
        return NIGHT + self.shift + timedelta(days=day - 1, hours=hour, minutes=minute)

    def write_sources(self, channels: Mapping[str, Mapping[str, Any]]) -> None:
        defaults = {
            "kind": "preview",
            "lang": "ru",
            "host": "t.me",
            "health": Health.OK,
            "last_success_at": self.at(4, 14),
        }
        for key, given in channels.items():
            row = Source(key=self.prefix + key, address=key, example=self.example, **defaults | given)
            self.sources[key] = self._added(row)

    def write_event(self, title: str, place: str | None = "Makiivka") -> None:
        start, changed = self.at(1, 0), self.at(4, 9)
        row = EventRow(id=self.story.event, title=title, kind="strike", place_name=place, start_at=start)
        row.end_at, row.changed_at, row.example = start + timedelta(hours=1), changed, self.example
        self._added(row)

    def post(self, name: str, source: str, text: str, at: datetime, **given: Any) -> None:
        times = {"published_at": at, "first_seen_at": at, "last_seen_at": at}
        url = f"https://t.me/{source}/{len(self.story.posts) + 100}"
        defaults = times | {"external_id": name, "url": url, "example": self.example}
        row = self._added(Post(source_id=self.sources[source].id, **defaults | given))
        self.story.posts[name] = row.id
        self.version(name, text, at)

    def version(self, name: str, text: str, at: datetime, *, edited: bool = False) -> None:
        self._post = self.session.get_one(Post, self.story.posts[name])
        self._post.current_version += edited
        self._quotes = list(_marked(text))
        bare = text.replace("[[", "").replace("]]", "")
        self._version = self._added(
            PostVersion(
                post_id=self._post.id,
                number=self._post.current_version,
                text=bare,
                seen_at=at,
                edited_at=at if edited else None,
                content_hash=sha256(bare.encode()).hexdigest(),
                read_state="read",
            )
        )

    def say(self, name: str, place: int, measure: str, low: float | None, high: float | None, **given: Any) -> None:
        """One figure of the version written last, with its judgement."""
        judged = {key: given.pop(key, None) for key in JUDGED}
        role = given.pop("role", None) or self._role(judged, given)
        quote, start = self._quotes[place]
        span = {"start": start, "end": start + len(quote), "quote": quote, "low": low, "high": high}
        row = self._added(FigureRow(version_id=self._version.id, measure=measure, **FIGURE | span | given))
        self.story.statements[name] = statement = f"{self.prefix}s-{name}"
        link = EventFigure(statement_id=statement, event_id=self.story.event, figure_id=row.id, **judged)
        link.score, link.reasons, link.suggested, link.role = 0.9, ["place", "time"], False, role
        self._added(link)
        self.bodies[name] = self._body(row)

    def alert(self, name: str, claim: str, official: str | None, *, reason: str, **given: Any) -> None:
        """`carried_by` names posts, `series` and `claims` name statements of the story."""
        body = {
            "claim": self.bodies[claim], "official": None if official is None else self._official(official),
            "series": [self._official(each) for each in given.pop("series", ())],
            "claims": [self.bodies[each] for each in given.pop("claims", ())],
            "carried_by": [self._ref(post) for post in given.pop("carried_by", ())],
        }  # fmt: skip
        opened, updated = given.pop("opened", self.at(2, 14)), given.pop("updated", self.at(4, 9))
        fields = ALERT | given
        self.story.alerts[name] = public = f"{self.prefix}{name}"
        counted = {key: self.bodies[claim][key] for key in ("measure", "object")}
        event = {"id": self.story.event, "title": "", "place": None, "start": self.at(1, 0).isoformat()}
        body |= counted | {key: fields[key] for key in IN_BODY}
        body |= {
            "id": public,
            "opened": opened.isoformat(),
            "updated": updated.isoformat(),
            "reason": reason,
            "event": event,
        }
        speaker = self.bodies[claim].get("speaker") or {"key": None, "name": None}
        row = AlertRow(
            key=f"key-{public}", public_id=public, event_id=self.story.event, reason=reason, opened_at=opened,
            updated_at=updated, fingerprint=public, body=body, speaker=speaker["key"], speaker_name=speaker["name"],
            example=self.example, **counted, **fields,
        )  # fmt: skip
        self._history(self._added(row), opened, updated)

    def _history(self, row: AlertRow, opened: datetime, updated: datetime) -> None:
        steps: list[tuple[str, datetime, str | None]] = [("opened", opened, None)]
        if updated != opened:
            steps.append(("updated", updated, "the official figure moved"))
        if row.closed_at is not None:
            steps.append(("closed", row.closed_at, row.closed_reason))
        for what, at, why in steps:
            self._added(AlertHistory(alert_id=row.id, at=at, what=what, reason=why, fingerprint=what, body=row.body))

    def _role(self, judged: Mapping[str, Any], given: Mapping[str, Any]) -> Role:
        party = self._source().party
        if party is not None and party.startswith("ru") and "speaker_quote" not in given:
            return Role.OFFICIAL
        return Role.CARRIED if judged["carried_by"] else Role.CLAIM

    def _body(self, row: FigureRow) -> dict[str, Any]:
        source = self._source()
        key = row.speaker_key or (None if row.speaker_quote else source.party or source.speaker)
        said_at = self._version.edited_at or self._post.published_at
        kept = {each: getattr(row, each) for each in ("measure", "object", "quote", "low", "high", "bound", "modifier")}
        return kept | {
            "post": {"source": source.key, "id": self._post.external_id}, "url": self._post.url,
            "published": said_at and said_at.isoformat(),
            "speaker": {"key": key, "name": row.speaker_quote or source.title},
        }  # fmt: skip

    def _official(self, name: str) -> dict[str, Any]:
        body = dict(self.bodies[name])
        return body | {"party": body.pop("speaker")["key"], "relayed": False, "provisional": False}

    def _ref(self, name: str) -> dict[str, str]:
        post = self.session.get_one(Post, self.story.posts[name])
        return {"source": self.session.get_one(Source, post.source_id).key, "id": post.external_id}

    def _source(self) -> Source:
        return self.session.get_one(Source, self._post.source_id)

    def _added(self, row: Any) -> Any:
        self.session.add(row)
        self.session.flush()
        return row


def _marked(text: str) -> Iterator[tuple[str, int]]:
    """The quotes in double brackets with their offsets in the text without the brackets."""
    plain = 0
    for place, piece in enumerate(text.replace("]]", "[[").split("[[")):
        if place % 2:
            yield piece, plain
        plain += len(piece)
