"""A desk's rows for pages to show: a strike on a dormitory as eight channels tell it, with every kind of finding.

The wording is composed. `tell_story` writes rows as the pipeline would leave them; nothing is computed here.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy.orm import Session

from models.enums import AlertState, Health
from models.tables import (
    AlertHistory,
    AlertRow,
    EventFigure,
    EventRow,
    FigureRow,
    Heartbeat,
    Post,
    PostVersion,
    Source,
    SpeakerRow,
)

NIGHT = datetime(2023, 1, 1, tzinfo=UTC)
PARTIES = {
    "ru_mod": ("Russian Ministry of Defence", "ru"),
    "ru_dpr": ("DPR office", "ru"),
    "ua_stratcom": ("StratCom of the Armed Forces of Ukraine", "ua"),
}
CHANNELS: dict[str, dict[str, Any]] = {
    "mod_russia": {"title": "Минобороны России", "party": "ru_mod", "side": "ru"},
    "dnr_office": {"title": "Представительство ДНР", "party": "ru_dpr", "side": "ru"},
    "stratcom": {"title": "СтратКом ЗСУ", "party": "ua_stratcom", "side": "ua", "lang": "uk"},
    "rybar": {"title": "Рыбарь", "side": "ru", "groups": ["bloggers"]},
    "strelkov": {"title": "Стрелков", "speaker": "girkin", "side": "ru", "groups": ["bloggers"]},
    "sladkov": {"title": "Сладков", "side": "ru", "groups": ["bloggers"]},
    "svodka": {"title": "Сводка дня", "side": "ru"},
    "wire": {"title": "News wire", "side": "other", "lang": "en", "kind": "feed", "groups": ["news"]},
    "echo": {"title": "Эхо степи", "side": "ru"},
}


@dataclass
class Story:
    """What tests ask for by name."""

    event: str
    alerts: dict[str, str] = field(default_factory=dict)
    posts: dict[str, int] = field(default_factory=dict)
    statements: dict[str, str] = field(default_factory=dict)


class Teller:
    """Writes posts with `[[...]]` around each number; `say` reads the spans off."""

    def __init__(
        self, session: Session, *, prefix: str = "", example: bool = False, shift: timedelta = timedelta(0)
    ) -> None:
        self.session, self.prefix, self.example, self.shift = session, prefix, example, shift
        self.story = Story(event=f"{prefix}event-makiivka")
        self.sources: dict[str, Source] = {}
        self.bodies: dict[str, dict[str, Any]] = {}

    def at(self, day: int, hour: int, minute: int = 0) -> datetime:
        return NIGHT + self.shift + timedelta(days=day - 1, hours=hour, minutes=minute)

    def write_sources(self) -> None:
        for key, given in CHANNELS.items():
            defaults = {"kind": "preview", "lang": "ru", "address": key, "host": "t.me", "health": Health.OK}
            name = self.prefix + key
            self.sources[key] = Source(key=name, example=self.example, **defaults | given)
            self.session.add(self.sources[key])
        self.session.flush()

    def write_event(self, title: str, place: str | None = "Makiivka") -> None:
        start = self.at(1, 0)
        self.session.add(
            EventRow(
                id=self.story.event,
                title=title,
                kind="strike",
                place_name=place,
                place_id=None,
                start_at=start,
                end_at=start + timedelta(hours=1),
                changed_at=self.at(4, 9),
                example=self.example,
            )  # fmt: skip
        )
        self.session.flush()

    def post(self, name: str, source: str, text: str, at: datetime, **given: Any) -> None:
        row = Post(
            source_id=self.sources[source].id, external_id=name, url=f"https://t.me/{source}/{len(self.story.posts) + 100}",
            published_at=at, first_seen_at=at, last_seen_at=at, example=self.example, **given,
        )  # fmt: skip
        self.session.add(row)
        self.session.flush()
        self.story.posts[name] = row.id
        self.version(name, text, at)

    def version(self, name: str, text: str, at: datetime, *, edited: bool = False) -> None:
        post = self.session.get_one(Post, self.story.posts[name])
        number = post.current_version + 1 if edited else 1
        bare = text.replace("[[", "").replace("]]", "")
        post.current_version = number
        row = PostVersion(
            post_id=post.id, number=number, text=bare, seen_at=at, edited_at=at if edited else None,
            content_hash=sha256(bare.encode()).hexdigest(), read_state="read", reader_version=1,
        )  # fmt: skip
        self.session.add(row)
        self.session.flush()
        self._spans = [(quote, start) for quote, start in _marked(text)]
        self._version, self._post = row, post

    def say(self, name: str, span: int, measure: str, low: float | None, high: float | None, **given: Any) -> None:
        """One figure of the version written last. `verdict`, `rule`, `ratio`, `reason`, `carried_by` go to the event."""
        judged = {key: given.pop(key, None) for key in ("verdict", "rule", "ratio", "reason", "carried_by")}
        quote, start = self._spans[span]
        figure = {"object": "military", "bound": "exact", "modifier": "none", "side": "ru", "scope": "event"} | given
        row = FigureRow(
            version_id=self._version.id, start=start, end=start + len(quote), quote=quote, measure=measure, low=low, high=high,
            stance=figure.pop("stance", "asserts"), provisional=figure.pop("provisional", False),
            confidence=0.95, reader_version=1, **figure,
        )  # fmt: skip
        self.session.add(row)
        self.session.flush()
        statement = f"{self.prefix}s-{name}"
        self.story.statements[name] = statement
        self.session.add(
            EventFigure(
                statement_id=statement,
                event_id=self.story.event,
                figure_id=row.id,
                score=0.9,
                reasons=["place", "time"],
                suggested=False,
                **judged,
            )  # fmt: skip
        )
        self.session.flush()
        self.bodies[name] = self._body(row)

    def _body(self, row: FigureRow) -> dict[str, Any]:
        source = next(each for each in self.sources.values() if each.id == self._post.source_id)
        key = row.speaker_key or (None if row.speaker_quote else source.party or source.speaker)
        said_at = self._version.edited_at or self._post.published_at
        assert said_at is not None
        return {
            "post": {"source": source.key, "id": self._post.external_id}, "url": self._post.url,
            "published": said_at.isoformat(), "speaker": {"key": key, "name": row.speaker_quote or source.title},
            "measure": row.measure, "object": row.object, "quote": row.quote, "low": row.low, "high": row.high,
            "bound": row.bound, "modifier": row.modifier,
        }  # fmt: skip

    def official(self, name: str) -> dict[str, Any]:
        body = dict(self.bodies[name])
        return body | {"party": body.pop("speaker")["key"], "relayed": False, "provisional": False}

    def alert(self, name: str, claim: str, official: str | None, *, reason: str, **given: Any) -> None:
        """`carried_by` names posts of the story; `series` and `claims` name statements."""
        carried = [self._ref(post) for post in given.pop("carried_by", ())]
        series = [self.official(each) for each in given.pop("series", ())]
        claims = [self.bodies[each] for each in given.pop("claims", ())]
        said = self.bodies[claim]
        opened, updated = given.pop("opened", self.at(2, 14)), given.pop("updated", self.at(4, 9))
        fields: dict[str, Any] = {
            "kind": "contradiction", "verdict": "incompatible", "rule": "disjoint", "severity": "major", "ratio": None,
            "state": AlertState.OPEN, "to_check": False, "side": "ru", "part": None, "closed_at": None, "closed_reason": None,
        } | given  # fmt: skip
        public = f"{self.prefix}{name}"
        body = {
            "id": public, "claim": said, "official": None if official is None else self.official(official),
            "series": series, "claims": claims, "carried_by": carried, "measure": said["measure"], "object": said["object"],
            "opened": opened.isoformat(), "updated": updated.isoformat(), "reason": reason,
            "event": {"id": self.story.event, "title": "", "place": None, "start": self.at(1, 0).isoformat()},
            **{key: fields[key] for key in ("kind", "verdict", "rule", "severity", "ratio", "state", "to_check", "side", "part")},
        }  # fmt: skip
        row = AlertRow(
            key=f"key-{public}", public_id=public, event_id=self.story.event, measure=said["measure"], object=said["object"],
            reason=reason, opened_at=opened, updated_at=updated, fingerprint=public, body=body, example=self.example, **fields,
        )  # fmt: skip
        self.session.add(row)
        self.session.flush()
        self.story.alerts[name] = public
        self._history(row, body, opened, updated)

    def _history(self, row: AlertRow, body: dict[str, Any], opened: datetime, updated: datetime) -> None:
        steps = [
            ("opened", opened, None),
            *([("updated", updated, "the official figure moved")] if updated != opened else []),
        ]
        if row.closed_at is not None:
            steps.append(("closed", row.closed_at, row.closed_reason))
        for what, at, reason in steps:
            self.session.add(
                AlertHistory(alert_id=row.id, at=at, what=what, reason=reason, fingerprint=what, body=body)
            )
        self.session.flush()

    def _ref(self, name: str) -> dict[str, str]:
        post = self.session.get_one(Post, self.story.posts[name])
        source = next(each for each in self.sources.values() if each.id == post.source_id)
        return {"source": source.key, "id": post.external_id}


def tell_story(session: Session, *, prefix: str = "", example: bool = False, shift: timedelta = timedelta(0)) -> Story:
    """The whole case. `shift` moves it in time, so that it may lie within a period."""
    teller = Teller(session, prefix=prefix, example=example, shift=shift)
    _write_parties(session)
    teller.write_sources()
    teller.write_event("Strike on a dormitory in Makiivka")
    _first_day(teller)
    _second_day(teller)
    _later(teller)
    _alerts(teller)
    return teller.story


def beat(session: Session, at: datetime) -> None:
    session.add(Heartbeat(name="tick", at=at))
    session.flush()


def _write_parties(session: Session) -> None:
    for key, (name, side) in PARTIES.items():
        session.merge(SpeakerRow(id=_number(key), key=key, name=name, side=side, party=True, aliases={}))
    session.merge(
        SpeakerRow(id=_number("girkin"), key="girkin", name="Igor Girkin", side="ru", party=False, aliases={})
    )
    session.flush()


def _first_day(teller: Teller) -> None:
    at = teller.at
    teller.post(
        "dpr", "dnr_office", "Обстрел Макеевки, шесть ракет. Предварительно, ранены [[более 15]] человек.", at(1, 5)
    )
    teller.say(
        "dpr15", 0, "wounded", 15, None, bound="at_least", modifier="more_than", object="person", provisional=True,
        reason="in force for wounded, a preliminary lower bound",
    )  # fmt: skip
    teller.post(
        "sladkov1", "sladkov", "Макеевка. Сам пока знаю о [[двух-трёх]] погибших бойцах, слухов больше.", at(1, 10)
    )
    teller.say(
        "sladkov", 0, "killed", 2, 3, bound="range", verdict="outdated",
        reason="said before the first official figure of 2 January (63), below it",
    )  # fmt: skip
    text = "У Макіївці уражено гуртожиток з мобілізованими. Загинуло [[близько 400]] військових, ще [[близько 300]] поранено."
    teller.post("stratcom1", "stratcom", text, at(1, 14))
    about = {"bound": "about", "modifier": "about"}
    teller.say(
        "stratcom400", 0, "killed", 400, 400, **about, verdict="incompatible", rule="disjoint", ratio=360 / 89,
        reason="nearest ends 360 and 89: 360 / 89 = 4.0",
    )  # fmt: skip
    teller.say(
        "stratcom300", 1, "wounded", 300, 300, **about, verdict="divergent", rule="lower_bound", ratio=20,
        reason="300 / 15 = 20.0, at least 3 times and 10 above 'more than 15'",
    )  # fmt: skip
    teller.post(
        "svodka1", "svodka", "Макеевка: по нашим данным, под завалами погибли [[500]] мобилизованных.", at(1, 17, 30)
    )
    teller.say("svodka500", 0, "killed", 500, 500)
    teller.post("echo1", "echo", "Макеевка: по нашим данным, под завалами погибли 500 мобилизованных.", at(1, 17, 45))


def _second_day(teller: Teller) -> None:
    at = teller.at
    teller.post("girkin1", "strelkov", "Окончательных цифр нет, но счёт убитым и раненым идёт на [[сотни]].", at(2, 8))
    teller.say(
        "girkin_both", 0, "casualties", 200, 999, bound="vague", verdict="not_comparable",
        reason="killed and wounded together are not compared with killed",
    )  # fmt: skip
    teller.post("rybar1", "rybar", "По Макеевке: ранения получили [[более 100]] человек, завалы разбирают.", at(2, 9))
    teller.say(
        "rybar100", 0, "wounded", 100, None, bound="at_least", modifier="more_than", object="person", verdict="divergent",
        rule="lower_bound", ratio=100 / 15, reason="100 / 15 = 6.7, at least 3 times and 10 above 'more than 15'",
    )  # fmt: skip
    text = "Противник нанёс удар [[шестью]] снарядами HIMARS. [[Два]] сбиты. От [[четырёх]] попаданий погибли [[63]] военнослужащих."
    teller.post("mod1", "mod_russia", text, at(2, 13))
    for span, name, measure, value in ((0, "six", "launched", 6), (1, "two", "intercepted", 2), (2, "four", "hit", 4)):
        teller.say(f"mod_{name}", span, measure, value, value, object="rocket", reason="in force")
    teller.say("mod63", 3, "killed", 63, 63, reason="in force from 2 January to 4 January")
    text = "Igor Girkin said the death toll was in the [[hundreds]]. [[Dozens]] of recruits were killed, sources close to the DPR said."
    teller.post("wire1", "wire", text, at(2, 17, 30))
    teller.say(
        "girkin_dead", 0, "killed", 200, 999, bound="vague", speaker_quote="Igor Girkin", speaker_key="girkin",
        verdict="incompatible", rule="disjoint", ratio=200 / 89, reason="nearest ends 200 and 89: 200 / 89 = 2.2",
    )  # fmt: skip
    teller.say(
        "dozens", 1, "killed", 20, 99, bound="vague", speaker_quote="sources close to the DPR", verdict="consistent",
        reason="20–99 holds 89",
    )  # fmt: skip
    teller.post("wire2", "wire", "Kyiv claims [[up to 400]] Russian soldiers were killed.", at(2, 18))
    teller.say(
        "upto400", 0, "killed", None, 400, bound="at_most", modifier="up_to", speaker_quote="Kyiv", speaker_key="ua_stratcom",
        verdict="divergent", rule="anchors", ratio=400 / 89, reason="a retelling of 'about 400'",
        carried_by=teller.story.statements["stratcom400"],
    )  # fmt: skip


def _later(teller: Teller) -> None:
    at = teller.at
    teller.post("mod2", "mod_russia", "При разборе завалов число погибших товарищей возросло до [[89]].", at(3, 22))
    teller.say(
        "mod89", 0, "killed", 89, 89, object="person", verdict="official_revision", rule="revision", reason="in force"
    )
    teller.version(
        "svodka1",
        "Макеевка: под завалами погибли [[около 300]] мобилизованных, ранее писали о 500.",
        at(4, 7),
        edited=True,
    )
    teller.say(
        "svodka300", 0, "killed", 300, 300, bound="about", modifier="about", verdict="incompatible", rule="disjoint",
        ratio=270 / 89, reason="nearest ends 270 and 89: 270 / 89 = 3.0",
    )  # fmt: skip
    gone = "Под Макеевкой потерян [[41]] грузовик, уточняем."
    teller.post("echo2", "echo", gone, at(2, 19), deleted_at=at(3, 6))
    teller.say("trucks", 0, "destroyed", 41, 41, object="vehicle", reason="no official figure of this kind")


def _alerts(teller: Teller) -> None:
    teller.alert(
        "a-stratcom", "stratcom400", "mod89", ratio=360 / 89, reason="nearest ends 360 and 89: 360 / 89 = 4.0",
        carried_by=("wire2",), opened=teller.at(2, 13, 1),
    )  # fmt: skip
    teller.alert(
        "a-svodka", "svodka300", "mod89", ratio=270 / 89, reason="nearest ends 270 and 89: 270 / 89 = 3.0",
        carried_by=("echo1",), opened=teller.at(2, 13, 1),
    )  # fmt: skip
    teller.alert("a-girkin", "girkin_dead", "mod89", ratio=200 / 89, reason="nearest ends 200 and 89: 200 / 89 = 2.2")
    teller.alert(
        "a-wounded", "stratcom300", "dpr15", verdict="divergent", rule="lower_bound", severity="notable", ratio=20,
        reason="300 / 15 = 20.0, at least 3 times and 10 above 'more than 15'",
    )  # fmt: skip
    teller.alert(
        "a-rybar", "rybar100", "dpr15", verdict="divergent", rule="lower_bound", severity="notable", ratio=100 / 15,
        reason="100 / 15 = 6.7, at least 3 times and 10 above 'more than 15'", to_check=True,
    )  # fmt: skip
    teller.alert(
        "a-revision", "mod89", "mod63", kind="revision", verdict="official_revision", rule="revision", severity=None,
        ratio=89 / 63, reason="the ministry moved from 63 to 89", series=("mod63", "mod89"), opened=teller.at(3, 22, 1),
    )  # fmt: skip
    teller.alert(
        "a-silence", "stratcom400", None, kind="silence", verdict="no_official_figure", rule="silence", severity=None,
        reason="none seen; official channels last read at 2 January 12:58", claims=("svodka500", "stratcom400"),
        state=AlertState.CLOSED, opened=teller.at(1, 17, 31), updated=teller.at(2, 13, 1), closed_at=teller.at(2, 13, 1),
        closed_reason="an official figure arrived",
    )  # fmt: skip


def _marked(text: str) -> list[tuple[str, int]]:
    """The quotes in double brackets with their offsets in the text without the brackets."""
    found, plain = [], 0
    for place, piece in enumerate(text.replace("]]", "[[").split("[[")):
        if place % 2:
            found.append((piece, plain))
        plain += len(piece)
    return found


def _number(key: str) -> int:
    return 1_000 + [*PARTIES, "girkin"].index(key)


def trouble(session: Session, now: datetime) -> None:
    """Live sources in every state."""
    states: tuple[tuple[str, str, dict[str, Any]], ...] = (
        ("general_staff", "Генеральний штаб ЗСУ", {"party": "ua_general_staff", "health": Health.OK, "last_success_at": now}),
        ("quiet_blog", "Тихий блог", {"health": Health.QUIET, "last_success_at": now - timedelta(minutes=4)}),
        ("late_wire", "Late wire", {"health": Health.OK, "last_success_at": now - timedelta(hours=5), "lang": "en"}),
        ("closed", "Закрытый канал", {"health": Health.PREVIEW_CLOSED, "health_reason": "no preview is shown", "failures": 3}),
        ("blocked", "Gate blog", {"health": Health.BLOCKED, "health_reason": "answered 429, wait of 40 min", "failures": 1}),
        ("fresh", "Нове джерело", {"lang": "uk"}),
        ("paused", "На паузе", {"enabled": False}),
    )
    for key, title, given in states:
        defaults: dict[str, Any] = {
            "kind": "preview", "address": key, "host": "t.me", "lang": "ru", "next_poll_at": now + timedelta(minutes=3),
            "groups": ["bloggers"], "health_since": now - timedelta(hours=6),
        }  # fmt: skip
        session.add(Source(key=key, title=title, **defaults | given))
    session.flush()
