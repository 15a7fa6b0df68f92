"""Statements by hand: who said which number when, with everything else filled in.

Numbers are written short: `63`, `~400` about, `>15` more than, `>=18` at least, `<400` up to, `<~100` almost, `2-3`,
and the vague words `several`, `tens`, `hundreds`, `thousands`.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any, ClassVar

from models.enums import Bound, EventKind, Measure, Modifier, Object, Scope, Stance, Withdrawal
from monitor.statements import Bench, Channel, Event, Member, PartyCoverage, PostRef, PostText, Speaker, Statement
from monitor.values import Figure, NamedSpeaker, Part, Period, PlaceQuote

START = datetime(2023, 1, 1, 6, tzinfo=UTC)
VAGUE = {"several": (2, 9), "tens": (20, 99), "hundreds": (200, 999), "thousands": (2000, 9999)}
BOUNDS = (("<~", "at_most", "almost"), (">=", "at_least", "at_least"), (">", "at_least", "more_than"),
          ("<", "at_most", "up_to"), ("~", "about", "about"))  # fmt: skip


def at(day: float, hour: float = 0) -> datetime:
    """Hours and days after 1 January 2023, 06:00 UTC; day 1 is that day."""
    return START + timedelta(days=day - 1, hours=hour)


def party(key: str, side: str, **given: Any) -> NamedSpeaker:
    return NamedSpeaker(key, key.replace("_", " "), side, party=True, **given)


MOD = party("ru_mod", "ru", channels=("mod",))
DPR = party("ru_dpr", "ru", channels=("dpr",))
STRATCOM = party("ua_stratcom", "ua", channels=("stratcom",))
STAFF = party("ua_general_staff", "ua", channels=("staff",))
AIR_FORCE = party("ua_air_force", "ua", channels=("air_force",))
GOVERNOR = party("ua_kharkiv", "ua", channels=("governor",))
GIRKIN = NamedSpeaker("girkin", "Igor Girkin", "ru", channels=("strelkov",))
PARTIES = (MOD, DPR, STRATCOM, STAFF, AIR_FORCE, GOVERNOR)
NAMED = {speaker.key: speaker for speaker in (*PARTIES, GIRKIN)}
CHANNELS = {channel: speaker for speaker in NAMED.values() for channel in speaker.channels}

MAKIIVKA = PlaceQuote("Макеевке", "Makiivka", "makiivka")
DONETSK_REGION = PlaceQuote("Донецкой области", "Donetsk Oblast", "donetsk_oblast")


class Map:
    """A handful of places in each other."""

    inside: ClassVar = {
        "makiivka": ("near_makiivka", "=makiivka", "donetsk_oblast"), "horlivka": ("donetsk_oblast",),
        "kharkiv": ("kharkiv_oblast",), "bryansk": ("bryansk_oblast",),
    }  # fmt: skip

    def containers(self, place: str) -> Sequence[str]:
        return self.inside.get(place, ())

    def is_area(self, place: str) -> bool:
        return place.endswith("_oblast")


def place(name: str, *, known: bool = True) -> PlaceQuote:
    return PlaceQuote(name, name, name.casefold().replace(" ", "_") if known else None)


def number(text: str) -> dict[str, Any]:
    if text in VAGUE:
        low, high = VAGUE[text]
        return {"quote": text, "low": low, "high": high, "bound": "vague"}
    for sign, bound, modifier in BOUNDS:
        if text.startswith(sign):
            value = float(text.removeprefix(sign))
            low = None if bound == "at_most" else value
            high = None if bound == "at_least" else value
            return {"quote": text, "low": low, "high": high, "bound": bound, "modifier": modifier}
    low, _, high = text.partition("-")
    ends = float(low), float(high or low)
    return {"quote": text, "low": ends[0], "high": ends[1], "bound": "range" if high else "exact"}


def figure(said: str, measure: str = "killed", thing: str = "military", **given: Any) -> Figure:
    words = number(said)
    start = given.pop("start", 0)
    given.setdefault("side", "ru")
    given.setdefault("place", MAKIIVKA)
    given["stance"], given["scope"] = Stance(given.get("stance", "asserts")), Scope(given.get("scope", "event"))
    if isinstance(given.get("part"), str):
        given["part"] = Part(given["part"])
    if isinstance(given.get("when"), tuple):
        given["as_of"] = Period(*given.pop("when"))
    return Figure(
        start, start + len(said), words["quote"], Measure(measure), Object(thing), words["low"], words["high"],
        Bound(words["bound"]), Modifier(words.get("modifier", "none")), **given,
    )  # fmt: skip


def post(source: str, moment: datetime, **given: Any) -> PostText:
    """`source` is a party's channel where it is one of those above."""
    speaker = given.pop("speaker", CHANNELS.get(source))
    side = given.pop("side", speaker.side if speaker else "unknown")
    channel = Channel(source, source, side, speaker)
    number = given.pop("id", f"{moment:%d%H%M%S}")
    published = given.pop("published", moment)
    text = given.pop("text", f"{source} {number}")
    return PostText(PostRef(source, str(number)), channel, text, published, moment, moment, **given)


def say(told: PostText, said: str, measure: str = "killed", thing: str = "military", **given: Any) -> Statement:
    """By the post's own speaker, unless `by` names a party or person, or some other voice."""
    by = given.pop("by", None)
    read = figure(said, measure, thing, **given)
    speaker, own = _speaker(told, by)
    ref = told.ref
    digest = sha256(f"{ref}/{told.version}/{told.stated_at}/{read.start}/{measure}/{thing}".encode()).hexdigest()[:10]
    return Statement(f"{ref.source}-{ref.id}-{digest}", read, speaker, told, own)


def _speaker(told: PostText, by: "str | Speaker | None") -> tuple[Speaker, bool]:
    if isinstance(by, Speaker):
        return by, False
    channel = told.channel
    named = channel.speaker if by is None else NAMED.get(by)
    if named is not None:
        own = channel.speaker == named and told.forwarded_from is None
        return Speaker(named.key, named.name, named.side, named.party, listed=True), own
    if by is None:
        return Speaker(channel.key, channel.title, channel.side), told.forwarded_from is None
    return Speaker(f"{channel.key}/{by}", by), False


def edited(told: PostText, moment: datetime, **given: Any) -> tuple[PostText, PostText]:
    """The version that an edit took away, and the one that it brought."""
    old = replace(told, withdrawn_at=moment, withdrawal=Withdrawal.EDITED)
    return old, replace(told, version=told.version + 1, stated_at=moment, arrived_at=moment, **given)


def deleted(told: PostText, moment: datetime) -> PostText:
    return replace(told, withdrawn_at=moment, withdrawal=Withdrawal.DELETED)


def event(*statements: Statement | Member, kind: EventKind = EventKind.INCIDENT, **given: Any) -> Event:
    members = tuple(each if isinstance(each, Member) else Member(each, 0.9, ("place", "time")) for each in statements)
    moments = [member.statement.post.stated_at for member in members]
    return Event("e1", "Makiivka", kind, MAKIIVKA, min(moments), max(moments), members, **given)


def bench(**given: Any) -> Bench:
    read = tuple(PartyCoverage(each.key, each.side, at(40)) for each in PARTIES)
    return Bench(PARTIES, coverage=given.pop("coverage", read), **given)
