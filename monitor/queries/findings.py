"""Alert rows as findings: the contract's line with each quote found again in its post."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from models.enums import UNKNOWN_SIDE, AlertKind, AlertState, Measure, Object, Role, Rule, Severity, Verdict
from models.tables import AlertRow
from monitor.digests.hygiene import one_line
from monitor.digests.values import Change, EventRef, Excerpt, Finding, ToldFigure, ToldPost, Voice
from monitor.queries.said import said
from monitor.queries.statements import Speakers, posts_by_ref

SAID = ("measure", "object", "quote", "low", "high", "bound", "modifier")
Body = Mapping[str, Any]
Ref = tuple[str, str]


class FindingBuilder:
    """Knows the posts that the alerts name; one query for all of them."""

    def __init__(self, session: Session, rows: Sequence[AlertRow], known: Speakers) -> None:
        self._known = known
        self._posts = posts_by_ref(session, (ref for row in rows for ref in _refs(row.body)))

    def finding(
        self, row: AlertRow, event: EventRef, statements: Iterable[ToldFigure], history: Iterable[Change] = ()
    ) -> Finding:
        by_post = _by_post(statements)
        body = row.body
        return Finding(
            id=row.public_id,
            event=event,
            kind=AlertKind(row.kind),
            verdict=Verdict(row.verdict),
            severity=None if row.severity is None else Severity(row.severity),
            rule=Rule(row.rule),
            state=AlertState(row.state),
            to_check=row.to_check,
            opened=row.opened_at,
            updated=row.updated_at,
            closed=row.closed_at,
            closed_reason=row.closed_reason,
            measure=Measure(row.measure),
            object=Object(row.object),
            side=row.side,
            part=row.part,
            ratio=row.ratio,
            reason=row.reason,
            claims=tuple(self._statement(each, row, by_post) for each in body.get("claims") or [body["claim"]]),
            official=self._statement(body["official"], row, by_post) if body["official"] else None,
            series=tuple(self._statement(each, row, by_post) for each in body.get("series") or []),
            carriers=tuple(self._post(each["source"], each["id"]) for each in body["carried_by"]),
            history=tuple(history),
        )

    def _statement(self, body: Body, row: AlertRow, by_post: Mapping[Ref, list[ToldFigure]]) -> ToldFigure:
        """The stored statement where it still stands, else what the alert itself kept."""
        ref = body["post"]["source"], body["post"]["id"]
        same = [each for each in by_post.get(ref, []) if _is_said(each, body)]
        return same[-1] if same else self._kept(body, row, self._post(*ref, body))

    def _kept(self, body: Body, row: AlertRow, post: ToldPost) -> ToldFigure:
        return ToldFigure(
            id="",
            voice=self._voice(body),
            post=post,
            said_at=_time(body["published"]),
            said=said(**{key: body[key] for key in SAID}),
            excerpt=Excerpt("", one_line(body["quote"]), "", cut_before=True, cut_after=True),
            side=row.side,
            part=row.part,
            provisional=body.get("provisional", False),
            relayed=body.get("relayed", False),
            role=Role.OFFICIAL if "party" in body else Role.CLAIM,
        )

    def _voice(self, body: Body) -> Voice:
        key, name = (
            (body["party"], body["party"]) if "party" in body else (body["speaker"]["key"], body["speaker"]["name"])
        )
        speaker = self._known.get(key) if key is not None else None
        if speaker is None:
            return Voice(name, key, UNKNOWN_SIDE, official="party" in body)
        return Voice(speaker.name, key, speaker.side, official=speaker.party)

    def _post(self, source: str, post: str, body: Body | None = None) -> ToldPost:
        kept = body or {"url": None, "published": None}
        bare = ToldPost(source, source, post, kept["url"], _time(kept["published"]))
        return self._posts.get((source, post), bare)


def _by_post(statements: Iterable[ToldFigure]) -> Mapping[Ref, list[ToldFigure]]:
    found: dict[Ref, list[ToldFigure]] = defaultdict(list)
    for each in statements:
        found[each.post.source, each.post.external_id].append(each)
    return found


def _is_said(statement: ToldFigure, body: Body) -> bool:
    told = statement.said
    return (told.measure, told.quote, told.low, told.high) == tuple(
        body[key] for key in ("measure", "quote", "low", "high")
    )


def _refs(body: Body) -> Iterable[Ref]:
    figures = [body["claim"], body["official"], *(body.get("series") or []), *(body.get("claims") or [])]
    posts = [figure["post"] for figure in figures if figure] + body["carried_by"]
    return [(post["source"], post["id"]) for post in posts]


def _time(written: str | None) -> datetime | None:
    return None if written is None else datetime.fromisoformat(written)
